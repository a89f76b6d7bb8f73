"""Who chairs for a child sees the child: from the day they are named, while a meeting about that child is still to be held."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from goldthread.core.agencies.actions import end_involvement, involve_many
from goldthread.core.agencies.models import Agency, Involvement, Worker
from goldthread.core.agencies.queries import CHAIR_ROLE
from goldthread.core.records.models import Record
from goldthread.core.work.models import Task
from goldthread.pathway.meeting.archetype import HOLD, Meeting
from goldthread.pathway.meeting.queries import chairs_of
from goldthread.pathway.queries import children_of, team_answering
from goldthread.pathway.registry import JOINED, after, definition_or_none


def let_the_chairs_in(children: Iterable[int]) -> None:
    """Whoever chairs a meeting that is still to be held stands among those who know the child; whoever chairs none does so no longer.

    One who is to go on a day that is known already goes on that day.
    """
    today, children = localdate(), list(children)
    chairs = chairs_of(children)
    standing = Involvement.objects.on(today).filter(child__in=children, role=CHAIR_ROLE, until_on=None)
    there = {child: {one.worker_id for one in standing if one.child_id == child} for child in children}
    for one in standing:
        if one.worker_id not in chairs[one.child_id]:
            end_involvement(involvement=one, on=today)
    new = [(child, key) for child in children for key in sorted(chairs[child] - there[child])]
    workers = Worker.objects.in_bulk({key for _, key in new})
    ours = Agency.objects.get(is_own_authority=True)
    involve_many(
        Involvement(
            child_id=child, agency=ours, role=CHAIR_ROLE, from_on=today, name=workers[key].name, worker=workers[key],
            phone=workers[key].phone, email=workers[key].email,
        )
        for child, key in new
    )  # fmt: skip


def hand_over(record: Record, *, before: int | None, chair: Worker | None) -> None:
    """The chair named now sees the children and writes the meeting down; where nobody is named, the children’s team does."""
    children = children_of(record)
    let_the_chairs_in(child.pk for child in children)
    asked = Task.objects.filter(Task.OPEN, record=record, step=HOLD)
    if chair is not None:
        asked.update(worker=chair, team=None, duty=None)
    elif before is not None:
        asked.filter(worker=before).update(worker=None, team=team_answering(children, ("front_door",)), duty=None)


def let_the_chair_go(*, children: Iterable[int], on: date) -> None:
    """From that day on nobody chairs for these children, and whoever did sees them no longer."""
    for one in Involvement.objects.filter(child__in=list(children), role=CHAIR_ROLE, until_on=None):
        end_involvement(involvement=one, on=max(on, one.from_on or on))


@after(Meeting, JOINED)
def the_chair_sees_who_joins(done: Any) -> None:
    on_files_changed(Record, done.record, [child.pk for child in done.children])


def on_files_changed(sender: Any, record: Record, children: list[int], **_: Any) -> None:
    """The record has left these children's files, withdrawn or made on the wrong child, or stands there again."""
    definition: Any = definition_or_none(record.kind)
    if definition is not None and issubclass(definition, Meeting) and definition.chair_is_independent:
        let_the_chairs_in(children)
