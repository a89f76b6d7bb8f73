"""Which records wait to be written about a family, and who may share one."""

from collections.abc import Iterable

from django.utils.timezone import localdate

from goldthread.core.people.models import Person
from goldthread.core.people.queries import siblings_of, where_living
from goldthread.core.records.models import Record
from goldthread.ground.access.predicate import withheld
from goldthread.pathway.definition import Detail
from goldthread.pathway.queries import children_of


def waiting(definition: type[Detail], children: Iterable[Person]) -> Record | None:
    """The record of this kind being written for these children; or one for a brother or sister that they may share."""
    return next(iter(all_waiting(definition, list(children))), None)


def all_waiting(definition: type[Detail], children: list[Person]) -> list[Record]:
    """Every such record, the oldest first: those about all of them already, or else those that they may share."""
    family = {child.pk for child in children} | {s.person.pk for found in siblings_of(children).values() for s in found}
    open_ones = Record.objects.filter(kind=definition.kind(), state=Record.DRAFT, children__child__in=family, children__removed_at=None)
    found = [(record, children_of(record)) for record in open_ones.order_by("pk").distinct()]
    own = [record for record, there in found if set(children) <= set(there)]
    return own or [record for record, there in found if may_share(children, there)]


def may_share(children: Iterable[Person], others: Iterable[Person]) -> bool:
    """One record may be about all of them: they live together, as far as is known, and all of them are restricted or none is.

    A record that also tells of a restricted child is hidden whole: whoever answers for the others would see it no more.
    """
    together = {child.pk for child in (*children, *others)}
    if withheld().filter(person__in=together).values("person").distinct().count() not in (0, len(together)):
        return False
    mine, theirs = _homes(children), _homes(others)
    return not mine or not theirs or mine <= theirs


def apart(children: Iterable[Person]) -> list[list[Person]]:
    """The children in groups that may share a record."""
    groups: list[list[Person]] = []
    for child in children:
        group = next((group for group in groups if may_share([child], group)), None)
        if group is None:
            groups.append([child])
        else:
            group.append(child)
    return groups


def _homes(people: Iterable[Person]) -> set[int]:
    stays = [where_living(person, localdate()) for person in people]
    return {stay.address.pk for stay in stays if stay}
