"""A protection plan begins and ends, its category changes, and the children on it are visited."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from goldthread.core.people.models import Person
from goldthread.core.records.models import Record
from goldthread.core.sharing.actions import keep_shares, share
from goldthread.core.sharing.models import Share
from goldthread.core.sharing.reasons import reason_for
from goldthread.core.work.actions import Running, end_chain, rewind_links, stop_every, wind
from goldthread.core.work.models import OPEN, Clock, Task
from goldthread.ground.boot.trouble import Impossible
from goldthread.ground.codes.code_lists import codes
from goldthread.ground.time.queries import due_under, rule
from goldthread.ground.time.words import short_day
from goldthread.pathway.actions import Completed, Incomplete, begin, complete
from goldthread.pathway.archetypes import BEGIN, END, RECORD, WRITE
from goldthread.pathway.definition import Problem
from goldthread.pathway.meeting.chair.actions import let_the_chair_go
from goldthread.pathway.ready.actions import ask_to_visit_again, hand_out, no_longer_ready, stand_ready
from goldthread.pathway.registry import after, runs_for
from goldthread.practice.protection import wording
from goldthread.practice.protection.conferences import core_group
from goldthread.practice.protection.conferences.conference import SENT
from goldthread.practice.protection.conferences.review_conference import FIRST_REVIEW, ReviewConference
from goldthread.practice.protection.conferences.review_conference import LATER as LATER_REVIEW
from goldthread.practice.protection.copies import Copy
from goldthread.practice.protection.protection_plan import DIED, EIGHTEEN, VISIT, PlanCategory, ProtectionPlan
from goldthread.practice.protection.queries import plans_before, plans_of, plans_on, visits_within, whose
from goldthread.practice.protection.visit import ProtectionVisit
from goldthread.practice.protection.written_plan import WrittenPlan

PURPOSES = ("protection", "assessment")


def begin_plan(
    *,
    children: Iterable[int],
    on: date,
    category: str,
    by: Any,
    decided_in: Record | None = None,
    decided_by: str = "initial",
    previous_plans: int | None = None,
) -> list[Record]:
    """A conference held on this day decided that each of these children be protected by a plan: a period for each.

    `decided_in` is the conference's record. `previous_plans` counts plans anywhere; where nobody says, those known here.
    Incomplete when a child is on a plan already.
    """
    begun = []
    for child in children:
        opening = {"started_on": on, "initial_category": category, "decided_by": decided_by}
        opening["previous_plans"] = plans_before(child, on) if previous_plans is None else previous_plans
        record = begin(ProtectionPlan, children=[child], by=by, follows=decided_in, opening=opening)
        begun.append(complete(record=record, step=BEGIN, by=by).record)
    return begun


@after(ProtectionPlan, BEGIN)
def ask_for_what_the_plan_needs(done: Completed) -> None:
    """Its category stands from the first day; the first visit stands ready."""
    plan = done.detail
    plan.latest_category = plan.initial_category
    plan.save(update_fields=["latest_category"])
    PlanCategory.objects.create(record=done.record, from_on=plan.started_on, category=plan.initial_category, decided_in=done.record.follows)
    ready_visit(done.children, by=done.by, follows=done.record)
    ready_words(done.children, by=done.by, follows=done.record, due_on=due_under(core_group.FIRST, plan.started_on).on)


def ready_words(children: Iterable[Person], *, by: Any, follows: Record, due_on: date | None) -> Record:
    """The plan stands ready to be written, in time for the first core group."""
    children = list(children)
    usual = rule(VISIT).limit
    each = {child.pk: {"visit_within": usual} for child in children}
    return stand_ready(
        WrittenPlan, children=children, by=by, follows=follows, ask=wording.ask_to_write_plan, purposes=PURPOSES, due_on=due_on, each=each
    )


@after(WrittenPlan, WRITE, also_corrected=True)
def visit_as_the_plan_says(done: Completed) -> None:
    """From now on visits are due in the plan's own time, counted from the last one; an imported plan's visits begin with its first words."""
    limits = keep_to_the_plan([child.pk for child in done.children])
    running = set(Clock.objects.filter(OPEN, key=VISIT, child__in=limits).values_list("child", flat=True))
    first = {child: limit for child, limit in limits.items() if child not in running}
    if first:
        rewind_links(record=done.record, key=VISIT, started_on=done.detail.written_on, limits=first, why="The plan was written.")
    if limits:
        ready_visit([child for child in done.children if child.pk in limits], by=done.by, follows=done.record)


def keep_to_the_plan(children: list[int]) -> dict[int, int | None]:
    """The open visit clocks of these children run for the time the version in force today sets. Says which, by child."""
    limits = those_on_a_plan(children, localdate())
    for clock in Clock.objects.filter(OPEN, key=VISIT, child__in=limits).select_related("record"):
        running = Running(VISIT, clock.started_on, limit_set=limits[clock.child_id], is_link=True)
        wind(record=clock.record, children=[clock.child_id], runnings=[running], why="The plan says how often.")
    return limits


def ready_visit(children: Iterable[Person], *, by: Any, follows: Record) -> Record:
    """The next visit to these children stands ready, due when the first of their clocks runs out."""
    return stand_ready(ProtectionVisit, children=children, by=by, follows=follows, ask=wording.ask_to_visit, purposes=PURPOSES, key=VISIT)


def change_category(*, child: int, category: str, on: date, by: Any, decided_in: Record | None = None) -> ProtectionPlan:
    """From this day the plan stands under another category. ValueError when no plan holds on the day."""
    plan = plans_of([child], on).get(child)
    if plan is None:
        raise ValueError("The child is on no protection plan on that day.")
    PlanCategory.objects.update_or_create(record=plan.record, from_on=on, defaults={"category": category, "decided_in": decided_in})
    newest = PlanCategory.objects.filter(record=plan.record).order_by("-from_on").first()
    plan.latest_category = newest.category if newest else category
    plan.save(update_fields=["latest_category"])
    plan.record.headline = plan.headline()
    plan.record.version += 1
    plan.record.save(update_fields=["headline", "version"])
    return plan


def end_plan(*, child: int, on: date, how: str, why: str, by: Any) -> Record:
    """The plan that holds for this child ends on this day, in one of the lawful ways (codes protection.plan_ending).

    ValueError when no plan holds; Incomplete when the ending is not true of the child. An imported plan is ended too: what
    is known here stands, and its next census says the same.
    """
    plan = plans_on(max(on, localdate())).filter(child=child).select_related("record").first() or plans_of([child], on).get(child)
    if plan is None:
        raise ValueError("The child is on no protection plan.")
    record = plan.record
    if record.origin == Record.HERE:
        typed = {f"ended_on-{part}": str(getattr(on, part)) for part in ("day", "month", "year")}
        return complete(record=record, step=END, by=by, raw={**typed, "how_ended": how, "why_ended": why}).record
    if plan.started_on and on < plan.started_on:
        raise Incomplete([Problem("It ends before it began. Check both days.", "ended_on-day", "ended_on")])
    plan.ended_on, plan.how_ended, plan.why_ended = on, how, why
    plan.save(update_fields=["ended_on", "how_ended", "why_ended"])
    record.headline, record.version = plan.headline(), record.version + 1
    record.save(update_fields=["headline", "version"])
    _nothing_more_is_due(plan, by)
    return record


@after(ProtectionPlan, END, also_corrected=True)
def stop_what_the_plan_asked(done: Completed) -> None:
    _nothing_more_is_due(done.detail, done.by)


def _nothing_more_is_due(plan: ProtectionPlan, by: Any) -> None:
    assert plan.ended_on is not None and plan.started_on is not None
    ending = plan._meta.get_field("how_ended").shown(plan.how_ended)
    why = f"The protection plan ended: {ending[:1].lower()}{ending[1:]}."
    child = whose(plan)
    end_chain(children=[child], key=VISIT, since=plan.started_on, on=plan.ended_on, why=why)
    stop_every(
        clocks=Clock.objects.filter(child=child, key__in=(FIRST_REVIEW, core_group.FIRST), started_on__gte=plan.started_on),
        on=plan.ended_on,
        why=why,
    )
    for key in (core_group.LATER, LATER_REVIEW):
        end_chain(children=[child], key=key, since=plan.started_on, on=plan.ended_on, why=why)
    the_chair_goes([child], plan.ended_on)
    no_longer_ready([ProtectionVisit, WrittenPlan, core_group.CoreGroup, ReviewConference], child=child, why=why, by=by)


def the_chair_goes(children: Iterable[int], on: date) -> None:
    """Nothing is to be chaired for these children any more: the chair sees them until everybody must have what was decided."""
    until = max(localdate(), due_under(SENT.key, on).on or on)
    let_the_chair_go(children=children, on=until + timedelta(days=1))


@runs_for(VISIT)
def those_on_a_plan(children: list[int], on: date) -> dict[int, int | None]:
    """Children on a protection plan on the day and born by then (nobody can see a child before birth), with the plan's own interval."""
    born = Person.objects.filter(pk__in=plans_of(children, on), born_on__lte=on).values_list("pk", flat=True)
    said = visits_within(children, on)
    return {child: said.get(child) for child in born}


