"""The dashboard that everybody opens, and who comes to meetings, are counted before they do."""

from django.utils.timezone import localdate

from goldthread.ground import jobs
from goldthread.out.insight import actions
from goldthread.out.insight.attendance import BY, Asked
from goldthread.out.insight.queries import last_twelve_months


@jobs.every("*/10 * * * *")
def count_the_dashboard() -> None:
    """The last twelve months, as the dashboard opens."""
    actions.forget_old_counts()
    days = last_twelve_months(localdate())
    actions.count(*days)
    for split in BY:
        actions.count_attendance(Asked(*days, split))
