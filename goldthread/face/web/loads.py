"""How much each worker of a team carries, and what nobody carries yet."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone
from django.utils.timezone import localdate

from goldthread.core.agencies.models import Allocation, Cover, Holding, Team, Worker
from goldthread.core.people.models import Person
from goldthread.core.records.models import RecordChild
from goldthread.core.work.models import OPEN, Clock
from goldthread.ground.access.predicate import withheld_from

ASSESSMENT = "family_help.child_and_family_assessment"


@dataclass
class WorkerLoad:
    """One worker's children, assessments not yet authorised, and children with something late."""

    worker: Worker
    team: Team
    children: int = 0
    assessments: int = 0
    late: int = 0
    away: str = ""


@dataclass
class Unallocated:
    """A child whom a team answers for and nobody in it is named for."""

    child: Person
    team: str
    since: datetime

    @property
    def waiting(self) -> timedelta:
        return timezone.now() - self.since

    @property
    def words(self) -> str:
        """ "5 hours", "3 days 4 hours"."""
        hours = int(self.waiting.total_seconds() // 3600)
        if hours < 1:
            return "less than an hour"
        days, left = divmod(hours, 24)
        said = [f"{days} day{'s' * (days != 1)}"] if days else []
        return " ".join([*said, *([f"{left} hour{'s' * (left != 1)}"] if left else [])])


@dataclass
class TeamLoad:
    workers: list[WorkerLoad] = field(default_factory=list)
    unallocated: list[Unallocated] = field(default_factory=list)

    @property
    def longest(self) -> str:
        return self.unallocated[0].words if self.unallocated else ""


def load_of(teams: list[int], user_id: int) -> TeamLoad:
    """Every worker of these teams, the most loaded first; children of these teams that nobody is named for. Six queries.

    Loads count restricted children too; the names of those withheld from the user are left out.
    """
    day = localdate()
    loads: dict[int, WorkerLoad] = {}
    for held in Holding.objects.on(day).filter(post__team_id__in=teams, post__team__closed_on=None).select_related("worker", "post__team"):
        loads.setdefault(held.worker_id, WorkerLoad(held.worker, held.post.team))
    live = list(Allocation.objects.on(day).filter(team_id__in=teams).values_list("child_id", "worker_id"))
    children = [child for child, _ in live]
    assessed = set(assessed_among(children))
    late = late_children(children)
    for child, worker in set(live):
        if worker in loads:
            loads[worker].children += 1
            loads[worker].assessments += child in assessed
            loads[worker].late += child in late
    for cover in Cover.objects.on(day).filter(away_id__in=list(loads)).select_related("covering"):
        loads[cover.away_id].away = cover.covering.name
    return TeamLoad(
        sorted(loads.values(), key=lambda load: (-load.children, -load.late, load.worker.name)),
        [Unallocated(row.child, row.team.name, row.recorded_at) for row in _waiting(teams, user_id)],
    )


def _waiting(teams: list[int], user_id: int) -> list[Allocation]:
    rows = (
        Allocation.objects.on(localdate())
        .filter(team_id__in=teams, worker=None)
        .exclude(child_id__in=withheld_from(user_id))
        .select_related("child", "team")
    )
    return list(rows.order_by("recorded_at", "pk"))


def assessed_among(children: list[int]) -> list[int]:
    """Those of these children with an assessment that is not yet authorised."""
    open_now = RecordChild.objects.filter(child_id__in=children, removed_at=None, record__kind=ASSESSMENT, record__step__isnull=False)
    return list(open_now.values_list("child_id", flat=True))


def late_children(children: list[int]) -> Counter[int]:
    """How many clocks are past their day, for each of these children that has one."""
    late = Clock.objects.filter(OPEN, child_id__in=children, due_on__lt=localdate())
    return Counter(late.values_list("child_id", flat=True))


def next_due(children: list[int]) -> dict[int, Clock]:
    """The open clock of each child that runs out first."""
    found: dict[int, Clock] = {}
    clocks = Clock.objects.filter(OPEN, child_id__in=children, due_on__isnull=False).select_related("rule")
    for clock in clocks.order_by(F("due_on").asc(), F("due_at").asc(nulls_last=True), "pk"):
        found.setdefault(clock.child_id, clock)
    return found
