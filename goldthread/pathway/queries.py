"""Reading records with their answers."""

from collections.abc import Iterable
from typing import Any

from goldthread.core.agencies.models import Team
from goldthread.core.agencies.queries import allocations_of, team_for
from goldthread.core.agencies.queries import children_of as answered_for
from goldthread.core.people.models import Person
from goldthread.core.people.queries import adults_living_with, parents_of
from goldthread.core.records.models import FairCopy, Record, RecordChild
from goldthread.ground.access.predicate import standing
from goldthread.pathway.answers import Answers, empty_answers
from goldthread.pathway.definition import Detail, EachAdult, EachParent, Part, Several, Step
from goldthread.pathway.registry import definition_of


def children_of(record: Record) -> list[Person]:
    """The children the record is about, eldest first."""
    links = record.children.filter(removed_at=None).select_related("child").order_by("child__born_on", "child__expected_on", "pk")
    return [link.child for link in links]


def people_of(definition: type[Detail], record: Record) -> dict[type[Part], list[Person]]:
    """Who has a part of their own in this record."""
    if not definition.parts():
        return {}
    children = children_of(record)
    found: dict[type[Part], list[Person]] = {}
    for part in definition.parts():
        if issubclass(part, Several):
            continue
        if issubclass(part, EachAdult):
            found[part] = adults_of(part, record, children)
        else:
            found[part] = parents_covered(children) if issubclass(part, EachParent) else children
    return found


def parents_covered(children: list[Person]) -> list[Person]:
    """The parents of these children and whoever else has parental responsibility, each once, wherever they live."""
    relatives = [relative.person for found in parents_of(children).values() for relative in found]
    return list({person.pk: person for person in relatives}.values())


def adults_of(part: type[Part], record: Record, children: list[Person]) -> list[Person]:
    """Those who had a part in the record; until it is complete, those around the children now, too."""
    had = [row.person for row in part.objects.filter(record=record).select_related("person").order_by("pk")]
    now = adults_around(children) if record.step is not None or not had else []
    return list({person.pk: person for person in [*had, *now]}.values())


def adults_asked(record: Record) -> list[Person]:
    """The adults of the family whom this record asks about each; where it does not, those around the children now."""
    children, parts = children_of(record), definition_of(record.kind).parts()
    part = next((one for one in parts if issubclass(one, EachAdult)), None)
    return adults_of(part, record, children) if part else adults_around(children)


def adults_around(children: list[Person]) -> list[Person]:
    """The parents, and the other adults who live with the children now, each once."""
    return list({person.pk: person for person in [*parents_covered(children), *adults_living_with(children)]}.values())


def load_answers(definition: type[Detail], record: Record) -> Answers:
    """What the record's rows say; sheets without a row are empty."""
    kept: dict[Any, dict[str, Any]] = {}
    detail = definition.objects.filter(record=record).first()
    if detail is not None:
        kept[None] = detail.answers()
    people = people_of(definition, record)
    for part in definition.parts():
        for row in part.objects.filter(record=record):
            kept[part, row.slot if issubclass(part, Several) else row.person_id] = row.answers()
    return empty_answers(definition, people, kept, children_of(record) if people else ())


def open_of(kind: str, children: Iterable[int]) -> dict[int, Record]:
    """The record of this kind that is not finished about each of these children, by the child's key."""
    links = RecordChild.objects.filter(child__in=list(children), removed_at=None, record__kind=kind, record__step__isnull=False)
    standing_ones = links.exclude(record__state=Record.VOID).select_related("record").order_by("pk")
    return {link.child_id: link.record for link in standing_ones}


def going_about(definition: type[Detail], children: Iterable[int]) -> Record | None:
    """The record of this process that is not finished and is about all these children; None where there is none, or more than one."""
    children = set(children)
    going = open_of(definition.kind(), children)
    is_one = bool(children) and set(going) == children and len({record.pk for record in going.values()}) == 1
    return next(iter(going.values())) if is_one else None


def team_answering(children: Iterable[Person], purposes: Iterable[str]) -> Team | None:
    """The team that answers for these children; where none does, the first team of these purposes, in turn."""
    rows = [held for found in allocations_of(child.pk for child in children).values() for held in found]
    return rows[0].team if rows else next((team for team in map(team_for, purposes) if team), None)


def may_begin(user: Any, rows: set[int]) -> bool:
    """Whoever answers for the child begins work about it, and the front door and the night. `rows`: the child's key and its duplicates'."""
    held = standing(user)
    if held.reads_only:
        return False
    return held.takes_calls or answered_for(held).filter(child_id__in=rows).exists()


def may_do(user: Any, record: Record, step: Step) -> str | None:
    """None when the user may do this step; otherwise the sentence that says who may."""
    held = standing(user)
    if held.reads_only:
        return "You read with this sign-in; nothing is written with it."
    if not step.by_manager:
        return None
    if "out_of_hours" in held.duties:
        return None  # one worker may be alone at night: the day manager reads it in the morning
    if not held.managed_team_ids:
        return "A manager decides this. It is in the managers’ list already."
    if record.recorded_by_id == user.pk and definition_of(record.kind).step_number(step.name) > 1:
        return "Somebody else must decide this: you wrote it."
    return None


def may_correct(user: Any, record: Record) -> bool:
    """Who wrote it may put it right, and so may any manager who sees it. What was imported is put right where it came from."""
    if record.origin != Record.HERE or standing(user).reads_only:
        return False
    return record.recorded_by_id == user.pk or bool(standing(user).managed_team_ids)


def what_it_follows(record: Record, user: Any, *, though_void: bool = False) -> tuple[Record | None, FairCopy | None]:
    """The record this one follows, where the user may see it and it stands (or `though_void`, to be marked so), with what it says now."""
    told = Record.objects.all() if though_void else Record.objects.standing()
    before = told.seen_by(user).filter(pk=record.follows_id).first() if record.follows_id else None
    return before, before.newest_copy() if before else None


def detail_of(record: Record) -> Any:
    """The record's typed row, or None while its first step is being written. LookupError for a case note."""
    return definition_of(record.kind).objects.filter(record=record).first()
