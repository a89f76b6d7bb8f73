"""What cannot be true together within one part. Where two values disagree, the one that depends on the other is left unknown.

These keep unsound facts out of a child's record; the DfE's own rules on a return belong to the returns rooms.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from goldthread.out.exchange.cin.census import PART_REFUSED, QUERY, VALUE_UNKNOWN, Fault, Review

if TYPE_CHECKING:
    from goldthread.out.exchange.cin.shape import Shape


@dataclass(slots=True)
class Notes:
    """What is noted down while one child is read."""

    year: int
    reference_date: Any
    la_child_id: str | None = None
    faults: list[Fault] = field(default_factory=list)

    def add(self, line: int, element: str, what_is_wrong: str, what_to_do: str, severity: str) -> None:
        self.faults.append(Fault(line, self.la_child_id, element, what_is_wrong, what_to_do, severity))


@dataclass(slots=True)
class InHand:
    """A part while it is read: its values and their lines by field."""

    name: str
    line: int
    shape: "Shape"
    notes: Notes
    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    unsound: list[str] = field(default_factory=list)

    def fault(self, of: str, what_is_wrong: str, what_to_do: str, severity: str) -> None:
        element = self.shape.element(of)
        self.notes.add(self.lines.get(of, self.line), element, what_is_wrong, what_to_do, severity)

    def leave_unknown(self, of: str, what_is_wrong: str, what_to_do: str) -> None:
        self.fault(of, what_is_wrong, what_to_do, VALUE_UNKNOWN)
        self.values.pop(of, None)
        self.unsound.append(self.shape.element(of))


Check = Callable[[InHand], None]


def not_before(start: str, end: str) -> Check:
    """The end, where it stands before the start, is left unknown: it happened, nobody can say when."""

    def check(part: InHand) -> None:
        started_on, ended_on = part.values.get(start), part.values.get(end)
        if started_on and ended_on and ended_on < started_on:
            began = f"{part.shape.element(start)} ({started_on})"
            part.leave_unknown(end, f"{ended_on} lies before {began}.", "Check both dates in the child's record and correct the wrong one.")

    return check


def one_birth_date(part: InHand) -> None:
    """Rule 8525Q: a date of birth or an expected one, never both."""
    born_on, expected_on = part.values.get("born_on"), part.values.get("expected_on")
    if born_on and expected_on:
        part.leave_unknown(
            "expected_on", "The child has both a date of birth and an expected one.", "Leave out the expected date once a child is born."
        )
    elif not born_on and not expected_on and not {"PersonBirthDate", "ExpectedPersonBirthDate"} & set(part.unsound):
        part.fault("born_on", "There is no date of birth, nor an expected one.", "Find it out: without it the child has no age.", QUERY)


def plain_la_child_id(part: InHand) -> None:
    """Rules 1570 and 1580, asked since 2024-25: at most 20 letters and digits. Older files may hold others."""
    la_child_id = part.values.get("la_child_id")
    if la_child_id and not (len(la_child_id) <= 20 and la_child_id.isascii() and la_child_id.isalnum()):
        part.fault(
            "la_child_id",
            "The child's id has more than 20 characters, or other characters than letters and digits.",
            "The DfE will refuse it.",
            QUERY,
        )


def no_disability_stands_alone(part: InHand) -> None:
    """Rule 8790: NONE beside a disability cannot be true; the disability stands."""
    found = part.values.get("disabilities", ())
    if "NONE" in found and len(found) > 1:
        part.fault("disabilities", "NONE is given beside a disability.", "Take out NONE, or the disability.", VALUE_UNKNOWN)
        part.values["disabilities"] = tuple(code for code in found if code != "NONE")


def reviews_after_start(part: InHand) -> None:
    """Rule 8841: a review cannot be on or before the day the plan began."""
    started_on = part.values.get("started_on")
    reviews: tuple[Review, ...] = part.values.get("reviews", ())
    if started_on is None or all(review.held_on > started_on for review in reviews):
        return
    for review in reviews:
        if review.held_on <= started_on:
            wrong = f"The review of {review.held_on} is not after the start of the plan ({started_on})."
            part.notes.add(review.line, "CPPreviewDate", wrong, "Check both dates; the review is not imported.", PART_REFUSED)
    part.values["reviews"] = tuple(review for review in reviews if review.held_on > started_on)


def closure_has_reason(part: InHand) -> None:
    """Rules 8805 and 8810: a closure date and a reason go together."""
    has_day = "closed_on" in part.values or "CINclosureDate" in part.unsound
    has_reason = "closed_because" in part.values or "ReasonForClosure" in part.unsound
    if has_day and not has_reason:
        part.fault(
            "closed_on", "There is a closure date and no reason for closure.", "Give the reason; until then it stays unknown.", QUERY
        )
    elif has_reason and not has_day:
        part.fault(
            "closed_because",
            "There is a reason for closure and no closure date.",
            "Give the date; until then the case counts as open.",
            QUERY,
        )


def need_unless_nfa(part: InHand) -> None:
    """Rule 8610: a referral that went on to further action has a primary need."""
    if part.values.get("is_nfa") is False and "need" not in part.values and "PrimaryNeedCode" not in part.unsound:
        part.fault(
            "need", "There is no primary need code, though the referral went further.", "Give the code; until then it stays unknown.", QUERY
        )


def nothing_after_nfa(part: InHand) -> None:
    """Rules 8831, 8832 and 4000: a referral with no further action is followed by nothing."""
    followed = ("assessments", "plans", "section_47s", "protection_plans", "conference_on")
    if part.values.get("is_nfa") and any(part.values.get(each) for each in followed):
        part.fault(
            "is_nfa",
            "The referral says no further action, and yet something followed.",
            "Set ReferralNFA to 0, or take out what followed.",
            QUERY,
        )
