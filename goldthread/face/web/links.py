"""Addresses of things, by what they are. A room that is not there yet has none."""

from typing import Any
from urllib.parse import quote

from django.urls import NoReverseMatch, reverse

from goldthread.core.people.models import Person
from goldthread.core.records.models import Record


def to(name: str, *args: Any) -> str | None:
    """The address of a page by its name; None where no room has it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return None


def to_child(person: Person) -> str:
    return to("child", person.reference) or f"/child/{person.reference}/"


def to_step(record: Record, step: str) -> str:
    """The one form that does this step; for a thing to read, the page where it is read."""
    if not step:
        return reverse("read", args=[record.reference])
    return reverse("step", args=[record.reference, step])


def to_search(words: str) -> str:
    return f"{reverse('search')}?q={quote(words)}"
