"""Nobody opens anything by a pass phrase alone: until a second step is shown or set up, there is one page."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from goldthread.ground.access.queries import has_second_step

# In the session: by what the second step was passed; and where they were going before they had set one up.
PASSED, GOING = "second_step", "going_to"
DEMO = "demo"
SETTING_UP = {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "sign_out"}
KNOW_NOBODY = {"away", "away_worker"}  # the browser asks for these by itself, and nobody is going there
WORDS = "You are not fully signed in. Sign in again: what you typed stays here."


def is_whole(request: HttpRequest) -> bool:
    """Whether whoever is signed in here has passed every step."""
    return bool(request.session.get(PASSED))


class SecondStep:
    """After the idle session: whoever came by a pass phrase alone sets up a second step, and opens nothing else before."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        name = request.resolver_match.url_name if request.resolver_match else None
        if not request.user.is_authenticated or is_whole(request) or name in KNOW_NOBODY:
            return None
        if has_second_step(request.user.pk):
            # Set up elsewhere meanwhile: this session has not shown it.
            logout(request)
            return redirect("sign_in")
        if name in SETTING_UP:
            return None
        if request.content_type == "application/json" or request.path.startswith("/api/"):
            return JsonResponse({"problem": WORDS}, status=401)
        if request.method == "GET":
            request.session[GOING] = request.get_full_path()
        return redirect("mfa_index")
