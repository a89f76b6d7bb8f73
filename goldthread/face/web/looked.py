"""Who has looked at a child's record: for the managers who answer for the child, and for information governance."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, localtime
from django.views.decorators.http import require_GET

from goldthread.core.agencies.models import Allocation, Holding, Post, SignIn
from goldthread.core.agencies.queries import names_of_users
from goldthread.core.people.models import Person
from goldthread.face.web.ages import age_in_words
from goldthread.face.web.links import to_child
from goldthread.ground.access.models import Grant
from goldthread.ground.access.predicate import Standing, standing, withheld_among
from goldthread.ground.audit.middleware import Refused
from goldthread.ground.audit.models import Reading
from goldthread.ground.audit.reading import log_reading
from goldthread.ground.time.words import day_in_words

A_PAGE = 200
ACTS = dict(Reading.ACTS)


@dataclass
class Look:
    """One or several like looks by one person on one day."""

    name: str
    act: str
    what: str
    when: str
    times: int
    purpose: str
    is_refused: bool
    is_break_glass: bool
    is_answerable: bool  # in the child's team, or above it, now or once


def may_ask_who_looked(held: Standing, child: Person) -> bool:
    """In the child's line of management, or information governance; a restriction holds against both."""
    if withheld_among(held.user_id, [child.pk]):
        return False
    if held.duties & {"information_governance", "restricted_lead"}:
        return True
    return Allocation.objects.on(localdate()).filter(child=child, team_id__in=held.managed_team_ids).exists()


@login_required
@require_GET
def looked(request: HttpRequest, reference: str) -> HttpResponse:
    """Every look at this child, newest first; refusals and emergency openings stand out."""
    child = Person.objects.filter(reference=reference).first()
    if child is None:
        raise Http404("There is no such person.")
    if not may_ask_who_looked(standing(request.user), child):
        raise Refused(f"who looked at person {reference}", (child.pk,))
    only = request.GET.get("only", "")
    page = max(1, int(request.GET["page"])) if request.GET.get("page", "").isdecimal() else 1
    rows = Reading.objects.filter(people__contains=[child.pk]).order_by("-at", "-pk")
    if only in ACTS:
        rows = rows.filter(act=only)
    found = list(rows[(page - 1) * A_PAGE : page * A_PAGE + 1])
    log_reading(request.user, "view", f"who looked at person {reference}", [child.pk])
    context = {
        "child": {"name": str(child), "age": age_in_words(child, localdate()), "reference": child.reference, "href": to_child(child)},
        "looks": _looks(found[:A_PAGE], child),
        "only": only,
        "acts": Reading.ACTS,
        "page": page,
        "has_more": len(found) > A_PAGE,
    }
    return render(request, "web/looked.jinja", context)


def _looks(rows: list[Reading], child: Person) -> list[Look]:
    """Like looks of one person on one day as one line, so that the odd one is not lost among them."""
    users = {row.user_id for row in rows if row.user_id}
    names, openings = names_of_users(users), _openings(child)
    answerable = _answerable(child)
    looks: dict[tuple[Any, ...], Look] = {}
    for row in rows:
        at = localtime(row.at)
        key = (row.user_id, row.act, row.what, at.date())
        if key in looks:
            looks[key].times += 1
            continue
        name = names.get(row.user_id or 0) or ("Nobody signed in" if row.user_id is None and row.actor == "anonymous" else row.actor)
        under = any(user == row.user_id and from_at <= row.at < until_at for user, from_at, until_at in openings)
        looks[key] = Look(
            name,
            ACTS.get(row.act, row.act),
            row.what,
            f"{day_in_words(at.date(), localdate())}, {at:%H:%M}",
            1,
            row.purpose,
            row.act == "refused",
            under,
            row.user_id in answerable,
        )
    return list(looks.values())


def _openings(child: Person) -> list[tuple[int, Any, Any]]:
    return list(Grant.objects.filter(person=child.pk, kind=Grant.BREAK_GLASS).values_list("user_id", "from_at", "until_at"))


def _answerable(child: Person) -> set[int]:
    """Sign-ins of those who work or have worked with the child, and of those in the teams that answer or answered for it, managers above included."""
    rows = Allocation.objects.filter(child=child)
    teams = set(rows.values_list("team_id", flat=True))
    held = Holding.objects.filter(post__in=_posts_of(teams))
    workers = {*rows.values_list("worker_id", flat=True), *held.values_list("worker_id", flat=True)} - {None}
    return set(SignIn.objects.filter(worker_id__in=workers).values_list("user_id", flat=True))


def _posts_of(teams: set[int]) -> set[int]:
    """The posts of these teams, and every post they report up to."""
    above = dict(Post.objects.values_list("pk", "reports_to_id"))
    found = set(Post.objects.filter(team_id__in=teams).values_list("pk", flat=True))
    waiting = list(found)
    while waiting:
        higher = above.get(waiting.pop())
        if higher is not None and higher not in found:
            found.add(higher)
            waiting.append(higher)
    return found
