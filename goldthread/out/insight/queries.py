"""Figures over a window, month by month, and the children behind them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from goldthread.core.people.models import Person
from goldthread.ground.time.periods import add_months
from goldthread.out.insight.indicators import DEFINITION_VERSION, Indicator, Says


@dataclass(frozen=True)
class Count:
    """How many events count, of how many whose answer is known; `unknown` are those it is not known of."""

    counting: int = 0
    known: int = 0
    unknown: int = 0

    @property
    def share(self) -> float | None:
        """Per cent, or None where there is nothing to divide by (never 0%)."""
        return 100 * self.counting / self.known if self.known else None


@dataclass(frozen=True)
class Figure:
    """One indicator over a window, with its months and when it was asked."""

    indicator: Indicator
    from_on: date
    until_on: date
    total: Count
    months: dict[date, Count]
    as_at: datetime
    definition_version: int = DEFINITION_VERSION

    @property
    def words(self) -> str:
        """As it is said: a number, a whole per cent, or that there is nothing to count."""
        if self.indicator.says == Says.NUMBER:
            return f"{self.total.counting:,}"
        return "n/a" if self.total.share is None else f"{self.total.share:.0f}%"


@dataclass(frozen=True)
class Behind:
    """One event behind a figure. `person` is None where the reader may not see the child: it is counted, not shown."""

    on_day: date
    counts: bool | None
    record: int
    person: Person | None = None
    more: dict[str, Any] = field(default_factory=dict)


def last_twelve_months(today: date) -> tuple[date, date]:
    """Twelve whole months up to and with this one."""
    return add_months(today.replace(day=1), -11), today


def figure(indicator: Indicator, from_on: date, until_on: date) -> Figure:
    """Counted by the database in one query (two for an indicator that runs on a clock)."""
    sql = f"""SELECT date_trunc('month', on_day)::date, count(*) FILTER (WHERE counts), count(counts), count(*) FILTER (WHERE counts IS NULL)
    FROM ({indicator.sql}) AS events(link, child, record, on_day, counts) GROUP BY 1 ORDER BY 1"""  # noqa: S608 (declared above, no input)
    months = {row[0]: Count(*row[1:]) for row in _rows(sql, indicator, from_on, until_on)}
    empty = {add_months(from_on.replace(day=1), n): Count() for n in range(_months_between(from_on, until_on) + 1)}
    total = (
        Count(*(sum(values) for values in zip(*((m.counting, m.known, m.unknown) for m in months.values()), strict=True)))
        if months
        else Count()
    )
    return Figure(indicator, from_on, until_on, total, empty | months, timezone.now())


def behind(indicator: Indicator, from_on: date, until_on: date, user: Any, counting: bool | str | None = "all") -> tuple[list[Behind], int]:
    """The events behind a figure, newest first, and how many more there are about children this user may not see."""
    sql = f"SELECT link, child, record, on_day, counts FROM ({indicator.sql}) AS events(link, child, record, on_day, counts) ORDER BY on_day DESC, link"  # noqa: S608
    rows = [row for row in _rows(sql, indicator, from_on, until_on) if counting == "all" or row[4] is counting]
    seen = Person.objects.filter(pk__in={row[1] for row in rows}).seen_by(user).in_bulk()
    shown = [Behind(row[3], row[4], row[2], seen[row[1]]) for row in rows if row[1] in seen]
    return shown, len(rows) - len(shown)


def _rows(sql: str, indicator: Indicator, from_on: date, until_on: date) -> Iterator[tuple[Any, ...]]:
    starts = _starts(indicator, from_on, until_on) if indicator.rule_key else []
    with connection.cursor() as cursor:
        cursor.execute(sql, indicator.parameters(from_on, until_on, starts))
        yield from cursor.fetchall()


def _starts(indicator: Indicator, from_on: date, until_on: date) -> list[date]:
    """The distinct first days of the clocks in question: the rule is reckoned once for each, not once a child."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT started_on FROM work_clock WHERE key = %s AND is_current AND (started_on BETWEEN %s AND %s OR met_on BETWEEN %s AND %s)",
            [indicator.rule_key, from_on, until_on, from_on, until_on],
        )
        return [row[0] for row in cursor.fetchall()]


def _months_between(from_on: date, until_on: date) -> int:
    return (until_on.year - from_on.year) * 12 + until_on.month - from_on.month
