"""What the log may say: what went wrong, where in the code, and when. Never who it was about, what was typed, or what opens a door.

Whoever reads a log has not been let into a record. So an address is told as the product's own pattern (`/child/<str:reference>/`),
without what stood in its place and without its query; an error is told by its kind and its lines of code, without its words, unless
they tell of the machine; what PostgreSQL quotes of a row is left out. A line break that somebody sent begins no new line.
"""

import logging
import re
import traceback
from types import TracebackType
from typing import Any

from django.core.exceptions import DisallowedHost, ImproperlyConfigured
from django.db import Error as DatabaseError
from django.db import OperationalError
from django.http import Http404, HttpRequest
from django.urls import resolve

from goldthread.ground.boot.outages import AWAY, CROWDED, FULL, READ_ONLY, outage_behind
from goldthread.ground.boot.trouble import Trouble, chain

# Their words tell of the machine or of the code. Of the database's, the first line does; what follows quotes rows.
TELLING = (OSError, ImportError, NameError, AttributeError, ImproperlyConfigured, OperationalError, Trouble)
# No line of our code has a part in these, and everybody meets them at once.
OUTSIDE = (AWAY, CROWDED, FULL, READ_ONLY)
QUERY = re.compile(r"\?[^\s\"'>]+")
URL_PASSWORD = re.compile(r"(\w+://)[^\s/@]+@")
CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Discreet(logging.Formatter):
    """One line a message, its time with the zone, then the code's lines where something went wrong."""

    default_msec_format = None

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S%z")

    def format(self, record: logging.LogRecord) -> str:
        kept = record.msg, record.args, record.exc_text
        try:
            record.msg, record.args, record.exc_text = self.words_of(record), None, None
            return super().format(record)
        finally:
            record.msg, record.args, record.exc_text = kept

    def words_of(self, record: logging.LogRecord) -> str:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            return f"{getattr(record, 'status_code', '')} {request.method} {pattern_of(request)}".strip()
        if record.name.startswith("django.security."):
            return record.name.rpartition(".")[2]
        return safe(record.getMessage())

    def formatException(self, ei: ExcInfo) -> str:
        outage = outage_behind(ei[1])
        if outage and outage in OUTSIDE:
            return outage.heading + next((words for one in chain(ei[1]) if (words := words_of(one))), "")
        told: list[str] = []
        for error in chain(ei[1]):
            lines = traceback.format_tb(error.__traceback__)
            told.append("".join([*lines, f"{type(error).__module__}.{type(error).__qualname__}{words_of(error)}"]))
            if error.__cause__ is None and error.__suppress_context__:
                break
        return "\n\nwhich came of\n\n".join(told)


def pattern_of(request: HttpRequest) -> str:
    """The address as the product writes it; what nobody wrote is told by nothing but that."""
    match = request.resolver_match
    try:
        return f"/{(match or resolve(request.path_info)).route}"
    except Http404:
        return "an address that is not there"


def words_of(error: BaseException) -> str:
    """ ": " and what the error says, where it tells of the machine; else of the database's its code and constraint, or nothing."""
    if isinstance(error, TELLING) and not isinstance(error, DisallowedHost):
        return f": {safe(str(error).partition(chr(10))[0])}"
    if isinstance(error, DatabaseError):
        cause: Any = error.__cause__
        found = [getattr(cause, "sqlstate", None), getattr(getattr(cause, "diag", None), "constraint_name", None)]
        return "".join(f" {word}" for word in found if word)
    return ""


def safe(words: str) -> str:
    return CONTROL.sub(" ", QUERY.sub("?…", URL_PASSWORD.sub(r"\1…@", words)))
