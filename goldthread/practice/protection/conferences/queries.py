"""Reading conferences: which enquiry one follows, and which meeting a child may join."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from goldthread.core.people.models import Person
from goldthread.core.records.models import Record
from goldthread.pathway.meeting.models import Arrangement
from goldthread.pathway.meeting.queries import first_due
from goldthread.pathway.queries import children_of
from goldthread.pathway.ready.queries import all_waiting
from goldthread.practice.protection.meetings.section_47 import Section47, Section47Child


def enquiry_to_follow(children: Iterable[int], by: Any) -> Record | None:
    """The newest enquiry about any of these children that `by` may see and that no conference has answered yet.

    It is open, or calls a conference for one of them; an imported one does not say, and has had none.
    """
    keys = list(children)
    about = Record.objects.standing().seen_by(by).filter(children__child__in=keys, children__removed_at=None)
    calls = Section47Child.objects.filter(record=OuterRef("record"), person__in=keys, conference=True)
    waits = Q(record__step__isnull=False) | Exists(calls) | ~Q(record__origin=Record.HERE)
    found = Section47.objects.filter(waits, record__in=about.values("pk"), conference_on=None).exclude(conference_not_required=True)
    newest = found.select_related("record").order_by("-record__happened_on", "-record").first()
    return newest.record if newest else None


def one_to_join(kind: Any, children: list[Person], on: date | None) -> Record | None:
    """The waiting meeting of this kind about these children; or that of a brother or sister which they can join.

    It is soon enough for them, and held on the day `on` where it has no day yet; they live together, as far as is known; and none of
    them is restricted: whoever answers for the others would see it no more.
    """
    found = all_waiting(kind, children)
    return next((record for record in found if _is_soon_enough(kind, record, children, on)), None)


def _is_soon_enough(kind: Any, record: Record, children: list[Person], on: date | None) -> bool:
    both = [child.pk for child in {*children_of(record), *children}]
    if set(children) <= set(children_of(record)):
        return True
    planned_on = Arrangement.objects.filter(record=record).values_list("planned_on", flat=True).first()
    day, by = planned_on or on, first_due(kind, [child.pk for child in children] if planned_on else both)
    return day is None or by is None or day <= by
