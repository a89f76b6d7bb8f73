"""One transaction a request, with its actor named; a refusal is written down after the roll-back."""

import secrets
from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse

from goldthread.ground.audit.acting import acting, actor_of, have_patience, name_actor
from goldthread.ground.audit.reading import log_reading
from goldthread.ground.boot.settings import settings

Responder = Callable[[HttpRequest], HttpResponse]


class Refused(Http404):
    """The person asking has no reason to know. Looks like a page that does not exist, and is written down."""

    def __init__(self, what: str, people: tuple[int, ...] = ()) -> None:
        super().__init__(what)
        self.what = what
        self.people = people


class OneTransaction:
    """Outermost of ours: opens the transaction, renders inside it, rolls back what failed or was refused."""

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_key = secrets.token_hex(8)  # type: ignore[attr-defined]
        with transaction.atomic():
            name_actor("anonymous", request=request.request_key, patience=settings.patience_seconds)  # type: ignore[attr-defined]
            response = self.get_response(request)
            if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                response.render()
            if response.status_code >= 500 or response.status_code in (403, 404):
                transaction.set_rollback(True)
            elif request.method not in ("GET", "HEAD") and not transaction.get_rollback():
                have_patience()
        refusal = getattr(request, "refusal", None)
        if refusal is not None:
            with acting(request.user, request=request.request_key):  # type: ignore[attr-defined]
                log_reading(request.user, "refused", refusal.what, refusal.people)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if isinstance(exception, Refused):
            request.refusal = exception  # type: ignore[attr-defined]
        elif isinstance(exception, PermissionDenied):
            request.refusal = Refused(f"page {request.path}")  # type: ignore[attr-defined]


class NamedActor:
    """After authentication: the database learns who is asking."""

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name_actor(actor_of(request.user), request=getattr(request, "request_key", ""))
        return self.get_response(request)
