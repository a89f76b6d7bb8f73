"""A session falls asleep when nobody has touched it for a while. What was typed meanwhile is kept and offered again after sign-in."""

from collections.abc import Callable
from time import time
from typing import Any

from django.conf import settings as django_settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone

from goldthread.ground.boot.settings import settings
from goldthread.ground.boot.standby import is_read_from

HEARD, KEPT, IDLE, BEGAN = "heard_at", "kept", "idle_minutes", "began_at"
A_MINUTE = 60
NOT_KEPT = {"sign_in", "sign_out", "sign_in_as", "kept", "own_phrase", "meeting_link", "saml_answer"}
SIGNING_IN = ("mfa_", "account_", "usersessions_")  # a pass phrase or a code is never kept
DRAWN_FOR = "X-Goldthread-Person"
HEARD_HERE: dict[str | None, int] = {}
NOT_ANSWERS = {"csrfmiddlewaretoken"}


class IdleSession:
    """After authentication: somebody away for longer than the setting allows, or signed in for longer than a working day, is
    nobody until they sign in again.

    Their session row stays, so that a form sent from a page left open lands there and not in nothing; whoever else
    signs in on that machine gets a new session, and none of it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.is_asleep = False  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            request.idle_minutes = idle_minutes(request)  # type: ignore[attr-defined]
            heard, now = last_heard(request), int(time())
            is_over = now - request.session.get(BEGAN, now) > django_settings.SESSION_COOKIE_AGE
            if is_over or (heard is not None and now - heard > idle_minutes(request) * A_MINUTE):
                request.user, request.is_asleep = AnonymousUser(), True  # type: ignore[attr-defined]
            elif heard is None or now - heard > A_MINUTE:
                note_heard(request, now)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Runs after the check against forgery: only what this person's own page sent is kept."""
        name = request.resolver_match.url_name if request.resolver_match else None
        if request.method != "POST" or name in NOT_KEPT or (name or "").startswith(SIGNING_IN):
            return None
        if not request.is_asleep and is_of_another(request):  # type: ignore[attr-defined]
            return JsonResponse({"problem": "Somebody else is signed in in this browser now: nothing of this page was taken."}, status=401)
        if not request.is_asleep:  # type: ignore[attr-defined]
            if request.session.get(KEPT, {}).get("path") == request.get_full_path():
                del request.session[KEPT]
            return None
        if request.content_type == "application/json":
            return JsonResponse({"problem": "You have been signed out. Sign in again: what you typed stays here."}, status=401)
        request.session[KEPT] = {"path": request.get_full_path(), "fields": typed_in(request), "at": timezone.now().isoformat()}
        return redirect("sign_in")


def last_heard(request: HttpRequest) -> int | None:
    """When this session was last touched, as far as it says and as far as this process knows."""
    told = [moment for moment in (request.session.get(HEARD), HEARD_HERE.get(request.session.session_key)) if moment is not None]
    return max(told, default=None)


def note_heard(request: HttpRequest, now: int) -> None:
    """In the session; while a standby is read and no session can be saved, in this process alone."""
    if is_read_from():
        HEARD_HERE[request.session.session_key] = now
    else:
        request.session[HEARD] = now


def idle_minutes(request: HttpRequest) -> int:
    """After how many minutes without a touch this session falls asleep: known since the sign-in, by the duties held then."""
    return int(request.session.get(IDLE, settings.idle_minutes))


def is_of_another(request: HttpRequest) -> bool:
    """Sent by a page that was drawn for somebody else than whoever is signed in in this browser now."""
    drawn_for = request.headers.get(DRAWN_FOR)
    return bool(drawn_for) and drawn_for != str(request.user.pk)


def typed_in(request: HttpRequest) -> list[list[str]]:
    """Every field of the form that was sent, in order, several boxes of one name each by itself."""
    return [[name, value] for name, values in request.POST.lists() if name not in NOT_ANSWERS for value in values]
