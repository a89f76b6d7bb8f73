"""The product's rule for access and a slow second one agree on every pair of thousands, in councils made up at random."""

import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from goldthread.core.agencies.models import (
    Agency,
    Allocation,
    Cover,
    Duty,
    Holding,
    Involvement,
    Post,
    Service,
    Sight,
    SignIn,
    Team,
    Worker,
)
from goldthread.core.people.models import Person, Relationship
from goldthread.core.records.models import Record, RecordChild
from goldthread.ground.access.models import Conflict, Grant, Restriction, User
from goldthread.ground.audit.acting import acting
from goldthread.ground.time.periods import LONDON
from goldthread.pathway.meeting.models import Arrangement, Invitee
from tests.access.oracle import World

pytestmark = pytest.mark.django_db

PEOPLE, WORKERS, TEAMS, POSTS = 8, 5, 4, 6
EXAMPLES = 100
# Days from today: over, ending today (which is over), ending tomorrow, not begun, begun today, open at either end.
OVER_OR_TO_COME = [(-9, 0), (-9, -2), (1, None), (1, 5), (None, 0)]
SPANS = [(None, None), (-9, None), (0, None), (-9, 1), (None, 1)] * 2 + OVER_OR_TO_COME
HOURS = [(-2, 2), (-1, 9), (-2, -1), (1, 2)]
LENT = [(-9, 3), (0, 1), (-9, 0), (1, 9), (0, 28)]
# A meeting’s days from today, on both sides of the last: held or begun, planned, called off, and each invitation.
MEETING_DAYS = [-60, -29, -28, -27, -3, 0]
DUTIES = [
    "front_door",
    "out_of_hours",
    "conference_chair",
    "conference_chair",
    "administrator",
    "inspector",
    "analyst",
    "auditor",
    "auditor",
]


def council_of(seed: int) -> dict:
    """One made up at random, small and full: most pairs have some reason between them, and many reasons are over."""
    chance = random.Random(seed)

    def person() -> int:
        return chance.randrange(PEOPLE)

    def worker() -> int:
        return chance.randrange(WORKERS)

    def span() -> tuple[int | None, int | None]:
        return chance.choice(SPANS)

    def some(least: int, most: int, row: Callable[[], tuple]) -> list[tuple]:
        return [row() for _ in range(chance.randint(least, most))]

    kept = some(0, 3, lambda: (person(), chance.random() < 0.3))
    return {
        "post_teams": [chance.randrange(TEAMS) for _ in range(POSTS)],
        "managing": [chance.random() < 0.5 for _ in range(POSTS)],
        "reports": [chance.randint(-1, POSTS - 1) for _ in range(POSTS)],
        "sign_ins": [(one, chance.choice(SPANS[:5])) for one in range(WORKERS)] + some(0, 2, lambda: (worker(), span())),
        "holdings": some(2, 5, lambda: (chance.randrange(POSTS), worker(), span())),
        "covers": some(0, 2, lambda: (worker(), worker(), span())),
        "duties": some(0, 3, lambda: (worker(), chance.choice(DUTIES), span())),
        "allocations": some(
            1, 4, lambda: (person(), chance.randrange(TEAMS), chance.choice([None, worker()]), chance.random() < 0.7, span())
        ),
        "involved": some(0, 3, lambda: (person(), worker(), chance.choice(["Conference chair", "Teacher"]), span())),
        "related": some(
            2, 8, lambda: (person(), person(), chance.choice(["mother", "mother", "partner", "spouse", "grandmother"]), span())
        ),
        "restricted": kept,
        "granted": some(0, 4, lambda: (worker(), chance.choice(kept)[0] if kept else person(), chance.choice(HOURS))),
        "conflicts": some(0, 2, lambda: (worker(), person(), chance.random() < 0.3)),
        "lent": some(0, 4, lambda: (person(), worker(), chance.random() < 0.4, chance.choice(LENT))),
        "meetings": some(
            0,
            3,
            lambda: (
                chance.choice([Record.DRAFT, Record.SUBMITTED, Record.AGREED, Record.VOID]),
                chance.choice(MEETING_DAYS),
                chance.choice([None, -40, -28, 5]),
                chance.choice([None, -29, -28, 0]),
                some(1, 2, lambda: (person(), chance.random() < 0.2)),
                some(1, 3, lambda: (worker(), chance.choice([None, *MEETING_DAYS]), chance.random() < 0.2)),
            ),
        ),
        "records": some(2, 5, lambda: (worker(), some(0, 3, lambda: (person(), chance.random() < 0.3)))),
    }


@settings(max_examples=EXAMPLES, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**40))
def test_both_rules_give_the_same_answer_for_every_pair(seed):
    with transaction.atomic():
        with acting(system="test"):
            users, people = made(council_of(seed))
        world = World(localdate(), timezone.now())
        seen = 0
        for user in users:
            fresh = User.objects.get(pk=user.pk)
            told = set(Person.objects.seen_by(fresh).values_list("pk", flat=True))
            expected = {person.pk for person in people if world.may_see_person(user.pk, person.pk)}
            assert told & {person.pk for person in people} == expected
            shown = set(Record.objects.seen_by(fresh).values_list("pk", flat=True))
            assert shown == {row["id"] for row in world.records if world.may_see_record(user.pk, row)}
            seen += len(expected) + len(shown)
        event("somebody is seen" if seen else "nobody is seen")
        transaction.set_rollback(True)


def day(offset: int | None) -> date | None:
    return None if offset is None else localdate() + timedelta(days=offset)


def dated(span: tuple[int | None, int | None]) -> dict[str, date | None]:
    return {"from_on": day(span[0]), "until_on": day(span[1])}


