"""Winding clocks and handing out tasks. A due date is never edited: a corrected start makes a new running."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.timezone import localdate

from goldthread.core.people.models import Person
from goldthread.core.records.models import Record, RecordChild
from goldthread.core.work.chains import Link, fates
from goldthread.core.work.models import OPEN, Clock, Nudge, Task
from goldthread.ground.boot.many_rows import insert_many, insert_rows
from goldthread.ground.time.queries import due, rule

# The columns of a clock newly wound.
WOUND = (
    "record_id", "child_id", "key", "started_on", "started_at", "rule_id", "due_on", "due_at", "met_on", "stopped_on", "stopped_why",
    "breach_cause", "note", "limit_set", "is_link", "is_current",
)  # fmt: skip
FATES = """
UPDATE work_clock c SET met_on = now.met_on, stopped_on = now.stopped_on, stopped_why = now.stopped_why
  FROM unnest(%s::bigint[], %s::date[], %s::date[], %s::text[]) AS now(id, met_on, stopped_on, stopped_why) WHERE c.id = now.id
"""


@dataclass(frozen=True)
class Running:
    """What is known of one clock of one record: the rule's key, its start, and what became of it, if anything has.

    `note` says what is not known of it, beside the due day. `limit_set` is the time a plan sets in the rule’s place, in the
    rule’s unit. `is_link`: met by the next running of its key for the child (`chains`).
    """

    key: str
    started_on: date
    started_at: datetime | None = None
    met_on: date | None = None
    stopped_on: date | None = None
    stopped_why: str | None = None
    breach_cause: str | None = None  # codes work.breach_cause
    note: str | None = None
    is_met_elsewhere: bool = False  # this record's answers do not say whether it was met: what another record made of it stands
    limit_set: int | None = None
    is_link: bool = False


def wind(*, record: Record, children: Iterable[int], runnings: Iterable[Running], why: str = "The date was corrected.") -> None:
    """Start, meet or recompute the record's clocks for each child, keeping every earlier running as history."""
    present = {(clock.key, clock.child_id): clock for clock in Clock.objects.filter(record=record, is_current=True)}
    fresh: list[Clock] = []
    for running in runnings:
        for child in children:
            clock = present.get((running.key, child))
            if clock is not None and _begun(clock) == _begun(running):
                if not running.is_met_elsewhere:
                    _meet(clock, running)
            else:
                fresh.append(_running_clock(record.pk, child, running))
    replaced = {
        (clock.key, clock.child_id): present[clock.key, clock.child_id] for clock in fresh if (clock.key, clock.child_id) in present
    }
    if replaced:
        Clock.objects.filter(pk__in=[clock.pk for clock in replaced.values()]).update(is_current=False)
    insert_many(fresh)
    for clock in fresh:
        old = replaced.get((clock.key, clock.child_id))
        if old is not None:
            Clock.objects.filter(pk=old.pk).update(superseded_by=clock, why_superseded=why)
            Task.objects.filter(clock=old).filter(Task.OPEN).update(clock=clock, due_on=clock.due_on)


def wind_many(rows: Iterable[tuple[int, int, Running]]) -> None:
    """The batch form for records that are new: (record's key, child's key, running) triples."""
    reckoned: dict[tuple[str, date, datetime | None, int | None], tuple[int, date | None, datetime | None]] = {}
    clocks = []
    for record, child, running in rows:
        trigger = (running.key, running.started_on, running.started_at, running.limit_set)
        if trigger not in reckoned:
            in_force = rule(running.key, on=running.started_on)
            found = due(in_force, *trigger[1:])
            reckoned[trigger] = (in_force.pk, found.on, found.at)
        ending = (running.met_on, running.stopped_on, running.stopped_why, running.breach_cause, running.note)
        clocks.append((record, child, *trigger[:3], *reckoned[trigger], *ending, running.limit_set, running.is_link, True))
    insert_rows(Clock, WOUND, clocks)


