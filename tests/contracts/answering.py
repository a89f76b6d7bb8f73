"""Answers for any declared process, made from its own questions: what a contract test types into a form it has never seen."""

from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate

from goldthread.core.agencies.models import Worker
from goldthread.core.people.models import Person, Relationship
from goldthread.core.records.models import Record
from goldthread.pathway.actions import begin, complete
from goldthread.pathway.answers import Sheet
from goldthread.pathway.archetypes import Episode
from goldthread.pathway.definition import Detail
from goldthread.pathway.meeting.actions import arrange, attend, contribute
from goldthread.pathway.meeting.archetype import Meeting
from goldthread.pathway.meeting.models import Arrangement
from goldthread.pathway.meeting.reports.actions import give_view
from goldthread.pathway.queries import children_of, load_answers
from goldthread.pathway.questions import Day, Many, Number, One, YesNo
from goldthread.pathway.registry import definition_of
from goldthread.practice.protection.actions import begin_plan
from goldthread.practice.protection.models import ReviewConference
from goldthread.practice.protection.queries import plans_of

NEVER_TO_FAMILY = "Seen by a neighbour who must not be named"


def an_answer(question: Any, sheet: Sheet) -> Any:
    """A typed answer that any question of its kind accepts; words name the person, so that no two children share them."""
    if isinstance(question, YesNo):
        return True
    if isinstance(question, Day) and question.name == "started_on" and issubclass(sheet.asked_of, Episode):
        return localdate() - timedelta(days=30)  # what it lasts must leave room for an end
    if isinstance(question, Day):
        return localdate() + timedelta(days=30) if question.may_be_ahead else localdate()
    if isinstance(question, Number):
        return 1
    codes = [code for code, _ in question.options()]
    if isinstance(question, Many):
        return codes[:1] or None
    if isinstance(question, One):
        return codes[0]
    return f"{question.label} {sheet.person or ''}".strip()


def answers_for(definition: type[Detail], record: Record, step: str, leave_out: str = "") -> dict[str, Any]:
    """Every question of a step, as typed, but the one input name left out. Conditions are followed in order."""
    raw: dict[str, Any] = {}
    for sheet in load_answers(definition, record).sheets():
        for question in sheet.asked_of.questions(step):
            if not sheet.holds(question.when):
                continue
            value = an_answer(question, sheet)
            sheet.values[question.name] = value
            name = sheet.name_of(question.name)
            raw |= dict.fromkeys(question.inputs(name)) if name == leave_out else question.write(value, name)
    return raw


def needed_inputs(definition: type[Detail], record: Record, step: str) -> list[tuple[str, str]]:
    """(input name, first box's name) of everything the step needs under the answers that `answers_for` gives."""
    found = []
    for sheet in load_answers(definition, record).sheets():
        for question in sheet.asked_of.questions(step):
            if not sheet.holds(question.when):
                continue
            sheet.values[question.name] = an_answer(question, sheet)
            if question.needed == step:
                name = sheet.name_of(question.name)
                found.append((name, question.inputs(name)[0]))
    return found


def a_family() -> tuple[Person, Person, Person]:
    """Two children and their mother."""
    born = localdate() - timedelta(days=365 * 7)
    maya = Person.objects.create(shown_name="Maya Adeyemi", sort_name="adeyemi maya", is_named=True, born_on=born, sex="F")
    leo = Person.objects.create(shown_name="Leo Adeyemi", sort_name="adeyemi leo", is_named=True, born_on=born, sex="M")
    mother = Person.objects.create(shown_name="Grace Adeyemi", sort_name="adeyemi grace", is_named=True, recorded_as_adult=True)
    for one in (maya, leo):
        Relationship.objects.create(person=one, other=mother, kind="mother", has_parental_responsibility=True)
    return maya, leo, mother


def up_to(definition: type[Detail], step: str, *, children: list[int], by: Any) -> Record:
    """A record that waits for this step, every earlier one completed."""
    record = begin(definition, children=children[:1] if definition.is_of_one_child else children, by=by)
    for earlier in definition.steps:
        if earlier.name == step:
            break
        make_ready(record, by=by)
        record = complete(record=record, step=earlier.name, by=by, raw=answers_for(definition, record, earlier.name)).record
    make_ready(record, by=by)
    return record


def make_ready(record: Record, *, by: Any) -> None:
    """What a step asks for besides answers: of a meeting, that who took part is known. Each brings what is not for the family."""
    if issubclass(definition_of(record.kind), Meeting):
        _name_a_chair(record)
        for invitee in record.invitees.filter(left_out_at=None, attended=None):
            attend(invitee=invitee, attended="telephone", by=by)
            contribute(invitee=invitee, words=NEVER_TO_FAMILY, onward="not_family", by=by)
            for child in children_of(record) if invitee.agency_id and definition_of(record.kind).view_of else []:  # type: ignore[attr-defined]
                give_view(invitee=invitee, child=child, stands="yes", by=by)
    if record.kind == ReviewConference.kind():
        _put_on_a_plan(record, by)


def _name_a_chair(record: Record) -> None:
    """Somebody outside the line, where the meeting asks for that."""
    definition: Any = definition_of(record.kind)
    if definition.chair_is_independent and not Arrangement.objects.filter(record=record, chair__isnull=False).exists():
        outside = (one for one in Worker.objects.order_by("-pk") if not definition.may_not_chair(one, children_of(record)))
        arrange(record=record, planned_on=localdate(), chair=next(outside))


def _put_on_a_plan(record: Record, by: Any) -> None:
    """What a review looks at."""
    if not plans_of([child.pk for child in children_of(record)], localdate()):
        since = localdate() - timedelta(days=60)
        begin_plan(children=[child.pk for child in children_of(record)], on=since, category="NEG", by=by, decided_in=record)
