"""Reading conferences: which enquiry one follows."""

from collections.abc import Iterable

from goldthread.core.records.models import Record
from goldthread.practice.protection.meetings.section_47 import Section47


def latest_enquiry(children: Iterable[int]) -> Record | None:
    """The newest section 47 enquiry about any of these children, recorded here or imported."""
    found = Record.objects.standing().filter(kind=Section47.kind(), children__child__in=list(children), children__removed_at=None)
    return found.order_by("-happened_on", "-pk").first()
