"""Whoever may only read: what they send is refused before any page looks at it, in whatever room the page stands."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from goldthread.face.web.refusals import refuse
from goldthread.ground.access.predicate import standing
from goldthread.ground.audit.middleware import Refused

SAFE = {"GET", "HEAD", "OPTIONS"}
# What changes nothing about anybody but one's own sign-in, and how fresh a figure is.
OWN = {"sign_in", "sign_in_as", "sign_out", "own_phrase", "saml_answer", "count_again", "know_them", "own_conflicts"}
OWN_SIGN_IN = ("mfa_", "account_", "usersessions_")
HEADING = "You read with this sign-in"
WORDS = "Nothing was changed: whoever reads with this sign-in writes nothing here. Tell whoever works with the record."


def is_own(name: str) -> bool:
    return name in OWN or name.startswith(OWN_SIGN_IN)


class ReadsOnly:
    """After the second step. Restriction, and who sees whom, are matters of the predicate; this is only about writing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if request.method in SAFE or not request.user.is_authenticated:
            return None
        name = (request.resolver_match.url_name if request.resolver_match else None) or ""
        if is_own(name) or not standing(request.user).reads_only:
            return None
        request.refusal = Refused(f"sent to {request.path}")  # type: ignore[attr-defined]
        return refuse(request, 403, said=(HEADING, WORDS))
