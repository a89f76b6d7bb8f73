"""Every page asked for by everyone: nobody reads the name of somebody whom the slow rule says they may not see.

What each page is, and where, is what tests/contracts/places.py lists; each is asked for by eleven people with
different reasons or none, and its forms are sent empty. Records and children are asked for by address as well,
on the page, in print, as an export and by every operation of the API: they answer exactly to those who may see them.
"""

import json
import re
from html import unescape
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from goldthread.core.agencies.models import Worker
from goldthread.core.people.models import Person
from goldthread.core.records.models import Record
from goldthread.face.web.reads_only import is_own
from goldthread.face.web.tests.pages import signed_in
from goldthread.ground.access.models import Restriction, User
from goldthread.ground.audit.acting import acting
from goldthread.ground.audit.models import Change
from goldthread.pathway.registry import definition_of, definitions
from tests.access.oracle import World
from tests.contracts import borough
from tests.contracts.places import PLACES

STRANGER, NOBODY = "stranger", ""
READERS = ("ines.almeida", "jonah.prewett", "auditor")
BEGUN_ABOUT = 2  # children, the first of them restricted
# A child's worker, a manager of another line, the front door, a chair, information governance, the data officer, an inspector, an analyst, an
# auditor, and two without any reason.
WHO = (
    "keisha.bartley",
    "nusrat.talukder",
    "yasmin.haddad",
    "beatriz.sorrell",
    "patience.eshun",
    "wei.kwok",
    "ines.almeida",
    "jonah.prewett",
    "auditor",
    STRANGER,
    NOBODY,
)
# Where a name is told beyond the rule, and why that is right.
TOLD_ON_PURPOSE = {
    "restricted_reviews": "whoever leads on restricted records, and no other, has their names before them",
    "contact_people": "what the caller said is told as it was said, to whoever may see the call",
    "contact_person": "the same",
    "search": "one's own words stand in the box",
}
# And where a duty is a reason of its own to read a name, of nobody kept from whoever holds it: whoever leads on restricted records, or answers for
# looks that are odd, names the person in order to restrict, to permit, to watch, or to ask why somebody looked.
BY_DUTY = {
    "patience.eshun": {
        "restrict_find",
        "restrict",
        "end_restriction",
        "permit",
        "end_permit",
        "looked",
        "odd_looks",
        "close_look",
        "watched",
    },
}


