"""The reading log: who looked at whom."""

from collections.abc import Iterable
from typing import Any

from goldthread.ground.audit.acting import actor_of, named_actor
from goldthread.ground.audit.models import Reading
from goldthread.ground.audit.spool import spool
from goldthread.ground.boot.standby import is_read_from


def log_reading(user: Any, act: str, what: str, people: Iterable[int] = (), *, purpose: str = "") -> None:
    """Write one row of the reading log in the current transaction; or, while a standby is read, on this machine's disk.

    Where there is no user, the actor named for the transaction looked (a link, say). `act` is one of Reading.ACTS; `what` is a path or a record's reference; `people` are the keys of those shown.
    """
    named, named_purpose, request, _ = named_actor()
    row = {
        "actor": actor_of(user) if getattr(user, "pk", None) else named or actor_of(None),
        "user_id": getattr(user, "pk", None),
        "act": act,
        "what": what,
        "people": sorted(set(people)),
        "purpose": purpose or named_purpose,
        "request": request,
    }
    if is_read_from():
        spool(row)
    else:
        Reading.objects.bulk_create([Reading(**row)])
