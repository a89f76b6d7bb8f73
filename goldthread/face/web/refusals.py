"""What is said when a page cannot be shown. A refusal reads the same whether or not there is such a child."""

import sys
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.utils import timezone

from goldthread.face.web.sessions import typed_in
from goldthread.ground.boot.outages import Outage, outage_behind
from goldthread.ground.design.frame import PRODUCT_NAME, Frame

WORDS = {
    400: ("That request could not be read", "The address or the form was not complete. Go back and try again."),
    403: ("You may not do this", "Nothing was changed. If this is part of your work, ask your manager."),
    404: (
        "There is nothing here for you",
        "Either there is no such page, or it is about somebody you have no reason to see. "
        "Check the address. If this is part of your work, ask your manager to give it to you.",
    ),
    500: ("Something went wrong", "Nothing from the last press was saved. What you typed before it is. Try again in a minute."),
}


def refuse(request: HttpRequest, status: int, outage: Outage | None = None, said: tuple[str, str] | None = None) -> HttpResponse:
    """The plain page of a refusal. It asks the database nothing and knows nobody, so that it is the same for all."""
    heading, words = (outage.heading, outage.words) if outage else said or WORDS[status]
    if request.accepts("application/json") and not request.accepts("text/html"):
        return JsonResponse({"problem": words}, status=status)
    context = {
        "heading": heading,
        "words": words,
        "is_outage": outage is not None,
        "frame": Frame(),
        "notices": [],
        "product_name": PRODUCT_NAME,
        "drawn_at": timezone.localtime(),
        "csp_nonce_request": request,
    }
    return HttpResponse(engines["jinja2"].get_template("web/refusal.jinja").template.render(context), status=status)  # type: ignore[attr-defined]


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refuse(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refuse(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refuse(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours; or the database does not do what was asked, which is told as what it is."""
    outage = outage_behind(sys.exc_info()[1])
    if outage is None:
        return refuse(request, 500)
    return refuse_for_outage(request, outage)


def refuse_for_outage(request: HttpRequest, outage: Outage) -> HttpResponse:
    """503, with when to try again; the answer carries the outage, for whoever can do something about it."""
    answer = refuse(request, 503, outage)
    answer.outage = outage  # type: ignore[attr-defined]
    if outage.again is not None:
        answer.headers["Retry-After"] = str(outage.again)
    return answer


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form of a page opened before the last sign-in. Sent from our own page, it is offered again; from elsewhere, never."""
    from django.shortcuts import render

    fields: list[list[str]] = []
    if is_from_here(request) and request.user.is_authenticated:
        fields = typed_in(request)
    context: dict[str, Any] = {"path": request.get_full_path(), "fields": fields, "kept_at": None, "is_out_of_date": True}
    return render(request, "web/kept.jinja", context, status=403)


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that one of our own pages sent this."""
    origin = request.headers.get("Origin") or ""
    return bool(origin) and urlsplit(origin).netloc == request.get_host()
