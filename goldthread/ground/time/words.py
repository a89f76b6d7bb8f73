"""Dates as people say them: "Tuesday 3 March, 6 working days left"."""

from datetime import date, datetime

from goldthread.ground.time.periods import LONDON
from goldthread.ground.time.working_days import Calendar, calendar_in_force


def day_in_words(day: date, today: date | None = None) -> str:
    """ "Tuesday 3 March"; with the year when it is not `today`'s, or when there is no today."""
    words = f"{day:%A} {day.day} {day:%B}"
    return words if today is not None and day.year == today.year else f"{words} {day.year}"


def short_day(day: date) -> str:
    """ "3 March 2026": the exact date, for hover, focus and print."""
    return f"{day.day} {day:%B} {day.year}"


def moment_in_words(moment: datetime, today: date | None = None) -> str:
    """ "Tuesday 3 March at 14:32", in England's time."""
    here = moment.astimezone(LONDON)
    return f"{day_in_words(here.date(), today)} at {here:%H:%M}"


def left_in_words(day: date, today: date, calendar: Calendar | None = None, *, in_working_days: bool = True) -> str:
    """ "6 working days left", "due today", "3 working days late".

    A clock that runs in calendar days, weeks or months asks for `in_working_days=False`. When only a weekend lies between,
    plain days are said: nothing is ever "0 working days" late.
    """
    if day == today:
        return "due today"
    if in_working_days:
        n = (calendar or calendar_in_force()).between(today, day)
        if n:
            return _left(n, "working day")
    return _left((day - today).days, "day")


def hours_in_words(at: datetime, now: datetime) -> str:
    """ "5 hours left", "40 minutes left", "2 hours late"."""
    minutes = int((at - now).total_seconds() // 60)
    if abs(minutes) < 120:
        return _left(minutes, "minute") if minutes else "due now"
    return _left(int(minutes / 60), "hour")


def in_words(day: date, today: date, calendar: Calendar | None = None, *, in_working_days: bool = True) -> str:
    """ "Tuesday 3 March, 6 working days left"."""
    return f"{day_in_words(day, today)}, {left_in_words(day, today, calendar, in_working_days=in_working_days)}"


def _left(n: int, thing: str) -> str:
    return f"{abs(n)} {thing}{'' if abs(n) == 1 else 's'} {'left' if n > 0 else 'late'}"
