"""When the primary cannot be reached: a few pages are drawn from a standby, read only, and every other says what can be done now."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from goldthread.face.web.refusals import refuse_for_outage
from goldthread.ground.audit.spool import replay, waiting
from goldthread.ground.boot.outages import AWAY, READ_ONLY, Outage
from goldthread.ground.boot.standby import PRIMARY, is_named, reading_from_standby

# What somebody needs at two in the morning: to find a child, what to know before knocking, and whom to ring.
DRAWN = {"home", "search", "child", "child_alerts", "child_people", "person"}
log = logging.getLogger("goldthread.looks")


class FromStandby:
    """Around the one transaction: it decides, and nothing within needs to know. Access is decided by the same words, asked of the standby."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.is_to_replay = True  # what an earlier process of this machine left

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_named():
            return self.get_response(request)
        if not PRIMARY.is_left_alone:
            response = self.get_response(request)
            if getattr(response, "outage", None) not in (AWAY, READ_ONLY):
                self.is_back()
                return response
            PRIMARY.is_away()
        if request.method not in ("GET", "HEAD") or asked(request) not in DRAWN:
            return nothing_saved(request)
        try:
            with reading_from_standby():
                return self.get_response(request)
        finally:
            self.is_to_replay = True

    def is_back(self) -> None:
        """What was read meanwhile goes into the reading log, after the first page that was answered."""
        PRIMARY.answers()
        if not self.is_to_replay:
            return
        self.is_to_replay = False  # before, not after: a look written meanwhile asks for it again
        try:
            replay()
        except (DatabaseError, OSError):
            log.exception("Looks at the standby could not be taken into the reading log; it is tried again with the next page.")
        if waiting():
            self.is_to_replay = True


def asked(request: HttpRequest) -> str | None:
    """The page’s name."""
    try:
        return resolve(request.path).url_name
    except Resolver404:
        return None


def nothing_saved(request: HttpRequest) -> HttpResponse:
    """The page for everything else. Whoever signs out is at least signed out in this browser."""
    is_leaving = request.method == "POST" and asked(request) == "sign_out"
    outage = Outage(
        f"Read only since {PRIMARY.since_in_words}: nothing can be saved now",
        ("You are signed out in this browser. " if is_leaving else "")
        + "A child is in danger now: ring 999. What you typed in a form that saves itself waits in your browser and is sent when saving works "
        "again; write other things on paper. My work, search, children’s summaries, alerts and whom to ring can be read.",
        30,
    )
    answer = refuse_for_outage(request, outage)
    if is_leaving:
        answer.delete_cookie(settings.SESSION_COOKIE_NAME)
    return answer
