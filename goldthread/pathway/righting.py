"""Putting a record right: a correction with its reason, taking it off the wrong child, withdrawing it. Nothing is deleted."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from goldthread.core.records.actions import take_off_child, withdraw
from goldthread.core.records.models import Draft, Record
from goldthread.ground.audit.middleware import Refused
from goldthread.ground.codes.code_lists import codes
from goldthread.pathway.actions import Incomplete, correct, retyped
from goldthread.pathway.definition import Detail, Problem
from goldthread.pathway.opening import open_record
from goldthread.pathway.page import draw
from goldthread.pathway.queries import children_of, load_answers, may_correct, may_do
from goldthread.pathway.registry import definition_of
from goldthread.pathway.typed_in import posted
from goldthread.pathway.who import who


def opened(request: HttpRequest, reference: str) -> Record:
    """The record, for someone who may put it right. Refused otherwise."""
    record = open_record(request.user, reference)
    if not may_correct(request.user, record):
        raise Refused(f"putting right {reference}", tuple(child.pk for child in children_of(record)))
    return record


@login_required
@require_http_methods(["GET", "POST"])
def correct_page(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """A completed step written anew: every answer as it stands, and why it changes. Earlier copies stay."""
    record = opened(request, reference)
    definition = definition_of(record.kind)
    if may_do(request.user, record, definition.step(step)):
        raise Refused(f"correcting {step} of {reference}", tuple(child.pk for child in children_of(record)))
    if record.state == Record.VOID or not record.fair_copies.filter(step=step).exists():
        raise Http404("Only a completed step can be corrected.")
    if request.method == "GET":
        return _correction(request, definition, record, step, retyped(load_answers(definition, record), step), [])
    typed = {name: value for name, value in posted(request, definition, record, step).items() if value is not None}
    why = request.POST.get("correction_why", "")
    try:
        correct(record=record, step=step, by=request.user, raw=typed, why=why)
    except Incomplete as incomplete:
        return _correction(request, definition, record, step, typed, incomplete.problems, why, status=422)
    messages.success(request, "Corrected. The earlier version is kept.")
    return redirect("record", reference=reference)


def _correction(
    request: HttpRequest,
    definition: type[Detail],
    record: Record,
    step: str,
    typed: dict[str, Any],
    problems: list[Problem],
    why: str = "",
    status: int = 200,
) -> HttpResponse:
    shown = Draft(record=record, step=step, answers=typed)
    page = draw(definition, record, shown, load_answers(definition, record), problems)
    error = next((problem.words for problem in problems if problem.name == "correction_why"), "")
    context = {
        "page": page,
        "record": record,
        "definition": definition,
        "children": who(children_of(record)),
        "why": why,
        "why_error": error,
    }
    return render(request, "pathway/correct.jinja", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def take_off_page(request: HttpRequest, reference: str) -> HttpResponse:
    """The entry leaves the file of a child it was not about, with the reason and a trace."""
    record = opened(request, reference)
    children = children_of(record)
    child = next((c for c in children if c.reference == request.POST.get("child")), None)
    errors = []
    if request.method == "POST":
        if child is None:
            errors.append({"text": "Choose the child this entry is not about.", "href": "#child", "name": "child"})
        errors += _reason_missing(request)
        if not errors and child is not None:
            take_off_child(record=record, child=child.pk, why=_reason(request, "record.removal_reason"), by=request.user)
            messages.success(request, f"Taken off {child}’s file. The record says who did it and why.")
            seen = Record.objects.seen_by(request.user).filter(pk=record.pk).exists()
            return redirect("record", reference=reference) if seen else redirect("/")
    context = _righting(request, record, errors, "record.removal_reason") | {"options": [(c.reference, str(c)) for c in children]}
    return render(request, "pathway/take_off.jinja", context, status=422 if errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def withdraw_page(request: HttpRequest, reference: str) -> HttpResponse:
    """The record should not have been made: it is marked so, its clocks stop, and it stays."""
    record = opened(request, reference)
    if record.state == Record.VOID:
        return redirect("record", reference=reference)
    errors = _reason_missing(request) if request.method == "POST" else []
    if request.method == "POST" and not errors:
        withdraw(record=record, why=_reason(request, "record.void_reason"), by=request.user)
        messages.success(request, "Withdrawn. The record stays, marked as withdrawn.")
        return redirect("record", reference=reference)
    return render(
        request, "pathway/withdraw.jinja", _righting(request, record, errors, "record.void_reason"), status=422 if errors else 200
    )


def _reason_missing(request: HttpRequest) -> list[dict[str, str]]:
    missing = []
    if not request.POST.get("reason"):
        missing.append({"text": "Choose the reason.", "href": "#reason", "name": "reason"})
    if not request.POST.get("why", "").strip():
        missing.append({"text": "Say in a sentence what happened.", "href": "#why", "name": "why"})
    return missing


def _reason(request: HttpRequest, listed: str) -> str:
    return f"{codes(listed).label(request.POST['reason'])}. {request.POST['why'].strip()}"


def _righting(request: HttpRequest, record: Record, errors: list[dict[str, str]], listed: str) -> dict[str, Any]:
    return {
        "record": record,
        "title": record.headline,
        "children": who(children_of(record)),
        "errors": errors,
        "wrong": {error["name"]: error["text"] for error in errors},
        "typed": {name: request.POST.get(name, "") for name in ("child", "reason", "why")},
        "reasons": codes(listed).choices(),
    }
