"""What the summary of a child reads of each kind of record: the same two columns of every kind, so that one query reads them all."""

from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from goldthread.core.records.models import CaseNote
from goldthread.practice.family_help.models import (
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

NOTE = "records.case_note"


def _branch(model: Any, **answers: Any) -> QuerySet[Any, Any]:
    """The record's key and these answers as an object: every branch of a union then has the same two columns."""
    return model.objects.values_list("record_id", JSONObject(**answers))


def _of_child(part: Any, rows: set[int], column: str) -> Subquery:
    """A child's own answer on the record."""
    return Subquery(part.objects.filter(record=OuterRef("record"), person__in=rows).values(column)[:1])


def referrals(rows: set[int]) -> QuerySet[Any, Any]:
    """words: the worry for this child, else for all; code: main need; is_so: no further action."""
    return _branch(
        Referral, words=Coalesce(_of_child(ReferralChild, rows, "worry"), F("reason")), code="primary_need", is_so="is_nfa", more="why"
    )


def assessments(rows: set[int]) -> QuerySet[Any, Any]:
    """words: why now; until: authorised; then of this child, voice: the child's words; more: what it means; day: last seen; is_so: alone;
    is_also: seen at all; code: why not."""
    return _branch(ChildAndFamilyAssessment, words="why_now", until="authorised_on")


def plans(rows: set[int]) -> QuerySet[Any, Any]:
    """words: what must change; more: who helps; code: what if not; voice: what the child wants; day: next review; until: ended."""
    return _branch(
        ChildInNeedPlan, words="what_must_change", more="who_helps", code="if_not", day="review_on",
        voice=_of_child(PlanChild, rows, "childs_view"), until=Coalesce(F("ended_on"), _of_child(PlanChild, rows, "left_on")),
    )  # fmt: skip


def reviews(rows: set[int]) -> QuerySet[Any, Any]:
    return _branch(ChildInNeedReview, words="what_changed", more="what_next", day="held_on", is_so="goes_on")


def protection_plans(rows: set[int]) -> QuerySet[Any, Any]:
    return _branch(ProtectionPlan, day="started_on", until="ended_on", code="latest_category").filter(stands=True)


def enquiries(rows: set[int]) -> QuerySet[Any, Any]:
    """voice, day: the child's words, and the day; is_also: seen at all; is_so: alone; code: why not, in words."""
    own = {name: _of_child(Section47Child, rows, name) for name in ("childs_words", "seen_on", "is_seen", "is_seen_alone")}
    return _branch(
        Section47, voice=own["childs_words"], day=own["seen_on"], is_also=own["is_seen"], is_so=own["is_seen_alone"],
        code=Coalesce(_of_child(Section47Child, rows, "why_not_seen"), _of_child(Section47Child, rows, "why_not_alone")),
    )  # fmt: skip


def conferences(kind: Any, part: Any) -> Any:
    """voice: what the child wanted it to know; day: held, and not yet where it is only prepared."""

    def branch(rows: set[int]) -> QuerySet[Any, Any]:
        return _branch(kind, voice=_of_child(part, rows, "childs_words"), day="held_on")

    return branch


def visits(kind: Any, part: Any) -> Any:
    """words: what moved; more: what happened; voice, day: the child's words, and the day; is_also: seen at all; is_so: alone; code: why not."""

    def branch(rows: set[int]) -> QuerySet[Any, Any]:
        return _branch(
            kind, words="what_moved", more="outcome", day="visited_on", voice=_of_child(part, rows, "childs_words"),
            is_so=_of_child(part, rows, "is_seen_alone"), is_also=_of_child(part, rows, "is_seen"),
            code=Coalesce(_of_child(part, rows, "why_not_seen"), _of_child(part, rows, "why_not_alone")),
        )  # fmt: skip

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
    (NOTE, "voice"): ("voice", voiced),
    (NOTE, "direction"): ("direction", directed),
}
HOLD_A_PLAN = {ChildInNeedPlan.kind(), ProtectionPlan.kind()}
