"""Who is what to whom, and who lives with whom."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError

from goldthread.core.people.actions.creating import addresses_for
from goldthread.core.people.actions.finding import lock, refresh
from goldthread.core.people.facts import Place, Tie
from goldthread.core.people.kinds import inverse, is_stored, is_symmetrical, nearer, plain
from goldthread.core.people.models import Household, HouseholdMember, Person, Relationship
from goldthread.ground.boot.many_rows import insert_many
from goldthread.ground.codes.code_lists import codes


def relate(*, person: Person, other: Person, kind: str, **rest: Any) -> Relationship:
    """`other` is the `kind` of `person`. `rest` takes the rest of `facts.Tie`; a standing tie is changed, not doubled."""
    return relate_many(ties=[Tie(person.pk, other.pk, kind, **rest)])[0]


def relate_many(*, ties: Sequence[Tie]) -> list[Relationship]:
    """Many ties, in the order given, each stored once whichever side it is told from."""
    people = {pk for tie in ties for pk in (tie.person, tie.other)}
    sexes = dict(Person.objects.filter(pk__in=people).values_list("pk", "sex"))
    told = [as_stored(tie, sexes) for tie in ties]
    standing: dict[tuple[int, int, str], Relationship] = {}
    for held in Relationship.objects.filter(person__in=people, other__in=people, until_on=None):
        standing |= dict.fromkeys(_places(held.person_id, held.other_id, held.kind), held)
    rows: list[Relationship] = []
    fresh: list[Relationship] = []
    for tie in told:
        places = _places(tie.person, tie.other, tie.kind)
        known = standing.get(places[0])
        facts = {name: value for name, value in vars(tie).items() if name not in ("person", "other")}
        if known:
            _tell_more(known, tie, facts)
            rows.append(known)
            continue
        row = Relationship(person_id=tie.person, other_id=tie.other, **facts)
        standing |= dict.fromkeys(places, row)
        fresh.append(row)
        rows.append(row)
    insert_many(fresh)
    _rename_the_unborn(told)
    return rows


def _places(person: int, other: int, kind: str) -> list[tuple[int, int, str]]:
    """Where a standing tie that says the same would be found: told from either side, of a mother or of a parent."""
    same = plain(kind)
    return [(person, other, same), (other, person, same)] if is_symmetrical(kind) else [(person, other, same)]


def _tell_more(row: Relationship, tie: Tie, facts: dict[str, Any]) -> None:
    """A standing tie told again: what is now known replaces what was, and what is not mentioned stays."""
    says_no_more = row.person_id != tie.person or tie.kind == plain(row.kind)
    for name, value in facts.items():
        if value is not None and not (name == "kind" and says_no_more):
            setattr(row, name, value)
    if row.pk:
        row.save()


def as_stored(tie: Tie, sexes: dict[int, str | None]) -> Tie:
    """The tie the way round it is kept, from child to adult, and as near as the other's sex allows."""
    if tie.person == tie.other:
        raise ValidationError("A person cannot be related to themselves.", code="relationship")
    if problem := codes("people.relationship").check(tie.kind):
        raise ValidationError(problem, code="relationship")
    if not is_stored(tie.kind):
        tie = replace(tie, person=tie.other, other=tie.person, kind=inverse(tie.kind))
    return replace(tie, kind=nearer(tie.kind, sexes.get(tie.other)))


def _rename_the_unborn(ties: Sequence[Tie]) -> None:
    children = {tie.person for tie in ties if tie.kind == "mother"}
    nameless = Person.objects.filter(pk__in=children, is_named=False, expected_on__isnull=False, born_on=None)
    if unborn := list(nameless.values_list("pk", flat=True)):
        refresh(lock(unborn))


def end_relationship(*, relationship: Relationship, on: dt.date, note: str | None = None) -> None:
    """It no longer holds: a partner who left, a placement that ended. It stays on file."""
    relationship.until_on = on
    relationship.note = note or relationship.note
    relationship.save(update_fields=["until_on", "note"])


def join_household(
    *,
    people: Sequence[Person],
    household: Household | None = None,
    name: str | None = None,
    place: Place | None = None,
    from_on: dt.date | None = None,
) -> Household:
    """These people live together from a day, in a household on file or a new one. Addresses are `move_to_address`'s."""
    held = lock([person.pk for person in people])
    if household is None:
        address = addresses_for([place])[0] if place else None
        household = Household.objects.create(name=name, address=address, from_on=from_on)
    there = set(household.members.filter(until_on=None).values_list("person_id", flat=True))
    HouseholdMember.objects.bulk_create(
        [HouseholdMember(household=household, person=person, from_on=from_on) for person in held if person.pk not in there]
    )
    return household


def make_households(*, households: Sequence[tuple[Sequence[int], Place | None, dt.date | None]]) -> list[Household]:
    """The batch form of `join_household` for new households: (people's keys, place, from which day) of each."""
    placed = [place for _, place, _ in households if place]
    addresses = iter(addresses_for(placed))
    made = [Household(address=next(addresses) if place else None, from_on=from_on) for _, place, from_on in households]
    insert_many(made)
    insert_many(
        HouseholdMember(household=home, person_id=person, from_on=home.from_on)
        for home, (people, _, _) in zip(made, households, strict=True)
        for person in people
    )
    return made


def leave_household(*, person: Person, household: Household, on: dt.date) -> None:
    """Ends their membership; the household goes on."""
    for membership in household.members.filter(person=person, until_on=None):
        membership.until_on = on
        membership.save(update_fields=["until_on"])
