"""What has been written about one child, read together: why we are involved, the plan, the child's words, who was seen."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, DateField, F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, JSONObject

from goldthread.core.agencies.models import Allocation, Cover, Holding, Involvement, SignIn
from goldthread.core.agencies.queries import names_of_users
from goldthread.core.people.models import Person
from goldthread.core.records.models import CaseNote, Record, RecordChild
from goldthread.core.work.models import OPEN, Clock, Task
from goldthread.face.web.child.opening import is_true
from goldthread.ground.access.predicate import SEE, may, withheld_from
from goldthread.practice.family_help.models import (
    AssessmentChild,
    ChildAndFamilyAssessment,
    ChildInNeedPlan,
    ChildInNeedReview,
    ChildInNeedVisit,
    ChildInNeedVisitChild,
    Closure,
    PlanChild,
)
from goldthread.practice.front_door.models import Referral, ReferralChild
from goldthread.practice.protection.models import ProtectionPlan, ProtectionVisit, ProtectionVisitChild, ReviewConference

NOTE = "records.case_note"
NEWEST = 6  # of each kind: enough for the page, and the same work however long the file is


@dataclass(frozen=True)
class Header:
    """One record on the child's file, as little of it as says what to read next."""

    pk: int
    kind: str
    note: str | None
    is_seen: bool


def headers_of(rows: set[int], user: Any) -> list[Header]:
    """Every standing record on the file, newest first, with whether this user may see it. One query."""
    on_file = RecordChild.objects.filter(child__in=rows, removed_at=None).values("record")
    found = Record.objects.standing().filter(pk__in=on_file).annotate(is_seen=is_true(may(user, SEE, Record)))
    return [Header(*row) for row in found.order_by("-happened_on", "-pk").values_list("pk", "kind", "case_note__kind", "is_seen")]


@dataclass(frozen=True)
class Written:
    """One record's part in the summary. What each column means depends on `kind`; see `BRANCHES`."""

    kind: str
    reference: str
    on: date
    origin: str
    state: str
    recorded_by: int | None
    words: str | None
    voice: str | None
    more: str | None
    code: str | None
    day: date | None
    until: date | None
    is_so: bool | None
    is_also: bool | None
    pk: int
    by: str | None = None


def written_about(rows: set[int], headers: list[Header]) -> list[Written]:
    """The newest few of every kind that the summary reads, newest first. At most three queries, the first of the kinds there are.

    That a plan holds is told even where its words may not be seen; the caller leaves those words out.
    """
    queries = []
    for (kind, note), branch in BRANCHES.items():
        keys = [h.pk for h in headers if h.kind == kind and h.note == note and (h.is_seen or kind in HOLD_A_PLAN)][:NEWEST]
        if keys:
            queries.append(branch(rows, keys))
    if not queries:
        return []
    found = queries[0].union(*queries[1:], all=True) if len(queries) > 1 else queries[0]
    told = [Written(*row) for row in found]
    own = _said_of_the_child(rows, [one.pk for one in told if one.kind == "assessment"])
    names = names_of_users(one.recorded_by for one in told)
    told = [replace(one, by=names.get(one.recorded_by or 0), **own.get(one.pk, {})) for one in told]
    return sorted(told, key=lambda one: one.on, reverse=True)


def _said_of_the_child(rows: set[int], assessments: list[int]) -> dict[int, dict[str, Any]]:
    """The child's own part of each assessment, under the names of `assessments`' columns."""
    parts = AssessmentChild.objects.filter(record__in=assessments, person__in=rows) if assessments else []
    return {
        part.record_id: {
            "voice": part.childs_words,
            "more": part.analysis,
            "day": part.seen_on,
            "is_so": part.is_seen_alone,
            "is_also": part.is_seen,
            "code": part.why_not_seen or part.why_not_alone,
        }
        for part in parts
    }


