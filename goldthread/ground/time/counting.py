"""From a rule and its trigger to a due day, with the reason in words. Pure: no database is asked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from goldthread.ground.time.models import Direction, Rule, Unit
from goldthread.ground.time.periods import add_hours, add_months, add_weeks, add_years, london_day, start_of_day
from goldthread.ground.time.words import day_in_words, moment_in_words, short_day
from goldthread.ground.time.working_days import Calendar, DayNought

# Plain words and no enumerations where clocks are reckoned by the hundred thousand.
NOT_COUNTED: dict[str, str] = {
    "school_days": "No due date: school days can be counted only with the school’s own calendar, which is not held here.",
    "terms": "No due date: a term ends when the school says, and its calendar is not held here.",
}
ADDED_UP = "No single due date: the time is added up over several occasions."
BACKWARDS = frozenset(("before", "opens_before"))
PERIODS: dict[str, Callable[[date, int], date]] = {
    "calendar_days": lambda day, n: day + timedelta(days=n),
    "weeks": add_weeks,
    "months": add_months,
    "years": add_years,
}
TRIGGER, FIRST = DayNought.TRIGGER, DayNought.FIRST
NO_NUMBER = "No due date: the rule sets no number."
SURE = {"H": "", "M": ", medium confidence", "Lo": ", low confidence"}


@dataclass(frozen=True, slots=True)
class Due:
    """When a clock runs out. `on` is the day in England; `at` the moment, for clocks in hours whose start has a time.

    Both are None where the rule cannot be counted; `words` then says why. For a rule that asks something before an event, or
    not before a time has passed, `on` is that last or first day.
    """

    rule: Rule
    started_on: date
    started_at: datetime | None
    on: date | None
    at: datetime | None

    @property
    def words(self) -> str:
        """ "Thursday 7 May 2026", or the sentence why there is no such day."""
        if self.at is not None:
            return moment_in_words(self.at)
        return day_in_words(self.on) if self.on is not None else not_counted(self.rule) or ""

    @property
    def why(self) -> str:
        """ "45 working days from the referral on 3 March 2026 — Working Together (GUIDANCE, not yet signed off here)"."""
        return f"{_span(self)} — {_source(self.rule)}"


def not_counted(rule: Rule) -> str | None:
    """Why this rule gives no due day; None when it gives one."""
    if rule.limit is None:
        return NO_NUMBER
    return ADDED_UP if rule.direction == "in_total" else NOT_COUNTED.get(rule.unit)


def reckon(
    rule: Rule, started_on: date, started_at: datetime | None, calendar_of: Callable[[Rule], Calendar], limit: int | None = None
) -> Due:
    """The due day of `rule` for a trigger on this day. ValueError for a moment without its time zone.

    `limit`, in the rule’s own unit, stands in its place where a plan sets the time; only a LOCAL rule gives way (ValueError).

    A clock in hours whose start has no time is counted from the first moment of the day: never later than the truth.
    """
    if limit is not None and rule.kind != "LOCAL":
        raise ValueError(f"{rule.key} is {rule.kind}: a plan may not set another time for it.")
    if not_counted(rule) is not None:
        return Due(rule, started_on, started_at, None, None)
    n = (rule.limit if limit is None else limit) or 0
    n = -n if rule.direction in BACKWARDS else n
    if rule.unit == "hours":
        at = add_hours(started_at or start_of_day(started_on), n)
        return Due(rule, started_on, started_at, london_day(at), at if started_at is not None else None)
    if rule.unit in ("working_days", "uk_working_days"):
        on = calendar_of(rule).add(started_on, n, FIRST if rule.day_nought == "first" else TRIGGER)
    else:
        # "Seven days beginning with" the first ends a day sooner than seven days from it.
        on = PERIODS[rule.unit](started_on, n) - timedelta(days=rule.day_nought == "first")
    if rule.rolls_forward:
        on = calendar_of(rule).add(on, 0)
    return Due(rule, started_on, started_at, on, None)


def limit_in_words(rule: Rule, limit: int | None = None) -> str:
    """ "45 working days", "1 week", "no number"; of the rule, or of the time a plan sets in its place."""
    limit = rule.limit if limit is None else limit
    if limit is None:
        return Unit.NONE.label
    unit, _, place = Unit(rule.unit).label.partition(" anywhere")
    words = f"{limit} {unit}{'' if limit == 1 else 's'}"
    return f"{words} anywhere{place}" if place else words


def _span(due: Due) -> str:
    rule = due.rule
    trigger = f"{rule.trigger} on {short_day(due.started_on)}"
    if rule.unit == Unit.HOURS:
        trigger = _trigger_moment(due)
    limit = limit_in_words(rule)
    if rule.limit is None:
        return f"No number from {trigger}"
    if rule.limit == 0:
        return f"The same day as {trigger}"
    if rule.day_nought == DayNought.FIRST:
        limit = f"{limit}, the first being that of {trigger}"
        return f"No sooner than {limit}" if rule.direction == Direction.NOT_BEFORE else limit
    return {
        Direction.WITHIN: f"{limit} from {trigger}",
        Direction.BEFORE: f"At least {limit} before {trigger}",
        Direction.NOT_BEFORE: f"No sooner than {limit} from {trigger}",
        Direction.OPENS_BEFORE: f"Counts from {limit} before {trigger}",
        Direction.IN_TOTAL: f"{limit} in total, added up from {trigger}",
    }[Direction(rule.direction)]


def _trigger_moment(due: Due) -> str:
    if due.started_at is None:
        return f"{due.rule.trigger} on {short_day(due.started_on)}, counted from the start of the day as no time is recorded"
    return f"{due.rule.trigger} on {moment_in_words(due.started_at)}"


def _source(rule: Rule) -> str:
    authority = "this council’s own limit" if rule.kind == "LOCAL" else rule.authority.split(";")[0]
    if rule.signed_off_at is None:
        return f"{authority} ({rule.kind}{SURE[rule.confidence]}, not yet signed off here)"
    who = rule.signed_off_by.get_full_name() or rule.signed_off_by.get_username() if rule.signed_off_by else ""
    return f"{authority} ({rule.kind}, signed off here by {who})"
