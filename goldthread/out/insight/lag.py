"""How soon after it happened something is written down: by kind of record, team and month.

Counted are records that tell of one event (a contact, a visit, a meeting, a note) and were written here. An assessment or a plan
takes its time: its clocks tell of that. Counted for everyone, shown to whoever may see the record. Of teams, never of a worker.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.db import connection
from django.utils.timezone import get_current_timezone_name, localdate

from goldthread.core.records.models import CASE_NOTE
from goldthread.out.insight.attendance import ALL, MONTH, TEAM
from goldthread.pathway.archetypes import Arrival, Visit
from goldthread.pathway.meeting.archetype import Meeting
from goldthread.pathway.registry import definitions

KIND = "kind"
BY = {KIND: "Kind of record", TEAM: "Team", MONTH: "Month"}
AS_IT_OPENS = timedelta(days=91)


@dataclass(frozen=True)
class Column:
    """One thing counted of a record. `holds` is its condition in SQL over `w` below."""

    title: str
    holds: str


COLUMNS = {
    "written": Column("Written", "w.lag IS NOT NULL"),
    "same_day": Column("The same day", "w.lag <= 0"),
    "next_day": Column("The next day", "w.lag = 1"),
    "days": Column("In 2 to 5 days", "w.lag BETWEEN 2 AND 5"),
    "later": Column("Later", "w.lag > 5"),
    "held": Column("Held back by an outage", "w.was_held"),
    "unfinished": Column("Begun, not finished", "w.lag IS NULL AND w.on_day < %(today)s"),
}
KEYS = {KIND: "w.kind", TEAM: "coalesce(t.team::text, 'none')", MONTH: "to_char(w.on_day, 'YYYY-MM')"}
WRITTEN = """
WITH w AS MATERIALIZED (
    SELECT r.id AS record, r.kind, r.happened_on AS on_day, coalesce(c.held_from IS NOT NULL, false) AS was_held,
           (coalesce(c.made_at, CASE WHEN r.kind = %(note)s THEN r.recorded_at END) AT TIME ZONE %(zone)s)::date - r.happened_on AS lag
    FROM records_record r
    LEFT JOIN LATERAL (SELECT f.made_at, f.held_from FROM records_faircopy f WHERE f.record_id = r.id ORDER BY f.version LIMIT 1) c ON true
    WHERE r.kind = ANY(%(kinds)s) AND r.origin = 'here' AND r.state <> 'void'
      AND r.happened_on BETWEEN %(from_on)s AND least(%(until_on)s, %(today)s)
), t AS (
    SELECT DISTINCT w.record, a.team_id AS team FROM w
    JOIN records_recordchild l ON l.record_id = w.record AND l.removed_at IS NULL
    JOIN agencies_allocation a ON a.child_id = l.child_id
        AND (a.from_on IS NULL OR a.from_on <= w.on_day) AND (a.until_on IS NULL OR a.until_on > w.on_day)
)
"""
LONGEST_FIRST = "ORDER BY w.lag DESC NULLS LAST, w.on_day DESC, w.record DESC"
AMONG = {KIND: "FROM w", TEAM: "FROM w LEFT JOIN t ON t.record = w.record", MONTH: "FROM w"}


@dataclass(frozen=True)
class Asked:
    """The days on which it happened (both ends counted), and how the report is split."""

    from_on: date
    until_on: date
    by: str = KIND

    def parameters(self) -> dict[str, Any]:
        return {
            "from_on": self.from_on,
            "until_on": self.until_on,
            "kinds": list(kinds()),
            "note": CASE_NOTE,
            "today": localdate(),
            "zone": get_current_timezone_name(),
        }


@dataclass(frozen=True)
class Line:
    """One kind, team or month; `median` in days, None where nothing was written."""

    key: str
    counts: dict[str, int]
    median: float | None


@dataclass(frozen=True)
class Written:
    """One record behind a figure: `lag` in days, None while it is being written."""

    record: int
    on_day: date
    lag: int | None


@cache
def kinds() -> dict[str, str]:
    """The kinds that tell of one event, by their key, with the name for several."""
    found = {kind: str(one.plural) for kind, one in definitions().items() if issubclass(one, (Arrival, Visit, Meeting))}
    return found | {CASE_NOTE: "Notes"}


def lag(asked: Asked) -> list[Line]:
    """In one query; by kind and by month the last line is of them all. A record about children of two teams stands under both."""
    counts = ", ".join(f"count(*) FILTER (WHERE {column.holds})" for column in COLUMNS.values())
    key = KEYS[asked.by]
    grouped = key if asked.by == TEAM else f"GROUPING SETS (({key}), ())"
    sql = f"{WRITTEN} SELECT {key}, percentile_cont(0.5) WITHIN GROUP (ORDER BY w.lag), {counts} {AMONG[asked.by]} GROUP BY {grouped}"
    lines = [Line(ALL if key is None else key, dict(zip(COLUMNS, found, strict=True)), median) for key, median, *found in _rows(sql, asked)]
    return [line for line in lines if any(line.counts.values())]


def behind(asked: Asked, key: str, column: str) -> list[Written]:
    """The records behind one figure, the longest wait first, then the newest: as many as it says."""
    which = "" if key == ALL else f"AND {KEYS[asked.by]} = %(key)s"
    sql = f"{WRITTEN} SELECT w.record, w.on_day, w.lag {AMONG[asked.by]} WHERE {COLUMNS[column].holds} {which} {LONGEST_FIRST}"
    return [Written(*row) for row in _rows(sql, asked, key=key)]


def _rows(sql: str, asked: Asked, **more: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, asked.parameters() | more)
        return cursor.fetchall()
