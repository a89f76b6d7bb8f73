"""One page for a meeting: the matrix, one press to a stage; and small pages for what needs a word more."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from goldthread.core.agencies.models import Worker
from goldthread.core.people.models import Person
from goldthread.core.records.models import Record
from goldthread.core.sharing.reasons import reason_for
from goldthread.ground.time.words import day_in_words
from goldthread.pathway.actions import NotNow
from goldthread.pathway.meeting import actions
from goldthread.pathway.meeting.archetype import CHASE, MEETING, Meeting
from goldthread.pathway.meeting.forms import PLANNED, Small, agencies, asked, day_parts, listed
from goldthread.pathway.meeting.grid import Grid, grid_of
from goldthread.pathway.meeting.models import Arrangement, Invitee
from goldthread.pathway.meeting.queries import chairs_for, not_in_the_list
from goldthread.pathway.meeting.reports import presses
from goldthread.pathway.meeting.reports.queries import papers_of
from goldthread.pathway.meeting.sharing import said_of_agreements
from goldthread.pathway.opening import open_record
from goldthread.pathway.queries import adults_around, children_of, may_do
from goldthread.pathway.registry import definition_of, page_for, pages_of
from goldthread.pathway.who import who

ANOTHER = "another"


@page_for(Meeting, CHASE)
@page_for(Meeting, MEETING, title="Who was asked, who came, and who knows what was decided")
def meeting_page(request: HttpRequest, record: Record) -> HttpResponse:
    """The kernel has opened the record and written down the look."""
    definition = meeting_of(record)
    if request.method == "POST":
        _press(request, record)
        return redirect("step", reference=record.reference, step=MEETING)
    arrangement = Arrangement.objects.filter(record=record).select_related("chair").first()
    grid = grid_of(definition, record, arrangement.chair_id if arrangement else None)
    children = children_of(record)
    waiting = definition.step(record.step) if record.step else None
    reason = reason_for(record.pk, definition.shared_for)
    context = {
        "record": record,
        "definition": definition,
        "grid": grid,
        "papers": papers_of(definition, record),
        "missing": [] if grid.is_held or record.state == Record.VOID else not_in_the_list(definition, record, request.user),
        "arranged": arranged_in_words(arrangement),
        "arrangement": arrangement,
        "children": who(children),
        "may_not": may_do(request.user, record, waiting) if waiting else None,
        "waiting": waiting,
        "is_open": waiting is not None,
        "may_write": may_be_written_to(grid),
        "most_came": how_most_came(definition, arrangement),
        "is_void": record.state == Record.VOID,
        "shared_for": reason,
        "agreements": said_of_agreements([line.invitee for line in grid.lines], reason),
        "besides": [(step, words) for step, words in pages_of(definition) if step != MEETING],
    }
    return render(request, "meeting/meeting.jinja", context)


def may_be_written_to(grid: Grid) -> bool:
    """Somebody has an address at work, and has not answered (or, once it was held, not acknowledged)."""
    people = [line.invitee for line in grid.lines if line.invitee.email and line.invitee.person_id is None]
    return any(one.acknowledged_at is None if grid.is_held else one.reply is None and one.attended is None for one in people)


def how_most_came(definition: type[Meeting], arrangement: Arrangement | None) -> tuple[str, str]:
    """(code, words): as it was arranged; or else in one room where the family is asked, and by telephone where it is not."""
    likely = "in_person" if definition.invites_family else "telephone"
    planned = arrangement.how if arrangement else None
    how = planned if planned in ("in_person", "telephone", "video") else likely
    return how, {"in_person": "in person", "telephone": "by telephone", "video": "by video"}[how]


def meeting_of(record: Record) -> type[Meeting]:
    definition = definition_of(record.kind)
    if not issubclass(definition, Meeting):
        raise Http404("This record is not a meeting.")
    return definition


def arranged_in_words(arrangement: Arrangement | None) -> str:
    """ "Wednesday 25 November at 10:00, by telephone, Martin Everett in the chair"."""
    if arrangement is None or not (arrangement.planned_on or arrangement.how or arrangement.chair):
        return ""
    how = dict(listed("meeting.how")).get(arrangement.how or "", "")
    when = day_in_words(arrangement.planned_on, localdate()) if arrangement.planned_on else "No day yet"
    when += f" at {arrangement.planned_at:%H:%M}" if arrangement.planned_at else ""
    chair = f"{arrangement.chair.name} in the chair" if arrangement.chair else ""
    return ", ".join(part for part in (when, how[:1].lower() + how[1:], chair) if part)


def _press(request: HttpRequest, record: Record) -> None:
    """One press: “reference verb argument”, or a verb for everyone it can still be said of."""
    words = request.POST.get("press", "").split(" ")
    try:
        if words[0] == "everyone" and len(words) == 2:
            _everyone(record, words[1], request.user)
        elif len(words) >= 2:
            invitee = get_object_or_404(record.invitees, reference=words[0])
            press(invitee, words[1], words[2] if len(words) > 2 else "", request.user)
    except (NotNow, ValueError) as refused:
        messages.warning(request, str(refused))


def press(invitee: Invitee, verb: str, argument: str, by: Any) -> None:
    """What one button of the matrix writes down."""
    if verb == "invite":
        actions.invite(invitee=invitee, how=argument, by=by)
    elif verb == "deliver":
        actions.deliver(invitee=invitee, by=by)
    elif verb == "reply":
        actions.reply(invitee=invitee, answer=argument, by=by)
    elif verb == "attend":
        actions.attend(invitee=invitee, attended=argument, by=by)
    elif verb == "send":
        actions.send_decisions(invitee=invitee, how=argument, by=by)
    elif verb == "acknowledge":
        actions.acknowledge(invitee=invitee, by=by)
    elif verb == "file":
        actions.file(invitee=invitee, on=localdate(), by=by)
    elif verb == "back":
        actions.take_back(invitee=invitee, stage=argument)
    elif verb in presses.VERBS:
        presses.press(invitee, verb, argument, by)
    else:
        raise ValueError("There is no such press.")


def _everyone(record: Record, verb: str, by: Any) -> None:
    asked_for = record.invitees.filter(left_out_at=None)
    if verb == "attend":
        how, _ = how_most_came(meeting_of(record), Arrangement.objects.filter(record=record).first())
        for invitee in asked_for.filter(attended=None).exclude(name=None):
            actions.attend(invitee=invitee, attended=how, by=by)
    elif verb == "report":
        presses.everyone_is_asked_for_a_report(record, by)
    elif verb == "heard":
        together = asked_for.exclude(person__in=meeting_of(record).apart(record))
        for invitee in together.filter(sent_at=None, attended__in=Invitee.PRESENT):
            actions.send_decisions(invitee=invitee, how="at_the_meeting", by=by)


def opened(request: HttpRequest, reference: str) -> tuple[Record, type[Meeting]]:
    """The meeting, for somebody who may see it, while it stands."""
    record = open_record(request.user, reference)
    definition = meeting_of(record)
    if record.state == Record.VOID:
        raise Http404("This meeting is withdrawn.")
    return record, definition


def small_page(request: HttpRequest, record: Record, form: Small, heading: str, fields: list[dict[str, Any]], **more: Any) -> HttpResponse:
    wrong = dict(reversed(form.problems))
    for one in fields:
        one["error"] = wrong.get(one["name"], "")
    context = {"record": record, "children": who(children_of(record)), "errors": form.errors, "heading": heading, "fields": fields, **more}
    return render(request, "meeting/small.jinja", context, status=422 if form.problems else 200)


@login_required
@require_http_methods(["GET", "POST"])
def arrange_page(request: HttpRequest, reference: str) -> HttpResponse:
    """When, how, where and who chairs."""
    record, definition = opened(request, reference)
    form, held = Small(request), Arrangement.objects.filter(record=record).select_related("chair").first()
    chairs = chairs_for(definition, record, request.user)
    options = [(str(worker.pk), worker.name) for worker in chairs]
    if request.method == "POST":
        planned_on, planned_at = form.read(PLANNED, "planned_on"), form.time("planned_on")
        how, chair = form.chosen("how", listed("meeting.how")), form.chosen("chair", options)
        if not form.problems:
            try:
                actions.arrange(
                    record=record, planned_on=planned_on, planned_at=planned_at, how=how, joining=form.text("joining"),
                    chair=next((worker for worker in chairs if str(worker.pk) == chair), None),
                )  # fmt: skip
                return redirect("step", reference=reference, step=MEETING)
            except ValueError as refused:
                form.problems.append(("planned_on", str(refused)))
    may_no_more = definition.may_not_chair(held.chair, children_of(record)) if held and held.chair and held.chair not in chairs else None
    typed = request.POST if request.method == "POST" else {}
    parts = {part: typed.get(f"planned_on-{part}", "") for part in ("day", "month", "year", "time")}
    fields = [
        asked("planned_on", "day", "On which day, and when?", parts if typed else day_parts(held.planned_on, held.planned_at) if held else {}, has_time=True),
        asked("how", "one", "How?", typed.get("how") or (held and held.how), options=listed("meeting.how")),
        asked("joining", "words", "Where is it, or how does one join?", typed.get("joining") or (held and held.joining), rows=2,
              hint="Said by voice, or shown behind a link and its second secret. It is never in an e-mail or a calendar."),
        asked("chair", "one", "Who chairs it?", typed.get("chair") or (str(held.chair_id) if held and held.chair_id else ""), options=options, hint=may_no_more),
    ]  # fmt: skip
    return small_page(request, record, form, "When and how you meet", fields, button="Keep")


@login_required
@require_http_methods(["GET", "POST"])
def add_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One more to ask: a partner, somebody of ours, or family where the meeting is for them too."""
    record, definition = opened(request, reference)
    form, partners = Small(request), agencies()
    family = [*adults_around(children_of(record)), *children_of(record)] if definition.invites_family else []
    people = [(f"person {one.reference}", f"{one} (family)") for one in family]
    options = [*((f"agency {one.pk}", one.name) for one in partners), *people, ("ours", "Our own authority")]
    if request.method == "POST":
        chosen = form.chosen("who", options) or ""
        if not chosen:
            form.problems.append(("who", "Choose where they are from."))
        else:
            try:
                _add(record, chosen, form, family, request.user)
                return redirect("step", reference=reference, step=MEETING)
            except ValueError as refused:
                form.problems.append(("role", str(refused)))
    fields = [
        asked("who", "one", "Where are they from?", request.POST.get("who", ""), options=options, needed=True),
        asked("role", "line", "What are they to the child, or what do they do?", request.POST.get("role", ""), needed=True),
        asked("name", "line", "Their name", request.POST.get("name", ""), hint="Leave empty if you know only the role."),
        asked("phone", "line", "Telephone", request.POST.get("phone", "")),
        asked("email", "line", "E-mail at work", request.POST.get("email", "")),
    ]
    lead = "" if definition.invites_family else f"Family are not invited to a {definition.title.lower()}."
    return small_page(request, record, form, "Add somebody", fields, button="Add to the list", lead=lead)


def _add(record: Record, chosen: str, form: Small, family: list[Person], by: Any) -> None:
    told: dict[str, Any] = {name: form.text(name) for name in ("name", "phone", "email")}
    kind, _, key = chosen.partition(" ")
    named = told["name"] or ""
    more: dict[str, Any] = {}
    if kind == "agency":
        more["agency"] = next(one for one in agencies() if str(one.pk) == key)
    elif kind == "person":
        more["person"] = next(one for one in family if one.reference == key)
    else:
        more["worker"] = Worker.objects.filter(name__iexact=named, signin__until_on=None).first()
        if more["worker"] is None:
            raise ValueError("Write the name of one of your colleagues as the system knows it.")
    actions.add_to_list(record=record, role=form.text("role") or "", by=by, **told, **more)


@login_required
@require_http_methods(["POST"])
def list_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Everyone whom the children's records name since the list was drawn up goes into it."""
    record, _ = opened(request, reference)
    added = actions.list_proposed(record=record, by=request.user)
    messages.success(request, f"Added to the list: {len(added)}.")
    return redirect("step", reference=reference, step=MEETING)
