"""Who a page is about: the identity bar of one child, the row of names of several."""

from collections.abc import Sequence
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localdate

from goldthread.core.agencies.queries import allocations_of
from goldthread.core.people.models import Alert, Person
from goldthread.core.people.models.dated import holding_on
from goldthread.ground.access.predicate import withheld
from goldthread.ground.codes.code_lists import codes
from goldthread.ground.time.ages import age_in_words, unborn_in_words


def age_of(person: Person) -> str:
    """ "9 years", "due 14 March, 31 weeks", or that it is not known."""
    today = localdate()
    if person.is_unborn and person.expected_on:
        return unborn_in_words(person.expected_on, today)
    if person.born_on is None:
        return "age not known"
    return age_in_words(person.born_on, min(today, person.died_on or today))


def page_of(person: Person) -> str | None:
    """The person's own page, which a floor above draws; None where it has none."""
    try:
        return reverse("child", kwargs={"reference": person.reference})
    except NoReverseMatch:
        return None


def who(children: Sequence[Person]) -> list[dict[str, Any]]:
    """For each child what the identity bar says, in three queries for all of them."""
    today, keys = localdate(), [child.pk for child in children]
    if not keys:
        return []
    held = allocations_of(keys)
    restricted = set(withheld().filter(person__in=keys))
    alerts: dict[int, list[dict[str, str]]] = {}
    kinds = codes("people.alert_kind")
    for alert in Alert.objects.filter(holding_on(today), person__in=keys).order_by("pk"):
        if kinds.other(alert.kind, "interrupts") == "yes":
            alerts.setdefault(alert.person_id, []).append({"words": f"{kinds.label(alert.kind)}: {alert.what}"})
    return [
        {
            "name": str(child),
            "age": age_of(child),
            "reference": child.reference,
            "href": page_of(child),
            "alerts": alerts.get(child.pk, []),
            "is_restricted": child.pk in restricted,
            "responsible": [
                {
                    "role": row.get_role_display(),
                    "name": row.worker.name if row.worker else f"{row.team.name}, nobody named yet",
                    "phone": row.team.phone,
                }
                for row in held.get(child.pk, [])
            ],
        }
        for child in children
    ]
