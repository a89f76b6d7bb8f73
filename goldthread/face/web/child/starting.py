"""What may begin now for this child, and why not otherwise: guided, never locked, except where the law itself forbids."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods

from goldthread.core.agencies.queries import allocations_of
from goldthread.core.people.models import Person
from goldthread.core.records.actions import comment
from goldthread.core.records.models import Record
from goldthread.face.web.child.asking import Ask, Form, answered, prose
from goldthread.face.web.child.opening import about_child
from goldthread.face.web.child.page import ChildPage
from goldthread.face.web.child.protecting import BEGUN_HERE, protection_now, ways_of_protection
from goldthread.face.web.child.siblings import siblings_seen
from goldthread.face.web.child.way import Way
from goldthread.face.web.links import to
from goldthread.ground.access.predicate import standing
from goldthread.ground.audit.middleware import Refused
from goldthread.pathway.actions import begin
from goldthread.pathway.meeting.archetype import MEETING
from goldthread.pathway.queries import may_begin, open_of
from goldthread.pathway.questions import Many
from goldthread.pathway.registry import definitions
from goldthread.practice.family_help.actions import propose_closure, review
from goldthread.practice.family_help.models import ChildAndFamilyAssessment, ChildInNeedPlan, ChildInNeedReview, Closure
from goldthread.practice.protection.conferences.actions import call_conference, call_transfer_in_conference
from goldthread.practice.protection.meetings.actions import call_strategy_discussion
from goldthread.practice.protection.models import InitialConference, Section47, StrategyDiscussion, TransferInConference
from goldthread.practice.protection.queries import plans_of

ASSESSMENT, PLAN, REVIEW, CLOSURE = (d.kind() for d in (ChildAndFamilyAssessment, ChildInNeedPlan, ChildInNeedReview, Closure))
DISCUSSION = StrategyDiscussion.kind()
CONFERENCE, TRANSFER_IN, ENQUIRY = InitialConference.kind(), TransferInConference.kind(), Section47.kind()
CONFERENCES = {"conference": CONFERENCE, "transfer-in": TRANSFER_IN}
MEETINGS = ("strategy", *CONFERENCES)  # those who must be asked come first
GONE = "Nothing can begin: {}."


@require_GET
@about_child
def start(request: HttpRequest, person: Person) -> HttpResponse:
    child = ChildPage(request, person)
    context = child.context(
        "child_start", f"Start or close for {child.name}", section_title=person.reference, ways=ways(child), may_start=may_start(child),
        may_direct=bool(standing(request.user).managed_team_ids), call_href=to("take_call") and f"{to('take_call')}?child={person.reference}",
    )  # fmt: skip
    return render(request, "web/child/start.jinja", context)


def may_start(child: ChildPage) -> bool:
    """Those who answer for the child, and the front door and the night."""
    return may_begin(child.request.user, child.rows)


def ways(child: ChildPage) -> list[Way]:
    """Every way, in the order of a child's journey. Two queries."""
    going: dict[str, Record] = {}
    for record in Record.objects.filter(
        pk__in=child.records(), kind__in=(DISCUSSION, ENQUIRY, CONFERENCE, TRANSFER_IN, ASSESSMENT, PLAN, REVIEW, CLOSURE, *BEGUN_HERE)
    ).exclude(state__in=(Record.VOID, Record.AGREED)):
        going[record.kind] = record
    in_need = next((plan for plan in child.plans if plan.kind == "in_need"), None)
    protected = any(plan.kind == "protection" for plan in child.plans)
    is_open = bool(child.allocations)
    ended = (
        GONE.format("the pregnancy ended" if child.person.pregnancy_ended_on else "the child has died") if _is_gone(child.person) else ""
    )
    found = [
        Way("strategy", "Strategy discussion", "With police and health, today: whether an enquiry is made, and what keeps the child safe. It may be recorded after it was held by telephone.",
            _discuss, open_record=going.get(DISCUSSION), open_words="One is still to be held, or to be recorded"),
        Way("conference", "Initial child protection conference", "With the family and everyone who knows them: whether a protection plan is needed.", _confer,
            f"{child.first} is on a protection plan already: a review looks at it." if protected else "" if going.get(ENQUIRY)
            else "A section 47 enquiry’s outcome usually calls it.", is_barred=protected, open_record=going.get(CONFERENCE), open_words="One is called"),
        Way("transfer-in", "Transfer-in conference", "A child on another authority’s protection plan has moved here for good.", _take_over,
            is_barred=protected, open_record=going.get(TRANSFER_IN), open_words="One is called"),
        Way("assessment", "Child and family assessment", "To understand the child’s life again, or for the first time.", _assess,
            "" if is_open else "An accepted referral usually opens it: start with the worry somebody told us.", open_record=going.get(ASSESSMENT),
            open_words="One is being written"),
        Way("plan", "Child in need plan", "What will change, who helps, and by when.", _plan,
            f"{child.first} has a plan already: review it." if in_need else "" if is_open else "Nobody answers for this child: an assessment’s outcome usually opens the plan.",
            open_record=going.get(PLAN), open_words="One is being written"),
        Way("review", "Review of the child in need plan", "What moved, and whether the plan goes on.", _review(child, in_need.reference if in_need else ""),
            "" if in_need else "There is no child in need plan to review.", is_barred=in_need is None, open_record=going.get(REVIEW), open_words="One is waiting"),
        *ways_of_protection(child, going, is_in_need=in_need is not None),
        Way("closure", "Close", "Why our involvement ends, what changed, and where the family can turn. A manager decides.", _close,
            "A protection plan ends only by conference, at 18, on death or on leaving for good: closing cannot end it." if protected
            else "" if is_open else "Nobody answers for this child: it is closed already.",
            is_barred=protected or not is_open, open_record=going.get(CLOSURE), open_words="A closure is going on"),
    ]  # fmt: skip
    for way in found:
        if ended and way.name != "closure":
            way.why_not, way.is_barred = ended, True
    return found


