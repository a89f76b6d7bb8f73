"""Putting the authority and its partners on file, by the actions of their rooms."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from goldthread.core.agencies.actions import create_agency, create_post, create_team, create_worker
from goldthread.core.agencies.models import Agency, Post, Team, Worker
from goldthread.demo import names, places
from goldthread.demo.people_to_meet import Person
from goldthread.demo.staff import Roster
from goldthread.ground.access.actions import create_sign_ins
from goldthread.ground.access.models import User

ROLES = {
    "school": "Designated safeguarding lead",
    "nursery": "Nursery manager",
    "gp": "GP",
    "health_visiting": "Health visitor",
    "school_nursing": "School nurse",
}


@dataclass
class Professional:
    name: str
    role: str
    phone: str


@dataclass
class Standing:
    """Everyone at work, by the names the plan uses."""

    users: dict[str, User] = field(default_factory=dict)
    workers: dict[str, Worker] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    agencies: dict[str, Agency] = field(default_factory=dict)
    professionals: dict[str, Professional] = field(default_factory=dict)


def write_staff(roster: Roster, today: date, authority: str, seed: str) -> Standing:
    """The authority with its teams and everyone in them, and each partner agency with one professional."""
    standing, since = Standing(), today - timedelta(days=2_500)
    own = create_agency(name=authority, kind="local_authority", is_own_authority=True, phone=places.landline(900))
    everybody = roster.everybody()
    standing.users = {user.username: user for user in create_sign_ins((person.username, person.name) for person in everybody)}
    head = _posts(standing, roster, own, since)
    for key in roster.teams:
        if key not in ("service", "quality"):
            _team(standing, roster, own, key, head, since)
    _partners(standing, Random(f"{seed}/partners"))
    return standing


def _posts(standing: Standing, roster: Roster, own: Agency, since: date) -> Post:
    """The head of the line, and those beside it."""
    head: Post | None = None
    for key in ("service", "quality"):
        team = _make_team(standing, roster, own, key)
        for person in roster.members[key]:
            post = create_post(team=team, title=person.post, is_manager=person.is_manager, reports_to=None if head is None else head)
            head = head or post
            _worker(standing, person, post, since)
    assert head is not None
    return head


def _team(standing: Standing, roster: Roster, own: Agency, key: str, head: Post, since: date) -> None:
    team, above = _make_team(standing, roster, own, key), head
    for person in roster.members[key]:
        post = create_post(team=team, title=person.post, is_manager=person.is_manager, reports_to=above)
        above = post if person.is_manager else above
        _worker(standing, person, post, since)


def _make_team(standing: Standing, roster: Roster, own: Agency, key: str) -> Team:
    plan = roster.teams[key]
    standing.teams[key] = create_team(agency=own, service=plan.service, name=plan.name, purpose=plan.purpose, phone=plan.phone)
    return standing.teams[key]


def _worker(standing: Standing, person: Person, post: Post, since: date) -> None:
    standing.workers[person.username] = create_worker(
        name=person.name, user=standing.users[person.username], from_on=since, post=post, duties=person.duties, profession=person.profession,
        phone=places.landline(len(standing.workers)), email=f"{person.username}@example.org",
    )  # fmt: skip


def _partners(standing: Standing, rng: Random) -> None:
    for number, (kind, name) in enumerate(places.agencies()):
        phone = places.landline(700 + number)
        standing.agencies[name] = create_agency(name=name, kind=kind, phone=phone, email=places.email(name))
        community = names.draw(rng)
        shown = f"{community.given(rng, rng.choice('FM'))} {rng.choice(community.families)}"
        standing.professionals[name] = Professional(shown, ROLES.get(kind, "Safeguarding lead"), phone)
