"""When a thing is due, in words, with why and what happens if it slips: as the list and the child's page say it."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate

from goldthread.core.work.models import Clock
from goldthread.ground.time.counting import limit_in_words
from goldthread.ground.time.models import Rule, Unit
from goldthread.ground.time.words import day_in_words, hours_in_words, left_in_words, moment_in_words, short_day

IN_WORKING_DAYS = {Unit.WORKING_DAYS, Unit.UK_WORKING_DAYS}


def due_in_words(due_on: date | None, clock: Clock | None, now: datetime | None = None) -> dict[str, Any] | None:
    """What the `due_words` macro draws; None where no day is set."""
    now = now or timezone.now()
    today = localdate(now)
    if due_on is None:
        return None
    if clock is not None and clock.due_at is not None and clock.due_on == due_on:
        said = {"words": hours_in_words(clock.due_at, now), "exact": moment_in_words(clock.due_at), "at": clock.due_at.isoformat()}
        state = "late" if clock.due_at < now else "today" if due_on == today else "soon"
    else:
        working = clock is None or clock.rule.unit in IN_WORKING_DAYS
        said = {"words": words_of(due_on, today, in_working_days=working), "exact": short_day(due_on), "at": due_on.isoformat()}
        state = "late" if due_on < today else "today" if due_on == today else "soon" if (due_on - today).days <= 7 else "later"
    return said | {"state": state}


def words_of(day: date, today: date, *, in_working_days: bool = True) -> str:
    """ "Due today", "3 working days late", "Thursday 26 November, 3 working days left"."""
    left = left_in_words(day, today, in_working_days=in_working_days)
    if day <= today:
        return left[0].upper() + left[1:]
    return f"{day_in_words(day, today)}, {left}"


def why_in_words(clock: Clock) -> str:
    """ "45 working days from the referral on 3 March 2026", and what is not known of it."""
    return f"{_limit(clock)}. {clock.note}" if clock.note else _limit(clock)


def _limit(clock: Clock) -> str:
    rule = clock.rule
    start = moment_in_words(clock.started_at, localdate()) if clock.started_at and rule.unit == Unit.HOURS else _day(clock.started_on)
    if rule.limit == 0:
        return f"The same day as {rule.trigger} on {start}"
    whose = ", as the plan says," if clock.limit_set is not None else ""
    return f"{limit_in_words(rule, clock.limit_set)}{whose} from {rule.trigger} on {start}"


def _day(day: date) -> str:
    """ "3 March", with the year when it is not this one."""
    return short_day(day) if day.year != localdate().year else f"{day.day} {day:%B}"


def authority_of(rule: Rule) -> str:
    """The authority in its short form: what comes before the first semicolon."""
    return "This council’s own limit" if rule.is_local_override else rule.authority.split(";")[0]
