"""From what the census says of a child to records of practice. The mapping stands on this side: a census change touches no practice file.

What the file does not hold stays NULL: the day a referral was decided, strategy discussions, who did anything at all.
"""

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Any

from goldthread.core.people.facts import NewPerson, Number
from goldthread.core.people.identifier_systems import former_upn_system, upn_system
from goldthread.core.work.actions import Running
from goldthread.out.exchange.cin.census import Assessment, Child, Details, PreProceedings, ProtectionPlan, Section47
from goldthread.pathway.definition import Detail, Part
from goldthread.pathway.importing import Imported
from goldthread.practice.family_help.models import AssessmentChild, ChildAndFamilyAssessment, ChildInNeedPlan, Closure, ClosureChild
from goldthread.practice.front_door.models import Referral
from goldthread.practice.protection.models import InitialConference, ReviewConference
from goldthread.practice.protection.models import PreProceedings as PreProceedingsRecord
from goldthread.practice.protection.models import ProtectionPlan as ProtectionPlanRecord
from goldthread.practice.protection.models import Section47 as Section47Record

NO_DECISION_DAY = "The day of the decision is not in the file."
NO_STRATEGY_DAY = "Strategy date not in file."
SOURCE = "Children in need census"


def personal_facts(child: Child) -> dict[str, Any]:
    """What the census says of the child's own person, by the names of `people.facts.PERSONAL`; what it leaves out is left out."""
    said = child.identifiers
    facts = {
        "born_on": said.born_on,
        "expected_on": said.expected_on,
        "died_on": said.died_on,
        "sex": said.sex,
        "upn_unknown": said.upn_unknown,
        "ethnicity": child.characteristics.ethnicity if child.characteristics else None,
        "disabilities": list(child.characteristics.disabilities) if child.characteristics else None,
    }
    return {name: fact for name, fact in facts.items() if fact}


def numbers(child: Child) -> list[Number]:
    """The pupil's numbers; the authority's own is added where a person is made."""
    said = child.identifiers
    found = [(upn_system(), said.upn), (former_upn_system(), said.former_upn)]
    return [Number(system, value, source=SOURCE) for system, value in found if value]


def new_person(child: Child, system: str) -> NewPerson:
    """A child whom nobody has named: it is found by its numbers alone, never offered for matching or letters."""
    own = Number(system, child.identifiers.la_child_id or "", is_key=True, source=SOURCE)
    return NewPerson(numbers=[own, *numbers(child)], origin="imported", personal=personal_facts(child))


def records_of(child: Child, person: int) -> list[Imported]:
    """Every record the census holds of the child, in the order of practice where several fall on one day."""
    return [row for details in child.details for row in _Episode(details, person).rows()]


def _record(definition: type[Detail], person: int, line: int, on: date, values: dict[str, Any], **rest: Any) -> Imported:
    each: dict[type[Part], dict[str, Any]] = rest.get("each", {})
    said = "|".join(f"{name}={value}" for name, value in (*values.items(), *(pair for part in each.values() for pair in part.items())))
    seal = hashlib.sha256(f"{definition.__name__}|{on}|{said}".encode()).hexdigest()
    return Imported(definition, person, on, values, line, seal, **rest)


