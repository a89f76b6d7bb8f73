"""Taking a call, immediate danger, and the board: what the kernel could not draw."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldthread.core.agencies.queries import team_for
from goldthread.core.people.models import Person
from goldthread.core.records.models import Record
from goldthread.ground.access.predicate import standing
from goldthread.ground.audit.middleware import Refused
from goldthread.ground.audit.reading import log_reading
from goldthread.pathway.archetypes import RECORD
from goldthread.pathway.opening import open_record
from goldthread.pathway.queries import children_of
from goldthread.pathway.who import who
from goldthread.practice.front_door import actions
from goldthread.practice.front_door.board import Asked, board
from goldthread.practice.front_door.contact import Contact

PARTS = {"who": "Who", "where": "Where", "what": "What is happening"}


def children_asked_for(request: HttpRequest) -> list[Person]:
    """`?child=` on a child's page: the call is about that child. Refused for one the user may not see."""
    references = request.GET.getlist("child") or request.POST.getlist("child")
    found = list(Person.objects.seen_by(request.user).filter(reference__in=references))
    if len(found) != len(set(references)):
        raise Refused("a contact about a child")
    return found


@login_required
@require_POST
def take_call(request: HttpRequest) -> HttpResponse:
    """One press, and the caller's words can be typed."""
    record = actions.take_call(by=request.user, children=tuple(child.pk for child in children_asked_for(request)))
    return redirect("step", reference=record.reference, step=RECORD)


@login_required
@require_http_methods(["GET", "POST"])
def danger(request: HttpRequest, reference: str = "") -> HttpResponse:
    """Who, where, what: any one of them is enough. Everything else can follow."""
    record = _contact(request, reference) if reference else None
    children = children_of(record) if record else children_asked_for(request)
    typed = {name: request.POST.get(name, "") for name in PARTS}
    error = ""
    if request.method == "POST":
        words = " ".join(f"{PARTS[name]}: {said.strip()}." for name, said in typed.items() if said.strip()).replace("..", ".")
        try:
            kept = actions.raise_danger(words=words, by=request.user, record=record, children=tuple(child.pk for child in children))
        except ValueError as refused:
            error = str(refused)
        else:
            messages.success(request, "Saved. The managers have been told: it is on their list for today.")
            return redirect("danger_now", reference=kept.reference)
    context = {
        "record": record,
        "children": who(children),
        "about": children,
        "parts": PARTS,
        "typed": typed,
        "error": error,
    }
    return render(request, "front_door/danger.jinja", context, status=422 if error else 200)


def _contact(request: HttpRequest, reference: str) -> Record:
    record = open_record(request.user, reference)
    if record.kind != Contact.kind():
        raise Http404("Immediate danger is written on a contact.")
    return record


@login_required
@require_GET
def danger_now(request: HttpRequest, reference: str) -> HttpResponse:
    """What to do now, in order, and the way back to the contact."""
    record = _contact(request, reference)
    teams = [team for team in (team_for("front_door"), team_for("out_of_hours")) if team]
    context = {"record": record, "children": who(children_of(record)), "teams": teams}
    return render(request, "front_door/danger_now.jinja", context)


@login_required
@require_GET
def board_page(request: HttpRequest) -> HttpResponse:
    """What has reached the front door and where it stands."""
    if not standing(request.user).takes_calls:
        raise Refused("the front-door board")
    asked = Asked.read(request.GET)
    shown: dict[str, Any] = board(request.user, asked)
    log_reading(request.user, "list", f"the front-door board: {asked.words or 'everything'}", shown["people"])
    return render(request, "front_door/board.jinja", shown)
