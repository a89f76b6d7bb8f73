"""How the product ran: by day, and when it did not answer."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db import connection
from django.utils.timezone import get_current_timezone, make_aware

from goldthread.ground.running.measuring import A_MINUTE, BOUNDS, minute_of
from goldthread.ground.running.models import Minute

AWAY, STOPPED, FAILING = "The database could not be reached", "The product was not running", "Most requests failed"
FEW = 5  # failed answers in a minute below which it is chance
FAILED = f"failed >= {FEW} AND 2 * failed >= answered"
DAYS = f"""
SELECT (at AT TIME ZONE %(zone)s)::date, count(*) FILTER (WHERE NOT is_database_away AND NOT ({FAILED})), sum(answered), sum(failed),
       ARRAY[{", ".join(f"sum(took[{n}])" for n in range(1, len(BOUNDS) + 2))}]
  FROM running_minute WHERE at >= %(since)s AND at < %(until)s GROUP BY 1 ORDER BY 1
"""  # noqa: S608 (numbers only)
BAD = f"""
SELECT at, before, is_database_away, {FAILED} FROM (
  SELECT *, lag(at) OVER (ORDER BY at) AS before FROM running_minute WHERE at >= %(since)s AND at < %(until)s
) AS minutes WHERE is_database_away OR ({FAILED}) OR at - before > interval '1 minute' ORDER BY at
"""  # noqa: S608 (numbers only)


@dataclass(frozen=True)
class Day:
    """`minutes` are those that could be known, `well` those in which it answered."""

    day: date
    minutes: int
    well: int
    answered: int
    failed: int
    took: tuple[int, ...]

    @property
    def available(self) -> float | None:
        """Per cent of the minutes; None where nothing is known of the day."""
        return 100 * self.well / self.minutes if self.minutes else None

    def within(self, part: float) -> int | None:
        """Milliseconds within which this part of the answers (0 to 1) came, to the next bound above; None without an answer, or beyond the last bound."""
        wanted, found = part * sum(self.took), 0
        for bound, count in zip(BOUNDS, self.took, strict=False):
            found += count
            if found and found >= wanted:
                return bound
        return None


@dataclass(frozen=True)
class Failure:
    """From one minute until another, in which it did not answer as it should; `until_at` is None while it lasts."""

    what: str
    from_at: datetime
    until_at: datetime

    @property
    def minutes(self) -> int:
        return round((self.until_at - self.from_at) / A_MINUTE)


def days(first: date, last: date, now: datetime) -> list[Day]:
    """Each day from the first that anything is known of, the newest first. Of today, what is over."""
    since = _since(first)
    if since is None:
        return []
    until = min(_midnight(last + timedelta(days=1)), minute_of(now))
    zone = get_current_timezone()
    with connection.cursor() as cursor:
        cursor.execute(DAYS, {"zone": str(zone), "since": since, "until": until})
        found = {row[0]: row[1:] for row in cursor.fetchall()}
    shown, day = [], since.astimezone(zone).date()
    while day <= last and _midnight(day) < until:
        begun, ended = max(since, _midnight(day)), min(until, _midnight(day + timedelta(days=1)))
        well, answered, failed, took = found.get(day, (0, 0, 0, [0] * (len(BOUNDS) + 1)))
        shown.append(Day(day, round((ended - begun) / A_MINUTE), well, answered, failed, tuple(took)))
        day += timedelta(days=1)
    return shown[::-1]


def whole(found: list[Day]) -> Day | None:
    """All of these days as one."""
    if not found:
        return None
    took = tuple(map(sum, zip(*(one.took for one in found), strict=True)))
    return Day(
        found[0].day,
        sum(one.minutes for one in found),
        sum(one.well for one in found),
        sum(one.answered for one in found),
        sum(one.failed for one in found),
        took,
    )


def failures(first: date, last: date, now: datetime) -> list[Failure]:
    """When it did not answer, the newest first; minutes that follow one another with the same cause are one."""
    since = _since(first)
    if since is None:
        return []
    until = min(_midnight(last + timedelta(days=1)), minute_of(now))
    with connection.cursor() as cursor:
        cursor.execute(BAD, {"since": since, "until": until})
        rows = cursor.fetchall()
    single: list[Failure] = []
    for at, before, is_away, is_failing in rows:
        if before is not None and at - before > A_MINUTE:
            single.append(Failure(STOPPED, before + A_MINUTE, at))
        if is_away or is_failing:
            single.append(Failure(AWAY if is_away else FAILING, at, at + A_MINUTE))
    return _joined(single)[::-1]


def _joined(single: list[Failure]) -> list[Failure]:
    joined: list[Failure] = []
    for one in single:
        if joined and joined[-1].what == one.what and joined[-1].until_at == one.from_at:
            joined[-1] = Failure(one.what, joined[-1].from_at, one.until_at)
        else:
            joined.append(one)
    return joined


def _since(first: date) -> datetime | None:
    """The first minute that is known, not before this day."""
    oldest = Minute.objects.order_by("at").values_list("at", flat=True).first()
    return None if oldest is None else max(oldest.astimezone(UTC), _midnight(first))


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time())).astimezone(UTC)
