"""Reading strategy discussions and enquiries."""

from collections.abc import Iterable

from goldthread.core.records.models import Record, RecordChild
from goldthread.practice.protection.meetings.section_47 import Section47


def open_enquiries(children: Iterable[int]) -> dict[int, Record]:
    """The section 47 enquiry that is open about each of these children. One at a time (census rules 8839, 8890)."""
    links = RecordChild.objects.filter(
        child__in=list(children), removed_at=None, record__kind=Section47.kind(), record__origin=Record.HERE, record__step__isnull=False
    ).exclude(record__state=Record.VOID)
    return {link.child_id: link.record for link in links.select_related("record").order_by("pk")}


def open_discussions(children: Iterable[int]) -> dict[int, Record]:
    """The strategy discussion that is still to be held about each of these children."""
    links = RecordChild.objects.filter(
        child__in=list(children), removed_at=None, record__kind="protection.strategy_discussion", record__step__isnull=False
    ).exclude(record__state=Record.VOID)
    return {link.child_id: link.record for link in links.select_related("record").order_by("pk")}
