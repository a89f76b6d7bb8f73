"""A record that stands ready to be written: the next visit, the next plan. One for a family at a time, on one person's list."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from goldthread.core.agencies.queries import allocations_of
from goldthread.core.people.models import Person
from goldthread.core.records.actions import take_off_child, withdraw
from goldthread.core.records.models import Record
from goldthread.core.work.actions import drop_tasks, give_task
from goldthread.core.work.models import OPEN, Clock, Task
from goldthread.pathway.actions import Completed, begin, hand_to, include
from goldthread.pathway.definition import Detail
from goldthread.pathway.queries import children_of, team_answering
from goldthread.pathway.ready.queries import apart, waiting

Asking = Callable[[list[Person]], str]  # the words of a task about these children


def stand_ready(
    definition: type[Detail],
    *,
    children: Iterable[Person],
    by: Any,
    ask: Asking,
    purposes: Iterable[str],
    follows: Record | None = None,
    due_on: date | None = None,
    key: str = "",
    each: dict[int, dict[str, Any]] | None = None,
) -> Record:
    """The family's open record of this kind is about these children too; one is begun if there is none. The first child's is returned.

    Children who live apart have one each. `ask` makes the task's words from the children. The task carries the earliest open clock of `key` among them, and falls due
    with it, or on `due_on` if that is sooner. `purposes` of teams, in turn, take what nobody is allocated for. `each` holds
    answers already known about one child.
    """
    records = []
    for group in apart(children):
        record = _begun_or_joined(definition, group, by, follows, each)
        about = children_of(record)
        clock = next_clock(key, about) if key else None
        days = [day for day in (due_on, clock.due_on if clock else None) if day is not None]
        hand_out(record, definition.steps[0].name, ask(about), about, by, purposes, due_on=min(days, default=None), clock=clock)
        records.append(record)
    return records[0]


def _begun_or_joined(
    definition: type[Detail], children: list[Person], by: Any, follows: Record | None, each: dict[int, dict[str, Any]] | None
) -> Record:
    record = waiting(definition, children)
    if record is None:
        return begin(definition, children=[child.pk for child in children], by=by, follows=follows, each=each, is_ahead=True)
    missing = [child.pk for child in children if child.pk not in {one.pk for one in children_of(record)}]
    if missing:
        include(record=record, children=missing, by=by, each=each)
    drop_tasks(record=record, why="Asked again, for everyone and by the new day.")
    return record


def next_clock(key: str, children: Iterable[Person]) -> Clock | None:
    """The first of these children's open clocks of this key to run out."""
    return Clock.objects.filter(OPEN, key=key, child__in=list(children), due_on__isnull=False).order_by("due_on", "pk").first()


def hand_out(record: Record, step: str, what: str, children: Iterable[Person], by: Any, purposes: Iterable[str], **task: Any) -> None:
    """The work goes to the children's worker, or to their team, or to the first team of these purposes. ValueError when there is none."""
    children = list(children)
    rows = [held for found in allocations_of(child.pk for child in children).values() for held in found]
    worker = next((held.worker for held in rows if held.worker_id), None)
    if worker is not None:
        hand_to(worker, record=record, step=step, what=what, by=by, **task)
        return
    team = team_answering(children, purposes)
    if team is None:
        raise ValueError("No team takes this work: an administrator must name one.")
    give_task(record=record, step=step, what=what, team=team, by=by, **task)


def no_longer_ready(definitions: Iterable[type[Detail]], *, child: int, why: str, by: Any) -> None:
    """Nothing is to be written about this child any more; what stands ready for its brothers and sisters stays.

    What somebody has begun to type is never thrown away: whoever has the task is asked to finish it, or to withdraw it themselves.
    """
    kinds = [definition.kind() for definition in definitions]
    found = Record.objects.filter(kind__in=kinds, state=Record.DRAFT, children__child=child, children__removed_at=None)
    for record in found.distinct():
        if record.drafts.filter(revision__gt=0).exists():
            _ask_to_finish(record, why, by)
        elif record.children.filter(removed_at=None).exclude(child=child).exists():
            take_off_child(record=record, child=child, why=why, by=by)
        else:
            withdraw(record=record, why=why, by=by)


def _ask_to_finish(record: Record, why: str, by: Any) -> None:
    asked = list(record.tasks.filter(Task.OPEN).exclude(step="").select_related("worker", "team"))
    drop_tasks(record=record, why=why)
    for task in asked:
        what = f"{task.what}. {why} What was typed is kept: finish it, or withdraw it"
        give_task(record=record, step=task.step, what=what, by=by, due_on=localdate(), worker=task.worker, team=task.team, duty=task.duty)


def ask_to_visit_again(done: Completed, children: list[Person], *, key: str, purposes: Iterable[str], ask: Asking, alarm: Asking) -> None:
    """After a visit the next stands ready for those still to be visited; after a failed one, on the day it is to be tried again.

    Two that fail running are put before a manager: nobody has seen the children.
    """
    kind = type(done.detail)
    of_them = kind.objects.filter(record__children__child__in=done.children, record__children__removed_at=None)
    others = of_them.exclude(record=done.record).exclude(record__state=Record.VOID).distinct()
    is_latest = not others.filter(visited_on__gt=done.detail.visited_on).exists()
    again_on = done.detail.try_again_on if done.detail.has_failed and is_latest else None
    if children:
        stand_ready(kind, children=children, by=done.by, ask=ask, purposes=purposes, follows=done.record, due_on=again_on, key=key)
    before = others.filter(visited_on__lte=done.detail.visited_on).order_by("-visited_on", "-record").first()
    if done.detail.has_failed and before is not None and before.has_failed and done.record.version == 1:
        team = team_answering(done.children, purposes)
        if team is not None:
            give_task(record=done.record, what=alarm(done.children), team=team, by=done.by, due_on=localdate())
