"""A new version of a plan: a record of its own that follows the one before.

Correcting puts right what was never true; a new version is a new fact, agreed on a day by people. So it has its own day, author
and fair copy, stands in the chronology, and the old one stays as it was.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from goldthread.core.people.models import Person
from goldthread.core.records.models import Draft, Record
from goldthread.pathway.actions import begin, retyped
from goldthread.pathway.answers import Answers, Sheet
from goldthread.pathway.archetypes import Plan
from goldthread.pathway.definition import Part, Several
from goldthread.pathway.queries import load_answers
from goldthread.pathway.questions import Whom
from goldthread.pathway.registry import definition_of


def begin_version(*, before: Record, children: Iterable[Person], by: Any) -> Record:
    """The next version of this plan for these of its children, begun with every answer but those asked anew."""
    definition = definition_of(before.kind)
    if not issubclass(definition, Plan):
        raise ValueError(f"{definition.title} has no versions.")
    staying = list(children)
    record = begin(definition, children=[child.pk for child in staying], by=by, follows=before)
    known = {sheet.name_of("") for sheet in load_answers(definition, record).each}
    said = load_answers(definition, before)
    said.each = list(_of_those_staying(said, {child.reference for child in staying}))
    kept = {name: typed for name, typed in retyped(said, definition.steps[0].name).items() if _is_kept(definition, name, known)}
    draft = Draft.objects.get(record=record)
    draft.answers = kept | draft.answers
    draft.save(update_fields=["answers"])
    return record


def _of_those_staying(said: Answers, staying: set[str]) -> Iterator[Sheet]:
    """Without what is about those alone who are no longer in the plan; the places of what is left close up."""
    places: dict[type[Part], int] = {}
    for sheet in said.each:
        part: type[Part] = sheet.asked_of  # type: ignore[assignment]
        if sheet.slot is None:
            yield sheet
        elif not sheet.is_unused and _is_about(sheet, staying):
            places[part] = sheet.slot = places.get(part, 0) + 1
            yield sheet


def _is_about(sheet: Sheet, staying: set[str]) -> bool:
    """Somebody who stays, or everybody; whom it names besides is named no longer."""
    for question in sheet.asked_of.questions():
        named = sheet.values.get(question.name) if isinstance(question, Whom) else None
        if named:
            sheet.values[question.name] = [one for one in named if one in staying]
            if not sheet.values[question.name]:
                return False
    return True


def _is_kept(definition: type[Plan], name: str, known: set[str]) -> bool:
    parts: list[type[Part]] = definition.parts()
    of_part = next((part for part in parts if name.startswith(f"{part.prefix}-")), None)
    if of_part is None:
        return not name.startswith(definition.asked_anew)
    return issubclass(of_part, Several) or any(name.startswith(one) for one in known)
