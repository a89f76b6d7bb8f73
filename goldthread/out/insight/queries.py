"""Figures over a window, month by month, and the children behind them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import floor
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.timezone import localdate

from goldthread.core.people.models import Person
from goldthread.core.records.models import Record
from goldthread.ground.access.predicate import standing, withheld
from goldthread.ground.time.ages import age_on
from goldthread.ground.time.periods import add_months
from goldthread.out.insight.declaration import DEFINITION_VERSION, PER, Indicator, Says
from goldthread.out.insight.models import Population

ONCE = "OFFSET 0"  # keeps the database from asking whether an event counts once for each of the three below
COUNTS = "count(*) FILTER (WHERE counts), count(counts), count(*) FILTER (WHERE counts IS NULL)"


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
    """One indicator over a window, with its months and when it was asked; a stock as at the end of the last day of each."""

    indicator: Indicator
    from_on: date
    until_on: date
    total: Count
    months: dict[date, Count]
    as_at: datetime
    populations: tuple[Population, ...] = ()  # of a rate: what it may be reckoned by, the newest mid-year first
    definition_version: int = DEFINITION_VERSION

    def population(self, day: date) -> Population | None:
        """Those who live here on that day by the newest mid-year that is not after it; None where none was entered."""
        return next((one for one in self.populations if one.of_day <= day), None)

    def value(self, count: Count, day: date) -> float | None:
        """The number, per cent or rate that a count as at that day comes to; None where there is nothing to divide by (never nought)."""
        if self.indicator.says == Says.NUMBER:
            return count.counting
        if self.indicator.says == Says.SHARE:
            return count.share
        among = self.population(day)
        return PER * count.counting / among.children if among else None

    def said(self, count: Count, day: date) -> str:
        """As it is said: a number, a whole per cent, a rate to one decimal place, or that there is nothing to count."""
        value = self.value(count, day)
        if value is None:
            return "n/a"
        if self.indicator.says == Says.RATE:
            return f"{floor(10 * value + 0.5) / 10:,.1f}"  # half a tenth goes up, as in published tables
        return f"{value:.0f}%" if self.indicator.says == Says.SHARE else f"{value:,}"

    @property
    def words(self) -> str:
        return self.said(self.total, self.until_on)


@dataclass(frozen=True)
class Behind:
    """One event behind a figure, about a child whom the reader may see; an analyst reads `mark`, `age` and the month instead."""

    on_day: date
    counts: bool | None
    record: int
    person: Person | None = None
    mark: str = ""
    age: int | None = None
    more: dict[str, Any] = field(default_factory=dict)


def last_twelve_months(today: date) -> tuple[date, date]:
    """Twelve whole months up to and with this one."""
    return add_months(today.replace(day=1), -11), today


def last_of(month: date) -> date:
    """The last day of the month that begins on this one."""
    return add_months(month, 1) - timedelta(days=1)


def populations() -> tuple[Population, ...]:
    """Those that stand, the newest mid-year first."""
    return tuple(Population.objects.filter(taken_back_at=None).order_by("-mid_year"))


def figure(indicator: Indicator, from_on: date, until_on: date) -> Figure:
    """Counted by the database in one query (two for an indicator that runs on a clock, or for a rate)."""
    first = from_on.replace(day=1)
    empty = {add_months(first, n): Count() for n in range(_months_between(from_on, until_on) + 1)}
    if indicator.is_stock:
        as_at = min(until_on, localdate())
        past = [month for month in empty if month <= as_at]
        ends = {min(last_of(month), as_at) for month in past} | {as_at}
        found = _stocks(indicator, from_on, until_on, sorted(ends))
        months = {month: found.get(month, Count()) for month in past}
        among = populations() if indicator.says == Says.RATE else ()
        return Figure(indicator, from_on, until_on, total_of(indicator, found, until_on), months, timezone.now(), among)
    sql = f"""SELECT date_trunc('month', on_day)::date, {COUNTS}
    FROM ({indicator.sql} {ONCE}) AS events(link, child, record, on_day, counts) GROUP BY 1 ORDER BY 1"""  # noqa: S608 (declared above, no input)
    months = empty | {row[0]: Count(*row[1:]) for row in rows_of(sql, indicator, from_on, until_on)}
    return Figure(indicator, from_on, until_on, total_of(indicator, months, until_on), months, timezone.now())


def total_of(indicator: Indicator, months: dict[date, Count], until_on: date) -> Count:
    """Of a stock what its last month says, or today's; of anything else the sum of its months."""
    if indicator.is_stock:
        return months.get(min(until_on, localdate()).replace(day=1), Count())
    columns = [(month.counting, month.known, month.unknown) for month in months.values()]
    return Count(*(sum(column) for column in zip(*columns, strict=True))) if columns else Count()


