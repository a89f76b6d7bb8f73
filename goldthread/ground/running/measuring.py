"""Measured in each web process, in memory, and written down once a minute by a thread of its own: no page waits for it."""

import logging
import threading
import time
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

BOUNDS = (50, 100, 200, 300, 500, 750, 1000, 1500, 2000, 3000, 5000, 10000, 30000)  # milliseconds
A_MINUTE = timedelta(minutes=1)
KEPT_AT_MOST = 24 * 60  # minutes held while the database is away
log = logging.getLogger("goldthread.running")


@dataclass
class Measured:
    """What one process answered in one minute."""

    answered: int = 0
    failed: int = 0
    took: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    is_database_away: bool = False


class Meter:
    """The minutes of this process that are not written down yet."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.minutes: dict[datetime, Measured] = {}

    def note(self, at: datetime, seconds: float, *, has_failed: bool) -> None:
        with self.lock:
            minute = self.minutes.setdefault(minute_of(at), Measured())
            minute.answered += 1
            minute.failed += has_failed
            minute.took[bisect_left(BOUNDS, seconds * 1000)] += 1

    def over(self, now: datetime) -> dict[datetime, Measured]:
        """The minutes that are over, out of memory; the last of them even if nobody asked for anything."""
        with self.lock:
            self.minutes.setdefault(minute_of(now) - A_MINUTE, Measured())
            return {at: self.minutes.pop(at) for at in sorted(self.minutes) if at < minute_of(now)}

    def hold(self, minutes: dict[datetime, Measured]) -> None:
        """They could not be written down: they wait, the oldest going where there are too many."""
        with self.lock:
            for at, minute in minutes.items():
                minute.is_database_away = True
                self.minutes[at] = minute
            for at in sorted(self.minutes)[:-KEPT_AT_MOST]:
                del self.minutes[at]


METER = Meter()


def minute_of(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(second=0, microsecond=0)


def write_down(meter: Meter, now: datetime) -> None:
    """The minutes that are over, into the database; if that does not answer they wait, and are known as minutes without it."""
    from goldthread.ground.running.actions import keep

    minutes = meter.over(now)
    try:
        keep(minutes)
    except DatabaseError:
        meter.hold(minutes)
    finally:
        connection.close()


def keep_measuring() -> None:
    """For as long as this process lives. Only where pages are served: tests and commands measure nothing."""

    def go_on() -> None:
        while True:
            time.sleep(61 - time.time() % 60)
            try:
                write_down(METER, datetime.now(UTC))
            except Exception:
                log.exception("How the last minute ran was not written down.")

    threading.Thread(target=go_on, name="running", daemon=True).start()


class MeasuredAnswers:
    """Around everything but files: how long each answer took, and whether it was one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.monotonic()
        response = self.get_response(request)
        METER.note(datetime.now(UTC), time.monotonic() - began, has_failed=response.status_code >= 500)
        return response
