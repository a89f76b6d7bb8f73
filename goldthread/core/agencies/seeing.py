"""Whom a standing may see: the children it answers for, and the adults around them."""

from dataclasses import replace

from django.db.models import Q

from goldthread.core.agencies.queries import chaired_children_of, children_of
from goldthread.core.people.kinds import PARTNERS
from goldthread.core.people.models import Person, Relationship
from goldthread.ground.access.predicate import Standing, withheld_from


def people_seen(standing: Standing) -> Q:
    """Front door, out of hours and inspectors: everyone. Others: their children, those related to them, siblings, and partners of those related,
    whichever way round the tie was written down. Restriction is taken off both.

    Whoever chairs conferences sees the children they chair for, and those related to them; so does whoever is let in for a time.
    """
    unrestricted = ~Q(pk__in=withheld_from(standing.user_id))
    if standing.sees_every_child:
        return unrestricted
    children, chaired = children_of(standing), chaired_children_of(standing)
    related = Relationship.objects.filter(person__in=children).values("other")
    siblings = Relationship.objects.filter(other__in=related).values("person")
    partners = Relationship.objects.filter(person__in=related, kind__in=PARTNERS).values("other")
    seen = Q(pk__in=children) | Q(pk__in=related) | Q(pk__in=siblings) | Q(pk__in=partners)
    if chaired is not None:
        seen |= Q(pk__in=chaired) | Q(pk__in=Relationship.objects.filter(person__in=chaired).values("other"))
    if standing.granted:
        seen |= Q(pk__in=standing.granted) | Q(pk__in=Relationship.objects.filter(person__in=standing.granted).values("other"))
    return unrestricted & seen


def sees_of_own(standing: Standing, child: int) -> bool:
    """Whether they would see this child without having been let in for a time: nobody hands on what was lent to them."""
    return Person.objects.filter(people_seen(replace(standing, granted=frozenset())), pk=child).exists()
