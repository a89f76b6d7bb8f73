"""Where the product asks for what an element of the census holds, so that a failure opens at the very question."""

from typing import Any

from django.urls import reverse

from goldthread.core.people.models import Person
from goldthread.core.records.models import Record
from goldthread.out.returns.cin import items
from goldthread.pathway.answers import input_name
from goldthread.pathway.definition import Part
from goldthread.pathway.queries import may_correct, may_do
from goldthread.pathway.registry import definition_of
from goldthread.practice.family_help import models as family_help
from goldthread.practice.front_door import models as front_door
from goldthread.practice.protection import models as protection

Question = tuple[type[Any], str]  # the table that asks it, and its name there

ASKED: dict[str, Question] = {
    "CINreferralDate": (front_door.Referral, "received_on"),
    "ReferralSource": (front_door.Referral, "source"),
    "PrimaryNeedCode": (front_door.Referral, "primary_need"),
    "ReferralNFA": (front_door.Referral, "is_nfa"),
    "AssessmentActualStartDate": (family_help.ChildAndFamilyAssessment, "started_on"),
    "AssessmentAuthorisationDate": (family_help.ChildAndFamilyAssessment, "authorised_on"),
    "AssessmentFactors": (family_help.AssessmentChild, "factors"),
    "CINPlanStartDate": (family_help.ChildInNeedPlan, "started_on"),
    "S47ActualStartDate": (protection.Section47, "started_on"),
    "InitialCPCtarget": (protection.Section47, "strategy_on"),
    "ICPCnotRequired": (protection.Section47Child, "conference"),
    "CPPstartDate": (protection.ProtectionPlan, "started_on"),
    "CPPendDate": (protection.ProtectionPlan, "ended_on"),
    "InitialCategoryOfAbuse": (protection.ProtectionPlan, "initial_category"),
    "NumberOfPreviousCPP": (protection.ProtectionPlan, "previous_plans"),
    "CINclosureDate": (family_help.Closure, "closed_on"),
    "ReasonForClosure": (family_help.ClosureChild, "reason"),
    "CPPreviewDate": (protection.ReviewConference, "held_on"),
}  # what the census reckons, and what a page of the child asks, is not among them
NUMBERS = {"LAchildID", "UPN", "FormerUPN"}  # among the child's numbers; the other facts of the child stand among the particulars


def is_of_the_child(part: items.Part) -> bool:
    """The child's own facts, whichever record is being written."""
    return isinstance(part, items.Child | items.ChildIdentifiers | items.ChildCharacteristics)


def record_of(part: items.Part, element: str) -> int | None:
    """The key of the record that says it; None for the child's own facts."""
    if is_of_the_child(part):
        return None
    is_closing = isinstance(part, items.CINdetails) and element in ("CINclosureDate", "ReasonForClosure")
    return (part.closure if is_closing and isinstance(part, items.CINdetails) else None) or part.record


def where_asked(user: Any, person: Person, record: Record | None, element: str) -> str | None:
    """The question itself, where this user may answer it; else its record, or the child's page that asks it. None where there is none."""
    if record is None:
        return reverse("child_number" if element in NUMBERS else "child_identity", kwargs={"reference": person.reference})
    return _question(user, person, record, element) or reverse("record", args=[record.reference])


def _question(user: Any, person: Person, record: Record, element: str) -> str | None:
    table, name = ASKED.get(element, (None, ""))
    definition = definition_of(record.kind)
    if table not in (definition, *definition.parts()) or table is None or record.origin != Record.HERE:
        return None
    question: Any = table._meta.get_field(name)
    step = definition.step(table.asked_at(question))
    if may_do(user, record, step) is not None:
        return None
    typed = question.inputs(input_name(table, person, name) if issubclass(table, Part) else name)[0]
    if record.step == step.name:
        return f"{reverse('step', args=[record.reference, step.name])}#{typed}"
    may = may_correct(user, record) and record.fair_copies.filter(step=step.name).exists()
    return f"{reverse('correct', args=[record.reference, step.name])}#{typed}" if may else None
