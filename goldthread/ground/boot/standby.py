"""While the primary cannot be reached, pages that only read are drawn from a standby.

For the length of a block, Django's connection is the standby's: whatever is asked within, by the same words as ever, is asked
there, in transactions that may write nothing.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.utils import timezone

from goldthread.ground.boot.settings import settings

ALIAS = "standby"
LOOK_AGAIN = 2.0  # seconds between two tries of a primary that is away


def is_named() -> bool:
    return bool(settings.database_standby_url)


def is_read_from() -> bool:
    """Whether what is asked now is asked of the standby."""
    return bool(connection.alias == ALIAS)


@contextmanager
def reading_from_standby() -> Iterator[None]:
    """In this thread only."""
    primary = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = connections[ALIAS]
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = primary


class Primary:
    """What this process knows of the primary: since when it has been away, and when to try it again."""

    def __init__(self) -> None:
        self.away_since: datetime | None = None
        self.tried = 0.0

    @property
    def is_left_alone(self) -> bool:
        return self.away_since is not None and time.monotonic() - self.tried < LOOK_AGAIN

    def is_away(self) -> None:
        self.tried = time.monotonic()
        self.away_since = self.away_since or timezone.now()

    def answers(self) -> None:
        self.away_since = None

    @property
    def since_in_words(self) -> str:
        """ "14:32", with the day once it is another."""
        if self.away_since is None:
            return ""
        since, now = timezone.localtime(self.away_since), timezone.localtime()
        return f"{since:%H:%M}" if since.date() == now.date() else f"{since:%H:%M} on {since.day} {since:%B}"


PRIMARY = Primary()
