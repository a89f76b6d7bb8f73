"""England's working days: pure arithmetic, no database.

A working day is not a Saturday, a Sunday, Christmas Day, Good Friday or a bank holiday under the Banking and Financial
Dealings Act 1971 (the wording of SI 2006/1738 reg 2, shared by the care planning regulations). The days come from the
library `holidays`, which holds the one-offs (jubilees, a funeral, a coronation) and computes future years; a council
adds a newly proclaimed day as a `HolidayChange` row. Counting is arithmetic on weekdays less a bisection over the
holidays, so it costs the same for one day or for forty years and works for any date a person may have typed.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import cache

import holidays

# The present law of bank holidays begins with the 1971 Act; the early May day came in 1978.
FIRST_YEAR, LAST_YEAR = 1978, 2100


class DayNought(StrEnum):
    """Whether the day of the trigger is counted."""

    TRIGGER = "trigger"
    """The trigger's day is day 0 and the next is day 1: the ordinary reading of "within N days of"."""
    FIRST = "first"
    """The trigger's day is itself day 1: the reading of "N days beginning with" (for example s.45 Children Act 1989)."""


def _weekdays_to(ordinal: int) -> int:
    """How many weekdays from Monday 1 January 0001 to this day, both counted."""
    return 5 * (ordinal // 7) + min(ordinal % 7, 5)


class Calendar:
    """A set of holidays with which working days are counted. Never changes once made, so it may be shared by threads."""

    def __init__(self, named: Mapping[date, str]) -> None:
        """`named` holds every holiday and its name; those at a weekend are kept for display only."""
        self.named: dict[date, str] = dict(sorted(named.items()))
        self._off = frozenset(self.named)
        self._on_weekdays = [day.toordinal() for day in self.named if day.weekday() < 5]
        # Working days up to each holiday: lets the n-th working day be found without walking.
        self._worked = [_weekdays_to(day) - i - 1 for i, day in enumerate(self._on_weekdays)]

    def changed(self, changes: Iterable[tuple[date, bool, str]]) -> "Calendar":
        """A calendar with days made a holiday, or made ordinary again: (day, is_holiday, name)."""
        named = dict(self.named)
        for day, is_holiday, name in changes:
            if is_holiday:
                named[day] = name
            else:
                named.pop(day, None)
        return Calendar(named)

    def is_working_day(self, day: date) -> bool:
        """True when the office is open in law, whatever the council's own hours."""
        return day.weekday() < 5 and day not in self._off

    def add(self, day: date, n: int, day_nought: DayNought = DayNought.TRIGGER) -> date:
        """The n-th working day after `day` (before it when n is negative); with n of 0 the day itself or the next working day.

        With `DayNought.FIRST` the day itself is day 1 if it is a working day.
        """
        ordinal = day.toordinal()
        if n < 0:
            return self._nth(self._count(ordinal - 1) + n + 1)
        if n == 0 or day_nought == DayNought.FIRST:
            return self._nth(self._count(ordinal - 1) + max(n, 1))
        return self._nth(self._count(ordinal) + n)

    def between(self, start: date, end: date, day_nought: DayNought = DayNought.TRIGGER) -> int:
        """Working days after `start` up to and including `end`; negative when `end` comes first.

        With `DayNought.FIRST` the start itself is counted if it is a working day.
        """
        if day_nought == DayNought.FIRST:
            return self._count(end.toordinal()) - self._count(start.toordinal() - 1)
        return self._count(end.toordinal()) - self._count(start.toordinal())

    def _count(self, ordinal: int) -> int:
        return _weekdays_to(ordinal) - bisect_right(self._on_weekdays, ordinal)

    def _nth(self, n: int) -> date:
        weeks, rest = divmod(n + bisect_left(self._worked, n) - 1, 5)
        return date.fromordinal(7 * weeks + rest + 1)


@cache
def england() -> Calendar:
    """England's bank holidays as proclaimed and, for years to come, as the Act computes them; without local changes."""
    return Calendar(_named("ENG"))


@cache
def united_kingdom() -> Calendar:
    """Bank holidays of any part of the United Kingdom: section 10(6) of the Freedom of Information Act 2000."""
    return Calendar({day: name for part in ("NIR", "SCT", "WLS", "ENG") for day, name in _named(part).items()})


def _named(part: str) -> dict[date, str]:
    days = holidays.country_holidays("GB", subdiv=part, years=range(FIRST_YEAR, LAST_YEAR + 1))
    return {day: name.replace("(observed)", "(substitute day)") for day, name in days.items()}


_in_force: Callable[[], Calendar] = england


def use(provider: Callable[[], Calendar]) -> None:
    """Make the functions below count by what `provider` returns: set at start-up, so that local changes are known."""
    global _in_force
    _in_force = provider


def calendar_in_force() -> Calendar:
    """England's calendar with this council's dated changes."""
    return _in_force()


def is_working_day(day: date) -> bool:
    """True when `day` is a working day in England."""
    return _in_force().is_working_day(day)


def add_working_days(day: date, n: int, day_nought: DayNought = DayNought.TRIGGER) -> date:
    """See `Calendar.add`."""
    return _in_force().add(day, n, day_nought)


def working_days_between(start: date, end: date, day_nought: DayNought = DayNought.TRIGGER) -> int:
    """See `Calendar.between`."""
    return _in_force().between(start, end, day_nought)