def rewind_many(rows: Iterable[tuple[int, int, Sequence[Running]]], *, why: str) -> None:
    """The batch form of `wind`, for records written anew: (record's key, child's key, all its runnings).

    A clock still open that is not among the runnings any more is stopped for the reason given.
    """
    rows = list(rows)
    present: dict[tuple[int, int], dict[str, Clock]] = {}
    for clock in Clock.objects.filter(record__in=[record for record, _, _ in rows], is_current=True):
        present.setdefault((clock.record_id, clock.child_id), {})[clock.key] = clock
    fresh: list[Clock] = []
    replaced: list[tuple[Clock, Clock]] = []
    changed: list[Clock] = []
    for record, child, runnings in rows:
        held = present.get((record, child), {})
        for running in runnings:
            old = held.pop(running.key, None)
            if old is not None and _begun(old) == _begun(running):
                changed += _brought_up_to(old, running)
                continue
            fresh.append(_running_clock(record, child, running))
            if old is not None:
                replaced.append((old, fresh[-1]))
        for left in held.values():
            if left.met_on is None and left.stopped_on is None:
                left.stopped_on, left.stopped_why = localdate(), why
                changed.append(left)
    Clock.objects.filter(pk__in=[old.pk for old, _ in replaced]).update(is_current=False)
    insert_many(fresh)
    for old, new in replaced:
        old.is_current, old.superseded_by, old.why_superseded = False, new, why
    Clock.objects.bulk_update([old for old, _ in replaced], ["is_current", "superseded_by", "why_superseded"], batch_size=500)
    _write_fates(changed)


def _brought_up_to(clock: Clock, running: Running) -> list[Clock]:
    """The clock, if what is known of its end has changed."""
    before = (clock.met_on, clock.stopped_on, clock.stopped_why)
    clock.met_on, clock.stopped_on, clock.stopped_why = running.met_on, running.stopped_on, running.stopped_why
    return [clock] if (clock.met_on, clock.stopped_on, clock.stopped_why) != before else []


def _write_fates(changed: list[Clock]) -> None:
    """What became of each of these clocks, in one statement."""
    if changed:
        fates_now = [(clock.pk, clock.met_on, clock.stopped_on, clock.stopped_why) for clock in changed]
        with connection.cursor() as cursor:
            cursor.execute(FATES, [list(column) for column in zip(*fates_now, strict=True)])


def _running_clock(record: int, child: int, running: Running) -> Clock:
    in_force = rule(running.key, on=running.started_on)
    reckoned = due(in_force, running.started_on, running.started_at, running.limit_set)
    return Clock(
        rule=in_force,
        key=running.key,
        child_id=child,
        record_id=record,
        started_on=running.started_on,
        started_at=running.started_at,
        due_on=reckoned.on,
        due_at=reckoned.at,
        met_on=running.met_on,
        stopped_on=running.stopped_on,
        stopped_why=running.stopped_why,
        breach_cause=running.breach_cause,
        note=running.note,
        limit_set=running.limit_set,
        is_link=running.is_link,
    )


def _begun(of: Clock | Running) -> tuple[date, datetime | None, int | None]:
    """What its due day is reckoned from."""
    return of.started_on, of.started_at, of.limit_set


def _meet(clock: Clock, running: Running) -> None:
    if running.met_on != clock.met_on:
        clock.met_on = running.met_on
        clock.save(update_fields=["met_on"])


def meet(*, key: str, children: Iterable[int], on: date, by_record: Record) -> None:
    """What these children's open clocks of one key waited for has happened, in `by_record` (whose own clocks run on)."""
    waiting = Clock.objects.filter(OPEN, key=key, child_id__in=list(children), started_on__lte=on)
    waiting.exclude(record=by_record).update(met_on=on)


def remark(*, key: str, children: Iterable[int], note: str) -> None:
    """Why what has happened did not meet these children's open clocks of one key: said beside the due day."""
    Clock.objects.filter(OPEN, key=key, child_id__in=list(children)).update(note=note)