def _is_gone(person: Person) -> bool:
    return bool(person.died_on or person.pregnancy_ended_on)


def _discuss(children: list[Person], by: Any) -> Record:
    return call_strategy_discussion(children=[c.pk for c in children], by=by)


def _confer(children: list[Person], by: Any) -> Record:
    return call_conference(children=[c.pk for c in children], by=by)


def _take_over(children: list[Person], by: Any) -> Record:
    return call_transfer_in_conference(children=[c.pk for c in children], by=by)


def _assess(children: list[Person], by: Any) -> Record:
    return begin(ChildAndFamilyAssessment, children=[c.pk for c in children], by=by)


def _plan(children: list[Person], by: Any) -> Record:
    return begin(ChildInNeedPlan, children=[c.pk for c in children], by=by)


def _review(child: ChildPage, reference: str) -> Callable[[list[Person], Any], Record]:
    def begin_review(children: list[Person], by: Any) -> Record:
        return review(children=children, follows=Record.objects.get(reference=reference), by=by)

    return begin_review


def _close(children: list[Person], by: Any) -> Record:
    return propose_closure(children=children, by=by)


def _who_may_join(way: str, siblings: list[Person]) -> list[Person]:
    """Brothers and sisters for whom the same may begin with it: a meeting about anybody in need of one, other work about those whose work is open."""
    keys = [one.pk for one in siblings]
    if way in CONFERENCES:
        barred = {*plans_of(keys, localdate()), *open_of(CONFERENCES[way], keys)}
        return [one for one in siblings if one.pk not in barred]
    if way in MEETINGS:
        return siblings
    held = allocations_of(keys)
    return [one for one in siblings if one.pk in held]


@require_http_methods(["GET", "POST"])
@about_child
def begin_way(request: HttpRequest, person: Person, way: str) -> HttpResponse:
    """For which children; and, where something usually comes first, why not now."""
    child = ChildPage(request, person)
    if not may_start(child):
        raise Refused(f"starting {way} for {person.reference}", (person.pk,))
    wanted = next((one for one in ways(child) if one.name == way), None)
    if wanted is None or wanted.begin is None or wanted.is_barred:
        raise Http404("That cannot begin for this child.")
    if wanted.open_record is not None:
        return redirect("record", reference=wanted.open_record.reference)
    others = _who_may_join(way, siblings_seen(person, request.user))
    asks: list[Ask] = []
    if others and way not in ("review", "words", "visit"):
        options = [(p.reference, str(p)) for p in [person, *others]]
        asks.append(Ask("children", Many("For which children?"), options=options, needed=True))
    if wanted.why_not:
        asks.append(Ask("why", prose("Why begin it now all the same?", wanted.why_not), needed=True))
    if way == "strategy":
        asks.append(
            Ask(
                "cause",
                prose("What gives cause to suspect significant harm?", "It stands in the discussion’s own form, to go on from."),
                rows=3,
            )
        )
    if not asks:
        asks.append(Ask("words", prose("Anything to say about why now?"), rows=2))
    form = Form.of(request, asks, {"children": [person.reference]})

    begun: list[Record] = []

    def do(values: dict[str, Any]) -> str:
        chosen = [p for p in [person, *others] if p.reference in (values.get("children") or [person.reference])]
        if way == "strategy":
            record = call_strategy_discussion(children=[p.pk for p in chosen], by=request.user, cause=values.get("cause"))
        else:
            record = wanted.begin(chosen, request.user)  # type: ignore[misc]
        begun.append(record)
        said = values.get("why") or values.get("words")
        if said:
            comment(record=record, words=f"{'Begun out of the usual order' if values.get('why') else 'Why now'}: {said}", by=request.user)
        return f"{wanted.title} has begun. It is in the list of whoever answers for {child.first}."

    context = child.context(
        "child_start", f"Start: {wanted.title.lower()}" if way != "closure" else "Propose to close", button="Begin", leave=child.to("child_start"),
        lead=wanted.words, section_title=child.name,
    )  # fmt: skip
    answer = answered(request, form, do=do, done="Begun.", to=child.to("child_plans"), context=context)
    if begun and way in MEETINGS:
        return redirect("step", reference=begun[0].reference, step=MEETING)  # those who must be asked stand there
    return answer


@require_GET
@about_child
def plans(request: HttpRequest, person: Person) -> HttpResponse:
    """Every process about this child, newest first, under its kind: what is going on and what was."""
    child = ChildPage(request, person)
    named = {kind: d for kind, d in definitions().items() if not kind.startswith("front_door.feedback")}
    found: dict[str, list[dict[str, Any]]] = {}
    records = child.seen().filter(kind__in=named).order_by("-happened_on", "-pk")
    for record in records[:300]:
        definition: Any = named[record.kind]
        found.setdefault(definition.plural, []).append({"record": record, "state": Record.STATES[record.state]})
    context = child.context(
        "child_plans", f"Plans and assessments of {child.name}", section_title=person.reference, groups=found, protection=protection_now(child),
        order=[d.plural for d in named.values() if d.plural in found],
    )  # fmt: skip
    return render(request, "web/child/plans.jinja", context)