def made(council: dict) -> tuple[list[User], list[Person]]:
    own = Agency.objects.create(name="Council", kind="local_authority", is_own_authority=True)
    service = Service.objects.create(agency=own, name="Children")
    teams = [Team.objects.create(service=service, name=f"Team {number}", purpose="assessment") for number in range(TEAMS)]
    posts: list[Post] = []
    for number in range(POSTS):
        above = council["reports"][number]
        posts.append(
            Post.objects.create(
                team=teams[council["post_teams"][number]],
                title=f"Post {number}",
                is_manager=council["managing"][number],
                reports_to=posts[above] if 0 <= above < number else None,  # a line never comes back to where it began
            )
        )
    workers = Worker.objects.bulk_create([Worker(name=f"Worker {number}") for number in range(WORKERS)])
    users = User.objects.bulk_create([User(username=f"user{number}") for number in range(WORKERS)])
    people = Person.objects.bulk_create([Person(born_on=date(2015, 1, 1 + number)) for number in range(PEOPLE)])
    at = timezone.now()
    live: set[int] = set()
    for number, (one, span) in enumerate(council["sign_ins"]):
        if span[1] is not None or number % WORKERS not in live:
            live |= {number % WORKERS} if span[1] is None else set()
            SignIn.objects.create(worker=workers[one], user=users[number % WORKERS], **dated(span))
    for held, one, span in council["holdings"]:
        Holding.objects.create(post=posts[held], worker=workers[one], **dated(span))
    for away, covering, span in council["covers"]:
        if away != covering:
            Cover.objects.create(away=workers[away], covering=workers[covering], **dated(span))
    for one, role, span in council["duties"]:
        Duty.objects.create(worker=workers[one], role=role, **dated(span))
    standing: set[tuple[int, str]] = set()
    for child, one, who, is_lead, span in council["allocations"]:
        role = Allocation.LEAD if is_lead else Allocation.FAMILY_HELP
        if span[1] is None and (child, role) in standing:
            continue
        standing |= {(child, role)} if span[1] is None else set()
        chosen = None if who is None else workers[who]
        Allocation.objects.create(child=people[child], team=teams[one], worker=chosen, role=role, **dated(span))
    for child, one, role, span in council["involved"]:
        Involvement.objects.create(child=people[child], agency=own, role=role, worker=workers[one], **dated(span))
    tied: set[tuple[int, int]] = set()
    for one, other, kind, span in council["related"]:
        if one != other and (one, other) not in tied:
            tied.add((one, other))
            Relationship.objects.create(person=people[one], other=people[other], kind=kind, **dated(span))
    hidden: set[int] = set()
    for one, is_over in council["restricted"]:
        if one not in hidden:
            hidden |= set() if is_over else {one}
            ended = {"ended_at": at, "ended_by": users[0]} if is_over else {}
            Restriction.objects.create(
                person=people[one].pk, why="Staff family", lead_name="Ruth", lead_phone="1", set_by=users[0], **ended
            )
    for one, child, (begins, ends) in council["granted"]:
        lasting = {"from_at": at + timedelta(hours=begins), "until_at": at + timedelta(hours=ends)}
        Grant.objects.create(
            user=users[one], person=people[child].pk, kind=Grant.PERMIT, why="Works with them", given_by=users[0], **lasting
        )
    told: set[tuple[int, int]] = set()
    for one, child, is_over in council["conflicts"]:
        if (one, child) not in told:
            told.add((one, child))
            ended = {"ended_at": at, "ended_by": users[(one + 1) % WORKERS], "why_ended": "Moved away"} if is_over else {}
            Conflict.objects.create(user=users[one], person=people[child].pk, why="A cousin", declared_by=users[one], **ended)
    for number, (one, about) in enumerate(council["records"]):
        record = Record.objects.create(kind="records.case_note", reference=f"TEST{number}", happened_on=localdate(), recorded_by=users[one])
        for child in dict.fromkeys(child for child, _ in about):
            is_off = dict(about)[child]
            removed = {"removed_at": at, "removed_by": users[0], "removed_why": "Wrong child"} if is_off else {}
            RecordChild.objects.create(record=record, child=people[child], happened_on=localdate(), **removed)
    make_sights(council, people, workers, users)
    return users, people


def make_sights(council: dict, people: list[Person], workers: list[Worker], users: list[User]) -> None:
    """Colleagues let in for a time, and meetings with those invited to them."""
    for child, one, is_sample, span in council["lent"]:
        lent = {"child": people[child], "worker": workers[one], "is_sample": is_sample}
        Sight.objects.create(purpose="A second opinion", given_by=users[0], **lent, **dated(span))
    for number, (state, happened, planned, called_off, about, asked) in enumerate(council["meetings"]):
        why = "Called off" if state == Record.VOID else None
        record = Record.objects.create(
            kind="protection.strategy_discussion", reference=f"MEET{number}", happened_on=day(happened), state=state, void_why=why
        )
        for child, is_off in dict(about).items():
            removed = {"removed_at": timezone.now(), "removed_by": users[0], "removed_why": "Wrong child"} if is_off else {}
            RecordChild.objects.create(record=record, child=people[child], happened_on=record.happened_on, **removed)
        if planned is not None or called_off is not None:
            Arrangement.objects.create(record=record, planned_on=day(planned), called_off_on=day(called_off))
        for one, invited, is_left_out in {one: (one, *rest) for one, *rest in asked}.values():
            moment = None if invited is None else datetime.combine(day(invited), time(0, 30), LONDON)
            out = {"left_out_at": timezone.now(), "left_out_why": "On leave"} if is_left_out else {}
            told = {"invited_at": moment, "invited_how": "telephone"} if moment else {}
            Invitee.objects.create(record=record, worker=workers[one], agency_kind="local_authority", role="Social worker", **told, **out)
