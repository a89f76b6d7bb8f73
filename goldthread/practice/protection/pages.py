"""The plan as a parent reads it, and beginning its next version."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from goldthread.core.records.models import Record
from goldthread.core.sharing.models import Share
from goldthread.core.sharing.queries import shared_as
from goldthread.core.sharing.reasons import reason_for
from goldthread.ground.boot.trouble import Impossible
from goldthread.ground.design.readability import reading_of
from goldthread.pathway.archetypes import END, WRITE
from goldthread.pathway.meeting.forms import Small, asked, day_parts, listed
from goldthread.pathway.opening import open_record
from goldthread.pathway.plans.actions import begin_version
from goldthread.pathway.queries import children_of, may_do, parents_covered
from goldthread.pathway.questions import Day
from goldthread.pathway.ready.queries import waiting
from goldthread.pathway.registry import Link, links
from goldthread.pathway.who import who
from goldthread.practice.protection.actions import give_copy
from goldthread.practice.protection.copies import Copy, copy_for, parents_with_copies
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


HOW = ("in_person", "letter", "secure_email")  # codes meeting.told_how: how a copy can be given
GIVEN_ON = Day("On which day?")


@login_required
@require_http_methods(["GET", "POST"])
def copy_page(request: HttpRequest, reference: str, person: str) -> HttpResponse:
    """The plan for one parent: on the screen with what is left out said above it, on paper without. And, once they have it, that it was given."""
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
    form = Small(request)
    if request.method == "POST" and _given(form, record, copy, request.user):
        messages.success(request, f"Written down: {parent} has this copy.")
        return redirect(request.get_full_path())
    words = "\n".join(said for block in copy.blocks for _, said in block.lines)
    context = {
        "record": record, "copy": copy, "reading": reading_of(words).said, "as_at": localdate(), "errors": form.errors,
        "fields": [] if copy.refused else _given_questions(form), "shared_for": reason_for(record.pk, "telling_family"),
        "given": shared_as(Share.PLAN, f"{record.reference} {parent.reference}"),
    }  # fmt: skip
    return render(request, "protection/plan_copy.jinja", context, status=422 if form.problems else 200)


def _given(form: Small, record: Record, copy: Copy, by: Any) -> bool:
    """Writes down that they have it; False where something is wrong, and what."""
    on = form.read(GIVEN_ON, "on")
    if on is None:
        form.problems = form.problems or [("on", "Write the day on which they were given it.")]
        return False
    try:
        give_copy(record=record, copy=copy, how=form.text("how") or "", on=on, by=by)
    except Impossible as refused:
        form.problems.append((refused.about or "on", str(refused)))
    return not form.problems


def _given_questions(form: Small) -> list[dict[str, Any]]:
    typed = form.request.POST
    options = [(code, words) for code, words in listed("meeting.told_how") if code in HOW]
    day = {part: typed.get(f"on-{part}", "") for part in ("day", "month", "year")} if typed else day_parts(localdate())
    fields = [asked("how", "one", "How were they given it?", typed.get("how"), options=options), asked("on", "day", "On which day?", day)]
    wrong = dict(form.problems)
    for one in fields:
        one["error"] = wrong.get(one["name"], "")
    return fields


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
