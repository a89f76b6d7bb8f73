"""What the dashboard and the attendance report last said, as long as they may still say so."""

from datetime import date, datetime, timedelta

from django.db import models
from django.utils import timezone

from goldthread.out.exchange.queries import last_import_ended_at
from goldthread.out.insight.attendance import COLUMNS, Asked, Line
from goldthread.out.insight.indicators import INDICATORS
from goldthread.out.insight.models import CountedMonth, CountedPlaces
from goldthread.out.insight.queries import Count, Figure, last_of, populations, total_of

KEPT_FOR = timedelta(minutes=15)  # the worker counts the usual days again every ten


def kept_at(from_on: date, until_on: date) -> datetime | None:
    """When the dashboard over these days was last counted whole, if that may still be said."""
    rows = _still_said().filter(from_on=from_on, until_on=until_on).order_by()
    moments = list(rows.values_list("counted_at").annotate(whole=models.Count("key", distinct=True)))
    return moments[0][0] if len(moments) == 1 and moments[0][1] == len(INDICATORS) else None


def kept(from_on: date, until_on: date) -> list[Figure] | None:
    """The dashboard over these days as it was last counted, or None where it must be counted now."""
    months: dict[str, dict[date, Count]] = {}
    moments: set[datetime] = set()
    rows = _still_said().filter(from_on=from_on, until_on=until_on).order_by("key", "month")
    for key, month, at, *counts in rows.values_list("key", "month", "counted_at", "counting", "known", "unknown"):
        months.setdefault(key, {})[month] = Count(*counts)
        moments.add(at)
    if set(months) != set(INDICATORS) or len(moments) != 1:
        return None
    as_at = moments.pop()
    among = populations()  # as they stand now: only what takes long to count is kept
    return [
        Figure(one, from_on, until_on, total_of(one, months[one.key], until_on), months[one.key], as_at, among)
        for one in INDICATORS.values()
    ]


def said(figure: Figure) -> tuple[Count, datetime] | None:
    """What a dashboard that may still be open says of this figure, or of this one month of it, and when it was counted."""
    asked = (figure.from_on, figure.until_on)
    rows = _still_said().filter(key=figure.indicator.key, from_on__lte=figure.from_on, until_on__gte=figure.until_on)
    windows: dict[tuple[date, date, datetime], dict[date, Count]] = {}
    for row in rows.order_by("-counted_at"):
        found = windows.setdefault((row.from_on, row.until_on, row.counted_at), {})
        found[row.month] = Count(row.counting, row.known, row.unknown)
    for (from_on, until_on, counted_at), months in windows.items():
        month = figure.until_on.replace(day=1)
        if asked == (from_on, until_on):
            return total_of(figure.indicator, months, until_on), counted_at
        if asked == (max(month, from_on), min(last_of(month), until_on)) and month in months:
            return months[month], counted_at
    return None


def kept_attendance(asked: Asked) -> tuple[list[Line], datetime] | None:
    """The attendance report over these days as it was last counted, and when; None where it must be counted now."""
    row = CountedPlaces.objects.filter(
        from_on=asked.from_on, until_on=asked.until_on, asked=asked.narrowed, counted_at__gte=_since()
    ).first()
    if row is None or any(len(counts) != len(COLUMNS) for _, *counts in row.lines):
        return None
    return [Line(key, dict(zip(COLUMNS, counts, strict=True))) for key, *counts in row.lines], row.counted_at


def _still_said() -> models.QuerySet[CountedMonth]:
    return CountedMonth.objects.filter(counted_at__gte=_since())


def _since() -> datetime:
    """Of today, not a quarter of an hour old, and no older than the end of an import."""
    now = timezone.now()
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return max(moment for moment in (now - KEPT_FOR, midnight, last_import_ended_at()) if moment)
