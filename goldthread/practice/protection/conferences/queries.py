"""Reading conferences: which enquiry one follows."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q

from goldthread.core.records.models import Record
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
