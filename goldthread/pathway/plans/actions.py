"""A new version of a plan: a record of its own that follows the one before.

Correcting puts right what was never true; a new version is a new fact, agreed on a day by people. So it has its own day, author
and fair copy, stands in the chronology, and the old one stays as it was.
"""

from collections.abc import Iterable
from typing import Any

from goldthread.core.people.models import Person
from goldthread.core.records.models import Draft, Record
from goldthread.pathway.actions import begin, retyped
from goldthread.pathway.archetypes import Plan
from goldthread.pathway.definition import Part, Several
from goldthread.pathway.queries import load_answers
from goldthread.pathway.registry import definition_of


def begin_version(*, before: Record, children: Iterable[Person], by: Any) -> Record:
    """The next version of this plan for these of its children, begun with every answer but those asked anew."""
    definition = definition_of(before.kind)
    if not issubclass(definition, Plan):
        raise ValueError(f"{definition.title} has no versions.")
    record = begin(definition, children=[child.pk for child in children], by=by, follows=before)
    known = {sheet.name_of("") for sheet in load_answers(definition, record).each}
    kept = {
        name: typed
        for name, typed in retyped(load_answers(definition, before), definition.steps[0].name).items()
        if _is_kept(definition, name, known)
    }
    draft = Draft.objects.get(record=record)
    draft.answers = kept | draft.answers
    draft.save(update_fields=["answers"])
    return record


def _is_kept(definition: type[Plan], name: str, known: set[str]) -> bool:
    parts: list[type[Part]] = definition.parts()
    of_part = next((part for part in parts if name.startswith(f"{part.prefix}-")), None)
    if of_part is None:
        return not name.startswith(definition.asked_anew)
    return issubclass(of_part, Several) or any(name.startswith(one) for one in known)
