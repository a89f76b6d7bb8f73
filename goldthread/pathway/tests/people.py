"""A small council, to walk a family through."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from goldthread.core.agencies.actions import create_agency, create_post, create_team, create_worker
from goldthread.core.agencies.models import Team
from goldthread.core.people.models import Person
from goldthread.ground.access.models import User

LONG_AGO = date(2020, 1, 6)


@dataclass
class Council:
    front_door: Team
    assessment: Team
    screener: Any
    front_door_manager: Any
    social_worker: Any
    assessment_manager: Any
    other_worker: Any


def user(name: str) -> Any:
    return User.objects.create(username=name)


def small_council() -> Council:
    """One authority, two teams with a manager each, and a worker in a team that has nothing to do with it."""
    authority = create_agency(name="Wexcombe Council", kind="local_authority", is_own_authority=True)
    front_door = create_team(agency=authority, service="Front door", name="First Response", purpose="front_door")
    assessment = create_team(agency=authority, service="Assessment", name="Assessment North", purpose="assessment")
    elsewhere = create_team(agency=authority, service="Leaving care", name="Leaving Care", purpose="leaving_care")
    people: dict[str, Any] = {}
    for name, team, is_manager, duties in (
        ("screener", front_door, False, ("front_door",)),
        ("front_door_manager", front_door, True, ("front_door",)),
        ("social_worker", assessment, False, ()),
        ("assessment_manager", assessment, True, ()),
        ("other_worker", elsewhere, False, ()),
    ):
        people[name] = user(name)
        post = create_post(team=team, title=name.replace("_", " ").capitalize(), is_manager=is_manager)
        create_worker(name=name.replace("_", " ").title(), user=people[name], from_on=LONG_AGO, post=post, duties=duties)
    return Council(front_door, assessment, **people)


def child(name: str, born_on: date) -> Person:
    """A named child."""
    return Person.objects.create(shown_name=name, sort_name=name.lower(), is_named=True, born_on=born_on, sex="F")