def link_up(*, children: Iterable[int], keys: Iterable[str]) -> None:
    """Meet and stop the links of these children's chains by what now stands; see `chains`. The same again changes nothing."""
    on_file = RecordChild.objects.filter(record=OuterRef("record"), child=OuterRef("child"), removed_at=None)
    links = Clock.objects.filter(Exists(on_file), is_link=True, is_current=True, child__in=list(children), key__in=list(keys))
    chain: dict[tuple[int, str], list[Clock]] = defaultdict(list)
    for clock in links.exclude(record__state=Record.VOID).order_by("started_on", "record_id"):
        chain[clock.child_id, clock.key].append(clock)
    changed = []
    for clocks in chain.values():
        for clock, fate in zip(clocks, fates([Link(one.started_on, one.stopped_on, one.stopped_why) for one in clocks]), strict=True):
            if (clock.met_on, clock.stopped_on, clock.stopped_why) != fate:
                clock.met_on, clock.stopped_on, clock.stopped_why = fate
                changed.append(clock)
    _write_fates(changed)


def end_chain(*, children: Iterable[int], key: str, since: date, on: date, why: str) -> None:
    """The duty that ran from `since` has ended: nothing more is due under it, however late something is written."""
    links = Clock.objects.filter(is_link=True, is_current=True, key=key, child__in=list(children))
    links.filter(started_on__gte=since, started_on__lte=on).update(stopped_on=on, stopped_why=why)
    link_up(children=children, keys=[key])


def rewind_links(*, record: Record, key: str, started_on: date, limits: Mapping[int, int | None], why: str) -> None:
    """The record begins a link for each child in `limits`, with the time their plan sets (None: the rule's), and for no other."""
    for child, limit in limits.items():
        wind(record=record, children=[child], runnings=[Running(key, started_on, limit_set=limit, is_link=True)], why=why)
    others = Clock.objects.filter(record=record, key=key, is_link=True, is_current=True).exclude(child__in=limits)
    no_longer = list(others.values_list("child_id", flat=True))
    others.update(is_current=False, why_superseded=why)
    link_up(children=[*limits, *no_longer], keys=[key])


def relink(record: Record, children: Iterable[int], **_: Any) -> None:
    """A record left these children's file: what it had met waits again."""
    keys = set(Clock.objects.filter(record=record, is_link=True).values_list("key", flat=True))
    if keys:
        link_up(children=children, keys=keys)


def stop_clocks(*, record: Record, on: date, why: str, child: int | None = None) -> None:
    """The duty no longer stands (withdrawn, wrong child, pregnancy lost): stopped, with its reason."""
    clocks = Clock.objects.filter(OPEN, record=record)
    if child is not None:
        clocks = clocks.filter(child_id=child)
    clocks.update(stopped_on=on, stopped_why=why)


def stop_every(*, clocks: QuerySet[Clock], on: date, why: str) -> int:
    """Stop those of these clocks that still run, for one reason. Returns how many."""
    return clocks.filter(OPEN).update(stopped_on=on, stopped_why=why)


def explain_breach(*, clock: Clock, cause: str, words: str | None = None) -> None:
    """Why a clock was missed; asked once and kept. `cause` is from codes work.breach_cause."""
    clock.breach_cause, clock.breach_words = cause, words
    clock.save(update_fields=["breach_cause", "breach_words"])


def recompute(*, key: str, why: str) -> int:
    """A rule or a holiday changed: open clocks of the key are reckoned again, with history. Returns how many moved."""
    moved = 0
    for clock in Clock.objects.filter(OPEN, key=key).select_related("record"):
        same = Running(clock.key, clock.started_on, clock.started_at, note=clock.note, limit_set=clock.limit_set, is_link=clock.is_link)
        fresh = _running_clock(clock.record_id, clock.child_id, same)
        if (fresh.due_on, fresh.due_at) != (clock.due_on, clock.due_at):
            Clock.objects.filter(pk=clock.pk).update(is_current=False)
            fresh.save()
            Clock.objects.filter(pk=clock.pk).update(superseded_by=fresh, why_superseded=why)
            Task.objects.filter(clock=clock).filter(Task.OPEN).update(clock=fresh, due_on=fresh.due_on)
            moved += 1
    return moved


