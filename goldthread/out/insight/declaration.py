"""What an indicator is: what is counted, out of what, where the definition comes from and how sure it is.

Each gives SQL for its *events*: one row a child and record, with the day it falls on and whether it is in the numerator
(NULL: not known). A figure is a sum over those rows, and the same rows are what it opens to.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.timezone import localdate

from goldthread.ground.time.queries import due, rule

DEFINITION_VERSION = 1
PER = 10_000  # children living here, to whom a rate is reckoned
AS_AT = "AS_AT"  # in the SQL of a stock: the day as at whose end it is counted
IN_THE_YEAR = f"BETWEEN (({AS_AT} + 1) - interval '12 months')::date AND {AS_AT}"  # to that day, both ends counted


class Says(StrEnum):
    """Whether a figure is a number of events, a share of them, or a number for every 10,000 children who live here."""

    NUMBER = "number"
    SHARE = "share"
    RATE = "rate"


class Part(StrEnum):
    """The part of the journey a figure belongs to, in its order."""

    FRONT_DOOR = "Front door"
    ASSESSMENT = "Assessment"
    ENQUIRY = "Strategy discussions and section 47 enquiries"
    CONFERENCE = "Child protection conferences"
    PLAN = "Child protection plans"
    VISIT = "Visits to children on a plan"


@dataclass(frozen=True)
class Indicator:
    """`sql` selects link, child, record, on_day, counts (with the placeholders from_on and until_on: both ends counted).

    A stock is counted as at the end of one day: its SQL says AS_AT where it means that day. `limits` names placeholders that
    hold the number of a national rule. `row_of` puts it into a table of that name, instead of a tile of its own.
    """

    key: str
    title: str
    says: Says
    counted: str
    out_of: str
    source: str
    confidence: str
    sql: str
    part: Part = Part.FRONT_DOOR
    rule_key: str = ""
    limits: Mapping[str, str] = field(default_factory=dict)
    is_stock: bool = False
    row_of: str = ""
    asks: str = "what was true"  # event dates; "what we knew" would ask recording dates
    good_is_high: bool | None = None

    def sql_as_at(self, day: str = "least(%(until_on)s::date, %(today)s::date)") -> str:
        """The events; for a stock as at the end of this day, an expression in SQL. Of a day to come nobody knows: it is asked of today."""
        return self.sql.replace(AS_AT, day)

    def parameters(self, from_on: date, until_on: date, starts: list[date]) -> dict[str, Any]:
        """Placeholders of `sql`; for an indicator on a clock, the due day of each start under the national rule."""
        values: dict[str, Any] = {"from_on": from_on, "until_on": until_on, "today": localdate()}
        values |= {name: rule(key, with_local=False).limit for name, key in self.limits.items()}
        if self.rule_key:
            values["starts"] = starts
            values["dues"] = [due(rule(self.rule_key, start, with_local=False), start).on for start in starts]
        return values


CLOCKS = """
FROM work_clock c JOIN records_record r ON r.id = c.record_id AND r.state <> 'void'
JOIN records_recordchild l ON l.record_id = r.id AND l.child_id = c.child_id AND l.removed_at IS NULL
JOIN unnest(%(starts)s::date[], %(dues)s::date[]) d(started_on, due_on) ON d.started_on = c.started_on
"""
