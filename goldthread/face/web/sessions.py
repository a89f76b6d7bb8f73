"""A session falls asleep when nobody has touched it for a while. What was typed meanwhile is kept and offered again after sign-in."""

from collections.abc import Callable
from time import time
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone

from goldthread.ground.boot.settings import settings

HEARD, KEPT = "heard_at", "kept"
A_MINUTE = 60
NOT_KEPT = {"sign_in", "sign_out", "sign_in_as", "kept", "own_phrase", "meeting_link"}
NOT_ANSWERS = {"csrfmiddlewaretoken"}


class IdleSession:
    """After authentication: somebody away for longer than the setting allows is nobody until they sign in again.

    Their session row stays, so that a form sent from a page left open lands there and not in nothing; whoever else
    signs in on that machine gets a new session, and none of it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.is_asleep = False  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            heard, now = request.session.get(HEARD), int(time())
            if heard is not None and now - heard > settings.idle_minutes * A_MINUTE:
                request.user, request.is_asleep = AnonymousUser(), True  # type: ignore[attr-defined]
            elif heard is None or now - heard > A_MINUTE:
                request.session[HEARD] = now
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Runs after the check against forgery: only what this person's own page sent is kept."""
        name = request.resolver_match.url_name if request.resolver_match else None
        if request.method != "POST" or name in NOT_KEPT:
            return None
        if not request.is_asleep:  # type: ignore[attr-defined]
            if request.session.get(KEPT, {}).get("path") == request.get_full_path():
                del request.session[KEPT]
            return None
        if request.content_type == "application/json":
            return JsonResponse(
                {"problem": "You have been signed out. Sign in again in another window: what you typed stays here."}, status=401
            )
        request.session[KEPT] = {"path": request.get_full_path(), "fields": typed_in(request), "at": timezone.now().isoformat()}
        return redirect("sign_in")


def typed_in(request: HttpRequest) -> list[list[str]]:
    """Every field of the form that was sent, in order, several boxes of one name each by itself."""
    return [[name, value] for name, values in request.POST.lists() if name not in NOT_ANSWERS for value in values]
