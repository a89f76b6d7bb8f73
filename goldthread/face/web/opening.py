"""Opening a person's pages: the one place where they ask whether the one at the screen has a reason to know."""

from typing import Any

from django.http import Http404

from goldthread.core.people.models import Person
from goldthread.ground.audit.middleware import Refused


def open_child(user: Any, reference: str) -> Person:
    """The person. Refused, and the try written down, when they may not be seen; a 404 either way to the one asking."""
    person = Person.objects.filter(reference=reference).first()
    if person is None:
        raise Http404("There is no such person.")
    if not Person.objects.seen_by(user).filter(pk=person.pk).exists():
        raise Refused(f"person {reference}", (person.pk,))
    return person
