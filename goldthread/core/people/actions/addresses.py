"""Putting right where somebody is said to live, and ending it."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError

from goldthread.core.people.actions.creating import addresses_for
from goldthread.core.people.actions.finding import lock, refresh
from goldthread.core.people.facts import Place
from goldthread.core.people.models import PersonAddress

CORRECTABLE = frozenset(
    {
        "from_on",
        "until_on",
        "use",
        "is_where_living",
        "is_confidential",
        "confidential_reason",
        "confidential_from_whom",
        "is_post_safe",
        "post_said",
        "source",
    }
)


def correct_stay(*, stay: PersonAddress, place: Place | None = None, **facts: Any) -> PersonAddress:
    """An address written down wrongly, or its dates. A move is `move_to_address`: then the former one was true and stays.

    TypeError for a fact no address has; ValidationError when it would end before it began.
    """
    if strange := set(facts) - CORRECTABLE:
        raise TypeError(f"Not a fact of an address: {', '.join(sorted(strange))}")
    held = lock([stay.person_id])
    if place is not None:
        stay.address = addresses_for([place])[0]
    for name, value in facts.items():
        setattr(stay, name, value)
    if stay.from_on and stay.until_on and stay.until_on < stay.from_on:
        raise ValidationError("The last day is before the first.", code="until")
    stay.save()
    refresh(held)
    return stay


def end_stay(*, stay: PersonAddress, on: dt.date) -> PersonAddress:
    """They left on this day, and nobody yet knows where to."""
    return correct_stay(stay=stay, until_on=on, is_where_living=False)
