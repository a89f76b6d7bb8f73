"""The open work of one worker, as somebody sees it who hands it over without a reason to know the children."""

from dataclasses import dataclass, field

from django.db.models import F
from django.utils.timezone import localdate

from goldthread.core.agencies.models import Allocation, Holding, Team, Worker
from goldthread.core.agencies.queries import user_of
from goldthread.core.records.models import Draft, RecordChild
from goldthread.core.work.models import Task
from goldthread.ground.access.belt import over_everyone
from goldthread.ground.access.queries import live_grants, live_restrictions


@dataclass
class OpenWork:
    """What would be left in silence. `drafts` are those that nobody is asked to finish by a task of their own."""

    allocations: list[Allocation] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)

    @property
    def is_any(self) -> bool:
        return bool(self.allocations or self.tasks or self.drafts)

    @property
    def children(self) -> set[int]:
        """Keys of every child whom this work is about."""
        records = {task.record_id for task in self.tasks} | {draft.record_id for draft in self.drafts}
        about = RecordChild.objects.filter(record__in=records, removed_at=None).values_list("child_id", flat=True)
        return {row.child_id for row in self.allocations} | set(about)


@over_everyone()
def open_work_of(worker: Worker) -> OpenWork:
    """Children allocated, things to do, and drafts of records that stand at that step. Three queries."""
    tasks = list(Task.objects.filter(Task.OPEN, worker=worker).select_related("record").order_by("due_on", "pk"))
    asked = {(task.record_id, task.step) for task in tasks}
    drafts = Draft.objects.filter(author_id=user_of(worker.pk), record__step=F("step")).select_related("record").order_by("pk")
    live = (
        Allocation.objects.filter(worker=worker, until_on=None).select_related("child", "team").order_by("team__name", "child__reference")
    )
    return OpenWork(list(live), tasks, [draft for draft in drafts if (draft.record_id, draft.step) not in asked])


def team_of(worker: Worker) -> Team | None:
    """The team of the post that the worker holds today, or held last."""
    held = Holding.objects.filter(worker=worker).select_related("post__team").order_by("-from_on", "-pk")
    return next((row.post.team for row in sorted(held, key=lambda row: not row.held_on(localdate()))), None)


def restricted_among(children: set[int], user: int | None) -> int:
    """How many of these children are restricted and not permitted to this user (to nobody, for a team)."""
    permitted = set(live_grants().filter(user_id=user, person__in=children).values_list("person", flat=True)) if user else set()
    return live_restrictions().filter(person__in=children - permitted).count()