def _branch(model: Any, kind: str, records: list[int], **columns: Any) -> QuerySet[Any, Any]:
    text, day, truth = (
        Cast(Value(None), field()) for field in (TextField, DateField, BooleanField)
    )  # every branch of a union has its types
    given = {
        "words": text, "voice": text, "more": text, "code": text, "day": day, "until": day, "is_so": truth, "is_also": truth,
    } | columns  # fmt: skip
    return model.objects.filter(record__in=records).annotate(
        x_kind=Value(kind, TextField()), **{f"x_{name}": column for name, column in given.items()}
    ).values_list(
        "x_kind", "record__reference", "record__happened_on", "record__origin", "record__state", "record__recorded_by",
        *(f"x_{name}" for name in ("words", "voice", "more", "code", "day", "until", "is_so", "is_also")),
        "record_id",
    )  # fmt: skip


def author(column: str) -> Subquery:
    """The worker's name behind a sign-in."""
    return Subquery(SignIn.objects.filter(user=OuterRef(column)).order_by("-from_on").values("worker__name")[:1])


def _of_child(part: Any, rows: set[int], column: str) -> Subquery:
    """A child's own answer on the record."""
    return Subquery(part.objects.filter(record=OuterRef("record"), person__in=rows).values(column)[:1])


def referrals(rows: set[int], records: list[int]) -> QuerySet[Any, Any]:
    """words: the worry for this child, else for all; code: main need; is_so: no further action."""
    worry = Coalesce(_of_child(ReferralChild, rows, "worry"), F("reason"))
    return _branch(Referral, "referral", records, words=worry, code=F("primary_need"), is_so=F("is_nfa"), more=F("why"))


def assessments(rows: set[int], records: list[int]) -> QuerySet[Any, Any]:
    """words: why now; until: authorised; then of this child, voice: the child's words; more: what it means; day: last seen; is_so: alone;
    is_also: seen at all; code: why not."""
    return _branch(ChildAndFamilyAssessment, "assessment", records, words=F("why_now"), until=F("authorised_on"))


def plans(rows: set[int], records: list[int]) -> QuerySet[Any, Any]:
    """words: what must change; more: who helps; code: what if not; voice: what the child wants; day: next review; until: ended."""
    return _branch(
        ChildInNeedPlan, "plan", records, words=F("what_must_change"), more=F("who_helps"), code=F("if_not"),
        voice=_of_child(PlanChild, rows, "childs_view"), day=F("review_on"), until=Coalesce(F("ended_on"), _of_child(PlanChild, rows, "left_on")),
    )  # fmt: skip


def reviews(rows: set[int], records: list[int]) -> QuerySet[Any, Any]:
    return _branch(ChildInNeedReview, "review", records, words=F("what_changed"), more=F("what_next"), day=F("held_on"), is_so=F("goes_on"))


def protection_plans(rows: set[int], records: list[int]) -> QuerySet[Any, Any]:
    return _branch(ProtectionPlan, "protection", records, day=F("started_on"), until=F("ended_on"), code=F("latest_category"))


def review_conferences(rows: set[int], records: list[int]) -> QuerySet[Any, Any]:
    return _branch(ReviewConference, "review_conference", records, day=F("held_on"))


def visits(kind: Any, part: Any) -> Any:
    """words: what moved; more: what happened; voice, day: the child's words, and the day; is_also: seen at all; is_so: alone; code: why not."""

    def branch(rows: set[int], records: list[int]) -> QuerySet[Any, Any]:
        return _branch(
            kind, "visit", records, words=F("what_moved"), more=F("outcome"), day=F("visited_on"), voice=_of_child(part, rows, "childs_words"),
            is_so=_of_child(part, rows, "is_seen_alone"), is_also=_of_child(part, rows, "is_seen"),
            code=Coalesce(_of_child(part, rows, "why_not_seen"), _of_child(part, rows, "why_not_alone")),
        )  # fmt: skip

    return branch


def closures(rows: set[int], records: list[int]) -> QuerySet[Any, Any]:
    return _branch(Closure, "closure", records, words=F("summary"), more=F("remaining"), until=F("closed_on"))


def notes(kind: str, **columns: Any) -> Any:
    def branch(rows: set[int], records: list[int]) -> QuerySet[Any, Any]:
        return _branch(CaseNote, kind, records, **columns)

    return branch


