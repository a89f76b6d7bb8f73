"""Who asked for a way back in, for whom, and who may say yes to it."""

from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.timezone import localdate

from goldthread.core.agencies.models import Cover, Duty, Holding, Post, SignIn, WayBack, Worker
from goldthread.core.agencies.queries import user_of
from goldthread.core.agencies.setting_up.queries import line_above
from goldthread.ground.access.models import User
from goldthread.ground.access.predicate import is_without_post, standing

HOLDS_FOR = timedelta(hours=24)
TOLD_FOR = timedelta(days=14)


def open_ways() -> QuerySet[WayBack]:
    """Asked for within the last day, not given and not refused."""
    begun = WayBack.objects.filter(asked_at__gt=timezone.now() - HOLDS_FOR, given_at=None)
    return begun.exclude(is_agreed=False).select_related("worker").order_by("-asked_at", "-pk")


def open_way_of(worker: Worker) -> WayBack | None:
    return open_ways().filter(worker=worker).first()


def is_open(way: WayBack) -> bool:
    return way.given_at is None and way.is_agreed is not False and way.asked_at > timezone.now() - HOLDS_FOR


def in_line_above(worker: Worker) -> set[int]:
    """Workers who hold a post above one of this worker's, or manage their team; and whoever covers for one of them today."""
    day = localdate()
    own = [held.post for held in Holding.objects.on(day).filter(worker=worker).select_related("post")]
    managing = Post.objects.filter(team__in=[post.team_id for post in own], is_manager=True)
    above = {key for post in (*own, *managing) for key in line_above(post)} - {post.pk for post in own}
    found = set(Holding.objects.on(day).filter(post__in=above).values_list("worker_id", flat=True))
    found |= set(Cover.objects.on(day).filter(away__in=found).values_list("covering_id", flat=True))
    return found - {worker.pk}


def may_agree(user: Any, way: WayBack) -> bool:
    """Another administrator than whoever asked, or somebody in the worker's line; never the worker."""
    if user.pk in (way.asked_by_id, user_of(way.worker_id)):
        return False
    held = standing(user)
    return is_without_post(user) or "administrator" in held.duties or held.worker_id in in_line_above(way.worker)


def names_of_those_who_may_agree(worker: Worker, by: Any) -> list[str]:
    """Whom to ring, by name: with a sign-in today, and neither the worker nor whoever asks."""
    day = localdate()
    administrators = Duty.objects.on(day).filter(role="administrator").values("worker")
    signing_in = SignIn.objects.on(day).filter(Q(worker__in=administrators) | Q(worker__in=in_line_above(worker)), user__is_active=True)
    rows = signing_in.exclude(worker=worker).exclude(user=by.pk).select_related("worker")
    made_at_the_machine = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=by.pk)
    names = {row.worker.name for row in rows}
    return sorted(names | {user.get_username() for user in made_at_the_machine if is_without_post(user)})


def to_answer(user: Any) -> tuple[list[WayBack], list[WayBack]]:
    """Those that wait for this user's yes or no; and those of the last fortnight that are about themselves."""
    held, now = standing(user), timezone.now()
    rows = list(
        WayBack.objects.filter(
            Q(asked_at__gt=now - HOLDS_FOR, is_agreed=None) | Q(worker=held.worker_id, asked_at__gt=now - TOLD_FOR)
        ).select_related("worker")
    )
    waiting = [way for way in rows if way.is_agreed is None and is_open(way) and way.worker_id != held.worker_id and may_agree(user, way)]
    return waiting, [way for way in rows if way.worker_id == held.worker_id]