def _stocks(indicator: Indicator, from_on: date, until_on: date, ends: list[date]) -> dict[date, Count]:
    """What stands at the end of each of these days, by the month it lies in."""
    sql = f"""SELECT date_trunc('month', ends.day)::date, {COUNTS} FROM unnest(%(ends)s::date[]) AS ends(day)
    CROSS JOIN LATERAL ({indicator.sql_as_at("ends.day")} {ONCE}) AS events(link, child, record, on_day, counts) GROUP BY 1 ORDER BY 1"""  # noqa: S608
    return {row[0]: Count(*row[1:]) for row in rows_of(sql, indicator, from_on, until_on, ends=ends)}


def behind(indicator: Indicator, from_on: date, until_on: date, user: Any, counting: bool | str | None = "all") -> tuple[list[Behind], int]:
    """The events behind a figure, newest first, and how many more there are that this user may not read."""
    sql = f"SELECT link, child, record, on_day, counts FROM ({indicator.sql_as_at()}) AS events(link, child, record, on_day, counts) ORDER BY on_day DESC, link"  # noqa: S608
    rows = [row for row in rows_of(sql, indicator, from_on, until_on) if counting == "all" or row[4] is counting]
    about = Person.objects.filter(pk__in={row[1] for row in rows})
    if standing(user).reads_marks:
        marked = about.exclude(pk__in=withheld()).in_bulk()
        unnamed = [_unnamed(row[3], row[4], row[2], marked[row[1]]) for row in rows if row[1] in marked]
        return unnamed, len(rows) - len(unnamed)
    seen = about.seen_by(user).in_bulk()
    records = set(Record.objects.filter(pk__in={row[2] for row in rows if row[1] in seen}).seen_by(user).values_list("pk", flat=True))
    shown = [Behind(row[3], row[4], row[2], seen[row[1]]) for row in rows if row[1] in seen and row[2] in records]
    return shown, len(rows) - len(shown)


def _unnamed(on_day: date, counts: bool | None, record: int, person: Person) -> Behind:
    """With the same mark wherever the child is counted; nobody can reckon the child from it without this product's secret key."""
    mark = salted_hmac("goldthread.insight.mark", str(person.pk), algorithm="sha256").hexdigest()[:12]
    age = age_on(person.born_on, on_day) if person.born_on and person.born_on <= on_day else None
    return Behind(on_day.replace(day=1), counts, record, mark=mark, age=age)


def rows_of(sql: str, indicator: Indicator, from_on: date, until_on: date, **more: Any) -> Iterator[tuple[Any, ...]]:
    starts = _starts(indicator, from_on, until_on) if indicator.rule_key else []
    with connection.cursor() as cursor:
        cursor.execute(sql, indicator.parameters(from_on, until_on, starts) | more)
        yield from cursor.fetchall()


def _starts(indicator: Indicator, from_on: date, until_on: date) -> list[date]:
    """The distinct first days of the clocks in question: the rule is reckoned once for each, not once a child."""
    running = "started_on <= %(until)s AND coalesce(met_on, %(from)s) >= %(from)s AND coalesce(stopped_on, %(from)s) >= %(from)s"
    in_window = "(started_on BETWEEN %(from)s AND %(until)s OR met_on BETWEEN %(from)s AND %(until)s)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT started_on FROM work_clock WHERE key = %(key)s AND is_current AND {running if indicator.is_stock else in_window}",  # noqa: S608
            {"key": indicator.rule_key, "from": from_on, "until": until_on},
        )
        return [row[0] for row in cursor.fetchall()]


def _months_between(from_on: date, until_on: date) -> int:
    return (until_on.year - from_on.year) * 12 + until_on.month - from_on.month
