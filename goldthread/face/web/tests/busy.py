"""A council with a full day: a worker with 25 children and 60 duties, a manager, a front door, and those with special duties."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.utils.timezone import localdate

from goldthread.core.agencies.actions import allocate_many, create_agency, create_post, create_team, create_worker
from goldthread.core.agencies.models import Allocation, Team, Worker
from goldthread.core.people.actions import create_people
from goldthread.core.people.facts import Name, NewPerson
from goldthread.core.people.models import Person
from goldthread.core.records.actions import begin_record, write_notes_many
from goldthread.core.records.drafts import open_draft
from goldthread.core.records.models import Draft, Record, RecordChild
from goldthread.core.work.actions import Running, give_many, give_task, wind, wind_many
from goldthread.core.work.models import Clock, Task
from goldthread.ground.access.models import User
from goldthread.ground.boot.models import Installation

LONG_AGO = date(2020, 1, 6)
BEFORE = timedelta(days=63)
ASSESSMENT = "family_help.child_and_family_assessment"
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
    allocate_many(
        Allocation(child=child, team=made.teams["assessment"], worker=amina, from_on=today - timedelta(days=60)) for child in made.children
    )
    days = [-2, -1, 0, 0, 0, 0, 0, 0, *([1, 2, 3, 4, 5] * 4), *(range(8, 40))]
    asked = [
        (made.children[n % 25], today + timedelta(days=away), "Assess" if n % 3 else "Write the assessment of")
        for n, away in enumerate(days)
    ]
    made.records = _duties(made, asked)
    note = {
        "kind": "records.case_note",
        "happened_on": today - timedelta(days=3),
        "recorded_at": timezone.now(),
        "recorded_by": made.users["amina"],
    }
    write_notes_many((Record(**note), [child.pk], "quick", "Seen at school, well.") for child in made.children[:20])
    return made


def _duties(made: Busy, asked: list[tuple[Person, date, str]]) -> list[Record]:
    """Assessments being written by Amina, in bulk: a test waits for this."""
    user, amina = made.users["amina"], made.workers["amina"]
    records = [
        Record(
            kind=ASSESSMENT, happened_on=due - BEFORE, step="write", headline="Child and family assessment: being written", recorded_by=user
        )
        for _, due, _ in asked
    ]
    Record.objects.bulk_create(records)
    rows = list(zip(records, asked, strict=True))
    RecordChild.objects.bulk_create(
        RecordChild(record=record, child=child, happened_on=record.happened_on) for record, (child, _, _) in rows
    )
    wind_many((record.pk, child.pk, Running("assessment.complete", record.happened_on)) for record, (child, _, _) in rows)
    clocks = {clock.record_id: clock for clock in Clock.objects.filter(record__in=records)}
    give_many(
        Task(record=record, step="write", what=f"{what} {child}", worker=amina, made_by=user, due_on=due, clock=clocks[record.pk])
        for record, (child, due, what) in rows
    )
    Draft.objects.bulk_create(Draft(record=record, step="write", author=user) for record in records)
    return records


def duty(made: Busy, children: list[Person], due_on: date, what: str = "Assess", worker: str = "amina", step: str = "write") -> Record:
    """One assessment being written, with its clock and the task."""
    started = due_on - BEFORE
    user = made.users[worker]
    record = begin_record(
        kind=ASSESSMENT, children=[c.pk for c in children], by=user, happened_on=started, step=step,
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
