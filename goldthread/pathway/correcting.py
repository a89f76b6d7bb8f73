"""A completed step written anew. What is typed is a draft of its own, beside that of any step the record waits for."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from goldthread.core.agencies.queries import names_of_users
from goldthread.core.records.drafts import discard_draft, open_draft, others_in, save_draft
from goldthread.core.records.models import Draft, Record
from goldthread.ground.audit.middleware import Refused
from goldthread.pathway.actions import Incomplete, correct, retyped
from goldthread.pathway.definition import Detail, Problem
from goldthread.pathway.page import draw
from goldthread.pathway.queries import children_of, load_answers, may_do
from goldthread.pathway.registry import definition_of
from goldthread.pathway.righting import may_put_right, opened
from goldthread.pathway.typed_in import UNREADABLE, clock_of, posted, revision_in, sent_in, whole
from goldthread.pathway.who import who

PREFIX = "correct:"  # before the name of the step, in `Draft.step`
WHY = "correction_why"
OVERTAKEN = "Somebody else saved this correction after you opened it. Theirs is kept; yours is shown here and not yet saved."


def correctable(request: HttpRequest, reference: str, step: str) -> Record:
    """A record whose step is complete, for somebody who may do that step and put records right."""
    return _completed(request, opened(request, reference), step)


def _completed(request: HttpRequest, record: Record, step: str) -> Record:
    reference = record.reference
    if may_do(request.user, record, definition_of(record.kind).step(step)):
        raise Refused(f"correcting {step} of {reference}", tuple(child.pk for child in children_of(record)))
    if record.state == Record.VOID or not record.fair_copies.filter(step=step).exists():
        raise Http404("Only a completed step can be corrected.")
    return record


def begun(record: Record) -> set[str]:
    """Names of the steps of which a correction is half written."""
    steps = Draft.objects.filter(record=record, step__startswith=PREFIX).values_list("step", flat=True)
    return {step.removeprefix(PREFIX) for step in steps}


def _draft(record: Record, step: str) -> Draft:
    """What is being typed over what stands. Opening the page alone keeps nothing."""
    kept = Draft.objects.filter(record=record, step=PREFIX + step).first() or Draft(record=record, step=PREFIX + step)
    standing = retyped(load_answers(definition_of(record.kind), record), step)
    return Draft(pk=kept.pk, record=record, step=step, answers={**standing, **kept.answers}, revision=kept.revision, saved_at=kept.saved_at)


@login_required
@require_http_methods(["GET", "POST"])
def correct_page(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """Every answer as it stands or was last typed, and why it changes. Earlier copies stay."""
    record = correctable(request, reference, step)
    definition = definition_of(record.kind)
    if request.method == "GET":
        return _page(request, definition, _draft(record, step), [])
    if request.POST.get("press") == "discard":
        discard_draft(record=record, step=PREFIX + step)
        messages.success(request, "Left as it was. What you typed is thrown away.")
        return redirect("record", reference=reference)
    # No tick is an answer here: it must not let the ticks that stand show through.
    typed = {name: [] if value is None else value for name, value in posted(request, definition, record, step).items()}
    typed[WHY] = request.POST.get(WHY, "")
    draft = open_draft(record=record, step=PREFIX + step, by=request.user)
    if save_draft(draft=draft, revision=revision_in(request), answers=typed, by=request.user) is None:
        shown = _draft(record, step)
        shown.answers |= typed
        return _page(request, definition, shown, [Problem(OVERTAKEN, "draft")], status=409)
    if request.POST.get("press") == "save":
        messages.success(request, f"Saved at {clock_of(draft)}. The record stands as it was until you save the correction.")
        return redirect("correct", reference=reference, step=step)
    raw = {name: value for name, value in typed.items() if value != [] and name != WHY}
    try:
        correct(record=record, step=step, by=request.user, raw=raw, why=typed[WHY], draft=draft)
    except Incomplete as incomplete:
        return _page(request, definition, _draft(record, step), incomplete.problems, status=422)
    discard_draft(record=record, step=PREFIX + step)
    messages.success(request, "Corrected. The earlier version is kept.")
    return redirect("record", reference=reference)


def _page(request: HttpRequest, definition: type[Detail], draft: Draft, problems: list[Problem], status: int = 200) -> HttpResponse:
    record = draft.record
    others = names_of_users(others_in(draft, request.user)) if draft.pk else {}
    context: dict[str, Any] = {
        "page": draw(definition, record, draft, load_answers(definition, record), problems),
        "record": record,
        "definition": definition,
        "step": draft.step,
        "children": who(children_of(record)),
        "why": draft.answers.get(WHY, ""),
        "why_error": next((problem.words for problem in problems if problem.name == WHY), ""),
        "saved": clock_of(draft),
        "others": sorted(others.values()),
    }
    return render(request, "pathway/correct.jinja", context, status=status)


@login_required
@require_POST
def save_correction(request: HttpRequest, reference: str, step: str) -> JsonResponse:
    """A correction as it is typed. What is asked and answered is written in ground/design's drafts.js."""
    record = _completed(request, may_put_right(request, reference), step)
    sent = sent_in(request)
    if sent is None:
        return JsonResponse(UNREADABLE, status=400)
    draft = open_draft(record=record, step=PREFIX + step, by=request.user)
    saved = save_draft(draft=draft, revision=sent.revision, answers=sent.answers, by=request.user, tab=sent.tab, held=sent.held)
    shown = _draft(record, step)
    open_by = sorted(names_of_users(others_in(draft, request.user)).values())
    held = {"revision": shown.revision, "open_by": open_by, "saved_at": clock_of(shown)}
    if saved is None:
        answers_held = {**whole(definition_of(record.kind), shown), WHY: shown.answers.get(WHY, "")}
        return JsonResponse({**held, "saved_by": " and ".join(open_by) or "somebody else", "answers": answers_held}, status=409)
    return JsonResponse(held)
