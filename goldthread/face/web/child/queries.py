"""What has been written about one child, read together: why we are involved, the plan, the child's words, who was seen."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from goldthread.core.agencies.models import Allocation, Cover, Holding, Involvement, SignIn
from goldthread.core.agencies.queries import names_of_users
from goldthread.core.people.models import Person
from goldthread.core.records.models import Record, RecordChild
from goldthread.core.work.models import OPEN, Clock, Task
from goldthread.face.web.child.branches import BRANCHES, HOLD_A_PLAN, KEYS, ROWS, statement_of
from goldthread.face.web.child.opening import is_true
from goldthread.ground.access.predicate import SEE, may, withheld_from

NEWEST = 6  # of each kind: enough for the page, and the same work however long the file is


@dataclass(frozen=True)
class Header:
    """One record on the child's file, as little of it as says what to read next."""

    pk: int
    kind: str
    note: str | None
    reference: str
    on: date
    origin: str
    state: str
    recorded_by: int | None
    is_seen: bool


HEADER = ("pk", "kind", "case_note__kind", "reference", "happened_on", "origin", "state", "recorded_by", "is_seen")


def headers_of(rows: set[int], user: Any) -> list[Header]:
    """Every standing record on the file, newest first, with whether this user may see it. One query."""
    on_file = RecordChild.objects.filter(child__in=rows, removed_at=None).values("record")
    found = Record.objects.standing().filter(pk__in=on_file).annotate(is_seen=is_true(may(user, SEE, Record)))
    return [Header(*row) for row in found.order_by("-happened_on", "-pk").values_list(*HEADER)]


@dataclass(frozen=True)
class Written:
    """One record's part in the summary. What each answer means depends on `kind`; see `BRANCHES`."""

    pk: int
    kind: str
    reference: str
    on: date
    origin: str
    state: str
    by: str | None = None
    words: str | None = None
    voice: str | None = None
    more: str | None = None
    code: str | None = None
    day: date | None = None
    until: date | None = None
    is_so: bool | None = None
    is_also: bool | None = None


def written_about(rows: set[int], headers: list[Header]) -> list[Written]:
    """The newest few of every kind that the summary reads, newest first. Two queries, the first of the kinds there are.

    That a plan holds is told even where its words may not be seen; the caller leaves those words out.
    """
    statements: list[str] = []
    parameters: list[Any] = []
    asked: dict[int, tuple[str, Header]] = {}
    for (kind, note), (name, _) in BRANCHES.items():
        newest = [h for h in headers if h.kind == kind and h.note == note and (h.is_seen or kind in HOLD_A_PLAN)][:NEWEST]
        if newest:
            sql, held = statement_of(kind, note)
            statements.append(f"({sql})")
            parameters += [{ROWS: list(rows), KEYS: [h.pk for h in newest]}.get(one, one) for one in held]
            asked |= {h.pk: (name, h) for h in newest}
    if not statements:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements), parameters)
        answers = {key: json.loads(said) for key, said in cursor.fetchall()}
    names = names_of_users(asked[key][1].recorded_by for key in answers)
    told = [_written(*asked[key], names=names, said=said) for key, said in answers.items()]
    return sorted(told, key=lambda one: one.on, reverse=True)


def _written(name: str, header: Header, names: dict[int, str], said: dict[str, Any]) -> Written:
    own = said.pop("own", None) or {}
    said |= {part: answer for part, answer in own.items() if answer is not None}
    days = {part: date.fromisoformat(said[part]) for part in ("day", "until") if isinstance(said.get(part), str)}
    by = names.get(header.recorded_by or 0)
    return Written(header.pk, name, header.reference, header.on, header.origin, header.state, by, **said | days)


def author(column: str) -> Subquery:
    """The worker's name behind a sign-in."""
    return Subquery(SignIn.objects.filter(user=OuterRef(column)).order_by("-from_on").values("worker__name")[:1])


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


def clocks_of(rows: set[int], seen: set[int]) -> list[Clock]:
    """Clocks still running for the child on the records `seen`, the first to run out first."""
    found = Clock.objects.filter(OPEN, child__in=rows).select_related("rule", "record")
    return [clock for clock in found.order_by(F("due_on").asc(nulls_last=True), "pk") if clock.record_id in seen]


def tasks_of_child(rows: set[int], seen: set[int]) -> list[Task]:
    """What somebody is to do next about this child, of the records `seen`."""
    on_file = RecordChild.objects.filter(child__in=rows, removed_at=None).values("record")
    found = Task.objects.filter(Task.OPEN, record__in=on_file).select_related("record", "worker", "team", "clock__rule")
    return [task for task in found.order_by(F("due_on").asc(nulls_last=True), "pk") if task.record_id in seen]


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
