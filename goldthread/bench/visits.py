"""The pages that matter most, as visits by the people who make them."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.test import Client

from goldthread.core.agencies.models import Allocation, Duty, SignIn
from goldthread.core.people.models import Person
from goldthread.core.records.models import Draft, Record, RecordChild
from goldthread.core.work.models import Task
from goldthread.face.web.second_step import PASSED
from goldthread.ground.access.models import User
from goldthread.ground.audit.acting import acting
from goldthread.pathway.actions import begin
from goldthread.pathway.answers import input_name
from goldthread.pathway.meeting.archetype import MEETING
from goldthread.practice.front_door.contact import Contact, ContactChild
from goldthread.practice.front_door.pathways import GOES_TO_THE_WORKER
from goldthread.practice.protection.meetings.strategy_discussion import StrategyDiscussion

COUNTED = "dashboard, counted anew"
MISSPELT = "Shivon Oconnor 12/3/14"
CALL = {
    "received_on-time": "",
    "caller_words": "A neighbour heard shouting again last night and saw the younger child at the window.",
    "how": "telephone",
    "danger_now": "no",
    "safe_now": "Both children were seen at school this morning.",
    "source": "1D",
    "caller_is_protected": "no",
    "family_told": "yes",
    "lawful_basis": "public_task",
}


@dataclass(frozen=True)
class Visit:
    """`ask` makes one request in this process; `path` is the same for the crowd, None for what changes something."""

    name: str
    ask: Callable[[], Any]
    user: int
    path: str | None = None


def visits(writes: int, crowd: int) -> list[Visit]:
    """`writes` contacts are prepared for completing. Every answer must be a page: anything else stops the benchmark."""
    worker, screener = busiest_worker(), front_door_user()
    child, meeting = fullest_child(), fullest_meeting(screener)
    pages = [
        ("empty page", "/search/", worker, 200),  # the frame round every page and an empty box
        ("My work", "/", worker, 200),
        ("search by misspelt name and birth date", f"/search/?q={MISSPELT.replace(' ', '+')}", screener, 200),
        ("a child’s page", f"/child/{child.reference}/", screener, 200),
        ("front-door board", "/front-door/", screener, 200),
        ("meeting page", f"/record/{meeting.reference}/{MEETING}/", screener, 200),
        ("dashboard", "/dashboard/", screener, 200),
        ("attendance report", "/dashboard/attendance/", screener, 200),
    ]
    found = [Visit(name, getting(user, path, status), user.pk, path) for name, path, user, status in pages]
    found.insert(5, Visit("saving a draft", saving(screener, child), screener.pk))
    found.insert(6, Visit("completing a record", completing(screener, child, writes), screener.pk))
    found.insert(9, Visit(COUNTED, counting(screener), screener.pk))
    return found


def signed_in(user: User) -> Client:
    client = Client(raise_request_exception=True)
    with acting(system="bench"):
        client.force_login(user)
        session = client.session
        session[PASSED] = "bench"
        session.save()
    return client


def getting(user: User, path: str, status: int) -> Callable[[], Any]:
    client = signed_in(user)

    def ask() -> None:
        answer = client.get(path)
        if answer.status_code != status:
            raise SystemExit(f"{path} answered {answer.status_code}, not {status}.")

    return ask


def counting(user: User) -> Callable[[], Any]:
    """What the worker spares everybody else: the figures of the dashboard, whenever they were counted before."""
    client = signed_in(user)

    def ask() -> None:
        answer = client.post("/dashboard/count/")
        if answer.status_code != 302:
            raise SystemExit(f"Counting again answered {answer.status_code}.")

    return ask


def saving(user: User, child: Person) -> Callable[[], Any]:
    client = signed_in(user)
    record = prepared(user, child)
    draft = Draft.objects.get(record=record)
    revision = draft.revision

    def ask() -> None:
        nonlocal revision
        body = json.dumps({"revision": revision, "answers": {"caller_words": f"{CALL['caller_words']} {revision}"}})
        answer = client.post(f"/record/{record.reference}/record/draft", body, content_type="application/json")
        if answer.status_code != 200:
            raise SystemExit(f"Saving a draft answered {answer.status_code}.")
        revision = answer.json()["revision"]

    return ask


def completing(user: User, child: Person, writes: int) -> Callable[[], Any]:
    client = signed_in(user)
    waiting: Iterator[Record] = iter([prepared(user, child) for _ in range(writes)])

    def ask() -> None:
        record = next(waiting)
        revision = Draft.objects.values_list("revision", flat=True).get(record=record)
        answer = client.post(f"/record/{record.reference}/record/", {"revision": revision, "press": "complete", **contact_answers(child)})
        if answer.status_code != 302:
            raise SystemExit(f"Completing a record answered {answer.status_code}.")

    return ask


def prepared(user: User, child: Person) -> Record:
    with acting(user):
        return begin(Contact, children=[child.pk], by=user)


def contact_answers(child: Person) -> dict[str, str]:
    own = {"worry": "Shouting at night", "recommended": GOES_TO_THE_WORKER, "recommended_why": "Her worker knows"}
    day = Record._meta.get_field("happened_on").to_python("2026-11-02")
    received = {"received_on-day": day.day, "received_on-month": day.month, "received_on-year": day.year}
    return CALL | {k: str(v) for k, v in received.items()} | {input_name(ContactChild, child, name): words for name, words in own.items()}


def busiest_worker() -> User:
    """The sign-in with the most open tasks."""
    worker = (
        Task.objects.filter(Task.OPEN, worker__signin__isnull=False).values("worker").annotate(n=Count("pk")).order_by("-n")[0]["worker"]
    )
    return User.objects.get(pk=SignIn.objects.filter(worker_id=worker, until_on=None).values_list("user", flat=True)[0])


def front_door_user() -> User:
    worker = (
        Duty.objects.filter(role="front_door", until_on=None, worker__signin__isnull=False)
        .order_by("pk")
        .values_list("worker", flat=True)[0]
    )
    return User.objects.get(pk=SignIn.objects.filter(worker_id=worker, until_on=None).values_list("user", flat=True)[0])


def fullest_child() -> Person:
    """The open child with a record count nearest to three hundred, among the fullest."""
    opened = Allocation.objects.filter(until_on=None).values("child")
    rows = RecordChild.objects.filter(child__in=opened, removed_at=None).values("child").annotate(n=Count("pk")).order_by("-n")[:50]
    nearest = min(rows, key=lambda row: abs(row["n"] - 300))
    return Person.objects.get(pk=nearest["child"])


def fullest_meeting(user: User) -> Record:
    """Of those this user may see, the one with the most people in its list."""
    seen = Record.objects.filter(kind=StrategyDiscussion.kind(), invitees__isnull=False).seen_by(user)
    found = seen.annotate(n=Count("invitees")).order_by("-n", "pk").first()
    if found is None:
        raise SystemExit("There is no meeting in this database. Build it anew with --fresh.")
    return found


def counts() -> dict[str, float]:
    return {"people": Person.objects.count(), "headers": Record.objects.count(), "children’s records": RecordChild.objects.count()}
