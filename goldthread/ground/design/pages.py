"""Every component in its states, for those who build pages. Shown only in debug or on a demonstration."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from goldthread.ground.boot.bodies import read_json
from goldthread.ground.design import examples, examples_asked, frame

Page = Callable[[HttpRequest], HttpResponse]


def for_builders(page: Page) -> Page:
    """404 where real children are."""

    @wraps(page)
    def shown(request: HttpRequest) -> HttpResponse:
        if not settings.DEBUG and not frame.frame(request)["frame"].is_demo:
            raise Http404
        return page(request)

    return shown


@for_builders
def components(request: HttpRequest) -> HttpResponse:
    return render(request, "design/builders/components.jinja", examples.components())


@for_builders
def form(request: HttpRequest) -> HttpResponse:
    return render(request, "design/builders/form.jinja", examples_asked.form())


@for_builders
def work(request: HttpRequest) -> HttpResponse:
    return render(request, "design/builders/list.jinja", examples.work())


@for_builders
@require_POST
def draft(request: HttpRequest) -> JsonResponse:
    """Answers as a draft's address does, and keeps nothing."""
    sent: dict[str, Any] = read_json(request)
    return JsonResponse({"revision": sent["revision"] + 1, "saved_at": "14:32", "open_by": []})
