"""Reading conferences: which is open about a child, and which enquiry it follows."""

from collections.abc import Iterable
from typing import Any

from goldthread.core.records.models import Record, RecordChild
from goldthread.practice.protection.meetings.section_47 import Section47


def open_of(kind: Any, children: Iterable[int]) -> dict[int, Record]:
    """The record of this kind that is still to be held about each of these children."""
    links = RecordChild.objects.filter(
        child__in=list(children), removed_at=None, record__kind=kind.kind(), record__step__isnull=False
    ).exclude(record__state=Record.VOID)
    return {link.child_id: link.record for link in links.select_related("record").order_by("pk")}


def latest_enquiry(children: Iterable[int]) -> Record | None:
    """The newest section 47 enquiry about any of these children, recorded here or imported."""
    found = Record.objects.standing().filter(kind=Section47.kind(), children__child__in=list(children), children__removed_at=None)
    return found.order_by("-happened_on", "-pk").first()
