"""Who lives where."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from goldthread.core.people.folding import postcode_key
from goldthread.core.people.models import Address, Person, PersonAddress, PersonQuerySet
from goldthread.core.people.models.dated import holding_on
from goldthread.core.people.queries.merging import merged_with, standing_as
from goldthread.ground.access.belt import over_everyone


@dataclass(frozen=True)
class Stay:
    """A person at an address, with what any merged duplicate says of the same place taken in."""

    address: Address
    use: str
    from_on: dt.date | None
    until_on: dt.date | None
    is_where_living: bool
    is_confidential: bool
    confidential_reason: str | None
    confidential_from_whom: str | None
    row: int | None = None  # the PersonAddress it was read from

    def holds_on(self, day: dt.date) -> bool:
        return (self.from_on is None or self.from_on <= day) and (self.until_on is None or day < self.until_on)


def addresses_of(person: Person) -> list[Stay]:
    """Every address, latest first. Where a merge joined two spellings of one postcode, the safest mark holds for both."""
    rows = PersonAddress.objects.filter(person__in=merged_with(person)).select_related("address")
    stays = [
        Stay(
            r.address,
            r.use,
            r.from_on,
            r.until_on,
            r.is_where_living,
            r.is_confidential,
            r.confidential_reason,
            r.confidential_from_whom,
            r.pk,
        )
        for r in rows
    ]
    marked = {_place(stay): stay for stay in stays if stay.is_confidential}
    safest = [
        replace(
            stay, is_confidential=True, confidential_reason=mark.confidential_reason, confidential_from_whom=mark.confidential_from_whom
        )
        if (mark := marked.get(_place(stay))) and not stay.is_confidential
        else stay
        for stay in stays
    ]
    return sorted(safest, key=lambda stay: (stay.until_on or dt.date.max, stay.from_on or dt.date.min), reverse=True)


def _place(stay: Stay) -> str:
    return postcode_key(stay.address.postcode) if stay.address.postcode else f"address {stay.address.pk}"


def where_living(person: Person, on: dt.date, stays: list[Stay] | None = None) -> Stay | None:
    """Where they sleep: the address marked so, else one for the time being, else home. None when no address holds.

    `stays` are the person's `addresses_of`, where they have been read already.
    """
    order = ["temp", "home"]
    present = [
        stay
        for stay in (addresses_of(person) if stays is None else stays)
        if stay.holds_on(on) and (stay.is_where_living or stay.use in order)
    ]
    return min(present, key=lambda stay: (not stay.is_where_living, order.index(stay.use) if stay.use in order else 2), default=None)


@over_everyone()
def has_confidential_address(person_ids: Iterable[int], on: dt.date) -> set[int]:
    """Those of these people whose present address is confidential, on their own row or on one merged with it."""
    asked = set(person_ids)
    rows = standing_as(asked)
    marked = PersonAddress.objects.filter(holding_on(on), person__in=set(rows), is_confidential=True).values_list("person_id", flat=True)
    roots = {rows[row] for row in marked}
    return {person for person in asked if rows.get(person) in roots}


def living_at(*, on: dt.date, address: Address | None = None, postcode: str | None = None) -> PersonQuerySet:
    """People whose home, or home for now, is this address (or anywhere with this postcode) on the day."""
    where = PersonAddress.objects.filter(holding_on(on), use__in=["home", "temp"])
    if address is not None:
        same = Address.objects.filter(place_key=address.place_key) if address.place_key else Address.objects.filter(pk=address.pk)
        where = where.filter(address__in=same)
    else:
        where = where.filter(address__postcode=postcode)
    return Person.objects.filter(pk__in=where.values("person")).standing().alive().order_by("sort_name")
