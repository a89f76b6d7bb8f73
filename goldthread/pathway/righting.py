"""Putting a record right: taking it off the wrong child, withdrawing it. Nothing is deleted. Corrections are in correcting.py."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from goldthread.core.records.actions import take_off_child, withdraw
from goldthread.core.records.models import Record
from goldthread.ground.audit.middleware import Refused
from goldthread.ground.codes.code_lists import codes
from goldthread.pathway.opening import open_record
from goldthread.pathway.queries import children_of, may_correct
from goldthread.pathway.who import who


def opened(request: HttpRequest, reference: str) -> Record:
    """The record, for someone who may put it right. Refused otherwise."""
    open_record(request.user, reference)
    return may_put_right(request, reference)


def may_put_right(request: HttpRequest, reference: str) -> Record:
    """The same without another look being written down: for what is saved as it is typed."""
    record = Record.objects.seen_by(request.user).filter(reference=reference).first()
    if record is None or not may_correct(request.user, record):
        raise Refused(f"putting right {reference}", tuple(child.pk for child in children_of(record)) if record else ())
    return record


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