BRANCHES: dict[tuple[str, str | None], Any] = {
    (Referral.kind(), None): referrals,
    (ChildAndFamilyAssessment.kind(), None): assessments,
    (ChildInNeedPlan.kind(), None): plans,
    (ChildInNeedReview.kind(), None): reviews,
    (ProtectionPlan.kind(), None): protection_plans,
    (ReviewConference.kind(), None): review_conferences,
    (ProtectionVisit.kind(), None): visits(ProtectionVisit, ProtectionVisitChild),
    (ChildInNeedVisit.kind(), None): visits(ChildInNeedVisit, ChildInNeedVisitChild),
    (Closure.kind(), None): closures,
    (NOTE, "voice"): notes("voice", voice=F("words")),
    (NOTE, "direction"): notes("direction", words=F("words")),
}
HOLD_A_PLAN = {ChildInNeedPlan.kind(), ProtectionPlan.kind()}


def entries_of(seen: QuerySet[Record], rows: set[int]) -> QuerySet[RecordChild]:
    """Lines of the chronology, newest first, each with its record, its author and the names of the children it is about."""
    about = RecordChild.objects.filter(record=OuterRef("record"), removed_at=None).order_by("child__born_on", "pk")
    return (
        RecordChild.objects.filter(child__in=rows, removed_at=None, record__in=seen.values("pk"))
        .select_related("record", "record__case_note")
        .annotate(by=author("record__recorded_by"), about=ArraySubquery(about.values("child__shown_name")))
        .order_by("-happened_on", "-record")
    )


def latest_entries(rows: set[int], headers: list[Header], count: int) -> list[RecordChild]:
    """The newest lines of the chronology that may be seen."""
    keys = [h.pk for h in headers if h.is_seen][:count]
    return list(entries_of(Record.objects.filter(pk__in=keys), rows).distinct("happened_on", "record")) if keys else []


def clocks_of(rows: set[int], records: list[int]) -> list[Clock]:
    """Clocks still running for the child, the first to run out first."""
    found = Clock.objects.filter(OPEN, child__in=rows, record__in=records).select_related("rule", "record")
    return list(found.order_by(F("due_on").asc(nulls_last=True), "pk"))


def tasks_of_child(records: list[int]) -> list[Task]:
    """What somebody is to do next about this child."""
    found = Task.objects.filter(Task.OPEN, record__in=records).select_related("record", "worker", "team", "clock__rule")
    return list(found.order_by(F("due_on").asc(nulls_last=True), "pk"))


def involved_now(rows: set[int], day: date) -> list[Involvement]:
    """Professionals of every agency who know the child now."""
    return list(
        Involvement.objects.on(day).filter(child__in=rows).select_related("agency", "worker").order_by("agency__kind", "role", "pk")
    )


def allocations_now(rows: set[int], day: date) -> list[Allocation]:
    """Who answers for the child, each with `managers` of the team and `covers` of the worker, as dictionaries. One query."""
    held = Holding.objects.on(day).filter(post__team=OuterRef("team"), post__is_manager=True)
    covers = Cover.objects.on(day).filter(away=OuterRef("worker"))
    return list(
        Allocation.objects.on(day)
        .filter(child__in=rows)
        .select_related("worker", "team")
        .annotate(
            managers=ArraySubquery(held.values(it=JSONObject(name="worker__name", phone="worker__phone", email="worker__email"))),
            covers=ArraySubquery(covers.values(it=JSONObject(name="covering__name", phone="covering__phone", email="covering__email"))),
        )
        .order_by("-role", "pk")
    )


def seen_or_hidden(user: Any, keys: set[int]) -> tuple[set[int], set[int]]:
    """Of these people: those whose page this user may open, and those who must not appear at all. One query.

    A protected identity (adoption) never appears beside the family it was separated from.
    """
    found = Person.objects.filter(pk__in=keys).values_list(
        "pk", is_true(may(user, SEE, Person)), is_true(Q(pk__in=withheld_from(user.pk)) | Q(identity_protected=True))
    )
    seen: set[int] = set()
    hidden: set[int] = set()
    for key, is_seen, is_hidden in found:
        (hidden if is_hidden else seen if is_seen else set()).add(key)
    return seen, hidden
