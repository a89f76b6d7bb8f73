"""How good the records behind a figure are: known or not, written here or come from a file, written soon after or late."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import get_current_timezone_name

from goldthread.core.records.models import CASE_NOTE
from goldthread.ground.design.words import counted
from goldthread.out.insight.declaration import Indicator
from goldthread.out.insight.lag import kinds
from goldthread.out.insight.queries import Count, rows_of

LATE = 5  # days, as in “How soon it is written”
QUALITY = """
SELECT count(*), count(*) FILTER (WHERE events.counts IS NULL), count(*) FILTER (WHERE r.origin <> 'here'),
       count(*) FILTER (WHERE w.lag IS NOT NULL), count(*) FILTER (WHERE w.lag > %(late)s)
  FROM ({events} OFFSET 0) AS events(link, child, record, on_day, counts)
  JOIN records_record r ON r.id = events.record
  LEFT JOIN LATERAL (
    SELECT (coalesce(min(f.made_at), CASE WHEN r.kind = %(note)s THEN r.recorded_at END) AT TIME ZONE %(zone)s)::date - r.happened_on AS lag
      FROM records_faircopy f WHERE f.record_id = r.id AND f.version = 1 AND r.origin = 'here' AND r.kind = ANY(%(soon)s)
  ) w ON true
"""


@dataclass(frozen=True)
class Quality:
    """Of `events` behind a figure: of how many the answer is not known, how many are of records from a file; and of those of one event that were
    written here (`timed`), how many were written more than `LATE` days after.
    """

    events: int
    unknown: int
    from_file: int
    timed: int
    late: int

    @property
    def words(self) -> str:
        """One sentence for a person; empty of nothing."""
        if not self.events:
            return ""
        said = [known_words(Count(0, self.events - self.unknown, self.unknown))]
        said.append("all were written here" if not self.from_file else f"{_of(self.from_file, self.events)} came from a file")
        if self.timed:
            late = "none" if not self.late else _of(self.late, self.timed)
            said.append(
                f"of {counted(self.timed, 'contact, visit or meeting', 'contacts, visits and meetings')} among them, {late} written more than {LATE} days after"
            )
        return "; ".join(said) + "."


def known_words(count: Count) -> str:
    """`Known of all`, `Known of 96%, not of 12`; never all where one is missing."""
    if not count.unknown:
        return "Known of all"
    share = min(99, round(100 * count.known / (count.known + count.unknown)))
    return f"Known of {share}%, not of {count.unknown:,}"


def _of(part: int, whole: int) -> str:
    share = 100 if part == whole else min(99, max(1, round(100 * part / whole)))
    return f"{part:,} ({share}%)"


def quality(indicator: Indicator, from_on: date, until_on: date) -> Quality:
    """Of all that is behind the figure, also of children whom a reader may not see. One query (two on a clock)."""
    more: dict[str, Any] = {"late": LATE, "note": CASE_NOTE, "zone": get_current_timezone_name(), "soon": list(kinds())}
    sql = QUALITY.replace("{events}", indicator.sql_as_at())
    return Quality(*next(rows_of(sql, indicator, from_on, until_on, **more)))
