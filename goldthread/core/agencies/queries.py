"""Who someone is today, who answers for a child, and who else knows them."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import Case, Q, QuerySet, When
from django.utils.timezone import localdate

from goldthread.core.agencies.models import Allocation, Cover, Holding, Involvement, Post, Sight, SignIn, Team, Worker
from goldthread.ground.access.predicate import AUDITOR, READ_ONLY, Standing

CHAIR, CHAIR_ROLE = "conference_chair", "Conference chair"  # the duty, and what the children’s records say of whoever chairs for them

# One question for every page of every day: the worker behind a sign-in, those they cover for, and every team below a post they manage.
STANDING = """
WITH RECURSIVE me AS (
    SELECT w.id, w.name FROM agencies_signin s JOIN agencies_worker w ON w.id = s.worker_id
     WHERE s.user_id = %(user)s AND (s.from_on IS NULL OR s.from_on <= %(day)s) AND (s.until_on IS NULL OR s.until_on > %(day)s)
     ORDER BY s.id LIMIT 1
), acting_as AS (
    SELECT id FROM me
  UNION
    SELECT c.away_id FROM agencies_cover c JOIN me ON c.covering_id = me.id
     WHERE (c.from_on IS NULL OR c.from_on <= %(day)s) AND (c.until_on IS NULL OR c.until_on > %(day)s)
), held AS (
    SELECT h.worker_id, p.id, p.team_id, p.is_manager
      FROM agencies_holding h JOIN acting_as ON acting_as.id = h.worker_id JOIN agencies_post p ON p.id = h.post_id
     WHERE (h.from_on IS NULL OR h.from_on <= %(day)s) AND (h.until_on IS NULL OR h.until_on > %(day)s)
), below AS (
    SELECT id, team_id FROM held WHERE is_manager
  UNION
    SELECT p.id, p.team_id FROM below JOIN agencies_post p ON p.reports_to_id = below.id
)
SELECT me.id, me.name,
       ARRAY(SELECT id FROM acting_as),
       ARRAY(SELECT team_id FROM held WHERE worker_id = me.id),
       ARRAY(SELECT DISTINCT team_id FROM below),
       ARRAY(SELECT DISTINCT d.role FROM agencies_duty d JOIN acting_as ON acting_as.id = d.worker_id
              WHERE (d.worker_id = me.id OR d.role <> ALL(%(own)s))
                AND (d.from_on IS NULL OR d.from_on <= %(day)s) AND (d.until_on IS NULL OR d.until_on > %(day)s)),
       ARRAY({granted}),
       ARRAY(SELECT DISTINCT s.child_id FROM agencies_sight s JOIN me ON me.id = s.worker_id
              WHERE s.is_sample AND s.from_on <= %(day)s AND s.until_on > %(day)s)
  FROM me
"""

# What lets the worker `me` see children for a time: a SELECT of their keys on the %(day)s, and what else it must be told.
GRANTING: list[tuple[str, Callable[[], dict[str, Any]]]] = [
    (
        "SELECT s.child_id FROM agencies_sight s JOIN me ON me.id = s.worker_id WHERE NOT s.is_sample AND s.from_on <= %(day)s AND s.until_on > %(day)s",
        dict,
    )
]


def standing_of(user: Any) -> Standing:
    """A sign-in's worker, teams, line and duties today, in one query."""
    values = {"user": user.pk, "day": localdate(), "own": list(READ_ONLY)}
    for _, told in GRANTING:
        values |= told()
    with connection.cursor() as cursor:
        cursor.execute(STANDING.replace("{granted}", " UNION ".join(rows for rows, _ in GRANTING)), values)
        row = cursor.fetchone()
    if row is None:
        return Standing(user_id=user.pk)
    worker, name, workers, own, managed, duties, granted, sample = row
    reading = next((duty for duty in READ_ONLY if duty in duties), None)
    if reading:
        chosen = frozenset(sample) if reading == AUDITOR else frozenset()
        return Standing(user_id=user.pk, worker_id=worker, worker_name=name, duties=frozenset({reading}), granted=chosen)
    return Standing(
        user_id=user.pk,
        worker_id=worker,
        worker_name=name,
        worker_ids=frozenset(workers),
        team_ids=frozenset([*own, *managed]),
        managed_team_ids=frozenset(managed),
        duties=frozenset(duties),
        granted=frozenset(granted),
    )


