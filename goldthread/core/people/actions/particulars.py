"""Names, numbers, addresses, ways to reach someone, and what else is true of them."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from goldthread.core.people.actions.creating import addresses_for, check_codes, name_row, number_row
from goldthread.core.people.actions.finding import lock, refresh
from goldthread.core.people.facts import PERSONAL, At, Name, Number, Place, Reach
from goldthread.core.people.identifier_systems import problem_with
from goldthread.core.people.models import ContactPoint, Identifier, Person, PersonAddress, PersonName


def describe(*, person: Person, **personal: Any) -> Person:
    """Record or change any of `facts.PERSONAL`, ethnicity or language for instance. TypeError for anything else."""
    if strange := set(personal) - set(PERSONAL):
        raise TypeError(f"Not a fact of a person: {', '.join(sorted(strange))}")
    check_codes(personal)
    (held,) = lock([person.pk])
    for name, value in personal.items():
        setattr(held, name, value)
    refresh([held])
    return held


def add_name(*, person: Person, name: Name) -> PersonName:
    """A further name. A new usual (or legal) name ends the one before it, which stays on file as a former name."""
    (held,) = lock([person.pk])
    begins = name.from_on or timezone.localdate()
    if name.use in ("usual", "official", "temp") and name.until_on is None:
        for earlier in held.names.filter(use=name.use, until_on=None):
            earlier.until_on = max(begins, earlier.from_on or begins)
            earlier.save(update_fields=["until_on"])
    row = name_row(held, name)
    row.save()
    refresh([held])
    return row


def correct_name(*, name: PersonName, given: str | None = None, family: str | None = None, preferred: str | None = None) -> PersonName:
    """Put right a name that was written down wrongly: it was never theirs, so it does not stay as a former name."""
    (held,) = lock([name.person_id])
    new = Name(given if given is not None else name.given_names, family if family is not None else name.family_names)
    name.given_names, name.family_names = new.given_names, new.family_names
    name.preferred = preferred if preferred is not None else name.preferred
    name.save(update_fields=["given_names", "family_names", "preferred"])
    refresh([held])
    return name


def add_identifier(*, person: Person, number: Number) -> Identifier:
    """Record a number. ValidationError when it cannot be one; `queries.others_holding` tells of others who have it."""
    if problem := problem_with(number.system, number.value):
        raise ValidationError(problem, code="number")
    (held,) = lock([person.pk])
    row = number_row(held, number)
    same = held.identifiers.filter(system=row.system, value=row.value, until_on=None).first()
    if same:
        same.verified_on, same.verified_how = number.verified_on or same.verified_on, number.verified_how or same.verified_how
        same.save(update_fields=["verified_on", "verified_how"])
        return same
    row.save()
    refresh([held])
    return row


def end_identifier(*, identifier: Identifier, on: dt.date) -> None:
    """The number is no longer this person's. It still finds them."""
    identifier.until_on = on
    identifier.save(update_fields=["until_on"])
    refresh(lock([identifier.person_id]))


def move_to_address(
    *, people: Sequence[Person], place: Place, from_on: dt.date | None = None, keeps_former: bool = False, **at: Any
) -> list[PersonAddress]:
    """These people live (or work, or get post) at `place` from a day, together.

    `at` takes the rest of `facts.At`. Their former address of the same use ends that day, unless
    `keeps_former` (a child between two homes). Those already there only have what is told changed;
    a confidential mark is never lifted by saying nothing about it.
    """
    stay = At(place, from_on=from_on, **at)
    held = lock([person.pk for person in people])
    (address,) = addresses_for([place])
    rows: list[PersonAddress] = []
    for person in held:
        here = person.addresses.filter(address=address, use=stay.use, until_on=None).first()
        if not keeps_former:
            _leave(person, stay, but=here)
        if here is None:
            rows.append(PersonAddress.objects.create(person=person, address=address, **stay.columns))
        else:
            for name, value in at.items():
                setattr(here, name, value)
            here.save()
            rows.append(here)
    refresh(held)
    return rows


def _leave(person: Person, stay: At, but: PersonAddress | None) -> None:
    """End the present address of the same use; and, where the new one says where they sleep, whatever said so before."""
    day = stay.from_on or timezone.localdate()
    for former in person.addresses.filter(use=stay.use, until_on=None).exclude(pk__in=[but.pk] if but else []):
        former.until_on = max(day, former.from_on or day)
        former.is_where_living = False
        former.save(update_fields=["until_on", "is_where_living"])
    if stay.is_where_living:
        for elsewhere in person.addresses.filter(is_where_living=True, until_on=None).exclude(pk__in=[but.pk] if but else []):
            elsewhere.is_where_living = False
            elsewhere.save(update_fields=["is_where_living"])


def set_contact_point(*, person: Person, reach: Reach) -> ContactPoint:
    """Record a number or address and how it may be used, or change how a known one may be used."""
    (held,) = lock([person.pk])
    known = held.contact_points.filter(kind=reach.kind, value=reach.value, until_on=None).first()
    if known:
        for name, value in vars(reach).items():
            setattr(known, name, value)
        known.save()
        return known
    row = ContactPoint.objects.create(person=held, **vars(reach))
    refresh([held])
    return row


def end_contact_point(*, contact_point: ContactPoint, on: dt.date) -> None:
    contact_point.until_on = on
    contact_point.save(update_fields=["until_on"])
