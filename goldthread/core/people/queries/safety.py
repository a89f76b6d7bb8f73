"""What must be known before anyone calls, and how someone may safely be reached."""

import datetime as dt

from django.db.models import QuerySet

from goldthread.core.people.models import Alert, ContactPoint, Person
from goldthread.core.people.models.dated import holding_on
from goldthread.core.people.queries.merging import merged_with
from goldthread.ground.codes.code_lists import codes


def alerts_for(person: Person, on: dt.date) -> list[Alert]:
    """Alerts that hold, those that may interrupt first; an alert of a merged duplicate is an alert of this person.

    One past `expires_on` (an order, bail) is still given: it lapsed without anyone ending it, and the page says so.
    """
    found = Alert.objects.filter(holding_on(on), person__in=merged_with(person)).select_related("about")
    kinds = codes("people.alert_kind")
    return sorted(found, key=lambda alert: (kinds.other(alert.kind, "interrupts") != "yes", alert.pk))


def safe_ways_to_reach(person: Person, on: dt.date) -> QuerySet[ContactPoint]:
    """Contact points somebody has said are safe. None: nothing is sent automatically.

    A number marked unsafe on any merged row of the person is unsafe.
    """
    held = ContactPoint.objects.filter(holding_on(on), person__in=merged_with(person))
    unsafe = held.filter(is_safe=False).values("value")
    return held.filter(is_safe=True).exclude(value__in=unsafe).order_by("-is_preferred", "pk")