class _Episode:
    """One CINdetails on its way to records, all following its referral."""

    def __init__(self, details: Details, person: int) -> None:
        self.details, self.person = details, person
        self.referral = self._referral() if details.referred_on else None

    def rows(self) -> Iterator[Imported]:
        if self.referral:
            yield self.referral
        for place, assessment in enumerate(self.details.assessments):
            yield self._assessment(assessment, is_first=place == 0)
        for plan in self.details.plans:
            if plan.started_on:
                yield self._row(ChildInNeedPlan, plan.line, plan.started_on, {"started_on": plan.started_on, "ended_on": plan.ended_on})
        for enquiry in self.details.section_47s:
            yield from self._enquiry(enquiry)
        if self.details.conference_on:
            values = {"held_on": self.details.conference_on, "without_section_47": True}
            yield self._row(InitialConference, self.details.line, self.details.conference_on, values)
        for protected in self.details.protection_plans:
            yield from self._protection_plan(protected)
        for block in self.details.pre_proceedings:
            yield from self._pre_proceedings(block)
        if self.details.closed_on:
            each = {ClosureChild: {"reason": self.details.closed_because}}
            yield self._row(Closure, self.details.line, self.details.closed_on, {"closed_on": self.details.closed_on}, each=each)

    def _row(self, definition: type[Detail], line: int, on: date, values: dict[str, Any], **rest: Any) -> Imported:
        return _record(definition, self.person, line, on, values, **({"follows": self.referral} | rest))

    def _referral(self) -> Imported:
        said = self.details
        assert said.referred_on is not None
        values = {"received_on": said.referred_on, "source": said.source, "is_nfa": said.is_nfa, "primary_need": said.need}
        decided = Running("referral.decide", said.referred_on, stopped_on=said.referred_on, stopped_why=NO_DECISION_DAY)
        return _record(Referral, self.person, said.line, said.referred_on, values, runnings=[decided])

    def _assessment(self, said: Assessment, *, is_first: bool) -> Imported:
        """Working Together counts from the referral, which can only be the first assessment's; the census from its own start."""
        assert said.started_on is not None
        values = {
            "referred_on": self.details.referred_on,
            "started_on": said.started_on,
            "internal_review_on": said.reviewed_on,
            "authorised_on": said.authorised_on,
        }
        runnings = [Running("assessment.complete.census", said.started_on, met_on=said.authorised_on)]
        if is_first and self.details.referred_on:
            runnings.append(Running("assessment.complete", self.details.referred_on, met_on=said.authorised_on))
        if self._is_over(said.authorised_on, "AssessmentAuthorisationDate" in said.unsound):
            runnings = []
        each = {AssessmentChild: {"factors": list(said.factors) or None}}
        return self._row(ChildAndFamilyAssessment, said.line, said.started_on, values, each=each, runnings=runnings)

    def _is_over(self, ended_on: date | None, end_is_unsound: bool) -> bool:
        """It has ended, but the file does not soundly say when."""
        is_closed = self.details.closed_on is not None or "CINclosureDate" in self.details.unsound
        return ended_on is None and (end_is_unsound or is_closed)

    def _enquiry(self, said: Section47) -> Iterator[Imported]:
        enquiry = None
        if said.started_on:
            values = {
                "started_on": said.started_on,
                "conference_target_on": said.conference_target_on,
                "conference_on": said.conference_on,
                "conference_not_required": said.is_conference_not_required,
            }
            needs_no_clock = said.is_conference_not_required or bool({"DateOfInitialCPC", "ICPCnotRequired"} & set(said.unsound))
            runnings = [Running("conference.initial.census", said.started_on, met_on=said.conference_on, note=NO_STRATEGY_DAY)]
            if said.conference_on is None and (needs_no_clock or self._is_over(None, end_is_unsound=False)):
                runnings = []
            enquiry = self._row(Section47Record, said.line, said.started_on, values, runnings=runnings)
            yield enquiry
        if said.conference_on:
            values = {"held_on": said.conference_on, "without_section_47": False}
            yield self._row(InitialConference, said.line, said.conference_on, values, follows=enquiry or self.referral)

    def _protection_plan(self, said: ProtectionPlan) -> Iterator[Imported]:
        """Reviews are due three months from the start and six from each other (Working Together), while the plan runs."""
        held = sorted(said.reviews, key=lambda review: review.held_on)
        next_on = [review.held_on for review in held] + [None]
        is_over = said.ended_on is not None or self._is_over(None, "CPPendDate" in said.unsound)
        plan = None
        if said.started_on:
            values = {
                "started_on": said.started_on,
                "ended_on": said.ended_on,
                "initial_category": said.initial_category,
                "latest_category": said.latest_category,
                "previous_plans": said.earlier_plans,
            }
            first = _waits("conference.review.first", said.started_on, next_on[0], is_over)
            plan = self._row(ProtectionPlanRecord, said.line, said.started_on, values, runnings=first)
            yield plan
        for review, following in zip(held, next_on[1:], strict=True):
            later = _waits("conference.review.later", review.held_on, following, is_over)
            values = {"held_on": review.held_on}
            yield self._row(ReviewConference, review.line, review.held_on, values, follows=plan or self.referral, runnings=later)

    def _pre_proceedings(self, said: PreProceedings) -> Iterator[Imported]:
        on = said.started_on or said.letter_sent_on or said.first_meeting_on or self.details.referred_on
        if on is not None:
            names = [name for name in PreProceedings.__dataclass_fields__ if name not in ("line", "unsound")]
            yield self._row(PreProceedingsRecord, said.line, on, {name: getattr(said, name) for name in names})


def _waits(key: str, started_on: date, met_on: date | None, is_over: bool) -> list[Running]:
    """A clock that was met, or still waits; none where the plan ended before it was."""
    return [] if met_on is None and is_over else [Running(key, started_on, met_on=met_on)]
