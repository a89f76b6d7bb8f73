"""Handing open work over: when somebody leaves, when a team closes, when a worker knows the family. Nothing is left in silence."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate

from goldthread.core.agencies.actions import allocate
from goldthread.core.agencies.models import Allocation, Cover, Duty, Holding, Involvement, Team, Worker
from goldthread.core.agencies.queries import user_of
from goldthread.core.agencies.setting_up.actions import not_for_oneself
from goldthread.core.agencies.setting_up.queries import NEEDED, PURPOSES, open_teams, other_administrators, sign_in_of, unmanaged_teams
from goldthread.core.records.models import RecordChild
from goldthread.core.work.actions import give_task
from goldthread.core.work.leaving.queries import OpenWork, open_work_of, team_of
from goldthread.core.work.models import Task
from goldthread.ground.access.actions import end_sign_in
from goldthread.ground.access.queries import may_be_told
from goldthread.ground.boot.trouble import Impossible
from goldthread.ground.time.words import short_day


def leave(*, worker: Worker, gone_on: date, to: Worker | Team | None, by: Any) -> OpenWork:
    """The worker is gone from this day: the sign-in ends at once, and with it posts, duties and cover; the open work goes `to` somebody.

    `to` None leaves each child with the child's own team, whose manager names somebody. Impossible before the day, for
    oneself, for the last administrator, or where the work would land in nobody's list. Gives back what was handed over.
    """
    not_for_oneself(worker, by)
    if gone_on > localdate():
        raise Impossible("Do this on the day, not before: the sign-in ends and the work goes over at once.", "gone_on")
    if Duty.objects.on(localdate()).filter(worker=worker, role="administrator").exists() and not other_administrators(
        worker.pk, localdate()
    ):
        raise Impossible(f"{worker.name} is the only administrator. Give somebody else that duty first.")
    sign_in = sign_in_of(worker.pk)
    if sign_in is not None and sign_in.from_on and gone_on < sign_in.from_on:
        raise Impossible(f"The sign-in began on {short_day(sign_in.from_on)}: the day cannot come before it.", "gone_on")
    work = open_work_of(worker)
    if work.is_any:
        hand_over_work(worker=worker, work=work, to=to, on=gone_on, why=f"{worker.name} left")
    _end_everything(worker, gone_on)
    if sign_in is not None:
        sign_in.until_on = gone_on
        sign_in.save(update_fields=["until_on"])
        end_sign_in(user=sign_in.user)
    return work


def _end_everything(worker: Worker, gone_on: date) -> None:
    """Posts, duties, cover and involvement end; what was still to come never begins."""
    for model, mine in (
        (Holding, Q(worker=worker)),
        (Duty, Q(worker=worker)),
        (Involvement, Q(worker=worker)),
        (Cover, Q(away=worker) | Q(covering=worker)),
    ):
        for row in model.objects.filter(mine).filter(Q(until_on=None) | Q(until_on__gt=gone_on)):
            row.until_on = max(gone_on, row.from_on or gone_on)
            row.save(update_fields=["until_on"])


def hand_over_work(*, worker: Worker, work: OpenWork, to: Worker | Team | None, on: date, why: str) -> None:
    """All of it to one worker, to one team, or back to the children's own teams; Impossible where it would land with nobody."""
    _may_take(worker, work, to)
    home = team_of(worker)
    receiving = team_of(to) if isinstance(to, Worker) else to
    for row in work.allocations:
        named = to if isinstance(to, Worker) else None
        allocate(child=row.child_id, team=receiving or row.team, worker=named, on=on, role=row.role, why=why)
    own = _teams_of(work, home)
    for task in work.tasks:
        task.worker = to if isinstance(to, Worker) else None
        task.team = task.team if isinstance(to, Worker) else to or own.get(task.record_id)
        task.save(update_fields=["worker", "team"])
    for draft in work.drafts:
        holder: dict[str, Any] = {"worker": to} if isinstance(to, Worker) else {"team": to or own.get(draft.record_id)}
        give_task(record=draft.record, step=draft.step, what=f"Go on with what {worker.name} began: {draft.record.headline}", **holder)


