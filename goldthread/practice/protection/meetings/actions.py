"""Holding a strategy discussion, starting the enquiry it decides on, seeing the child, deciding."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate, localtime

from goldthread.core.people.actions import raise_alert
from goldthread.core.people.models import Person
from goldthread.core.records.models import Record
from goldthread.core.work.actions import Running, give_task, stop_every, wind
from goldthread.core.work.models import Clock
from goldthread.ground.access.predicate import standing
from goldthread.ground.time.queries import calendar
from goldthread.pathway.actions import Completed, begin
from goldthread.pathway.meeting.actions import arrange
from goldthread.pathway.meeting.archetype import HOLD, MEETING
from goldthread.pathway.meeting.models import Arrangement
from goldthread.pathway.queries import going_about
from goldthread.pathway.ready.actions import hand_out
from goldthread.pathway.registry import BEGUN, after
from goldthread.practice.protection.conferences.actions import call_conference
from goldthread.practice.protection.meetings import wording
from goldthread.practice.protection.meetings.queries import team_of, workers_of
from goldthread.practice.protection.meetings.section_47 import DECIDE, SEE, WRITE, Section47
from goldthread.practice.protection.meetings.strategy_discussion import STARTS, StrategyDiscussion

PURPOSES = ("front_door",)  # of the team that takes what nobody answers for
CONFERENCE_CLOCKS = ("conference.initial", "conference.initial.census")


def call_strategy_discussion(
    *, children: Sequence[int], by: Any, follows: Record | None = None, cause: str | None = None, suspected_at: datetime | None = None
) -> Record:
    """One is to be held about these children, or has just been held by telephone. Where one is open already about them all, that one."""
    going = going_about(StrategyDiscussion, children)
    if going is not None:
        return going
    moment = localtime(suspected_at or timezone.now())
    opening = {"suspected_on": moment.date(), "suspected_at": moment.time().replace(second=0, microsecond=0), "cause": cause}
    return begin(StrategyDiscussion, children=children, by=by, follows=follows, opening=opening)


@after(StrategyDiscussion, BEGUN)
def ask_for_it_to_be_held(done: Completed) -> None:
    """At once, to the children's team; to the front door where they have none; at night to the one who is there."""
    held = standing(done.by)
    holder: dict[str, Any] = {"team": team_of(done.children)}
    if "out_of_hours" in held.duties:
        holder = {"duty": "out_of_hours"}
    give_task(
        record=done.record, step=MEETING, what=wording.ask_to_hold(done.children), by=done.by, due_on=localdate(), is_urgent=True, **holder
    )


@after(StrategyDiscussion, HOLD)
def carry_out_the_decision(done: Completed) -> None:
    """Each child's own: an enquiry starts, another discussion is called, the night's plan stands on the child's page, the worker hears."""
    sheets = done.answers.of_children()
    starting = [child for child in done.children if sheets[child.pk].decision == STARTS]
    again = [child for child in done.children if sheets[child.pk].decision == "another_discussion"]
    for child in done.children:
        if sheets[child.pk].tonight:
            raise_alert(
                person=child, kind="tonight", what=sheets[child.pk].tonight, by=done.by, source=f"Strategy discussion {done.record.reference}",
                from_on=done.detail.held_on, review_on=done.detail.next_on or calendar().add(done.detail.held_on, 1),
            )  # fmt: skip
    if starting:
        start_enquiry(discussion=done, children=starting)
    if again:
        record = begin(
            StrategyDiscussion, children=[child.pk for child in again], by=done.by, follows=done.record,
            opening={"suspected_on": done.detail.suspected_on, "suspected_at": done.detail.suspected_at, "cause": done.detail.cause},
        )  # fmt: skip
        if done.detail.next_on:
            before = Arrangement.objects.filter(record=done.record).first()
            arrange(
                record=record, planned_on=done.detail.next_on, how=before.how if before else None, chair=before.chair if before else None
            )
    told = [child for child in done.children if child not in starting]
    for worker in workers_of(told):
        give_task(record=done.record, what=wording.ask_to_read_decision(told), worker=worker, by=done.by, due_on=localdate())


def start_enquiry(*, discussion: Completed, children: list[Person]) -> Record:
    """One enquiry for these children, on the day and at the time of the discussion, with what is known already."""
    detail = discussion.detail
    workers = workers_of(children)
    opening = {
        "strategy_on": detail.held_on,
        "strategy_at": detail.held_at,
        "started_on": detail.held_on,
        "lead": workers[0].name if workers else None,
    }
    record = begin(Section47, children=[child.pk for child in children], by=discussion.by, follows=discussion.record, opening=opening)
    hand_out(record, SEE, wording.ask_to_see(children), children, discussion.by, PURPOSES)
    return record


@after(Section47, SEE, also_corrected=True)
def the_child_has_been_seen(done: Completed) -> None:
    """The clock of each child who was seen is met on that day, however late that is written down; the others' run on."""
    start = done.detail.strategy_on
    at = timezone.make_aware(datetime.combine(start, done.detail.strategy_at)) if done.detail.strategy_at else None
    for child, sheet in done.answers.of_children().items():
        wind(record=done.record, children=[child], runnings=[Running("section_47.child_seen", start, at, sheet.seen_on)])
    if done.record.version == 1:
        hand_out(done.record, WRITE, wording.ask_to_write(done.children), done.children, done.by, PURPOSES)


@after(Section47, WRITE)
def ask_for_a_decision(done: Completed) -> None:
    what = wording.ask_to_decide(done.children)
    give_task(record=done.record, step=DECIDE, what=what, team=team_of(done.children), by=done.by)


@after(Section47, DECIDE)
def carry_out_the_outcome(done: Completed) -> None:
    """A conference is called for those who need one; for the others its clocks stop, with the reason."""
    sheets = done.answers.of_children()
    called = [child for child in done.children if sheets[child.pk].conference]
    others = [child.pk for child in done.children if not sheets[child.pk].conference]
    clocks = Clock.objects.filter(record=done.record, child__in=others, key__in=CONFERENCE_CLOCKS)
    stop_every(clocks=clocks, on=done.detail.decided_on, why="It was decided that no conference is required.")
    done.detail.conference_not_required = not called
    done.detail.save(update_fields=["conference_not_required"])
    if called:
        call_conference(children=[child.pk for child in called], by=done.by, enquiry=done.record)
