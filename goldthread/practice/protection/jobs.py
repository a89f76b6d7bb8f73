"""What the calendar does to protection plans, whoever is at work that day."""

from django.utils.timezone import localdate

from goldthread.core.records.models import Record
from goldthread.ground import jobs
from goldthread.ground.time.ages import birthday
from goldthread.ground.time.periods import add_years
from goldthread.practice.protection.actions import end_at_eighteen
from goldthread.practice.protection.queries import plans_on


@jobs.every("20 3 * * *")
def end_plans_at_eighteen() -> None:
    """A plan ends on the 18th birthday. What was imported ends where it came from."""
    today = localdate()
    for plan in plans_on(today).filter(record__origin=Record.HERE, child__born_on__lte=add_years(today, -18)).select_related("child"):
        if plan.child is not None and plan.child.born_on is not None:
            end_at_eighteen(plan, birthday(plan.child.born_on, 18))
