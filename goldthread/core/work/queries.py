"""My work: one person's list, sorted by what matters now, in the same few queries however long it is."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.timezone import localdate

from goldthread.core.agencies.models import Allocation, Team, Worker
from goldthread.core.agencies.queries import names_of_users
from goldthread.core.people.models import Person
from goldthread.core.records.models import Draft, Record, RecordChild
from goldthread.core.records.seeing import records_seen
from goldthread.core.work.models import Clock, Nudge, Task
from goldthread.ground.access.predicate import Standing, withheld_from

LONGEST = 500  # lines read at most; beyond, the page says how many there are
SOON = timedelta(hours=4)
WEEK = timedelta(days=7)
QUIET_AFTER = timedelta(days=28)  # LOCAL practice: a child of whom nothing was written for four weeks is asked about


class Group(StrEnum):
    """When a thing is to be done."""

    NOW, TODAY, WEEK, LATER = "now", "today", "week", "later"


@dataclass
class Line:
    """One thing on the list. `others` are the tasks that ask the same of the same record for further children."""

    record: Record
    what: str
    step: str = ""
    task: Task | None = None
    others: list[Task] = field(default_factory=list)
    draft: Draft | None = None
    children: list[Person] = field(default_factory=list)
    nudges: list[Nudge] = field(default_factory=list)

    @property
    def clock(self) -> Clock | None:
        return self.task.clock if self.task else None

    @property
    def due_on(self) -> date | None:
        return self.task.due_on if self.task else None

    @property
    def due_at(self) -> datetime | None:
        return self.clock.due_at if self.clock else None

    @property
    def holder(self) -> Worker | Team | None:
        """Whose it is: a worker or a team; None for a duty."""
        return (self.task.worker or self.task.team) if self.task else None

    def group(self, now: datetime) -> Group:
        today = localdate(now)
        if self.task and self.task.is_urgent:
            return Group.NOW
        if self.due_at is not None and self.due_at - now <= SOON:
            return Group.NOW
        if self.due_on is None or self.due_on > today + WEEK:
            return Group.LATER
        return Group.NOW if self.due_on < today else Group.TODAY if self.due_on == today else Group.WEEK


@dataclass(frozen=True)
class QuietChild:
    """A child somebody answers for and of whom nothing has been written lately; `last_on` None: nothing at all."""

    child: Person
    last_on: date | None


@dataclass
class WorkList:
    """Everything My work shows. `withheld` counts things asked of this person on records they may not open."""

    now: list[Line] = field(default_factory=list)
    today: list[Line] = field(default_factory=list)
    week: list[Line] = field(default_factory=list)
    later: list[Line] = field(default_factory=list)
    waiting: list[Line] = field(default_factory=list)
    drafts: list[Line] = field(default_factory=list)
    quiet: list[QuietChild] = field(default_factory=list)
    nudged_by: dict[int, str] = field(default_factory=dict)
    withheld: int = 0
    is_cut_short: bool = False

    def lines(self) -> list[Line]:
        """All that is to be done, in order."""
        return [*self.now, *self.today, *self.week, *self.later]

    def people(self) -> set[int]:
        """Keys of every child named."""
        named = {child.pk for line in [*self.lines(), *self.waiting, *self.drafts] for child in line.children}
        return named | {quiet.child.pk for quiet in self.quiet}


def tasks_of(standing: Standing) -> QuerySet[Task]:
    """Open tasks of this worker, of those covered for, of the teams managed and of the duties held."""
    return Task.objects.filter(Task.OPEN).filter(_mine(standing))


def _mine(standing: Standing) -> Q:
    mine = Q(worker_id__in=standing.worker_ids) | Q(team_id__in=standing.managed_team_ids)
    return mine | Q(duty__in=standing.duties) if standing.duties else mine


def work_of(standing: Standing, now: datetime | None = None) -> WorkList:
    """This person's list, in at most eight queries."""
    now = now or timezone.now()
    read = ("record", "clock__rule__signed_off_by", "worker", "team")
    mine = list(tasks_of(standing).select_related(*read).order_by("-is_urgent", F("due_on").asc(nulls_last=True), "pk")[:LONGEST])
    asked = Task.objects.filter(Task.OPEN, made_by_id=standing.user_id).exclude(step="").exclude(pk__in=[task.pk for task in mine])
    theirs = list(asked.select_related(*read).order_by(F("due_on").asc(nulls_last=True), "pk")[:LONGEST])
    drafts = list(Draft.objects.filter(author_id=standing.user_id, record__step=F("step")).select_related("record").order_by("-saved_at"))
    children = _children_of([*(t.record_id for t in mine), *(t.record_id for t in theirs), *(d.record_id for d in drafts)], standing)
    nudges = _nudges_on([*mine, *theirs])
    work = WorkList(is_cut_short=len(mine) == LONGEST, nudged_by=names_of_users(n.by_id for found in nudges.values() for n in found))
    typed = {(draft.record_id, draft.step): draft for draft in drafts}
    for line in _lines(mine, children, nudges):
        line.draft = typed.pop((line.record.pk, line.step), None)
        getattr(work, line.group(now)).append(line)
    work.now.sort(key=lambda line: (not (line.task and line.task.is_urgent), line.due_at or now, line.due_on or date.max))
    asked_for = {task.record_id for task in mine}
    work.waiting = _lines(theirs, children, nudges)
    work.drafts = [
        Line(d.record, d.record.headline, d.step, draft=d, children=children[d.record_id])
        for d in typed.values()
        if d.record_id in children and (d.revision > 0 or d.record_id not in asked_for)
    ]
    work.withheld = len({task.record_id for task in mine} - children.keys())
    work.quiet = _quiet_children(standing, localdate(now))
    return work


