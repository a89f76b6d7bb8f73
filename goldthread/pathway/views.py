"""The pages every process gets from its declaration: write a step, see it as written, send it back."""

from functools import cache
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from goldthread.core.agencies.queries import names_of_users
from goldthread.core.records.drafts import others_in, save_draft
from goldthread.core.records.models import Draft, Record
from goldthread.ground.audit.middleware import Refused
from goldthread.ground.design.readability import reading_of
from goldthread.pathway.actions import Incomplete, NotNow, complete, open_step, send_back
from goldthread.pathway.definition import Detail, Problem
from goldthread.pathway.opening import open_record
from goldthread.pathway.page import draw
from goldthread.pathway.queries import children_of, load_answers, may_do
from goldthread.pathway.reading import as_written
from goldthread.pathway.registry import Sitting, definition_of, panels_of, room_page
from goldthread.pathway.typed_in import UNREADABLE, clock_of, posted, revision_in, sent_in, whole
from goldthread.pathway.who import who

CLOSED = "This form is no longer open. Look at the record before you write more."
GO = "go:"  # a press that saves and then leads to a page of the room


@login_required
@require_http_methods(["GET", "POST"])
def step_page(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """Write one step. Saving never fails for what is missing; completing says what is."""
    record = open_record(request.user, reference)
    definition = definition_of(record.kind)
    own_page = room_page(definition, step)
    if own_page is not None:
        return own_page(request, record)
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
    typed = posted(request, definition, record, draft.step)
    saved = save_draft(draft=draft, revision=revision_in(request), answers=typed, by=request.user)
    press = request.POST.get("press", "save")
    if saved is None:
        return _overtaken(request, definition, record, draft, typed)
    if press == "save":
        messages.success(request, f"Saved at {clock_of(draft)}.")
        return redirect("step", reference=record.reference, step=draft.step)
    if press.startswith(GO) and url_has_allowed_host_and_scheme(press.removeprefix(GO), None):
        return redirect(press.removeprefix(GO))
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
    # Closing a case may end the reason to see it: then the way leads home, not to a page that is no longer there.
    is_seen = Record.objects.seen_by(request.user).filter(pk=record.pk).exists()
    return redirect("record", reference=record.reference) if is_seen else redirect("/")


def _overtaken(request: HttpRequest, definition: type[Detail], record: Record, draft: Draft, typed: dict[str, Any]) -> HttpResponse:
    """Somebody saved in between: theirs is kept, and what was typed here is shown, to be saved by another press."""
    draft.refresh_from_db()
    mine = {**draft.answers, **{name: value for name, value in typed.items() if value is not None}}
    shown = Draft(record=record, step=draft.step, answers=mine, revision=draft.revision, saved_at=draft.saved_at)
    words = "Somebody else saved this form after you opened it. Their answers are kept; yours are shown here and not yet saved."
    return _form(request, definition, record, shown, [Problem(words, "draft")], status=409)


def _sent_back(request: HttpRequest, definition: type[Detail], record: Record, draft: Draft) -> HttpResponse:
    try:
        send_back(record=record, by=request.user, words=request.POST.get("send_back_words", ""))
    except Incomplete as incomplete:
        return _form(request, definition, record, draft, incomplete.problems, status=422)
    messages.success(request, "Sent back with your comments.")
    return redirect("record", reference=record.reference)


def _form(
    request: HttpRequest, definition: type[Detail], record: Record, draft: Draft, problems: list[Problem], status: int = 200
) -> HttpResponse:
    others = others_in(draft, request.user) if draft.pk else []
    copy = record.newest_copy()
    children = children_of(record)
    names = names_of_users([record.recorded_by_id, *others])
    context = {
        "page": draw(definition, record, draft, load_answers(definition, record), problems, copy.content if copy else None),
        "record": record,
        "definition": definition,
        "step": definition.step(draft.step),
        "children": who(children),
        "panels": panels_of(definition, Sitting(record, draft.step, request.user, children, draft.answers)),
        "others": sorted(names[user] for user in others if user in names),
        "saved": clock_of(draft),
        "comments": draft.comments,
        "sent_words": request.POST.get("send_back_words", ""),
        "written_by": names.get(record.recorded_by_id or 0, ""),
    }
    return render(request, "pathway/step.jinja", context, status=status)


@login_required
@require_POST
def save(request: HttpRequest, reference: str, step: str) -> JsonResponse:
    """Save a draft as it is typed. What is asked and answered is written in ground/design's drafts.js."""
    record = Record.objects.seen_by(request.user).filter(reference=reference).first()
    if record is None:
        request.refusal = Refused(f"saving a draft of {reference}")  # type: ignore[attr-defined]
        return JsonResponse({"problem": CLOSED}, status=410)
    draft = Draft.objects.filter(record=record, step=step).select_related("record").first() if record.step == step else None
    if draft is None or may_do(request.user, record, definition_of(record.kind).step(step)):
        return JsonResponse({"problem": CLOSED}, status=410)
    sent = sent_in(request)
    if sent is None:
        return JsonResponse(UNREADABLE, status=400)
    saved = save_draft(draft=draft, revision=sent.revision, answers=sent.answers, by=request.user, tab=sent.tab, held=sent.held)
    open_by = sorted(names_of_users(others_in(draft, request.user)).values())
    if saved is None:
        draft.refresh_from_db()
        held = {"revision": draft.revision, "open_by": open_by, "saved_by": " and ".join(open_by) or "somebody else"}
        return JsonResponse({**held, "saved_at": clock_of(draft), "answers": whole(definition_of(record.kind), draft)}, status=409)
    plain = for_family(definition_of(record.kind))
    reading = {name: reading_of(str(typed)).said for name, typed in sent.answers.items() if name.rsplit("-", 1)[-1] in plain}
    return JsonResponse({"revision": saved.revision, "saved_at": clock_of(saved), "open_by": open_by, "reading": reading})


@cache
def for_family(definition: type[Detail]) -> frozenset[str]:
    """Questions whose answers a family will read."""
    return frozenset(q.name for asked_of in (definition, *definition.parts()) for q in asked_of.questions() if q.for_family)