@after(ProtectionVisit, RECORD, also_corrected=True)
def ask_for_the_next_visit(done: Completed) -> None:
    still = plans_of([child.pk for child in done.children], localdate())
    children = [child for child in done.children if child.pk in still]
    keep_to_the_plan([child.pk for child in children])
    ask_to_visit_again(done, children, key=VISIT, purposes=PURPOSES, ask=wording.ask_to_visit, alarm=wording.not_seen_twice)


def visit_from_birth(person: Person, **_: Any) -> None:
    """A child whose plan was made before birth is visited from birth on."""
    born_on = person.born_on
    plan = plans_of([person.pk], born_on).get(person.pk) if born_on else None
    if plan is not None and born_on is not None and plan.record.origin == Record.HERE:
        why = "The child was born."
        rewind_links(record=plan.record, key=VISIT, started_on=born_on, limits=those_on_a_plan([person.pk], born_on), why=why)
        ready_visit([person], by=plan.record.recorded_by, follows=plan.record)


def end_for_death(person: Person, **_: Any) -> None:
    """A death, or the end of a pregnancy, ends the plan that day; nobody is asked to say so twice."""
    on = person.died_on or person.pregnancy_ended_on
    plan = plans_on(localdate()).filter(child=person).first()
    if plan is not None and on is not None and plan.started_on is not None:
        _is_ended_by_the_file(plan, person, on, DIED, "It is on the child’s own record.")


