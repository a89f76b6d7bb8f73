"""The pages every process gets from its declaration: write a step, see it as written, send it back."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldthread.core.agencies.queries import names_of_users
from goldthread.core.records.drafts import others_in, save_draft
from goldthread.core.records.models import Draft, Record
from goldthread.pathway.actions import Incomplete, NotNow, complete, open_step, send_back
from goldthread.pathway.definition import Detail, Problem
from goldthread.pathway.opening import open_record
from goldthread.pathway.page import draw
from goldthread.pathway.queries import children_of, load_answers, may_do
from goldthread.pathway.registry import definition_of

NOT_ANSWERS = {"csrfmiddlewaretoken", "revision", "press", "words"}


def typed_in(request: HttpRequest, definition: type[Detail]) -> dict[str, Any]:
    """What the form holds, by input name; questions with several boxes as lists."""
    several = {q.name for asked_of in (definition, *definition.parts()) for q in asked_of.questions() if q.kind == "many"}
    found: dict[str, Any] = {}
    for name in request.POST:
        if name not in NOT_ANSWERS:
            found[name] = request.POST.getlist(name) if name.rsplit("-", 1)[-1] in several else request.POST[name]
    return found


def unticked(definition: type[Detail], record: Record, step: str, typed: dict[str, Any]) -> dict[str, Any]:
    """A form says nothing about boxes without a tick: those answers were taken away."""
    answers = load_answers(definition, record)
    names = [sheet.name_of(q.name) for sheet in answers.sheets() for q in sheet.asked_of.questions(step) if q.kind == "many"]
    return {name: None for name in names if name not in typed}


@login_required
@require_http_methods(["GET", "POST"])
def step_page(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """Write one step. Saving never fails for what is missing; completing says what is."""
    record = open_record(request.user, reference)
    definition = definition_of(record.kind)
    if record.step != step:
        return redirect("record", reference=reference)
    refusal = may_do(request.user, record, definition.step(step))
    if refusal:
        return as_written(request, record, notice=refusal)
    draft = open_step(record=record, step=step, by=request.user)
    if request.method == "POST":
        return _posted(request, definition, record, draft)
    return _form(request, definition, record, draft, [])


def _posted(request: HttpRequest, definition: type[Detail], record: Record, draft: Draft) -> HttpResponse:
    typed = typed_in(request, definition)
    typed |= unticked(definition, record, draft.step, typed)
    saved = save_draft(draft=draft, revision=int(request.POST.get("revision") or 0), answers=typed, by=request.user)
    press = request.POST.get("press", "save")
    if saved is None:
        draft.refresh_from_db()
        mine = Draft(
            record=record,
            step=draft.step,
            answers={**draft.answers, **{k: v for k, v in typed.items() if v is not None}},
            revision=draft.revision,
        )
        problem = Problem(
            "Somebody else saved this form after you opened it. Their answers are kept; yours are shown here and not yet saved.", "revision"
        )
        return _form(request, definition, record, mine, [problem], status=409)
    if press == "save":
        messages.success(request, f"Saved at {localtime(draft.saved_at):%H:%M}.")
        return redirect("step", reference=record.reference, step=draft.step)
    if press == "send_back":
        return _sent_back(request, definition, record, draft)
    try:
        done = complete(record=record, step=draft.step, by=request.user)
    except Incomplete as incomplete:
        return _form(request, definition, record, draft, incomplete.problems, status=422)
    except NotNow as late:
        messages.warning(request, str(late))
        return redirect("record", reference=record.reference)
    messages.success(request, f"{definition.title}: “{definition.step(done.step).button.lower()}” done.")
    return redirect("record", reference=record.reference)


def _sent_back(request: HttpRequest, definition: type[Detail], record: Record, draft: Draft) -> HttpResponse:
    try:
        send_back(record=record, by=request.user, words=request.POST.get("words", ""))
    except Incomplete as incomplete:
        return _form(request, definition, record, draft, incomplete.problems, status=422)
    messages.success(request, "Sent back with your comments.")
    return redirect("record", reference=record.reference)


def _form(
    request: HttpRequest, definition: type[Detail], record: Record, draft: Draft, problems: list[Problem], status: int = 200
) -> HttpResponse:
    others = others_in(draft, request.user) if draft.pk else []
    page = draw(definition, record, draft, load_answers(definition, record), problems)
    children = children_of(record)
    context = {
        "page": page,
        "record": record,
        "definition": definition,
        "step": definition.step(draft.step),
        "children": children,
        "others": sorted(names_of_users(others).values()),
        "copies": list(record.fair_copies.order_by("-version")[:1]),
        "written_by": names_of_users([record.recorded_by_id]).get(record.recorded_by_id or 0, ""),
    }
    return render(request, "pathway/step.jinja", context, status=status)


@login_required
@require_POST
def save(request: HttpRequest, reference: str, step: str) -> JsonResponse:
    """Save a draft as it is typed: {revision, answers} in, {revision, saved_at, others} out; 409 with what somebody else saved."""
    record = Record.objects.seen_by(request.user).filter(reference=reference, step=step).first()
    if record is None:
        return JsonResponse({"problem": "This form is no longer open. Look at the record before you write more."}, status=410)
    try:
        sent = json.loads(request.body)
        revision, answers = int(sent["revision"]), dict(sent["answers"])
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"problem": "The save could not be read."}, status=400)
    draft = Draft.objects.filter(record=record, step=step).first()
    if draft is None or may_do(request.user, record, definition_of(record.kind).step(step)):
        return JsonResponse({"problem": "This form is no longer open. Look at the record before you write more."}, status=410)
    saved = save_draft(draft=draft, revision=revision, answers=answers, by=request.user)
    others = sorted(names_of_users(others_in(draft, request.user)).values())
    if saved is None:
        draft.refresh_from_db()
        return JsonResponse({"revision": draft.revision, "taken": draft.answers, "others": others}, status=409)
    return JsonResponse({"revision": saved.revision, "saved_at": f"{localtime(saved.saved_at):%H:%M}", "others": others})


@login_required
@require_GET
def record_page(request: HttpRequest, reference: str) -> HttpResponse:
    """The record as it was written: the fair copy, its versions, what was decided and what follows."""
    return as_written(request, open_record(request.user, reference, "print" if "print" in request.GET else "view"))


def as_written(request: HttpRequest, record: Record, notice: str = "") -> HttpResponse:
    """Draw the newest fair copy (of the asked version), split so that each child's part stands apart."""
    try:
        definition: type[Detail] | None = definition_of(record.kind)
    except LookupError:
        definition = None
    copies = list(record.fair_copies.order_by("-version"))
    wanted = request.GET.get("version", "")
    copy = next((c for c in copies if str(c.version) == wanted), copies[0] if copies else None)
    waiting = definition.step(record.step) if definition and record.step else None
    context = {
        "record": record,
        "definition": definition,
        "copy": copy,
        "copies": copies,
        "notice": notice,
        "children": children_of(record),
        "removed": list(record.children.exclude(removed_at=None).select_related("child")),
        "waiting": waiting,
        "may_not": may_do(request.user, record, waiting) if waiting else None,
        "names": names_of_users([record.recorded_by_id, record.agreed_by_id, *(c.made_by_id for c in copies)]),
        "comments": list(record.comments.order_by("at")),
        "clocks": list(record.clocks.filter(is_current=True).select_related("rule", "child").order_by("due_on")),
        "followed_by": list(Record.objects.seen_by(request.user).filter(follows=record).order_by("happened_on")),
        "detail": definition.objects.filter(record=record).first() if definition else None,
    }
    return render(request, "pathway/record.jinja", context)
