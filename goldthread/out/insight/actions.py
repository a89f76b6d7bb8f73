"""Counts the whole dashboard and the attendance report, and keeps what took long to count; enters how many children live here, and takes it back."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate

from goldthread.ground.boot.trouble import Impossible
from goldthread.out.insight.attendance import Asked, Line, attendance
from goldthread.out.insight.indicators import INDICATORS
from goldthread.out.insight.kept import KEPT_FOR
from goldthread.out.insight.models import EARLIEST, CountedMonth, CountedPlaces, Population
from goldthread.out.insight.queries import Figure, figure

MOST_CHILDREN = 1_000_000  # more than live in any authority: a slip of the finger
MANY, MANY_PLACES = 10_000, 2_000  # events behind all figures, places behind a report: counting fewer takes no longer than drawing them


def count(from_on: date, until_on: date) -> list[Figure]:
    """Every indicator as it is now. What has many events behind it is kept; otherwise the next to ask counts again."""
    began = timezone.now()
    figures = [figure(indicator, from_on, until_on) for indicator in INDICATORS.values()]
    if sum(one.total.known + one.total.unknown for one in figures) >= MANY:
        rows = [
            CountedMonth(
                from_on=from_on, until_on=until_on, key=one.indicator.key, month=month,
                counting=n.counting, known=n.known, unknown=n.unknown, counted_at=began,
            )
            for one in figures for month, n in sorted(one.months.items())
        ]  # fmt: skip
        CountedMonth.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["from_on", "until_on", "key", "month"],
            update_fields=["counting", "known", "unknown", "counted_at"],
        )
    return figures


def count_attendance(asked: Asked) -> tuple[list[Line], datetime]:
    """The attendance report as it is now, and when it was counted. What has many places behind it is kept."""
    began = timezone.now()
    lines = attendance(asked)
    if sum(line.counts["listed"] for line in lines) >= MANY_PLACES:
        CountedPlaces.objects.update_or_create(
            from_on=asked.from_on, until_on=asked.until_on, asked=asked.narrowed,
            defaults={"lines": [[line.key, *line.counts.values()] for line in lines], "counted_at": began},
        )  # fmt: skip
    return lines, began


def forget_old_counts() -> None:
    """Those nobody is shown any more."""
    for kept in (CountedMonth, CountedPlaces):
        kept.objects.filter(counted_at__lt=timezone.now() - 2 * KEPT_FOR).delete()


def enter_population(*, mid_year: int, children: int, source: str, by: Any) -> Population:
    """How many children lived here at 30 June of that year. Impossible of a day to come, or where that year's stands already."""
    latest = localdate().year if localdate() >= date(localdate().year, 6, 30) else localdate().year - 1
    if not EARLIEST <= mid_year <= latest:
        raise Impossible(f"Give a year from {EARLIEST} to {latest}: an estimate is for 30 June of its year.", "mid_year")
    if not 0 < children <= MOST_CHILDREN:
        raise Impossible(f"Give the number of children in the whole authority, from 1 to {MOST_CHILDREN:,}.", "children")
    if Population.objects.filter(mid_year=mid_year, taken_back_at=None).exists():
        raise Impossible(f"Mid-{mid_year} is entered already. Take that back first.", "mid_year")
    return Population.objects.create(mid_year=mid_year, children=children, source=source, entered_by=by)


def take_back_population(*, population: Population, by: Any) -> None:
    """No rate is reckoned by it any more. It stays on file, with who took it back."""
    Population.objects.filter(pk=population.pk, taken_back_at=None).update(taken_back_at=timezone.now(), taken_back_by=by)
