"""Reading strategy discussions and enquiries."""

from collections.abc import Iterable
from typing import Any

from goldthread.core.agencies.models import Team
from goldthread.core.agencies.queries import allocations_of, team_for
from goldthread.core.people.models import Person
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


def workers_of(children: Iterable[Person]) -> list[Any]:
    """Whoever of ours answers for these children, each once."""
    rows = [row for found in allocations_of(child.pk for child in children).values() for row in found if row.worker_id]
    return list({row.worker_id: row.worker for row in rows}.values())


def team_of(children: list[Person]) -> Team | None:
    """The team that answers for them; the front door where none does."""
    rows = [row for found in allocations_of(child.pk for child in children).values() for row in found]
    return rows[0].team if rows else team_for("front_door")