def give_task(
    *, record: Record, what: str, step: str = "", by: Any = None, due_on: date | None = None, clock: Clock | None = None, **holder: Any
) -> Task:
    """Something to do next. `holder` is worker=, team= or duty=.

    The clock is the record's earliest open one and the due day that clock's, if none is given.
    """
    clock = clock or Clock.objects.filter(OPEN, record=record, due_on__isnull=False).order_by("due_on").first()
    if due_on is None and clock is not None and step:
        due_on = clock.due_on
    return Task.objects.create(record=record, step=step, what=what, clock=clock if step else None, due_on=due_on, made_by=by, **holder)


def give_many(tasks: Iterable[Task]) -> None:
    """The batch form of `give_task`: unsaved tasks. Those with a step take the record's earliest open clock, if they have none; and its due day."""
    rows = list(tasks)
    stepped = {task.record_id for task in rows if task.step}
    clocks = Clock.objects.filter(OPEN, record_id__in=stepped, due_on__isnull=False)
    first = {clock.record_id: clock for clock in clocks.order_by("-due_on", "-pk")}
    for task in rows:
        clock = task.clock or (first.get(task.record_id) if task.step else None)
        if clock is not None:
            task.clock, task.due_on = clock, task.due_on or clock.due_on
    insert_many(rows)


def finish_tasks(*, record: Record, step: str, by: Any) -> None:
    """The step was done, so nobody is asked for it any more."""
    Task.objects.filter(Task.OPEN, record=record, step=step).update(done_at=timezone.now(), done_by=by)


def finish_task(*, task: Task, by: Any) -> None:
    """Read, or done."""
    task.done_at, task.done_by = timezone.now(), by
    task.save(update_fields=["done_at", "done_by"])


def drop_tasks(*, record: Record, why: str) -> None:
    """Nothing is asked of a withdrawn record."""
    Task.objects.filter(Task.OPEN, record=record).update(dropped_why=why)


def stop_for_loss(person: Person, **_: Any) -> None:
    """A pregnancy ended: nothing more is due, and nobody is asked for anything (practice rule: at once)."""
    _stop_for(person, "The pregnancy ended.")


def stop_for_death(person: Person, **_: Any) -> None:
    """The person died: what was due for them is not due any more. What a death itself asks for starts afterwards."""
    _stop_for(person, "The person died.")


def _stop_for(person: Person, why: str) -> None:
    Clock.objects.filter(OPEN, child=person).update(stopped_on=localdate(), stopped_why=why)
    others = RecordChild.objects.filter(record=OuterRef("record"), removed_at=None).exclude(child=person)
    about = Task.objects.filter(Task.OPEN, record__children__child=person, record__children__removed_at=None)
    alone = about.filter(~Exists(others)).values_list("pk", flat=True)
    Task.objects.filter(pk__in=list(alone)).update(dropped_why=why)


def nudge(*, task: Task, by: Any, words: str | None = None) -> Nudge:
    """Remind whoever holds the task that somebody waits for it. ValueError for a second one on the same day."""
    if Nudge.objects.filter(task=task, by=by, on=localdate()).exists():
        raise ValueError("You have nudged them today already. Ring them if it cannot wait.")
    return Nudge.objects.create(task=task, by=by, on=localdate(), words=(words or "").strip() or None)


def hand_over(*, children: Iterable[int], away_from: int, to: int) -> int:
    """Open tasks on these children's records go from one worker to another with the children. Returns how many."""
    records = Record.objects.filter(children__child_id__in=list(children), children__removed_at=None).values("pk")
    return Task.objects.filter(Task.OPEN, worker_id=away_from, record__in=records).update(worker_id=to)
