"""Who is invited to a meeting sees its children: one of ours, from the invitation until some days after it was held or called off.

LOCAL (`meeting.sight`). While nobody has written that it was held, the days run from the day it was planned for, or from the
invitation, whichever is later. Restriction and declared conflicts hold against it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.utils.timezone import localdate

from goldthread.core.agencies.queries import GRANTING
from goldthread.core.records.models import Record
from goldthread.ground.time.queries import rule
from goldthread.pathway.meeting.actions import note_called_off
from goldthread.pathway.meeting.archetype import Meeting
from goldthread.pathway.registry import definition_or_none

SIGHT = "meeting.sight"
INVITED = """
SELECT c.child_id, i.worker_id, i.record_id, %(sight_days)s::int + CASE
         WHEN r.state IN ('agreed', 'submitted') THEN r.happened_on
         WHEN r.state = 'void' THEN COALESCE(a.called_off_on, (i.invited_at AT TIME ZONE 'Europe/London')::date)
         ELSE GREATEST(a.planned_on, (i.invited_at AT TIME ZONE 'Europe/London')::date)
       END AS last_on
  FROM meeting_invitee i JOIN records_record r ON r.id = i.record_id
  JOIN records_recordchild c ON c.record_id = r.id AND c.removed_at IS NULL
  LEFT JOIN meeting_arrangement a ON a.record_id = r.id
 WHERE i.worker_id IS NOT NULL AND i.left_out_at IS NULL AND i.invited_at IS NOT NULL
"""


def asked_with() -> dict[str, Any]:
    return {"sight_days": rule(SIGHT).limit or 0}


GRANTING.append(
    (f"SELECT m.child_id FROM ({INVITED}) m JOIN me ON me.id = m.worker_id WHERE m.last_on >= %(day)s", asked_with)  # noqa: S608 - our own words
)


@dataclass(frozen=True)
class Invited:
    """One of ours who sees a child because of a meeting, and the last day on which they do."""

    worker: int
    record: int
    last_on: date


def invited_to_see(children: Iterable[int]) -> list[Invited]:
    """Who sees these children today because of a meeting, the last to go first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT m.worker_id, m.record_id, m.last_on FROM ({INVITED}) m "  # noqa: S608 - our own words
            "WHERE m.child_id = ANY(%(children)s) AND m.last_on >= %(day)s ORDER BY m.last_on DESC, 1, 2",
            asked_with() | {"children": list(children), "day": localdate()},
        )
        return [Invited(*row) for row in cursor.fetchall()]


def on_files_changed(sender: Any, record: Record, **_: Any) -> None:
    """A meeting’s record was withdrawn, or stands again: from then on its days are counted anew."""
    definition = definition_or_none(record.kind)
    if definition is not None and issubclass(definition, Meeting):
        note_called_off(record=record)
