"""Putting people on file, one or ten thousand at a time, by the same rules."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from goldthread.core.people.actions.finding import keys_of, refresh, settle
from goldthread.core.people.facts import At, Name, NewPerson, Number, Place, Reach
from goldthread.core.people.identifier_systems import problem_with, system
from goldthread.core.people.models import Address, ContactPoint, Identifier, Person, PersonAddress, PersonName, SearchKeys
from goldthread.core.people.reference import new_reference
from goldthread.ground.boot.many_rows import insert_many, insert_rows
from goldthread.ground.codes.code_lists import codes

BATCH = 2_000
TOLD_OF_A_NUMBER = ("system", "is_key", "source", "verified_on", "verified_how", "from_on", "until_on")


def create_person(
    *,
    names: Sequence[Name] = (),
    numbers: Sequence[Number] = (),
    addresses: Sequence[At] = (),
    contact_points: Sequence[Reach] = (),
    origin: str = "here",
    **personal: Any,
) -> Person:
    """Put one person on file. `personal` takes any of `facts.PERSONAL`. Ask `matching.possible_matches` first."""
    return create_people(people=[NewPerson(names, numbers, addresses, contact_points, origin, personal)])[0]


def create_people(*, people: Sequence[NewPerson]) -> list[Person]:
    """Put many people on file, in the order given. ValidationError, and nobody stored, when a number cannot be one."""
    for new in people:
        check_codes(new.personal)
        for number in new.numbers:
            if problem := problem_with(number.system, number.value):
                raise ValidationError(problem, code="number")
    made: list[Person] = []
    for start in range(0, len(people), BATCH):
        made += _create_batch(people[start : start + BATCH])
    return made


CODED = {"ethnicity": "ethnicity", "upn_unknown": "cin.upn_unknown", "disabilities": "cin.disability", "gender": "standard.gender"}


def check_codes(personal: Mapping[str, Any]) -> None:
    """ValidationError when a coded fact holds something its list never had, or “none” beside a disability."""
    for name, listed in CODED.items():
        told = personal.get(name)
        for code in told if isinstance(told, list) else [told]:
            if code is not None and (problem := codes(listed).check(code)):
                raise ValidationError({name: problem}, code="code")
    disabilities = personal.get("disabilities") or []
    if "NONE" in disabilities and len(disabilities) > 1:
        raise ValidationError({"disabilities": "Choose either “None” or the disabilities, not both."}, code="disabilities")


def unused_references(count: int) -> list[str]:
    """So many references that nobody has."""
    fresh: set[str] = set()
    while len(fresh) < count:
        drawn = {new_reference() for _ in range(count - len(fresh))}
        fresh |= drawn - set(Person.objects.filter(reference__in=drawn).values_list("reference", flat=True))
    return list(fresh)


def addresses_for(places: Sequence[Place]) -> list[Address]:
    """The stored address of each place, made where there is none; two spellings of one address share a row."""
    keys = {place.key for place in places if place.key}
    known = {address.place_key: address for address in Address.objects.filter(place_key__in=keys).order_by("-pk")}
    found: list[Address] = []
    fresh: list[Address] = []
    for place in places:
        address = known.get(place.key) if place.key else None
        if address is None:
            address = Address(**place.columns)
            fresh.append(address)
            if place.key:
                known[place.key] = address
        found.append(address)
    insert_many(fresh)
    return found


def name_row(person: Person, name: Name) -> PersonName:
    return PersonName(
        person=person, use=name.use, given_names=name.given_names, family_names=name.family_names, preferred=name.preferred or None,
        source=name.source, from_on=name.from_on, until_on=name.until_on,
    )  # fmt: skip


def number_row(person: Person, number: Number) -> Identifier:
    told = dict(vars(number))
    return Identifier(person=person, **(told | {"value": system(number.system).compact(number.value)}))


def _create_batch(people: Sequence[NewPerson]) -> list[Person]:
    references = unused_references(len(people))
    made = [Person(reference=ref, origin=new.origin, **new.personal) for ref, new in zip(references, people, strict=True)]
    names = [[name_row(person, name) for name in new.names] for person, new in zip(made, people, strict=True)]
    for person, its_names in zip(made, names, strict=True):
        settle(person, its_names)
    insert_many(made)
    insert_many([name for its_names in names for name in its_names])
    insert_rows(
        Identifier,
        ("person_id", "value", *TOLD_OF_A_NUMBER),
        (
            (person.pk, system(number.system).compact(number.value), *(getattr(number, name) for name in TOLD_OF_A_NUMBER))
            for person, new in zip(made, people, strict=True)
            for number in new.numbers
        ),
    )
    stays = [(person, at) for person, new in zip(made, people, strict=True) for at in new.addresses]
    places = addresses_for([at.place for _, at in stays])
    insert_many([PersonAddress(person=person, address=address, **at.columns) for (person, at), address in zip(stays, places, strict=True)])
    insert_many(
        [ContactPoint(person=person, **vars(reach)) for person, new in zip(made, people, strict=True) for reach in new.contact_points]
    )
    insert_rows(
        SearchKeys,
        ("person_id", "keys"),
        ((person.pk, _first_keys(person, its_names, new)) for person, its_names, new in zip(made, names, people, strict=True)),
    )
    refresh([person for person in made if person.shown_name is None and person.expected_on])
    return made


def _first_keys(person: Person, names: Sequence[PersonName], new: NewPerson) -> list[str]:
    return keys_of(
        person, names,
        [system(number.system).compact(number.value) for number in new.numbers],
        [at.place.postcode for at in new.addresses],
        [reach.value for reach in new.contact_points if reach.kind == "phone"],
    )  # fmt: skip
