"""Counts the whole dashboard, and keeps what took long to count."""

from datetime import date

from django.utils import timezone

from goldthread.out.insight.indicators import INDICATORS
from goldthread.out.insight.kept import KEPT_FOR
from goldthread.out.insight.models import CountedMonth
from goldthread.out.insight.queries import Figure, figure

MANY = 10_000  # events behind all figures together: counting fewer takes no longer than drawing them


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


def forget_old_counts() -> None:
    """Those nobody is shown any more."""
    CountedMonth.objects.filter(counted_at__lt=timezone.now() - 2 * KEPT_FOR).delete()
