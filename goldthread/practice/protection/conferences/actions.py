"""Calling a conference, preparing it, and carrying out what it decides for each child."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from goldthread.core.people.models import Person
from goldthread.core.records.models import Record
from goldthread.core.work.actions import Running, give_task, meet, remark, wind
from goldthread.core.work.models import Task
from goldthread.pathway.actions import Completed, begin, include
from goldthread.pathway.archetypes import WRITE
from goldthread.pathway.meeting.actions import arrange, leave_out
from goldthread.pathway.meeting.archetype import HOLD, MEETING
from goldthread.pathway.meeting.models import Arrangement
from goldthread.pathway.meeting.queries import held_by, is_quorate
from goldthread.pathway.queries import children_of, going_about
from goldthread.pathway.registry import BEGUN, JOINED, after, definition_of, runs_for
from goldthread.practice.protection.actions import begin_plan, change_category, end_plan, the_chair_goes
from goldthread.practice.protection.conferences import core_group, review_conference
from goldthread.practice.protection.conferences.conference import (
    CENSUS,
    IN_LAW,
    PLAN,
    PREPARE,
    Conference,
    ConferenceAdult,
    DecidingConference,
)
from goldthread.practice.protection.conferences.core_group import CoreGroup
from goldthread.practice.protection.conferences.initial_conference import InitialConference
from goldthread.practice.protection.conferences.known import as_the_conference_left_it
from goldthread.practice.protection.conferences.queries import enquiry_to_follow, one_to_join
from goldthread.practice.protection.conferences.review_conference import FIRST_REVIEW, ReviewConference
from goldthread.practice.protection.conferences.transfer_in_conference import TransferInConference, TransferInConferenceChild
from goldthread.practice.protection.meetings import wording
from goldthread.practice.protection.meetings.queries import team_of, workers_of
from goldthread.practice.protection.meetings.section_47 import Section47
from goldthread.practice.protection.protection_plan import BY_REVIEW
from goldthread.practice.protection.queries import plans_of, standing_before
from goldthread.practice.protection.written_plan import WrittenPlan

EXCLUDED = "excluded"


def call_conference(*, children: Sequence[int], by: Any, enquiry: Record | None = None) -> Record:
    """An initial conference about these children, from the enquiry that asks for it; where none is given, from one that `by` may see.

    Where a conference is open about them all, that one.
    """
    going = going_about(InitialConference, children)
    if going is not None:
        if enquiry is not None and going.follows is None:
            _answer_the_enquiry(going, enquiry)
        return going
    follows = enquiry or enquiry_to_follow(children, by)
    found = Section47.objects.filter(record=follows).first() if follows else None
    opening = {"worry": found.found if found else None, "without_section_47": found is None}
    return begin(InitialConference, children=children, by=by, follows=follows, opening=opening, is_ahead=True)


def call_transfer_in_conference(*, children: Sequence[int], by: Any) -> Record:
    """Children on another authority's plan have moved here. Where one is open about them all, that one."""
    return going_about(TransferInConference, children) or begin(TransferInConference, children=children, by=by, is_ahead=True)


def _answer_the_enquiry(conference: Record, enquiry: Record) -> None:
    """The conference was called before its enquiry asked for it: from now on it follows that enquiry, and says so."""
    conference.follows = enquiry
    conference.save(update_fields=["follows"])
    draft = conference.drafts.select_for_update().filter(step=PREPARE).first()
    found = Section47.objects.filter(record=enquiry).first()
    if draft is not None:
        draft.answers["without_section_47"] = "no"
        draft.answers["worry"] = draft.answers.get("worry") or (found and found.found) or ""
        draft.save(update_fields=["answers"])


@after(Conference, BEGUN)
@after(CoreGroup, BEGUN)
def ask_for_it_to_be_called(done: Completed) -> None:
    """To whoever answers for the children, or their team, by the day on which it must be held."""
    children, workers = done.children, workers_of(done.children)
    what = wording.ask_to_call(definition_of(done.record.kind).title, children)
    holder = {"worker": workers[0]} if workers else {"team": team_of(children)}
    give_task(record=done.record, step=MEETING, what=what, by=done.by, due_on=held_by(done.record), **holder)


