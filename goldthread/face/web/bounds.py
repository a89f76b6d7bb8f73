"""Requests that bring more than the product reads are refused in a sentence, and what was typed is given back."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import resolve

from goldthread.face.web.headers import SIGN_IN
from goldthread.face.web.refusals import refuse
from goldthread.face.web.sessions import typed_in
from goldthread.ground.boot.bodies import FORM, is_for_a_file, longest_body, without_zeros
from goldthread.ground.boot.settings import settings

HEADING = "That is more than this page can take"
TOO_LARGE = f"No form holds more than {settings.form_megabytes} MB. Nothing was saved from this press."
TOO_LARGE_TO_READ = f"{TOO_LARGE} Go back: what was saved before it is there."
DRAFT_TOO_LARGE = (
    f"This form holds more than {settings.form_megabytes} MB, which is more than can be saved. A picture may have been pasted: take it out."
)
UNREAD = "That could not be read"
UNREADABLE = "What was sent holds a character that no record can keep (code nought). Take it out and send it again."
THROWN_AWAY_AT_MOST = 64 * 1024**2  # read past, so that a browser that is still sending hears the answer
PIECE = 64 * 1024
METHODS = ["GET", "HEAD", "POST", "OPTIONS"]


class Bounds:
    """First of all that reads a body: beyond the bound of its page nothing of it is read, whoever sends it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if "\0" in request.path_info:
            return refuse(request, 400)
        if length_of(request) > FORM and length_of(request) > longest_body(_view_of(request)):
            _throw_away(request)
            return refuse(request, 413, said=(HEADING, TOO_LARGE_TO_READ))
        return self.get_response(request)


class GivenBack:
    """After the check against forgery: a form over the setting is shown again in full, to copy from, and is not taken."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if _has_zeros(request):
            if request.method != "POST" or _has_zeros_in(request.GET):
                return refuse(request, 400, said=(UNREAD, UNREADABLE))
            return _given_back(request, UNREAD, UNREADABLE, 422)
        if length_of(request) <= FORM or is_for_a_file(view):
            return None
        if (request.accepts("application/json") and not request.accepts("text/html")) or request.content_type == "application/json":
            return JsonResponse({"problem": DRAFT_TOO_LARGE}, status=413)
        return _given_back(request, HEADING, TOO_LARGE, 413)


def _given_back(request: HttpRequest, heading: str, words: str, status: int) -> HttpResponse:
    fields = [] if _signs_in(request) else without_zeros(typed_in(request))
    said = {"heading": heading, "words": words, "path": request.path, "fields": fields}
    return render(request, "web/given_back.jinja", said, status=status)


def length_of(request: HttpRequest) -> int:
    """What the request says it brings. A body without a length is never read: the server gives Django none of it."""
    words = request.META.get("CONTENT_LENGTH") or "0"
    return int(words) if words.isdecimal() else 0


def _view_of(request: HttpRequest) -> Any:
    try:
        return resolve(request.path_info).func
    except Http404:
        return None


def _signs_in(request: HttpRequest) -> bool:
    """A pass phrase is not shown again."""
    return request.path.startswith(SIGN_IN)


def _has_zeros(request: HttpRequest) -> bool:
    is_form = request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data")
    return _has_zeros_in(request.GET) or (is_form and _has_zeros_in(request.POST))


def _has_zeros_in(typed: QueryDict) -> bool:
    return any("\0" in value for _, values in typed.lists() for value in values)


def _throw_away(request: HttpRequest) -> None:
    """Some of what is still coming; whoever sends yet more finds the line closed."""
    left = min(length_of(request), THROWN_AWAY_AT_MOST)
    while left > 0 and (piece := request.read(min(PIECE, left))):
        left -= len(piece)
