"""The council as it stands on a day: teams, their posts and holders, and what is missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from goldthread.core.agencies.models import Duty, Holding, Post, SignIn, Team, Worker

PURPOSES: dict[str, str] = {
    "front_door": "Front door: contacts and screening",
    "out_of_hours": "Out of hours",
    "assessment": "Assessment",
    "family_help": "Family help",
    "protection": "Child protection",
    "leaving_care": "Leaving care",
    "quality": "Safeguarding and quality",
    "management": "Management of several teams",
    "other": "Other work",
}
# Without an open team for these, a contact sent for a decision or an assessment asked for would have nobody to go to.
NEEDED = ("front_door", "assessment")


def open_on(day: date) -> Q:
    """Teams or posts that are not closed by this day."""
    return Q(closed_on=None) | Q(closed_on__gt=day)


@dataclass
class Seat:
    """A post with who holds it on the day, and who comes next."""

    post: Post
    holding: Holding | None = None
    coming: list[Holding] = field(default_factory=list)


def seats_of(teams: Iterable[int], day: date) -> dict[int, list[Seat]]:
    """The open posts of each team, managers first. Two queries."""
    posts = Post.objects.filter(open_on(day), team_id__in=list(teams)).select_related("reports_to__team", "team")
    seats = {post.pk: Seat(post) for post in posts.order_by("-is_manager", "title", "pk")}
    held = (
        Holding.objects.filter(post__in=seats)
        .filter(Q(until_on=None) | Q(until_on__gt=day))
        .select_related("worker")
        .order_by("from_on", "pk")
    )
    for holding in held:
        seat = seats[holding.post_id]
        if holding.held_on(day) and seat.holding is None:
            seat.holding = holding
        else:
            seat.coming.append(holding)
    found: dict[int, list[Seat]] = {}
    for seat in seats.values():
        found.setdefault(seat.post.team_id, []).append(seat)
    return found


def open_teams(day: date | None = None) -> QuerySet[Team]:
    """Teams that are open, by agency (our own first), service and name."""
    teams = Team.objects.filter(open_on(day or localdate())).select_related("service__agency")
    return teams.order_by("-service__agency__is_own_authority", "service__name", "name", "pk")


def vacant_posts(day: date) -> list[Post]:
    """Open posts that nobody holds from this day on."""
    taken = Holding.objects.filter(Q(until_on=None) | Q(until_on__gt=day)).values("post")
    posts = Post.objects.filter(open_on(day), team__in=open_teams(day)).exclude(pk__in=taken).select_related("team")
    return list(posts.order_by("team__name", "title", "pk"))


def unmanaged_teams(day: date) -> list[Team]:
    """Open teams for which nobody holds a managing post, in the team or above it: what waits for them is in nobody's list."""
    above = dict(Post.objects.values_list("pk", "reports_to_id"))
    managing = set(Holding.objects.on(day).filter(post__is_manager=True).values_list("post_id", flat=True))
    posts: dict[int, list[int]] = {}
    for post, team in Post.objects.filter(open_on(day)).values_list("pk", "team_id"):
        posts.setdefault(team, []).append(post)
    return [team for team in open_teams(day) if not any(_line(post, above) & managing for post in posts.get(team.pk, []))]


def _line(post: int, above: Mapping[int, int | None]) -> set[int]:
    """A post and every post it reports up to."""
    found: set[int] = set()
    at: int | None = post
    while at is not None and at not in found:
        found.add(at)
        at = above.get(at)
    return found


def line_above(post: Post) -> set[int]:
    """Keys of the posts this one reports up to, itself among them."""
    return _line(post.pk, dict(Post.objects.values_list("pk", "reports_to_id")))


@dataclass(frozen=True)
class Gap:
    """Something without which work would be in nobody's list."""

    words: str
    team: Team | None = None


def gaps(day: date) -> list[Gap]:
    """What is missing before the council can work, the worst first."""
    open_for = set(open_teams(day).values_list("purpose", flat=True))
    found = [Gap(f"No team is open for: {PURPOSES[purpose].lower()}.") for purpose in NEEDED if purpose not in open_for]
    found += [
        Gap(f"Nobody manages {team.name}, or stands above it: what waits for it is in nobody’s list.", team)
        for team in unmanaged_teams(day)
    ]
    held = set(Duty.objects.on(day).values_list("role", flat=True))
    for role, words in GAPS_IN_DUTIES.items():
        if role not in held:
            found.append(Gap(words))
    return found


GAPS_IN_DUTIES = {
    "front_door": "Nobody has the front-door duty, so nobody can take a call about any child.",
    "restricted_lead": "Nobody is the restricted-records lead, so nobody can restrict a record or review an emergency opening.",
}


@dataclass
class Member:
    """A worker as the list shows them: posts, sign-in and duties on the day."""

    worker: Worker
    holdings: list[Holding] = field(default_factory=list)
    sign_in: SignIn | None = None
    duties: list[str] = field(default_factory=list)

    LONGEST: ClassVar = 500


def members(words: str, day: date, *, only: str = "") -> tuple[list[Member], int]:
    """Workers whose name, telephone, e-mail or user name holds every word, by name, and how many there are. Five queries.

    `only`: “here” for those with a sign-in or a post, “left” for those with neither.
    """
    workers = Worker.objects.order_by("name", "pk")
    for word in words.split():
        named = Q(signin__user__username__icontains=word)
        workers = workers.filter(Q(name__icontains=word) | Q(phone__icontains=word) | Q(email__icontains=word) | named)
    here = Q(pk__in=SignIn.objects.on(day).values("worker")) | Q(
        pk__in=Holding.objects.filter(Q(until_on=None) | Q(until_on__gt=day)).values("worker")
    )
    workers = workers.filter(here) if only == "here" else workers.exclude(here) if only == "left" else workers
    count = workers.distinct().count()
    found = {worker.pk: Member(worker) for worker in workers.distinct()[: Member.LONGEST]}
    for holding in Holding.objects.on(day).filter(worker__in=found).select_related("post__team"):
        found[holding.worker_id].holdings.append(holding)
    for sign_in in SignIn.objects.on(day).filter(worker__in=found).select_related("user"):
        found[sign_in.worker_id].sign_in = sign_in
    for worker, role in Duty.objects.on(day).filter(worker__in=found).values_list("worker_id", "role"):
        found[worker].duties.append(Duty.ROLES.get(role, role))
    return list(found.values()), count


def sign_in_of(worker: int, day: date | None = None) -> SignIn | None:
    """The sign-in of a worker on a day, with its user."""
    return SignIn.objects.on(day or localdate()).filter(worker_id=worker).select_related("user").first()


def is_unused(user: Any) -> bool:
    """Nobody has chosen a pass phrase of their own for it since it was given."""
    return user.temporary_until is not None


def other_administrators(worker: int, day: date) -> bool:
    """Whether somebody else who can sign in has the administrator's duty on this day, without an end."""
    signing_in = SignIn.objects.on(day).filter(user__is_active=True).values("worker")
    return Duty.objects.on(day).filter(role="administrator", until_on=None, worker__in=signing_in).exclude(worker_id=worker).exists()