@after(Conference, JOINED)
@after(CoreGroup, JOINED)
def ask_for_it_in_time_for_all(done: Completed) -> None:
    """Whoever calls it hears of the children who have come onto it, and of the day that is theirs."""
    what = wording.ask_to_call(definition_of(done.record.kind).title, done.children)
    Task.objects.filter(Task.OPEN, record=done.record, step=MEETING).update(what=what, due_on=held_by(done.record))


@after(Conference, PREPARE, also_corrected=True)
def keep_to_the_chairs_decision(done: Completed) -> None:
    """Whoever is excluded is not asked, or is told so if they were; the chair writes the conference down on its day."""
    workers = workers_of(done.children)
    answering: dict[str, Any] = {"worker": workers[0]} if workers else {"team": team_of(done.children)}
    for sheet in done.answers.each:
        if issubclass(sheet.asked_of, ConferenceAdult) and sheet.person and sheet.place == EXCLUDED:
            why = f"The chair’s decision: seen apart. {sheet.place_why}"
            for invitee in done.record.invitees.filter(person=sheet.person, left_out_at=None, attended=None):
                leave_out(invitee=invitee, why=why, by=done.by, though_asked=True)
                if invitee.invited_at:
                    tell = wording.ask_to_tell_of_exclusion(definition_of(done.record.kind).title, sheet.person)
                    give_task(record=done.record, what=tell, by=done.by, due_on=localdate(), **answering)
    if done.record.version > 1:
        return  # somebody is asked for it already
    arranged = Arrangement.objects.filter(record=done.record).select_related("chair").first()
    holder = {"worker": arranged.chair} if arranged and arranged.chair else {"team": team_of(done.children)}
    due_on = (arranged and arranged.planned_on) or held_by(done.record)
    what = wording.ask_to_record(definition_of(done.record.kind).title, done.children)
    give_task(record=done.record, step=HOLD, what=what, by=done.by, due_on=due_on, **holder)


@after(DecidingConference, HOLD)
def carry_out_the_decision(done: Completed) -> None:
    """Each child's own: a plan's period begins that day, with its core group and its review; or the worker hears that none does."""
    on, keys = done.detail.held_on, [child.pk for child in done.children]
    meet(key=CENSUS, children=keys, on=on, by_record=done.record)
    _meet_if_quorate(done)
    Section47.objects.filter(record=done.record.follows_id).update(conference_on=on)
    category = {s.person.pk: s.category for s in done.answers.each if s.person and s.values.get("decision") == PLAN}
    planned = [child for child in done.children if child.pk in category]
    others = [child for child in done.children if child.pk not in category]
    still = plans_of(keys, localdate())
    the_chair_goes([child.pk for child in others if child.pk not in still], on)
    for worker in workers_of(others):
        give_task(record=done.record, what=wording.ask_to_read_conference(others), worker=worker, by=done.by, due_on=localdate())
    if not planned:
        return
    elsewhere = _plans_elsewhere(done.record)
    for child in planned:
        begin_plan(
            children=[child.pk], on=on, category=category[child.pk], by=done.by, decided_in=done.record,
            decided_by="transfer_in" if child.pk in elsewhere else "initial",
            previous_plans=elsewhere[child.pk] + standing_before(child.pk, on).count() if child.pk in elsewhere else None,
        )  # fmt: skip
    first = [Running(core_group.FIRST, on, is_met_elsewhere=True)]
    wind(record=done.record, children=[child.pk for child in planned], runnings=first)
    ready_meeting(CoreGroup, children=planned, follows=done.record, by=done.by, on=done.detail.core_group_on)
    ready_meeting(ReviewConference, children=planned, follows=done.record, by=done.by, on=done.detail.next_on)


def _plans_elsewhere(conference: Record) -> dict[int, int]:
    """How many plans each child has had under other authorities; nobody where it is no transfer-in conference."""
    return dict(TransferInConferenceChild.objects.filter(record=conference).values_list("person", "plans_elsewhere"))


def _meet_if_quorate(done: Completed) -> None:
    """Working Together's fifteen days end with a conference that is held and quorate; until then its clock runs on, and says why.

    The census counts the day it was held, whoever came.
    """
    on, children = done.detail.held_on, [child.pk for child in done.children]
    if is_quorate(done.record):
        meet(key=IN_LAW, children=children, on=on, by_record=done.record)
    else:
        remark(key=IN_LAW, children=children, note=wording.held_inquorate(definition_of(done.record.kind).title, on))