def _may_take(worker: Worker, work: OpenWork, to: Worker | Team | None) -> None:
    """Somebody who is here and may see the children, or a team that somebody manages."""
    if isinstance(to, Worker):
        user = user_of(to.pk)
        if to == worker or user is None or team_of(to) is None:
            raise Impossible("Choose somebody with a sign-in and a post.", "to")
        if not may_be_told(user, work.children):
            raise Impossible(f"{to.name} may not be given one of these children. Choose somebody else, or a team.", "to")
        return
    taking = {to} if to else {row.team for row in work.allocations} | set(_teams_of(work, team_of(worker)).values())
    if None in taking:
        raise Impossible("Some of this work is about no child of any team. Choose a person or a team.", "to")
    for team in unmanaged_teams(localdate()):
        if team in taking:
            raise Impossible(f"Nobody manages {team.name}: the work would be in nobody’s list. Choose somebody else.", "to")


def _teams_of(work: OpenWork, home: Team | None) -> dict[int, Team | None]:
    """For each record of the work: the team that answers for one of its children, or the worker's own."""
    records = {task.record_id for task in work.tasks} | {draft.record_id for draft in work.drafts}
    found: dict[int, Team | None] = dict.fromkeys(records, home)
    links = list(RecordChild.objects.filter(record__in=records, removed_at=None).values_list("record_id", "child_id"))
    live = Allocation.objects.filter(child__in={child for _, child in links}, until_on=None).select_related("team").order_by("-role", "pk")
    teams = {row.child_id: row.team for row in live}
    for record, child in links:
        if child in teams:
            found[record] = teams[child]
    return found


def step_back(*, worker: Worker, children: Iterable[int]) -> int:
    """A worker knows these children outside work: they go back to the teams, and what there is to do with them. Returns how many."""
    keys = set(children)
    work = open_work_of(worker)
    mine = [row for row in work.allocations if row.child_id in keys]
    about = set(RecordChild.objects.filter(child__in=keys, removed_at=None).values_list("record_id", flat=True))
    part = OpenWork(mine, [t for t in work.tasks if t.record_id in about], [d for d in work.drafts if d.record_id in about])
    own = _teams_of(part, team_of(worker))
    for row in part.allocations:
        allocate(child=row.child_id, team=row.team, worker=None, on=localdate(), role=row.role, why="Another worker takes over")
    for task in part.tasks:
        task.team = own.get(task.record_id) or task.team
        task.worker = None if task.team or task.duty else task.worker
        task.save(update_fields=["worker", "team"])
    for draft in part.drafts:
        team = own.get(draft.record_id)
        if team is not None:
            give_task(record=draft.record, step=draft.step, what=f"Go on with: {draft.record.headline}", team=team)
    return len(mine)


def close_team(*, team: Team, last_on: date, to: Team | None) -> None:
    """The team is no more; its children and what waits for it go to another. Impossible while somebody holds a post in it."""
    gone_on = date.fromordinal(last_on.toordinal() + 1)
    if last_on > localdate():
        raise Impossible("Close the team on its last day, not before: its work goes over at once.", "last_on")
    held = Holding.objects.filter(post__team=team).filter(Q(until_on=None) | Q(until_on__gt=gone_on)).select_related("worker").first()
    if held is not None:
        raise Impossible(f"{held.worker.name} still holds a post in it. End that first.", "last_on")
    if team.purpose in NEEDED and not open_teams().filter(purpose=team.purpose).exclude(pk=team.pk).exists():
        raise Impossible(f"No other team is open for: {PURPOSES[team.purpose].lower()}. Add one first.", "last_on")
    children, tasks = Allocation.objects.filter(team=team, until_on=None), Task.objects.filter(Task.OPEN, team=team)
    if to is None and (children.exists() or tasks.exists()):
        raise Impossible("Say which team takes its children and what waits for it.", "to")
    if to is not None and to in unmanaged_teams(localdate()):
        raise Impossible(f"Nobody manages {to.name}: the work would be in nobody’s list.", "to")
    for row in children.select_related("worker"):
        allocate(child=row.child_id, team=to or team, worker=row.worker, on=localdate(), role=row.role, why=f"{team.name} was closed")
    tasks.update(team=to)
    for post in team.post_set.filter(closed_on=None):
        post.closed_on = gone_on
        post.save(update_fields=["closed_on"])
    team.closed_on = gone_on
    team.save(update_fields=["closed_on"])
