"""Asking the law: which rule holds on a day, when a clock runs out, and why."""

from datetime import date, datetime

from django.utils.timezone import localdate

from goldthread.ground.time.counting import Due, reckon
from goldthread.ground.time.in_force import current
from goldthread.ground.time.models import Rule
from goldthread.ground.time.working_days import Calendar

__all__ = ["Due", "all_rules", "calendar", "due", "due_under", "history", "rule", "warm"]


def rule(key: str, on: date | None = None, *, with_local: bool = True) -> Rule:
    """The version of a rule in force on a day (today if none is given), or the council's own limit over it.

    `with_local=False` gives the national rule or the default, whatever the council set. LookupError when there is none.
    The row is shared: read it, never change it.
    """
    return current().rule(key, on or localdate(), with_local=with_local)


def due(in_force: Rule, started_on: date, started_at: datetime | None = None, limit: int | None = None) -> Due:
    """When the clock runs out for a trigger on this day, or at this moment for a clock in hours; and why.

    `limit`: the time a plan sets in the rule’s place, in the rule’s unit.
    """
    return reckon(in_force, started_on, started_at, current().calendar_of, limit)


def due_under(key: str, started_on: date, started_at: datetime | None = None) -> Due:
    """`due` under the rule in force on the day of the trigger."""
    return due(rule(key, started_on), started_on, started_at)


def all_rules(on: date | None = None) -> list[Rule]:
    """Every rule in force on the day, own limits included, in the order of the statutory table."""
    day, snapshot = on or localdate(), current()
    found = []
    for key in snapshot.by_key:
        try:
            found.append(snapshot.rule(key, day))
        except LookupError:
            continue
    return sorted(found, key=lambda one: (one.number, snapshot.by_key[one.key][-1].pk))


def history(key: str) -> list[Rule]:
    """Every version of a rule and every own limit laid over it, newest first."""
    return list(current().by_key.get(key, ()))


def calendar() -> Calendar:
    """England's working days, with the holidays this council has recorded."""
    return current().calendar


def warm() -> None:
    """Read rules and holidays now, so that the next page asks nothing for them: for start-up, batches and counting queries."""
    current()