def ready_meeting(kind: Any, *, children: Iterable[Person], follows: Record, by: Any, on: date | None) -> Record:
    """The next meeting of this kind is about these children too, and is arranged for that day, a conference under the same chair.

    One that is arranged already for a brother or sister stays as it is, and is joined where it is soon enough for these too.
    """
    children = list(children)
    record = one_to_join(kind, children, on)
    if record is None:
        opening = {"worry": _worry(follows)} if issubclass(kind, Conference) else {}
        record = begin(kind, children=[child.pk for child in children], by=by, follows=follows, opening=opening, is_ahead=True)
    else:
        there = {child.pk for child in children_of(record)}
        include(record=record, children=[child.pk for child in children if child.pk not in there], by=by)
        if Arrangement.objects.filter(record=record, planned_on__isnull=False).exists():
            return record
    before = Arrangement.objects.filter(record=follows).select_related("chair").first()
    if on is not None:
        chair = before.chair if before and issubclass(kind, Conference) else None
        still = chair if chair and not kind.may_not_chair(chair, children) else None
        arrange(record=record, planned_on=on, how=before.how if before else None, chair=still)
    return record


def _worry(follows: Record) -> str | None:
    detail = definition_of(follows.kind).objects.filter(record=follows).first()
    return getattr(detail, "worry", None)


@runs_for(review_conference.LATER)
@runs_for(core_group.LATER)
def those_on_a_plan(children: list[int], on: date) -> dict[int, int | None]:
    return dict.fromkeys(plans_of(children, on))


@after(ReviewConference, HOLD)
def carry_out_the_review(done: Completed) -> None:
    """For each child the plan goes on, perhaps under another category, or ends that day with what shows that it may."""
    on, keys = done.detail.held_on, [child.pk for child in done.children]
    meet(key=FIRST_REVIEW, children=keys, on=on, by_record=done.record)
    _meet_if_quorate(done)
    sheets = {s.person.pk: s for s in done.answers.each if s.person and "goes_on" in s.values}
    ended = [child for child in done.children if not sheets[child.pk].goes_on]
    for child in ended:
        said = sheets[child.pk]
        end_plan(child=child.pk, on=on, how=BY_REVIEW, why=f"{said.changed}\nWhat risk remains: {said.remains}", by=done.by)
    for worker in workers_of(ended):
        give_task(record=done.record, what=wording.ask_what_follows_the_plan(ended), worker=worker, by=done.by, due_on=localdate())
    plans, still = plans_of(keys, on), plans_of(keys, localdate())
    for child in done.children:
        if child.pk in plans and child not in ended and sheets[child.pk].category != plans[child.pk].latest_category:
            change_category(child=child.pk, category=sheets[child.pk].category, on=on, by=done.by, decided_in=done.record)
    going_on = [child for child in done.children if child.pk in still and child not in ended]
    if going_on:
        ready_meeting(ReviewConference, children=going_on, follows=done.record, by=done.by, on=done.detail.next_on)


@after(CoreGroup, HOLD)
def carry_on(done: Completed) -> None:
    """Its clock is met; the next stands ready for those still on a plan, and whoever leads is asked for the plan's new words."""
    on, keys = done.detail.held_on, [child.pk for child in done.children]
    meet(key=core_group.FIRST, children=keys, on=on, by_record=done.record)
    still = plans_of(keys, localdate())
    children = [child for child in done.children if child.pk in still]
    if done.detail.plan_changes:
        for worker in workers_of(children):
            give_task(record=done.record, what=wording.ask_for_new_words(children), worker=worker, by=done.by, due_on=localdate())
    if children:
        ready_meeting(CoreGroup, children=children, follows=done.record, by=done.by, on=done.detail.next_on)


@after(WrittenPlan, JOINED)
def as_it_left_those_who_join(done: Completed) -> None:
    keep_to_its_children(done.record)


def keep_to_its_children(record: Record, **_: Any) -> None:
    """Children have come onto the first words of a plan, or left them: where nobody has typed yet, it says what was decided for those it is about now."""
    is_first = record.kind == WrittenPlan.kind() and (record.follows is None or record.follows.kind != record.kind)
    draft = record.drafts.select_for_update().filter(step=WRITE, revision=0).first() if is_first else None
    if draft is not None:
        draft.answers["if_unsafe"] = as_the_conference_left_it(record).get("if_unsafe", "")
        draft.save(update_fields=["answers"])
