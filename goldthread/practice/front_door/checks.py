"""What the front door checks before a contact goes on: everyone found, and no second referral for a child who is open."""

from collections.abc import Iterable

from goldthread.core.records.models import Record
from goldthread.pathway.answers import Answers, Sheet
from goldthread.pathway.archetypes import DECIDE, RECORD
from goldthread.pathway.definition import Problem
from goldthread.pathway.registry import before
from goldthread.practice.front_door.contact import Contact, ContactChild
from goldthread.practice.front_door.describing.person import DescribedPerson
from goldthread.practice.front_door.describing.queries import described
from goldthread.practice.front_door.feedback import PUBLIC_SOURCES, Feedback
from goldthread.practice.front_door.pathways import GOES_TO_THE_WORKER, STRATEGY_NOW
from goldthread.practice.front_door.queries import open_cases


def sheets_of_children(answers: Answers) -> list[Sheet]:
    return [sheet for sheet in answers.each if sheet.person is not None and sheet.asked_of is ContactChild]


@before(Contact, RECORD)
def everyone_is_found(record: Record, answers: Answers) -> Iterable[Problem]:
    """A child described and not looked for would be lost; a contact about nobody cannot be decided for anybody."""
    waiting = [row for row in described(record) if row.role in DescribedPerson.ABOUT and row.person_id is None]
    for row in waiting:
        yield Problem(f"{row} is described but not yet found or added. Open “{row}” under “Who is this about?”.", "who")
    if not waiting and not sheets_of_children(answers):
        yield Problem("Say who this is about: add at least one child.", "who")
    yield from open_children_go_to_their_worker(answers, "recommended")


@before(Contact, DECIDE)
def no_second_referral(record: Record, answers: Answers) -> Iterable[Problem]:
    yield from open_children_go_to_their_worker(answers, "decision")


def open_children_go_to_their_worker(answers: Answers, question: str) -> Iterable[Problem]:
    """A worry about an open child goes to the worker and manager the same day and makes no new referral."""
    sheets = sheets_of_children(answers)
    whose = open_cases([sheet.person for sheet in sheets if sheet.person])
    for sheet in sheets:
        chosen, child = sheet.values.get(question), sheet.person
        if chosen is None or child is None:
            continue
        name = sheet.name_of(question)
        if child.pk in whose and chosen not in (GOES_TO_THE_WORKER, STRATEGY_NOW):
            words = (
                f"{child} is already {whose[child.pk]}, so there is no new referral or other outcome here: "
                "choose “Already open”, and the worker and the manager hear today."
            )
            yield Problem(words, name, question, child.pk)
        if child.pk not in whose and chosen == GOES_TO_THE_WORKER:
            yield Problem(f"{child} is not open to anybody. Choose what should happen.", name, question, child.pk)


@before(Feedback, "record", also_corrected=True)
def the_public_gets_a_receipt(record: Record, answers: Answers) -> Iterable[Problem]:
    """Whoever rang as a member of the public is never told what was decided."""
    contact = record.follows
    while contact is not None and contact.kind != Contact.kind():
        contact = contact.follows
    source = Contact.objects.filter(record=contact).values_list("source", flat=True).first() if contact else None
    if source in PUBLIC_SOURCES and answers.own.values.get("receipt_only") is False:
        yield Problem("A member of the public gets a receipt, never an outcome. Answer yes.", "receipt_only", "receipt_only")
