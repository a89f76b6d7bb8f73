"""What lies before each of the fifty people: through the product's own actions, in its own database."""

from goldthread.bench.visits import contact_answers, front_door_user, prepared
from goldthread.core.agencies.models import Allocation
from goldthread.core.people.models import Person
from goldthread.core.records.models import Draft
from goldthread.ground.access.predicate import withheld
from tests.resilience.crowd import SAVERS, Work

CONTACTS = 12


def laid_out() -> tuple[list[Work], str]:
    """Something before everybody, and one contact for completing in peace."""
    user = front_door_user()
    opened = Allocation.objects.filter(until_on=None).exclude(child__in=withheld()).values("child")
    children = list(Person.objects.filter(pk__in=opened).order_by("pk")[:SAVERS])
    works = []
    for number in range(SAVERS):
        child = children[number % len(children)]
        contacts = []
        for _ in range(CONTACTS):
            record = prepared(user, child)
            contacts.append((record.reference, Draft.objects.get(record=record).revision, contact_answers(child)))
        record = prepared(user, child)
        works.append(Work(child.reference, contacts, (record.reference, Draft.objects.get(record=record).revision)))
    return works, prepared(user, children[0]).reference
