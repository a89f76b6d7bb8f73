"""Who could take a child on, and how much each already carries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from goldthread.core.agencies.models import Allocation, Team, Worker
from goldthread.core.agencies.queries import workers_in
from goldthread.core.records.models import Record, RecordChild
from goldthread.practice.family_help.child_in_need_plan import ChildInNeedPlan, PlanChild

ASSESSMENT = "family_help.child_and_family_assessment"


def on_a_plan(children: Iterable[int], day: date) -> set[int]:
    """Those of these children (by key) who are on a child in need plan on the day."""
    links = RecordChild.objects.filter(child__in=list(children), removed_at=None).exclude(record__state=Record.VOID)
    holding = ChildInNeedPlan.objects.filter(Q(ended_on=None) | Q(ended_on__gt=day), started_on__lte=day)
    left = PlanChild.objects.filter(record=OuterRef("record"), person=OuterRef("child"), left_on__lte=day)
    return set(links.filter(~Exists(left), record__in=holding.values("record")).values_list("child", flat=True))


@dataclass(frozen=True)
class Load:
    """A worker, the children open to them, and how many of those are being assessed."""

    worker: Worker
    children: int
    assessments: int

    @property
    def words(self) -> str:
        open_children = f"{self.children} open {'child' if self.children == 1 else 'children'}"
        written = f"{self.assessments} {'assessment' if self.assessments == 1 else 'assessments'} being written"
        return f"{open_children}, {written}"


def loads_of(team: Team) -> list[Load]:
    """The team's workers, the lightest load first. Three queries."""
    workers = list(workers_in([team.pk]))
    held = Allocation.objects.filter(worker__in=workers, until_on=None, role=Allocation.LEAD)
    children = dict(held.values_list("worker").annotate(n=Count("child", distinct=True)))
    writing = Record.objects.filter(
        kind=ASSESSMENT, step="write", tasks__worker__in=workers, tasks__done_at=None, tasks__dropped_why=None
    ).exclude(state=Record.VOID)
    assessments = dict(writing.values_list("tasks__worker").annotate(n=Count("pk", distinct=True, filter=Q(tasks__step="write"))))
    loads = [Load(worker, children.get(worker.pk, 0), assessments.get(worker.pk, 0)) for worker in workers]
    return sorted(loads, key=lambda load: (load.children, load.worker.name))
