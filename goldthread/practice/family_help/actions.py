"""Allocating an assessment, authorising it, agreeing a plan, closing."""

from datetime import date
from typing import Any

from django.utils.timezone import localdate

from goldthread.core.agencies.actions import allocate, end_allocations
from goldthread.core.agencies.models import Allocation, Team, Worker
from goldthread.core.agencies.queries import allocations_of, team_for
from goldthread.core.people.models import Person
from goldthread.core.records.models import Record
from goldthread.core.work.actions import end_chain, finish_tasks, give_task, meet, stop_every
from goldthread.core.work.models import Clock
from goldthread.pathway.actions import Completed, begin, hand_to
from goldthread.pathway.archetypes import AUTHORISE, DECIDE, RECORD, WRITE
from goldthread.pathway.queries import children_of, open_of, team_answering
from goldthread.pathway.ready.actions import ask_to_visit_again, hand_out, no_longer_ready, stand_ready
from goldthread.pathway.registry import BEGUN, after, definition_of, runs_for
from goldthread.practice.family_help import wording
from goldthread.practice.family_help.assessment import ChildAndFamilyAssessment
from goldthread.practice.family_help.child_in_need_plan import VISIT, ChildInNeedPlan, ChildInNeedReview, ChildInNeedVisit, PlanChild
from goldthread.practice.family_help.closure import Closure
from goldthread.practice.family_help.pathways import CLOSES_AS, DISCUSSION, PLAN, PROTECTION_PLAN, STRATEGY
from goldthread.practice.family_help.queries import on_a_plan

ALLOCATE = "allocate"
PURPOSES, ASSESSING = ("family_help", "assessment"), ("assessment",)


@after(ChildAndFamilyAssessment, BEGUN)
def ask_for_allocation(done: Completed) -> None:
    """A new assessment goes to the worker the children already have, or to the assessment team to be allocated."""
    held = [
        a
        for rows in allocations_of(child.pk for child in done.children).values()
        for a in rows
        if a.worker_id and a.role == Allocation.LEAD
    ]
    if held:
        allocate_assessment(record=done.record, team=held[0].team, worker=held[0].worker, by=done.by)
        return
    team = team_for("assessment")
    if team is None:
        raise ValueError("No team takes assessments: an administrator must name one.")
    for child in done.children:
        allocate(child=child.pk, team=team, worker=None, on=localdate())
    give_task(record=done.record, step=ALLOCATE, what=wording.ask_to_allocate(done.children), team=team, due_on=localdate(), by=done.by)


def allocate_assessment(*, record: Record, team: Team, worker: Worker | None, by: Any) -> None:
    """A named worker answers for the children and writes the assessment. ValueError when nobody is named."""
    if worker is None:
        raise ValueError("Choose who will do the assessment.")
    children = children_of(record)
    for child in children:
        allocate(child=child.pk, team=team, worker=worker, on=localdate())
    finish_tasks(record=record, step=ALLOCATE, by=by)
    hand_to(worker, record=record, step=WRITE, what=wording.ask_to_assess(children), by=by)


@after(ChildAndFamilyAssessment, WRITE)
def ask_for_authorisation(done: Completed) -> None:
    give_task(
        record=done.record,
        step=AUTHORISE,
        what=wording.ask_to_authorise(done.children),
        team=team_answering(done.children, ASSESSING),
        by=done.by,
    )


@after(ChildAndFamilyAssessment, AUTHORISE)
def carry_out_the_outcome(done: Completed) -> None:
    """Each child's own outcome: a plan, a closure, or a strategy discussion, to be held."""
    outcome = {child: sheet.authorised_outcome for child, sheet in done.answers.of_children().items()}
    planned = [child for child in done.children if outcome[child.pk] == PLAN]
    closing = {child.pk: CLOSES_AS[outcome[child.pk]] for child in done.children if outcome[child.pk] in CLOSES_AS}
    if planned:
        plan = begin(ChildInNeedPlan, children=[child.pk for child in planned], by=done.by, follows=done.record)
        hand_out(plan, WRITE, wording.ask_to_write_plan(planned), planned, done.by, ASSESSING)
    if closing:
        propose_closure(children=[c for c in done.children if c.pk in closing], reasons=closing, follows=done.record, by=done.by)
    going = open_of(DISCUSSION, outcome)
    discussed = [child.pk for child in done.children if outcome[child.pk] == STRATEGY and child.pk not in going]
    if discussed:
        opening = {"suspected_on": done.detail.authorised_on, "cause": done.detail.analysis}
        begin(definition_of(DISCUSSION), children=discussed, by=done.by, follows=done.record, opening=opening)


def propose_closure(*, children: list[Person], reasons: dict[int, str] | None = None, follows: Record | None = None, by: Any) -> Record:
    """A closure opens for these children, with the reason where the outcome gives it."""
    each = {child: {"reason": reason} for child, reason in (reasons or {}).items()}
    record = begin(Closure, children=[child.pk for child in children], by=by, follows=follows, each=each)
    hand_out(record, WRITE, wording.ask_to_write_closure(children), children, by, ASSESSING)
    return record