def _is_ended_by_the_file(plan: ProtectionPlan, child: Person, on: date, how: str, why: str) -> bool:
    """What is on the child's file ends the plan. Where it cannot, since the plan began in ignorance of it, the team is asked to withdraw it."""
    try:
        with transaction.atomic():
            end_plan(child=child.pk, on=on, how=how, why=why, by=None)
    except Incomplete:
        what = wording.ask_to_withdraw(child)
        if not plan.record.tasks.filter(Task.OPEN, what=what).exists():
            hand_out(plan.record, "", what, [child], None, PURPOSES, due_on=localdate())
        return False
    return True


def end_at_eighteen(plan: ProtectionPlan, birthday: date) -> None:
    """The law ends it; the team is told, so that nobody finds out by chance."""
    child = Person.objects.get(pk=whose(plan))
    if _is_ended_by_the_file(plan, child, birthday, EIGHTEEN, "The date of birth is on the child’s own record."):
        hand_out(plan.record, "", wording.ended_at_eighteen(child), [child], None, PURPOSES, due_on=localdate())


def give_copy(*, record: Record, copy: Copy, how: str, on: date, by: Any) -> None:
    """This parent has their copy of the plan since that day. Impossible where there is none, for a day to come, or before it was agreed."""
    last = record.newest_copy()
    if copy.refused or last is None:
        raise Impossible(f"There is no copy to give. {copy.refused}")
    if not localdate(last.made_at) <= on <= localdate():
        raise Impossible(
            f"The day must be between the day this version was written ({short_day(localdate(last.made_at))}) and today.", "on"
        )
    if problem := codes("meeting.told_how").check(how):
        raise Impossible(problem, "how")
    made = share(
        what=Share.PLAN, thing=f"{record.reference} {copy.parent.reference}", reason=reason_for(record.pk, "telling_family"),
        children=[child.pk for child in copy.children], to_whom=str(copy.parent), by=by, record=record, person=copy.parent,
        how=codes("meeting.told_how").label(how), on=on,
    )  # fmt: skip
    keep_shares([made])