def _lines(tasks: Iterable[Task], children: dict[int, list[Person]], nudges: dict[int, list[Nudge]]) -> list[Line]:
    """One line for each step of each record: a family is asked about once, not once a child."""
    lines: dict[tuple[int, str], Line] = {}
    for task in tasks:
        if task.record_id not in children:
            continue
        line = lines.get((task.record_id, task.step))
        if line is None:
            lines[task.record_id, task.step] = Line(task.record, task.what, task.step, task, children=children[task.record_id])
            line = lines[task.record_id, task.step]
        else:
            line.others.append(task)
        line.nudges += nudges.get(task.pk, [])
    return list(lines.values())


def _children_of(records: list[int], standing: Standing) -> dict[int, list[Person]]:
    """The children of those of these records that may be seen; a record about nobody yet has an empty list."""
    seen = Record.objects.filter(pk__in=records).filter(records_seen(standing))
    found: dict[int, list[Person]] = {pk: [] for pk in seen.values_list("pk", flat=True)}
    links = RecordChild.objects.filter(record_id__in=list(found), removed_at=None).select_related("child")
    for link in links.order_by("child__born_on", "pk"):
        found[link.record_id].append(link.child)
    return found


def _nudges_on(tasks: list[Task]) -> dict[int, list[Nudge]]:
    found: dict[int, list[Nudge]] = {}
    for row in Nudge.objects.filter(task_id__in=[task.pk for task in tasks]).order_by("-at"):
        found.setdefault(row.task_id, []).append(row)
    return found


def _quiet_children(standing: Standing, today: date) -> list[QuietChild]:
    written = RecordChild.objects.filter(child=OuterRef("child_id"), removed_at=None).exclude(record__state__in=[Record.DRAFT, Record.VOID])
    rows: QuerySet[Allocation, Any] = (
        Allocation.objects.on(today)
        .filter(worker_id__in=standing.worker_ids)
        .exclude(child_id__in=withheld_from(standing.user_id))
        .annotate(last_on=Subquery(written.order_by("-happened_on").values("happened_on")[:1]))
        .filter(Q(last_on=None) | Q(last_on__lt=today - QUIET_AFTER))
        .select_related("child")
        .order_by(F("last_on").asc(nulls_first=True), "child__sort_name")
    )
    return [QuietChild(row.child, row.last_on) for row in rows]