@pytest.fixture(scope="module")
def everything(django_db_setup, django_db_blocker, tmp_path_factory):
    """What everybody was shown, of every page and of a sample of children and records; the borough is rolled back afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        borough.fill_borough(tmp_path_factory.mktemp("census"))
        names = borough.names()
        with acting(system="test"):
            User.objects.create(username=STRANGER)
        told = Asked(names)
        told.ask()
        transaction.set_rollback(True)
    borough.forget()
    return told


def path_of(kind: str) -> str:
    return kind.replace(".", "/", 1)


class Asked:
    def __init__(self, names: dict) -> None:
        self.names = names
        self.world = World(localdate(), timezone.now())
        self.leaks: list[str] = []
        self.unlike: list[str] = []
        self.changed: list[str] = []
        self.count = 0
        workers = set(Worker.objects.values_list("name", flat=True))
        every = [(row.pk, str(row)) for row in Person.objects.filter(is_named=True, merged_into=None)]
        once = [name for _, name in every]
        self.people = {pk: name for pk, name in every if once.count(name) == 1 and name not in workers and " " in name}

    def client(self, who: str) -> Client:
        return signed_in(User.objects.get(username=who)) if who else Client()

    def user(self, who: str) -> int:
        return User.objects.get(username=who).pk if who else 0

    def ask(self) -> None:
        addresses = {(place.route, place.address.format(**self.names)) for place in PLACES}
        children = Person.objects.filter(is_named=True, recorded_as_adult=False, merged_into=None).order_by("pk")
        restricted = list(Restriction.objects.filter(ended_at=None).values_list("person", flat=True))
        chosen = [*children.filter(pk__in=restricted), *children.exclude(pk__in=restricted)[:12]]
        records = list(Record.objects.filter(kind__in=definitions(), children__child__in=chosen).distinct().order_by("pk")[:24])
        for who in WHO:
            client, user = self.client(who), self.user(who)
            hidden = self.hidden_from(user)
            for route, address in sorted(addresses):
                if route not in ("meeting_link", "sign_in"):
                    self.look(client, who, route, address, hidden)
            for child in chosen:
                self.child(client, who, child, self.world.may_see_person(user, child.pk))
            for record in records:
                row = next(row for row in self.world.records if row["id"] == record.pk)
                self.record(client, who, record, self.world.may_see_record(user, row))
                self.complete(client, who, record, self.world.may_see_record(user, row))
            for child in chosen[:BEGUN_ABOUT]:
                self.begin(client, who, child, self.world.may_see_person(user, child.pk))
            if who in READERS:
                self.press_everything(client, who, addresses)

    def hidden_from(self, user: int) -> dict[int, str]:
        """Whose names must not be read: not those seen; nor the kin of their kin, as a family is drawn, unless they are kept from this user."""
        seen = {pk for pk in self.world.people if self.world.may_see_person(user, pk)}
        kin = {pk for one in seen for pk in self.world.family[one]} | {pk for pk, others in self.world.family.items() if others & seen}
        drawn = {pk for pk in kin if not self.world.is_kept_from(user, pk)}
        return {pk: name for pk, name in self.people.items() if pk not in seen | drawn}

    def look(self, client: Client, who: str, route: str, address: str, hidden: dict[int, str]) -> None:
        with transaction.atomic():
            answer = client.get(address)
            transaction.set_rollback(True)
        self.count += 1
        self.read(who, route, address, answer, hidden)
        if answer.status_code in (403, 404):
            with transaction.atomic():
                before = Change.objects.count()
                pressed = client.post(address, {})
                if pressed.status_code not in (302, 403, 404, 405) or Change.objects.count() != before:
                    self.changed.append(f"{who or 'nobody'} pressed {address}: {pressed.status_code}")
                transaction.set_rollback(True)
            self.read(who, route, address, pressed, hidden)

    def read(self, who: str, route: str, address: str, answer, hidden: dict[int, str]) -> None:
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        words = unescape(content.decode(errors="replace")) + str(dict(answer.headers))
        words = re.sub(r"\s+", " ", words)
        for pk, name in hidden.items():
            is_duty = route in BY_DUTY.get(who, ()) and not self.world.is_kept_from(self.user(who), pk)
            if name in words and route not in TOLD_ON_PURPOSE and not is_duty:
                self.leaks.append(f"{who or 'nobody'} reads {name} ({pk}) at {route} {address}")

    def child(self, client: Client, who: str, child: Person, may: bool) -> None:
        for address in (
            f"/child/{child.reference}/",
            f"/child/{child.reference}/chronology/",
            f"/child/{child.reference}/chronology/export/",
        ):
            self.alike(client, who, address, may)

    def record(self, client: Client, who: str, record: Record, may: bool) -> None:
        for address in (f"/record/{record.reference}/", f"/record/{record.reference}/?print=1", f"/api/records/{record.reference}"):
            self.alike(client, who, address, may)

    def complete(self, client: Client, who: str, record: Record, may: bool) -> None:
        step = record.step or definition_of(record.kind).steps[0].name
        self.operate(client, who, f"/api/{path_of(record.kind)}/{record.reference}/{step}", {}, may)

    def begin(self, client: Client, who: str, child: Person, may: bool) -> None:
        for definition in definitions().values():
            if definition.is_written_here:
                self.operate(client, who, f"/api/{path_of(definition.kind())}/", [child.reference], may)

    def operate(self, client: Client, who: str, address: str, body: Any, may: bool) -> None:
        """An operation of the API is refused as the page is; whoever may see the child is told what is wrong, if anything is."""
        with transaction.atomic():
            before = Change.objects.count()
            status = client.post(address, json.dumps(body), content_type="application/json").status_code
            expected = {401} if not who else {403} if who in READERS else {200, 201, 403, 409, 422} if may else {404}
            if status not in expected or (status >= 400 and Change.objects.count() != before and not may):
                self.unlike.append(f"{who or 'nobody'} {'may' if may else 'may not'} send to {address}, and is answered {status}")
            transaction.set_rollback(True)
        self.count += 1

    def press_everything(self, client: Client, who: str, addresses: set[tuple[str, str]]) -> None:
        """Whoever reads only, pressed on every page there is, also on those they may open."""
        for route, address in sorted(addresses):
            with transaction.atomic():
                before = Change.objects.count()
                status = client.post(address, {}).status_code
                if (status != 403 and not is_own(route)) or Change.objects.count() != before:
                    self.changed.append(f"{who} pressed {address} ({route}): {status}")
                transaction.set_rollback(True)
            self.count += 1

    def alike(self, client: Client, who: str, address: str, may: bool) -> None:
        with transaction.atomic():
            status = client.get(address).status_code
            transaction.set_rollback(True)
        self.count += 1
        if (status == 200) != may:
            self.unlike.append(f"{who or 'nobody'} {'may' if may else 'may not'} see {address}, and is answered {status}")


def test_nobody_reads_the_name_of_somebody_they_may_not_see(everything):
    assert everything.leaks == [], "\n".join(everything.leaks)


def test_children_and_records_answer_exactly_to_those_who_may_see_them(everything):
    assert everything.unlike == [], "\n".join(everything.unlike)


def test_what_is_refused_changes_nothing_when_it_is_pressed(everything):
    assert everything.changed == [], "\n".join(everything.changed)


def test_much_was_asked(everything):
    assert everything.count > 1_500
