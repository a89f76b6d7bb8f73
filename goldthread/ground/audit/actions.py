"""Sealing the days that are over, writing down that somebody verified, and taking in looks at a standby."""

import logging
from datetime import date
from importlib.metadata import PackageNotFoundError, version

from django.db import connection, transaction

from goldthread.ground.audit.acting import acting, named_actor
from goldthread.ground.audit.models import Reading, Replay, Seal, Verification
from goldthread.ground.audit.queries import seal_in_words
from goldthread.ground.audit.verifying import Verified

log = logging.getLogger("goldthread.seal")


def seal() -> int | None:
    """Seal every day that is over; how many days. None while somebody is still writing: ask again later.

    The newest hash goes to the log, so that whoever keeps the log keeps it: within the database nothing proves the whole.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT audit_seal_days(%s)", [_version()])
        days: int | None = cursor.fetchone()[0]
        if days:
            newest = Seal.objects.order_by("-number")[0]
            transaction.on_commit(lambda: log.info("%s", seal_in_words(newest)))
    return days


def take_in(spool: str, looks: list[Reading]) -> int:
    """Looks at a standby into the reading log, once: the name of their file stands in the database with them, or neither does."""
    with acting(system="looks at the standby"):
        _, is_new = Replay.objects.get_or_create(spool=spool, defaults={"looks": len(looks)})
        if is_new:
            Reading.objects.bulk_create(looks)
    return len(looks) if is_new else 0


def note_verification(found: Verified, *, since: date | None = None) -> None:
    """By whoever acts: when, what was read, and what was found."""
    if found.newest is not None:
        sentences = [*found.wrong, *(f"{one.day:%Y-%m-%d}: {words}" for one in found.days for words in one.wrong)]
        Verification.objects.create(
            actor=named_actor()[0],
            since=since,
            seals=len(found.days),
            newest=found.newest.hash,
            is_whole=found.is_whole,
            found=sentences[:100],
        )


def _version() -> str:
    try:
        return version("goldthread")
    except PackageNotFoundError:
        return "not known"
