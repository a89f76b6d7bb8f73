"""The imports page: what was read, when, and what somebody has to put right."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime

from goldthread.ground.access.predicate import is_without_post, standing
from goldthread.ground.audit.middleware import Refused
from goldthread.ground.audit.reading import log_reading
from goldthread.ground.design.words import counted
from goldthread.ground.time.words import short_day
from goldthread.out.exchange.models import ImportRun
from goldthread.out.exchange.queries import counted_in_words, faults_of, runs, write_faults

MAY_LOOK = {"data_officer", "administrator"}
PAGE = 100
RUNS = [{"text": "File"}, {"text": "When"}, {"text": "Census"}, {"text": "Children", "numeric": True}, {"text": "Faults", "numeric": True}, {"text": "How it went"}]  # fmt: skip
FAULTS = [{"text": "Line", "numeric": True}, {"text": "Child’s id"}, {"text": "Element"}, {"text": "What is wrong"}, {"text": "What to do"}, {"text": "Effect"}]  # fmt: skip


def _for_the_data_officer(request: HttpRequest) -> None:
    """Census warnings go to the data officer and never interrupt casework (practice rules)."""
    if not (is_without_post(request.user) or standing(request.user).duties & MAY_LOOK):
        raise Refused("imports")


@login_required
def imports(request: HttpRequest) -> HttpResponse:
    """Every import, the newest first."""
    _for_the_data_officer(request)
    page = Paginator(runs(), PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "columns": RUNS,
        "rows": [
            [
                {"words": run.file_name, "href": reverse("import_run", args=[run.pk])},
                _moment(run),
                _census(run),
                run.children,
                run.faults_found,
                how_it_went(run),
            ]
            for run in page
        ],
        "summary": counted(page.paginator.count, "import"),
    }
    return render(request, "exchange/imports.jinja", context)


@login_required
def import_run(request: HttpRequest, key: int) -> HttpResponse:
    """One import with its counts and every fault it kept, a page at a time or as CSV."""
    _for_the_data_officer(request)
    run = runs().filter(pk=key).first()
    if run is None:
        raise Refused(f"import {key}")
    log_reading(request.user, "export" if request.GET.get("as") == "csv" else "list", request.get_full_path())
    if request.GET.get("as") == "csv":
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="import-{run.pk}-faults.csv"'
        write_faults(run, response)  # type: ignore[arg-type]
        return response
    page = Paginator(faults_of(run), PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "run": run,
        "lead": f"{_census(run)}. {how_it_went(run)}",
        "counts": counted_in_words(run) if run.finished_at and run.same_as is None else [],
        "columns": FAULTS,
        "rows": [[fault.line, fault.la_child_id, fault.element, fault.what_is_wrong, fault.what_to_do, fault.severity] for fault in page],
        "summary": counted(page.paginator.count, "fault"),
        "earlier_href": f"?page={page.previous_page_number()}" if page.has_previous() else "",
        "later_href": f"?page={page.next_page_number()}" if page.has_next() else "",
    }
    return render(request, "exchange/import_run.jinja", context)


def how_it_went(run: ImportRun) -> str:
    """In one sentence."""
    if run.refused:
        return f"Refused: {run.refused}"
    if run.same_as is not None:
        return f"The very file imported on {_moment(run.same_as)}: nothing changed."
    if run.broken_off_at:
        return "Broken off. Import the file again: what is there already is passed over."
    return "Finished." if run.finished_at else "At work now."


def _census(run: ImportRun) -> str:
    return f"Children in need {run.year - 1}-{run.year % 100:02d}, authority {run.authority}" if run.year else "Not known"


def _moment(run: ImportRun) -> str:
    at = localtime(run.started_at)
    return f"{short_day(at.date())} at {at:%H:%M}"
