"""What the summary of a child reads of each kind of record: the same two columns of every kind, so that one query reads them all."""

from functools import cache
from typing import Any

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from goldthread.core.records.models import CASE_NOTE, CaseNote
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
from goldthread.practice.protection.models import (
    InitialConference,
    InitialConferenceChild,
    ProtectionPlan,
    ProtectionVisit,
    ProtectionVisitChild,
    ReviewConference,
    ReviewConferenceChild,
    Section47,
    Section47Child,
    TransferInConference,
    TransferInConferenceChild,
)

WHY_NOT = Coalesce("why_not_seen", "why_not_alone")


def _branch(model: Any, own: Any = None, **answers: Any) -> QuerySet[Any, Any]:
    """The record's key and these answers as an object: every branch of a union then has the same two columns.

    `own` is a child's own answers, under the names of the record's, before which they go.
    """
    return model.objects.values_list("record_id", JSONObject(**answers, **({"own": own} if own is not None else {})))


def _of_child(part: Any, rows: set[int], **answers: Any) -> Subquery:
    """A child's own answers on the record."""
    return Subquery(part.objects.filter(record=OuterRef("record"), person__in=rows).values(said=JSONObject(**answers))[:1])


def referrals(rows: set[int]) -> QuerySet[Any, Any]:
    """words: the worry for this child, else for all; code: main need; is_so: no further action."""
    own = _of_child(ReferralChild, rows, words="worry")
    return _branch(Referral, own, words="reason", code="primary_need", is_so="is_nfa", more="why")


def assessments(rows: set[int]) -> QuerySet[Any, Any]:
    """words: why now; until: authorised; then of this child, voice: the child's words; more: what it means; day: last seen; is_so: alone;
    is_also: seen at all; code: why not."""
    own = _of_child(
        AssessmentChild, rows, voice="childs_words", more="analysis", day="seen_on", is_so="is_seen_alone", is_also="is_seen",
        code=WHY_NOT,
    )  # fmt: skip
    return _branch(ChildAndFamilyAssessment, own, words="why_now", until="authorised_on")


def plans(rows: set[int]) -> QuerySet[Any, Any]:
    """words: what must change; more: who helps; code: what if not; voice: what the child wants; day: next review; until: ended, or left."""
    own = _of_child(PlanChild, rows, voice="childs_view", until="left_on")
    return _branch(ChildInNeedPlan, own, words="what_must_change", more="who_helps", code="if_not", day="review_on", until="ended_on")


def reviews(rows: set[int]) -> QuerySet[Any, Any]:
    return _branch(ChildInNeedReview, words="what_changed", more="what_next", day="held_on", is_so="goes_on")


def protection_plans(rows: set[int]) -> QuerySet[Any, Any]:
    return _branch(ProtectionPlan, day="started_on", until="ended_on", code="latest_category").filter(stands=True)


def enquiries(rows: set[int]) -> QuerySet[Any, Any]:
    """voice, day: the child's words, and the day; is_also: seen at all; is_so: alone; code: why not, in words."""
    own = _of_child(
        Section47Child, rows, voice="childs_words", day="seen_on", is_also="is_seen", is_so="is_seen_alone", code=WHY_NOT,
    )  # fmt: skip
    return _branch(Section47, own)


def conferences(kind: Any, part: Any) -> Any:
    """voice: what the child wanted it to know; day: held, and not yet where it is only prepared."""

    def branch(rows: set[int]) -> QuerySet[Any, Any]:
        return _branch(kind, _of_child(part, rows, voice="childs_words"), day="held_on")

    return branch


def visits(kind: Any, part: Any) -> Any:
    """words: what moved; more: what happened; voice, day: the child's words, and the day; is_also: seen at all; is_so: alone; code: why not."""

    def branch(rows: set[int]) -> QuerySet[Any, Any]:
        own = _of_child(part, rows, voice="childs_words", is_so="is_seen_alone", is_also="is_seen", code=WHY_NOT)
        return _branch(kind, own, words="what_moved", more="outcome", day="visited_on")

    return branch


def closures(rows: set[int]) -> QuerySet[Any, Any]:
    return _branch(Closure, words="summary", more="remaining", until="closed_on")


def voiced(rows: set[int]) -> QuerySet[Any, Any]:
    return _branch(CaseNote, voice="words")


def directed(rows: set[int]) -> QuerySet[Any, Any]:
    return _branch(CaseNote, words="words")


# By the record's kind and, for a case note, the kind of note: what the summary calls it, and its answers.
BRANCHES: dict[tuple[str, str | None], tuple[str, Any]] = {
    (Referral.kind(), None): ("referral", referrals),
    (ChildAndFamilyAssessment.kind(), None): ("assessment", assessments),
    (ChildInNeedPlan.kind(), None): ("plan", plans),
    (ChildInNeedReview.kind(), None): ("review", reviews),
    (ProtectionPlan.kind(), None): ("protection", protection_plans),
    (Section47.kind(), None): ("enquiry", enquiries),
    (InitialConference.kind(), None): ("conference", conferences(InitialConference, InitialConferenceChild)),
    (TransferInConference.kind(), None): ("conference", conferences(TransferInConference, TransferInConferenceChild)),
    (ReviewConference.kind(), None): ("review_conference", conferences(ReviewConference, ReviewConferenceChild)),
    (ProtectionVisit.kind(), None): ("visit", visits(ProtectionVisit, ProtectionVisitChild)),
    (ChildInNeedVisit.kind(), None): ("visit", visits(ChildInNeedVisit, ChildInNeedVisitChild)),
    (Closure.kind(), None): ("closure", closures),
    (CASE_NOTE, "voice"): ("voice", voiced),
    (CASE_NOTE, "direction"): ("direction", directed),
}
HOLD_A_PLAN = {ChildInNeedPlan.kind(), ProtectionPlan.kind()}
ROWS, KEYS = -1, -2  # stand in a compiled statement for the child's rows and the records asked for


def statement_of(kind: str, note: str | None) -> tuple[str, tuple[Any, ...]]:
    """The branch's SQL and parameters, compiled once: to write it anew takes Django longer than the database takes to answer."""
    return _statement(kind, note, connection.get_database_version())


@cache
def _statement(kind: str, note: str | None, server: tuple[int, ...]) -> tuple[str, tuple[Any, ...]]:
    """Once for each version of the database server: Django writes an object's SQL differently for 15 and for those after it."""
    _, branch = BRANCHES[kind, note]
    sql, parameters = branch({ROWS}).filter(record__in=[KEYS]).order_by().query.sql_with_params()
    return sql.replace("IN (%s)", "= ANY(%s)"), parameters
