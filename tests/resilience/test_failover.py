"""The machine with the database is lost under load: another takes over by itself, and nothing that was acknowledged is lost.

LOSSES=3 is how often; each time the primary’s etcd, Patroni and PostgreSQL are killed at once. The figures printed at the
end stand in docs/reliability.md.
"""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from goldthread.bench.visits import contact_answers
from goldthread.core.people.models import Person
from goldthread.core.records.models import Draft
from goldthread.ground.audit.models import Reading
from goldthread.ground.audit.spool import FROM_STANDBY
from goldthread.ground.boot.database import connection_settings
from tests.resilience import ledger
from tests.resilience.crowd import NOT_THERE, SAVERS, Answered, Browser, Crowd, Work
from tests.resilience.desks import laid_out
from tests.resilience.machines import Machines, three_machines
from tests.resilience.two_servers import TwoServers

pytestmark = pytest.mark.resilience
LOSSES = int(os.environ.get("LOSSES", "3"))
PROMISED = 30  # seconds
LOAD = 15


@contextmanager
def at(url: str) -> Iterator[None]:
    """Django in this process speaks to that database."""
    before = {**connection.settings_dict}
    connection.close()
    connection.settings_dict.update(connection_settings(url))
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)


class Watch(threading.Thread):
    """Somebody who presses without a pause, and notes when each press was begun that was acknowledged."""

    def __init__(self, port: int, child: str) -> None:
        super().__init__(daemon=True)
        self.browser, self.child, self.told = Browser(port), child, Answered()
        self.kept: list[float] = []
        self.is_over = threading.Event()
        self.browser.sign_in("yasmin.haddad")

    def run(self) -> None:
        count = 0
        while not self.is_over.is_set():
            began, words = time.monotonic(), f"Rang back, {id(self)}-{(count := count + 1)}"
            try:
                status, _ = self.browser.ask(f"/child/{self.child}/quick-note/", {"words": words}, accept="application/json")
            except NOT_THERE:
                status = 0
            if status == 200:
                self.kept.append(began)
                self.told.notes.append(words)
            else:
                self.told.perhaps.append(words)
            time.sleep(0.1)

    def after(self, moment: float, patience: float) -> float:
        """How many seconds after that moment the first press was begun that was acknowledged."""
        while time.monotonic() - moment < patience:
            if found := next((one for one in self.kept if one > moment), None):
                return found - moment
            time.sleep(0.1)
        raise AssertionError(f"nothing was kept within {patience} seconds")


class Reader(threading.Thread):
    """Somebody who looks at one child all the time, and counts what was shown from a standby."""

    def __init__(self, port: int, child: str) -> None:
        super().__init__(daemon=True)
        self.browser, self.path = Browser(port), f"/child/{child}/"
        self.shown, self.from_standby, self.refused, self.unanswered = 0, 0, 0, 0
        self.last, self.longest = time.monotonic(), 0.0
        self.is_over = threading.Event()
        self.browser.sign_in("tomasz.wrona")

    def run(self) -> None:
        self.last = time.monotonic()
        while not self.is_over.is_set():
            try:
                status, words = self.browser.ask(self.path)
            except NOT_THERE:
                self.unanswered += 1
            else:
                self.note(status, b"Read only since" in words)
            time.sleep(0.2)

    def note(self, status: int, is_read_only: bool) -> None:
        if status != 200:
            self.refused += 1
            return
        now = time.monotonic()
        self.longest, self.last = max(self.longest, now - self.last), now
        self.shown += 1
        self.from_standby += is_read_only


@pytest.fixture
def machines() -> Iterator[Machines]:
    with three_machines() as made:
        yield made


@pytest.fixture
def servers(machines, django_db_blocker) -> Iterator[TwoServers]:
    made = TwoServers(machines, DATABASE_STANDBY_URL=machines.url("app", "STANDBY_LISTEN"))
    try:
        made.start(0)
        made.start(1)
        with django_db_blocker.unblock(), at(machines.url("app")):
            yield made
    finally:
        made.stop()


def lost_again_and_again(machines: Machines, servers: TwoServers, watch: Watch) -> tuple[list[float], list[float]]:
    """Each time: how long until something was kept again, and how long until the lost machine was back in its place."""
    away, back = [], []
    for number in range(LOSSES):
        time.sleep(LOAD)
        primary = machines.primary()
        assert primary is not None
        moment = time.monotonic()
        primary.lose()
        if number == 0:
            servers.kill(1)
        away.append(watch.after(moment, 90))
        if number == 0:
            servers.start(1)
        primary.start()
        back.append(machines.await_whole())
    time.sleep(LOAD)
    return away, back


def completed_in_peace(port: int, work: Work, reference: str) -> None:
    browser = Browser(port)
    browser.sign_in("yasmin.haddad")
    begun = {"revision": Draft.objects.get(record__reference=reference).revision, "press": "complete"}
    answers = contact_answers(Person.objects.get(reference=work.child))
    assert browser.ask(f"/record/{reference}/record/", {**begun, **answers})[0] == 302


def test_the_primary_is_lost_and_the_work_goes_on(machines, servers, capsys):
    works, in_peace = laid_out()
    port = machines.port("WEB_LISTEN")
    completed_in_peace(port, works[0], in_peace)
    whole = ledger.marks_of([in_peace])[in_peace]
    contacts = [reference for work in works for reference, _, _ in work.contacts]
    since, keys = ledger.newest_change(), ledger.highest_keys()
    connection.close()
    watch, reader, crowd = Watch(port, works[0].child), Reader(port, works[1].child), Crowd(port, works, seed=11)
    crowd.start()
    watch.start()
    reader.start()
    away, back = lost_again_and_again(machines, servers, watch)
    for one in (watch, reader):
        one.is_over.set()
        one.join(60)
    crowd.end()
    told = [*crowd.answered, watch.told]
    with capsys.disabled():
        print(
            f"\n{LOSSES} times the primary was lost with {SAVERS} people saving; kept again after {', '.join(f'{s:.1f}' for s in away)} s."
        )
        print(f"  the lost machine was a standby again after {', '.join(f'{s:.0f}' for s in back)} s")
        print(f"  acknowledged: {sum(len(one.notes) for one in told)} notes, {sum(len(one.completed) for one in told)} contacts completed")
        print(f"  told that it could not be saved: {sum(one.refused for one in told)}; not answered: {sum(one.unanswered for one in told)}")
        print(
            f"  a child’s page was shown {reader.shown} times, {reader.from_standby} of them from a standby; longest without: {reader.longest:.1f} s"
        )
    looks = Reading.objects.filter(purpose=FROM_STANDBY)
    assert reader.from_standby > 0
    assert reader.from_standby <= looks.filter(act="view").count() <= reader.from_standby + reader.unanswered + reader.refused
    assert looks.count() == looks.values("at", "actor", "what").distinct().count()
    assert [one for one in told for one in one.surprises] == []
    assert ledger.lost(told) == []
    assert ledger.twice(told) == []
    assert ledger.half_there(contacts, whole) == []
    assert ledger.untold(since) == []
    assert ledger.unwritten(keys) == []
    assert ledger.out_of_step() == []
    assert max(away) < PROMISED
