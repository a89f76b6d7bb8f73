"""What every set-up page shares: whose they are, and how a small form stands on one."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate

from goldthread.core.agencies.models import Duty, Post, Worker
from goldthread.face.web.frame import is_administrator
from goldthread.ground.audit.middleware import Refused
from goldthread.ground.time.words import short_day

FORM = "web/form.jinja"


def for_administrators(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """To anybody else there is no such page."""

    @login_required
    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_administrator(request.user):
            raise Refused(f"set-up page {request.path}")
        return page(request, *args, **kwargs)

    return guarded


def standing_on(heading: str, button: str, back: tuple[str, str], **more: Any) -> dict[str, Any]:
    """The context of a small form: where it stands and where leaving it leads."""
    return {"heading": heading, "button": button, "back": back, **more}


def to_worker(worker: Worker) -> str:
    return reverse("set_up_worker", args=[worker.pk])


def to_team(team: int) -> str:
    return reverse("set_up_team", args=[team])


def post_in_words(post: Post) -> str:
    return f"{post.title}, {post.team.name}"


def duty_in_words(duty: Duty) -> str:
    return Duty.ROLES.get(duty.role, duty.role)


def times_in_words(dated: Any) -> str:
    """ "since 6 January 2020", "from 3 March 2026 to 8 March 2026"; the last day, not the first without."""
    if dated.until_on is None:
        begun = dated.from_on is None or dated.from_on <= localdate()
        return f"{'since' if begun else 'from'} {short_day(dated.from_on)}" if dated.from_on else "since a day not known"
    begun = short_day(dated.from_on) if dated.from_on else "a day not known"
    last = dated.until_on.fromordinal(dated.until_on.toordinal() - 1)
    return "never began" if dated.from_on and last < dated.from_on else f"{begun} to {short_day(last)}"
