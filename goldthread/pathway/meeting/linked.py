"""Whoever is invited to a meeting about a child looks at the record: an invitation explains a look."""

from datetime import date, timedelta

from goldthread.core.agencies.models import SignIn
from goldthread.core.oversight.links import ALSO, Pair
from goldthread.pathway.meeting.models import Invitee


def invited(pairs: list[Pair], day: date, limits: dict[str, int]) -> set[Pair]:
    """Those of the pairs (user, person) whose worker is invited to a meeting about this person not long before or after."""
    around = timedelta(days=limits["own_days"])
    workers = dict(SignIn.objects.on(day).filter(user_id__in={user for user, _ in pairs}).values_list("worker_id", "user_id"))
    rows = Invitee.objects.filter(
        worker_id__in=list(workers),
        left_out_at=None,
        record__children__child_id__in={person for _, person in pairs},
        record__children__removed_at=None,
        record__happened_on__range=(day - around, day + around),
    )
    return {(workers[worker], child) for worker, child in rows.values_list("worker_id", "record__children__child_id")} & set(pairs)


ALSO.append(invited)
