"""The dashboard that everybody opens is counted before they do."""

from django.utils.timezone import localdate

from goldthread.ground import jobs
from goldthread.out.insight import actions
from goldthread.out.insight.queries import last_twelve_months


@jobs.every("*/10 * * * *")
def count_the_dashboard() -> None:
    """The last twelve months, as the dashboard opens."""
    actions.forget_old_counts()
    actions.count(*last_twelve_months(localdate()))
