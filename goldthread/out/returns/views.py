"""The returns page: asking for a return, seeing how far it has come, and what was counted and left out."""

import json
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime
from django.views.decorators.http import require_GET, require_http_methods

from goldthread.core.agencies.queries import names_of_users
from goldthread.ground import jobs
from goldthread.ground.access.predicate import is_without_post, standing
from goldthread.ground.audit.middleware import Refused
from goldthread.ground.audit.reading import log_reading
from goldthread.ground.boot.queries import responsible_authority
from goldthread.ground.boot.trouble import Trouble
from goldthread.ground.design.words import counted
from goldthread.ground.time.words import short_day
from goldthread.out.returns.actions import begin_return
from goldthread.out.returns.cin.asked import YEARS, in_words
from goldthread.out.returns.cin.items import CensusYear
from goldthread.out.returns.cin.tally import lines_of
from goldthread.out.returns.jobs import write
from goldthread.out.returns.models import ReturnRun
from goldthread.out.returns.queries import file_of, is_kept, is_silent, runs

MAY_LOOK = {"data_officer", "administrator"}
PAGE = 50
RUNS = [{"text": "Return"}, {"text": "As at"}, {"text": "Asked for"}, {"text": "Children", "numeric": True}, {"text": "Left out", "numeric": True}, {"text": "How it went"}]  # fmt: skip
LEFT_OUT = [{"text": "What was left out, and why"}, {"text": "Records", "numeric": True}]
OTHERWISE = [{"text": "What is written otherwise than recorded"}, {"text": "Times", "numeric": True}]


def for_the_data_officer(request: HttpRequest) -> None:
    """A return holds every child, restricted ones too: those see it who answer for it, as with imports."""
    if not (is_without_post(request.user) or standing(request.user).duties & MAY_LOOK):
        raise Refused("returns")


@login_required
@require_http_methods(["GET", "POST"])
def returns(request: HttpRequest) -> HttpResponse:
    """Every return, the newest first, and the form that asks for one."""
    for_the_data_officer(request)
    problems: dict[str, str] = {}
    if request.method == "POST":
        problems = _problems(request)
        if not problems:
            try:
                run = begin_return(
                    year=int(request.POST["year"]), authority=responsible_authority(), at=_day(request.POST.get("at", "")), by=request.user
                )
            except Trouble as trouble:
                problems = {"at": str(trouble)}
            else:
                jobs.enqueue(write, run=run.pk, one_at_a_time="return")
                return redirect("return_run", key=run.pk)
    page = Paginator(runs(), PAGE).get_page(request.GET.get("page"))
    names = names_of_users(run.by_id for run in page if run.by_id)
    context: dict[str, Any] = {
        "years": [("", "Choose a census"), *((str(year), in_words(year)) for year in _begun())],
        "typed": request.POST,
        "problems": problems,
        "errors": [{"text": words, "href": f"#{name}"} for name, words in problems.items()],
        "columns": RUNS,
        "rows": [_row(run, names) for run in page],
        "summary": counted(page.paginator.count, "return"),
        "earlier_href": f"?page={page.previous_page_number()}" if page.has_previous() else "",
        "later_href": f"?page={page.next_page_number()}" if page.has_next() else "",
    }
    return render(request, "returns/returns.jinja", context, status=422 if problems else 200)


@login_required
@require_GET
def return_run(request: HttpRequest, key: int) -> HttpResponseBase:
    """One return: how far it has come; then what it counted and left out, its file and its manifest."""
    for_the_data_officer(request)
    run = runs().filter(pk=key).first()
    if run is None:
        raise Refused(f"return {key}")
    wanted = request.GET.get("as")
    if wanted in ("file", "manifest") and run.finished_at:
        return _download(request, run, wanted)
    work, manifest = run.work, run.work.manifest or {}
    context: dict[str, Any] = {
        "run": run,
        "how_far": f"As at {short_day(run.at)}. {how_it_went(run)}",
        "is_going": run.is_going and not is_silent(run),
        "is_kept": is_kept(run),
        "done": work.done,
        "total": work.total,
        "lines": lines_of({**manifest, "left_out": [], "otherwise": []})[1:] if manifest else [],
        "size": f"{size / 1e6:,.1f} MB" if (size := run.size or 0) >= 1_000_000 else f"{size / 1e3:,.0f} kB",
        "left_out_columns": LEFT_OUT,
        "left_out": [[one["words"], len(one["records"])] for one in manifest.get("left_out", [])],
        "otherwise_columns": OTHERWISE,
        "otherwise": [[one["words"], len(one["keys"])] for one in manifest.get("otherwise", [])],
    }
    return render(request, "returns/return_run.jinja", context)


def _download(request: HttpRequest, run: ReturnRun, wanted: str) -> HttpResponseBase:
    """The file as it was written, or its manifest; written down as an export."""
    if wanted == "file" and not is_kept(run):
        raise Refused(f"file of return {run.pk}")
    log_reading(request.user, "export", request.get_full_path())
    if wanted == "file":
        response: HttpResponseBase = StreamingHttpResponse(file_of(run), content_type="application/xml; charset=utf-8")
        response["Content-Length"] = str(run.size)
        name = run.file_name
    else:
        response = HttpResponse(json.dumps(run.work.manifest, indent=1), content_type="application/json")
        name = f"{run.file_name}.manifest.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def how_it_went(run: ReturnRun) -> str:
    """In one sentence."""
    if run.refused:
        return f"Not written: {run.refused}"
    if run.broken_off_at or is_silent(run):
        return "Broken off. Ask for it again."
    if run.finished_at:
        return "Finished."
    return f"At work now: {run.work.done:,} of {run.work.total:,} children." if run.work.total else "Waiting for the worker."


def _row(run: ReturnRun, names: dict[int, str]) -> list[Any]:
    at = localtime(run.asked_at)
    by = names.get(run.by_id, "") if run.by_id else "at a keyboard"
    return [
        {
            "words": f"Children in need {in_words(run.year)}",
            "href": reverse("return_run", args=[run.pk]),
            "note": f"authority {run.authority}",
        },
        short_day(run.at),
        f"{short_day(at.date())} at {at:%H:%M}, {by}",
        "not yet" if run.children is None else run.children,
        "not yet" if run.left_out is None else run.left_out,
        how_it_went(run),
    ]


def _begun() -> list[int]:
    """The census years of which there is something to tell, the newest first."""
    return [year for year in reversed(YEARS) if CensusYear(year, "").first_day <= localdate()]


def _problems(request: HttpRequest) -> dict[str, str]:
    problems = {}
    if request.POST.get("year") not in {str(year) for year in _begun()}:
        problems["year"] = "Choose the census."
    if request.POST.get("at") and _day(request.POST["at"]) is None:
        problems["at"] = "Write the day as 31/3/2026 or choose it, or leave it empty."
    return problems


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None
