"""Weeks, months, years and hours. Calendar periods do not roll off a weekend unless a rule says so."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def add_months(day: date, months: int) -> date:
    """The same day number so many months on, else the last day of that month (31 August + 6 months is 28 or 29 February)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """The anniversary; of 29 February, 28 February in a common year, as a month is counted."""
    return add_months(day, 12 * years)


def add_weeks(day: date, weeks: int) -> date:
    """Seven calendar days for each week."""
    return day + timedelta(weeks=weeks)


def add_hours(moment: datetime, hours: float) -> datetime:
    """Elapsed time: 72 hours are 72 hours across a change of the clocks. Takes an aware moment, gives one in UTC.

    Raises ValueError for a moment without a time zone: an hour clock must not be guessed.
    """
    if moment.tzinfo is None:
        raise ValueError("An hour clock needs a moment with its time zone.")
    return moment.astimezone(UTC) + timedelta(hours=hours)


def london_day(moment: datetime) -> date:
    """The day it is in England at this moment."""
    return moment.astimezone(LONDON).date()


def start_of_day(day: date) -> datetime:
    """The first moment of the day in England, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=LONDON).astimezone(UTC)
