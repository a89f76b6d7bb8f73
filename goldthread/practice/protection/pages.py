"""The plan as a parent reads it, and beginning its next version."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods

from goldthread.core.records.models import Record
from goldthread.ground.design.readability import reading_of
from goldthread.pathway.archetypes import END, WRITE
from goldthread.pathway.opening import open_record
from goldthread.pathway.plans.actions import begin_version
from goldthread.pathway.queries import children_of, may_do, parents_covered
from goldthread.pathway.ready.actions import waiting
from goldthread.pathway.registry import Link, links
from goldthread.pathway.who import who
from goldthread.practice.protection.copies import copy_for, parents_with_copies
from goldthread.practice.protection.protection_plan import ProtectionPlan
from goldthread.practice.protection.queries import newest_words, plans_of
from goldthread.practice.protection.written_plan import WrittenPlan


@links(WrittenPlan)
def from_the_words(record: Record, user: Any) -> Iterator[Link]:
    """Each parent's copy, and the next version."""
    if record.state != Record.AGREED:
        return
    for parent, copy in parents_with_copies(record):
        if copy.refused:
            yield Link(f"No copy for {parent}.", note=copy.refused)
            continue
        address = reverse("plan_copy", kwargs={"reference": record.reference, "person": parent.reference})
        yield Link(f"The copy for {parent}", address)
        if len(copy.children) > 1:
            for child in copy.children:
                yield Link(f"The copy for {parent}, {child} alone", f"{address}?child={child.reference}")
    if Record.objects.filter(follows=record, kind=record.kind).exclude(state=Record.VOID).exists():
        return
    yield Link("Write a new version", reverse("plan_version", kwargs={"reference": record.reference}), "After a core group or a review.")


@links(ProtectionPlan)
def from_the_period(record: Record, user: Any) -> Iterator[Link]:
    child = children_of(record)[:1]
    words = newest_words(child[0].pk) if child else None
    if words is not None:
        yield Link("What the plan says", reverse("record", kwargs={"reference": words.record.reference}))
    plan = ProtectionPlan.objects.filter(record=record).first()
    if plan is not None and plan.ended_on is None and record.step is None and record.origin != Record.HERE:
        yield Link("It was imported: a review conference recorded here ends it, or the next census.")
    elif record.step == END:
        yield Link("Ending it asks for one of the five lawful ways.", note=may_do(user, record, ProtectionPlan.step(END)) or "")


@login_required
@require_GET
def copy_page(request: HttpRequest, reference: str, person: str) -> HttpResponse:
    """The plan for one parent: on the screen with what is left out said above it, on paper without."""
    record = open_record(request.user, reference, "print")
    if record.kind != WrittenPlan.kind():
        raise Http404("There is no such plan.")
    children = children_of(record)
    parent = next((one for one in parents_covered(children) if one.reference == person), None)
    if parent is None:
        raise Http404("That is no parent of these children.")
    only = next((child for child in children if child.reference == request.GET.get("child")), None)
    if "child" in request.GET and only is None:
        raise Http404("That child is not in this plan.")
    copy = copy_for(record, parent, only)
    if not copy.refused and not copy.children:
        raise Http404("That child is not in this copy.")
    words = "\n".join(said for block in copy.blocks for _, said in block.lines)
    context = {"record": record, "copy": copy, "reading": reading_of(words).said, "as_at": localdate()}
    return render(request, "protection/plan_copy.jinja", context)


@login_required
@require_http_methods(["GET", "POST"])
def version_page(request: HttpRequest, reference: str) -> HttpResponse:
    """A new version begins with what the last one says, for the children still on a plan."""
    record = open_record(request.user, reference)
    if record.kind != WrittenPlan.kind() or record.state != Record.AGREED:
        raise Http404("Only a plan that has been agreed has a next version.")
    children = children_of(record)
    going = waiting(WrittenPlan, children)
    if going is not None:
        return redirect("record", reference=going.reference)
    still = plans_of([child.pk for child in children], localdate())
    staying = [child for child in children if child.pk in still]
    if request.method == "POST" and staying:
        fresh = begin_version(before=record, children=staying, by=request.user)
        return redirect("step", reference=fresh.reference, step=WRITE)
    left = [str(child) for child in children if child.pk not in still]
    return render(
        request, "protection/plan_version.jinja", {"record": record, "children": who(staying or children), "staying": staying, "left": left}
    )