def children_of(standing: Standing) -> QuerySet[Allocation, Any]:
    """Keys of the children whom this standing answers for today: allocated to the worker, those covered for, or the teams."""
    day = localdate()
    return (
        Allocation.objects.on(day)
        .filter(Q(worker_id__in=standing.worker_ids) | Q(team_id__in=standing.team_ids))
        .values_list("child_id", flat=True)
    )


def chaired_children_of(standing: Standing) -> QuerySet[Involvement, Any] | None:
    """Keys of the children for whom this standing chairs; None (and no query) for everybody without that duty."""
    if CHAIR not in standing.duties:
        return None
    rows = Involvement.objects.on(localdate()).filter(worker_id__in=standing.worker_ids, role=CHAIR_ROLE)
    return rows.values_list("child_id", flat=True)


def sights_of(*, children: Iterable[int] | None = None, worker: int | None = None) -> QuerySet[Sight]:
    """Who is let in to see these children today, or which children this worker is: with worker and child, the first to end first."""
    rows = Sight.objects.on(localdate()).select_related("worker", "child").order_by("until_on", "pk")
    if children is not None:
        rows = rows.filter(child__in=list(children))
    return rows if worker is None else rows.filter(worker_id=worker)


def last_day_of(sight: Sight) -> Any:
    """The last day on which it holds."""
    assert sight.until_on is not None
    return sight.until_on - timedelta(days=1)


def allocations_of(children: Iterable[int]) -> dict[int, list[Allocation]]:
    """Today's allocations of each child, the social worker's first, with worker and team."""
    found: dict[int, list[Allocation]] = {}
    rows = Allocation.objects.on(localdate()).filter(child_id__in=list(children)).select_related("worker", "team")
    for row in rows.order_by(Case(When(role=Allocation.LEAD, then=0), default=1), "pk"):
        found.setdefault(row.child_id, []).append(row)
    return found


def lead_worker_of(children: Iterable[int]) -> Worker | None:
    """The social worker who answers for the first of these children who has one; a family help lead is not a social worker."""
    keys = list(children)
    held = allocations_of(keys)
    return next((row.worker for key in keys for row in held.get(key, []) if row.role == Allocation.LEAD and row.worker), None)


def involved_with(child: int) -> QuerySet[Involvement]:
    """Professionals of every agency who know this child now."""
    return Involvement.objects.on(localdate()).filter(child_id=child).select_related("agency").order_by("agency__kind", "role")


def managers_of(team: int) -> QuerySet[Worker]:
    """Those holding a managing post of the team today."""
    day = localdate()
    return Worker.objects.filter(holding__in=Holding.objects.on(day).filter(post__team_id=team, post__is_manager=True))


def line_of(children: Iterable[int]) -> dict[int, str]:
    """The line that answers for these children today: workers by key, each with what they are in it; and whoever covers for one of them."""
    day, found = localdate(), {}
    rows = [row for rows in allocations_of(children).values() for row in rows]
    for row in rows:
        if row.worker_id:
            found[row.worker_id] = "answers for the child"
    posts = {post.pk: post for post in Post.objects.select_related("team")}
    in_teams = [post for post in posts.values() if post.team_id in {row.team_id for row in rows}]
    above = {post.pk for post in in_teams if post.is_manager}
    waiting = {post.reports_to_id for post in in_teams if post.reports_to_id} | above
    while waiting:
        above |= waiting
        waiting = {upper for key in waiting if (upper := posts[key].reports_to_id)} - above
    for held in Holding.objects.on(day).filter(post__in=above).order_by("pk"):
        found.setdefault(
            held.worker_id, f"is in the line that answers for the child ({posts[held.post_id].title}, {posts[held.post_id].team.name})"
        )
    for cover in Cover.objects.on(day).filter(away__in=list(found)).select_related("away").order_by("pk"):
        found.setdefault(cover.covering_id, f"covers for {cover.away.name}, who {found[cover.away_id]}")
    return found


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


def worker_of(user: int) -> Worker | None:
    """Whose sign-in this is today; None where it is nobody's."""
    found = SignIn.objects.on(localdate()).filter(user_id=user).select_related("worker").first()
    return found.worker if found else None


def names_of_users(users: Iterable[int | None]) -> dict[int, str]:
    """The worker's name behind each sign-in; where a sign-in has no worker it is absent."""
    keys = {user for user in users if user}
    return dict(SignIn.objects.filter(user_id__in=keys).order_by("from_on").values_list("user_id", "worker__name"))
