"""Who someone is today, who answers for a child, and who else knows them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from goldthread.core.agencies.models import Allocation, Cover, Duty, Holding, Involvement, Post, SignIn, Team, Worker
from goldthread.ground.access.predicate import Standing


def standing_of(user: Any) -> Standing:
    """A sign-in's worker, teams, line and duties today, in at most five short queries."""
    day = localdate()
    sign_in = SignIn.objects.on(day).filter(user=user).select_related("worker").first()
    if sign_in is None:
        return Standing(user_id=user.pk)
    worker = sign_in.worker
    covered = Cover.objects.on(day).filter(covering=worker).values_list("away_id", flat=True)
    worker_ids = frozenset([worker.pk, *covered])
    held = list(Holding.objects.on(day).filter(worker_id__in=worker_ids).select_related("post"))
    managed = _teams_below([holding.post for holding in held if holding.post.is_manager])
    own = {holding.post.team_id for holding in held if holding.worker_id == worker.pk}
    duties = Duty.objects.on(day).filter(worker_id__in=worker_ids).values_list("role", flat=True)
    return Standing(
        user_id=user.pk,
        worker_id=worker.pk,
        worker_name=worker.name,
        worker_ids=worker_ids,
        team_ids=frozenset(own | managed),
        managed_team_ids=frozenset(managed),
        duties=frozenset(duties),
    )


def _teams_below(posts: list[Post]) -> set[int]:
    """Teams of these posts and of every post that reports up to them."""
    if not posts:
        return set()
    below: dict[int | None, list[Post]] = {}
    for post in Post.objects.only("id", "team_id", "reports_to_id"):
        below.setdefault(post.reports_to_id, []).append(post)
    teams: set[int] = set()
    waiting = list(posts)
    while waiting:
        post = waiting.pop()
        teams.add(post.team_id)
        waiting.extend(below.get(post.pk, []))
    return teams


def children_of(standing: Standing) -> QuerySet[Allocation, Any]:
    """Keys of the children whom this standing answers for today: allocated to the worker, those covered for, or the teams."""
    day = localdate()
    return (
        Allocation.objects.on(day)
        .filter(Q(worker_id__in=standing.worker_ids) | Q(team_id__in=standing.team_ids))
        .values_list("child_id", flat=True)
    )


def allocations_of(children: Iterable[int]) -> dict[int, list[Allocation]]:
    """Today's allocations of each child, with worker and team."""
    found: dict[int, list[Allocation]] = {}
    rows = Allocation.objects.on(localdate()).filter(child_id__in=list(children)).select_related("worker", "team")
    for row in rows:
        found.setdefault(row.child_id, []).append(row)
    return found


def involved_with(child: int) -> QuerySet[Involvement]:
    """Professionals of every agency who know this child now."""
    return Involvement.objects.on(localdate()).filter(child_id=child).select_related("agency").order_by("agency__kind", "role")


def managers_of(team: int) -> QuerySet[Worker]:
    """Those holding a managing post of the team today."""
    day = localdate()
    return Worker.objects.filter(holding__in=Holding.objects.on(day).filter(post__team_id=team, post__is_manager=True))


def workers_in(teams: Iterable[int]) -> QuerySet[Worker]:
    """Those holding a post in these teams today, by name."""
    return (
        Worker.objects.filter(holding__in=Holding.objects.on(localdate()).filter(post__team_id__in=list(teams))).distinct().order_by("name")
    )


def team_for(purpose: str) -> Team | None:
    """The open team that takes this work, the oldest first."""
    return Team.objects.filter(purpose=purpose, closed_on=None).order_by("pk").first()


def user_of(worker: int) -> int | None:
    """The sign-in of a worker today."""
    return SignIn.objects.on(localdate()).filter(worker_id=worker).values_list("user_id", flat=True).first()


def names_of_users(users: Iterable[int | None]) -> dict[int, str]:
    """The worker's name behind each sign-in; where a sign-in has no worker it is absent."""
    keys = {user for user in users if user}
    return dict(SignIn.objects.filter(user_id__in=keys).order_by("from_on").values_list("user_id", "worker__name"))
