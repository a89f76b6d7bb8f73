"""A council with a full day: a worker with 25 children and 60 duties, a manager, a front door, and those with special duties."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils.timezone import localdate

from goldthread.core.agencies.actions import allocate, create_agency, create_post, create_team, create_worker
from goldthread.core.agencies.models import Team, Worker
from goldthread.core.people.actions import create_people
from goldthread.core.people.facts import Name, NewPerson
from goldthread.core.people.models import Person
from goldthread.core.records.actions import begin_record, write_note
from goldthread.core.records.drafts import open_draft
from goldthread.core.records.models import Record
from goldthread.core.work.actions import Running, give_task, wind
from goldthread.ground.access.models import User
from goldthread.ground.boot.models import Installation

LONG_AGO = date(2020, 1, 6)
GIVEN = [
    "Amara",
    "Ben",
    "Chidi",
    "Dalia",
    "Ewan",
    "Freya",
    "Grace",
    "Hamza",
    "Iris",
    "Jakub",
    "Kezia",
    "Leo",
    "Maya",
    "Noah",
    "Orla",
    "Priya",
    "Quinn",
    "Rosa",
    "Samir",
    "Tilly",
    "Umar",
    "Vera",
    "Wren",
    "Yusuf",
    "Zoe",
]
FAMILY = ["Adeyemi", "Brennan", "Chowdhury", "Dlamini", "Evans", "Farouk", "Green"]


@dataclass
class Busy:
    teams: dict[str, Team]
    users: dict[str, Any]
    workers: dict[str, Worker]
    children: list[Person] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)


WHO = (
    ("amina", "Amina Mensah", "assessment", False, ()),
    ("ben", "Ben Osei", "assessment", False, ()),
    ("clare", "Clare Whitlock", "assessment", True, ()),
    ("dev", "Dev Patel", "front_door", False, ("front_door",)),
    ("efua", "Efua Boateng", "front_door", True, ("front_door",)),
    ("farah", "Farah Aziz", "quality", False, ("information_governance",)),
    ("gwen", "Gwen Parry", "quality", False, ("restricted_lead",)),
    ("hugo", "Hugo Lindqvist", "quality", False, ("principal_social_worker",)),
    ("ines", "Ines Duarte", "leaving_care", False, ()),
    ("joan", "Joan Abara", "quality", False, ("administrator",)),
)
TEAMS = {
    "assessment": "Assessment North",
    "front_door": "First Response",
    "quality": "Quality and Assurance",
    "leaving_care": "Leaving Care",
}


def small_council(*, is_demo: bool = False) -> Busy:
    """Everybody there is, with nothing to do yet."""
    Installation.objects.create(authority="Borough of Hallowmere", la_code="999", ons_code="E09999999", is_demo=is_demo)
    authority = create_agency(name="Borough of Hallowmere", kind="local_authority", is_own_authority=True)
    teams = {purpose: create_team(agency=authority, service=name, name=name, purpose=purpose) for purpose, name in TEAMS.items()}
    users, workers, phrase = {}, {}, make_password("four good words here")
    for username, name, team, is_manager, duties in WHO:
        users[username] = User.objects.create(username=username, password=phrase)
        title = "Team manager" if is_manager else "Social worker"
        post = create_post(team=teams[team], title=title, is_manager=is_manager)
        workers[username] = create_worker(name=name, user=users[username], from_on=LONG_AGO, post=post, duties=duties)
    return Busy(teams, users, workers)


def family(names: list[str], born: list[date]) -> list[Person]:
    """Children put on file with names that can be searched for."""
    new = [
        NewPerson(names=[Name(given=[one.split()[0]], family=[one.split()[1]])], personal={"born_on": day, "sex": "U"})
        for one, day in zip(names, born, strict=True)
    ]
    return create_people(people=new)


def busy_council(*, is_demo: bool = False) -> Busy:
    """Amina's 25 children and 60 duties: eight of them for today or already late."""
    made = small_council(is_demo=is_demo)
    today, amina = localdate(), made.workers["amina"]
    made.children = family([f"{GIVEN[n]} {FAMILY[n % 7]}" for n in range(25)], [today - timedelta(days=200 + 230 * n) for n in range(25)])
    for child in made.children:
        allocate(child=child.pk, team=made.teams["assessment"], worker=amina, on=today - timedelta(days=60))
    days = [-2, -1, 0, 0, 0, 0, 0, 0, *([1, 2, 3, 4, 5] * 4), *(range(8, 40))]
    for n, away in enumerate(days):
        made.records.append(
            duty(made, [made.children[n % 25]], today + timedelta(days=away), what="Write the closure for" if n % 3 else "Assess")
        )
    for child in made.children[:20]:
        write_note(
            children=[child.pk], kind="quick", words="Seen at school, well.", by=made.users["amina"], happened_on=today - timedelta(days=3)
        )
    return made


def duty(made: Busy, children: list[Person], due_on: date, what: str = "Assess", worker: str = "amina", step: str = "write") -> Record:
    """One assessment being written, with its clock and the task."""
    started = due_on - timedelta(days=63)
    user = made.users[worker]
    record = begin_record(
        kind="family_help.child_and_family_assessment", children=[c.pk for c in children], by=user, happened_on=started, step=step,
        headline="Child and family assessment: being written",
    )  # fmt: skip
    wind(record=record, children=[c.pk for c in children], runnings=[Running("assessment.complete", started)])
    give_task(
        record=record,
        step=step,
        what=f"{what} {' and '.join(str(c) for c in children)}",
        worker=made.workers[worker],
        by=user,
        due_on=due_on,
    )
    open_draft(record=record, step=step, by=user)
    return record
