"""Writing on a child's file: the fifteen-second note, the whole note about several children, a manager's direction."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods, require_POST

from goldthread.core.people.models import Person
from goldthread.core.records.actions import write_note
from goldthread.core.records.models import CaseNote
from goldthread.face.web.child.asking import Ask, Form, answered, prose
from goldthread.face.web.child.opening import about_child
from goldthread.face.web.child.page import ChildPage
from goldthread.face.web.child.siblings import siblings_seen
from goldthread.ground.access.predicate import standing
from goldthread.ground.audit.middleware import Refused
from goldthread.pathway.questions import Day, Many, One, YesNo

WRITTEN_KINDS = {kind: words for kind, words in CaseNote.KINDS.items() if kind not in ("quick", "direction", "voice")}


@require_POST
@about_child
def quick_note(request: HttpRequest, person: Person) -> HttpResponse:
    """A sentence, kept at once with the day and the time. Answers JSON to the script and a page to everybody else."""
    words = request.POST.get("words", "").strip()
    wants_json = "application/json" in request.headers.get("Accept", "")
    if not words:
        if wants_json:
            return JsonResponse({"said": "Write a sentence first."}, status=422)
        messages.warning(request, "Write a sentence first.")
        return redirect("child", reference=person.reference)
    now = localtime(timezone.now())
    write_note(
        children=[person.pk], kind="quick", words=words, by=request.user, happened_on=now.date(),
        happened_at=now.time().replace(second=0, microsecond=0),
    )  # fmt: skip
    said = f"Kept at {now:%H:%M}"
    if wants_json:
        return JsonResponse({"said": said})
    messages.success(request, f"{said}, on {ChildPage(request, person).first}’s file.")
    return redirect("child", reference=person.reference)


@require_http_methods(["GET", "POST"])
@about_child
def note(request: HttpRequest, person: Person) -> HttpResponse:
    """What happened, once for all the children it is about; what each child says, apart."""
    child = ChildPage(request, person)
    children = [person, *siblings_seen(person, request.user)]
    known = {"on": child.today, "children": [person.reference], "kind": request.GET.get("kind", "")}
    form = Form.of(request, note_questions(children, person), known if known["kind"] in WRITTEN_KINDS else known | {"kind": None})

    def write(values: dict[str, Any]) -> str:
        return keep_note(values, children, request.user)

    context = child.context(
        "child_chronology", "Write a note", button="Keep this note", leave=child.to("child_chronology"), focus=request.GET.get("kind", ""),
        lead="It goes on the file of every child you tick. What a child says is kept on that child’s own file, and no other.",
    )  # fmt: skip
    return answered(request, form, do=write, done="Kept.", to=child.to("child_chronology"), context=context)


def note_questions(children: list[Person], person: Person) -> list[Ask]:
    names = [(c.reference, str(c)) for c in children]
    asks = [
        Ask("kind", One("What kind of note is it?"), options=list(WRITTEN_KINDS.items()), needed=False),
        Ask("on", Day("When did it happen?", time=True), needed=True),
        Ask("words", prose("What happened?", "What was seen and heard, apart from what you make of it."), rows=6),
        Ask("significant", YesNo("Does it matter for the chronology?", hint="Entries you mark stand out, and can be exported alone.")),
    ]
    if len(children) > 1:
        asks.insert(2, Ask("children", Many("Which children is it about?"), options=names, needed=True))
    return asks + [
        Ask(f"voice-{c.reference}", prose(f"What did {c} say?", "In the child’s own words. Leave empty if nothing was said."),
            heading="Each child’s own words")
        for c in children
        if not c.is_unborn
    ]  # fmt: skip


def keep_note(values: dict[str, Any], children: list[Person], user: Any) -> str:
    """One note for what is shared and one for each child's words. ValueError when nothing was written."""
    chosen = values.get("children") or [children[0].reference]
    about = [c for c in children if c.reference in chosen]
    voices = [(c, words) for c in children if (words := values.get(f"voice-{c.reference}"))]
    if not values["words"] and not voices:
        raise ValueError("Write what happened, or what the child said.")
    if strangers := [str(c) for c, _ in voices if c not in about]:
        raise ValueError(f"You wrote what {', '.join(strangers)} said. Tick the name too, or move the words.")
    when = {"by": user, "happened_on": values["on"], "happened_at": values.get("on_time"), "is_significant": values["significant"]}
    if values["words"]:
        write_note(children=[c.pk for c in about], kind=values["kind"] or "other", words=values["words"], **when)
    for c, words in voices:
        write_note(children=[c.pk], kind="voice", words=words, **when)
    return f"Kept on {len(about)} children’s files." if len(about) > 1 else f"Kept on {about[0]}’s file."


@require_http_methods(["GET", "POST"])
@about_child
def direction(request: HttpRequest, person: Person) -> HttpResponse:
    """A manager says what must be done, on the child's file, where the worker and the night team read it."""
    if not standing(request.user).managed_team_ids:
        raise Refused(f"directing on {person.reference}", (person.pk,))
    child = ChildPage(request, person)
    form = Form.of(request, [Ask("words", prose("What must be done, by whom and by when?"), needed=True, rows=5)])

    def write(values: dict[str, Any]) -> None:
        now = localtime(timezone.now())
        write_note(
            children=[person.pk], kind="direction", words=values["words"], by=request.user, happened_on=now.date(), is_significant=True
        )

    context = child.context(
        "child", "Put a direction on the file", button="Put it on the file", leave=child.to("child"),
        lead=f"It stands on {child.first}’s summary until the next one, and in the chronology for good.",
    )  # fmt: skip
    return answered(request, form, do=write, done="Your direction is on the file.", to=child.to("child"), context=context)