@after(ChildInNeedPlan, WRITE)
def ask_for_the_first_review(done: Completed) -> None:
    review(children=done.children, follows=done.record, by=done.by)
    ready_visit(done.children, by=done.by, follows=done.record)


def ready_visit(children: list[Person], *, by: Any, follows: Record | None = None) -> Record:
    """The next visit to these children stands ready, due when the first of their clocks runs out."""
    return stand_ready(ChildInNeedVisit, children=children, by=by, follows=follows, ask=wording.ask_to_visit, purposes=PURPOSES, key=VISIT)


@runs_for(VISIT)
def those_in_need(children: list[int], on: date) -> dict[int, int | None]:
    """Children on a plan on the day and born by then, in the rule's own time."""
    return dict.fromkeys(Person.objects.filter(pk__in=on_a_plan(children, on), born_on__lte=on).values_list("pk", flat=True))


@after(ChildInNeedVisit, RECORD, also_corrected=True)
def ask_for_the_next_visit(done: Completed) -> None:
    still = on_a_plan([child.pk for child in done.children], localdate())
    children = [child for child in done.children if child.pk in still]
    ask_to_visit_again(done, children, key=VISIT, purposes=PURPOSES, ask=wording.ask_to_visit, alarm=wording.not_seen_twice)


def protection_takes_its_place(kind: str, child: int, on: date, by: Any, **_: Any) -> None:
    """A child in need plan and a protection plan never run together (census rule 4001); one that was asked for is not written any more."""
    why = "A protection plan took its place."
    if kind == PROTECTION_PLAN and on_a_plan([child], on):
        end_plans(children=[child], on=on, by=by, why=why)
    if kind == PROTECTION_PLAN:
        no_longer_ready([ChildInNeedPlan], child=child, why=why, by=by)


def review(*, children: list[Person], follows: Record, by: Any) -> Record:
    """The plan is to be looked at again: the record stands ready, due when the running clock says."""
    record = begin(ChildInNeedReview, children=[child.pk for child in children], by=by, follows=follows)
    due_on = (
        Clock.objects.filter(record=follows, key="plan.cin.review", is_current=True)
        .order_by("due_on")
        .values_list("due_on", flat=True)
        .first()
    )
    hand_out(record, WRITE, wording.ask_to_review_plan(children), children, by, ASSESSING, due_on=due_on)
    return record


@after(ChildInNeedReview, WRITE)
def carry_out_the_review(done: Completed) -> None:
    """The clock that waited for this review is met; the plan goes on to the next, or ends."""
    children = [child.pk for child in done.children]
    meet(key="plan.cin.review", children=children, on=done.detail.held_on, by_record=done.record)
    if done.detail.goes_on:
        review(children=done.children, follows=done.record, by=done.by)
    else:
        end_plans(children=children, on=done.detail.held_on, by=done.by)
        propose_closure(children=done.children, follows=done.record, by=done.by)


def end_plans(*, children: list[int], on: date, by: Any = None, why: str = "The plan ended.") -> None:
    """These children leave their open plans on a day, and nothing more is due for them; the plan ends with the last of them."""
    for plan in ChildInNeedPlan.objects.filter(
        record__children__child_id__in=children, record__children__removed_at=None, ended_on=None
    ).distinct():
        PlanChild.objects.filter(record=plan.record, person__in=children, left_on=None).update(left_on=on)
        end_chain(children=children, key=VISIT, since=plan.started_on or on, on=on, why=why)
        if not PlanChild.objects.filter(record=plan.record, left_on=None).exists():
            plan.ended_on = on
            plan.save(update_fields=["ended_on"])
            plan.record.headline = plan.headline()
            plan.record.save(update_fields=["headline"])
    stop_every(clocks=Clock.objects.filter(key="plan.cin.review", child_id__in=children), on=on, why=why)
    for child in children:
        no_longer_ready([ChildInNeedVisit, ChildInNeedReview], child=child, why=why, by=by)


@after(Closure, WRITE)
def ask_for_closure(done: Completed) -> None:
    give_task(
        record=done.record,
        step=DECIDE,
        what=wording.ask_to_decide_closure(done.children),
        team=team_answering(done.children, ASSESSING),
        by=done.by,
    )


@after(Closure, DECIDE)
def close(done: Completed) -> None:
    """Nobody answers for these children any more; plans end. What is still due of family help is stopped, with the reason."""
    children = [child.pk for child in done.children]
    end_plans(children=children, on=done.detail.closed_on, by=done.by)
    ours = Clock.objects.filter(child__in=children, record__kind__startswith=f"{Closure._meta.app_label}.")
    stop_every(clocks=ours, on=done.detail.closed_on, why="The case was closed.")
    for child in children:
        end_allocations(child=child, on=done.detail.closed_on, why="Closed")
