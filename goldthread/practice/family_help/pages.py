"""Allocating an assessment: a manager sees what each worker carries and names one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from goldthread.core.agencies.models import Team
from goldthread.core.agencies.queries import allocations_of, user_of
from goldthread.core.records.models import Record
from goldthread.ground.access.predicate import standing
from goldthread.ground.access.queries import may_be_told
from goldthread.pathway.archetypes import WRITE
from goldthread.pathway.queries import children_of, what_it_follows
from goldthread.pathway.reading import as_written, clock_in_words
from goldthread.pathway.registry import page_for
from goldthread.pathway.who import who
from goldthread.practice.family_help.actions import ALLOCATE, allocate_assessment
from goldthread.practice.family_help.assessment import ChildAndFamilyAssessment
from goldthread.practice.family_help.queries import Load, loads_of


@page_for(ChildAndFamilyAssessment, ALLOCATE)
def allocation_page(request: HttpRequest, record: Record) -> HttpResponse:
    """An assessment that nobody writes yet: the kernel has opened the record and written down the look."""
    if record.kind != ChildAndFamilyAssessment.kind() or record.step != WRITE:
        raise Http404("Only an assessment still being written is allocated.")
    children = children_of(record)
    team = next((row.team for rows in allocations_of(child.pk for child in children).values() for row in rows), None)
    held = standing(request.user).managed_team_ids
    if team is None or team.pk not in held:
        return as_written(request, record, notice="The team’s manager allocates. It is in the manager’s list already.")
    loads = loads_of(team)
    error = ""
    if request.method == "POST":
        chosen = next((load.worker for load in loads if str(load.worker.pk) == request.POST.get("worker")), None)
        try:
            if chosen and not may_be_told(user_of(chosen.pk) or 0, [child.pk for child in children]):
                raise ValueError(f"{chosen.name} may not be given this work. Choose somebody else.")
            allocate_assessment(record=record, team=team, worker=chosen, by=request.user)
        except ValueError as refused:
            error = str(refused)
        else:
            messages.success(request, f"Allocated to {chosen.name if chosen else 'nobody'}: it is on their list now.")
            return redirect("record", reference=record.reference)
    return _draw(request, record, team, loads, error)


def _draw(request: HttpRequest, record: Record, team: Team, loads: list[Load], error: str) -> HttpResponse:
    children = children_of(record)
    _, copy = what_it_follows(record, request.user)
    instructions = [line for line in copy.content["shared"] if line["question"] in ("reason", "instructions", "why")] if copy else []
    context = {
        "record": record,
        "team": team,
        "children": who(children),
        "options": [(str(load.worker.pk), load.worker.name, load.words) for load in loads],
        "error": error,
        "typed": request.POST.get("worker", ""),
        "instructions": instructions,
        "clocks": [
            clock_in_words(c) for c in record.clocks.filter(is_current=True).select_related("rule", "child").order_by("due_on", "pk")
        ],
    }
    return render(request, "family_help/allocate.jinja", context, status=422 if error else 200)
