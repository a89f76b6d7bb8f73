"""Web processes hold nothing: they are changed for new ones under load, and several servers stand side by side."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection

from goldthread.bench.crowd import await_answer, free_port
from goldthread.core.records.models import CaseNote
from goldthread.ground.boot.settings import CHECKOUT
from tests.resilience import ledger
from tests.resilience.crowd import SAVERS, Browser, Crowd
from tests.resilience.desks import laid_out
from tests.resilience.standing import Standing, kill

pytestmark = pytest.mark.resilience
TIMES = 3


def new_processes(product: Standing, before: set[int], patience: float = 90) -> set[int]:
    began = time.monotonic()
    while True:
        now = set(product.processes()["web process"])
        if len(now) == len(before) and not now & before:
            return now
        assert time.monotonic() - began < patience, "the old processes are still there"
        time.sleep(0.2)


def test_a_restart_by_sighup_drops_no_request(product, capsys):
    works, _ = laid_out()
    connection.close()
    crowd = Crowd(product.port, works, seed=7)
    crowd.start()
    took = []
    for _ in range(TIMES):
        time.sleep(2)
        before, began = set(product.processes()["web process"]), time.monotonic()
        product.supervisor.send_signal(signal.SIGHUP)
        new_processes(product, before)
        took.append(time.monotonic() - began)
    time.sleep(2)
    crowd.end()
    told = crowd.answered
    with capsys.disabled():
        answers = sum(len(one.notes) + len(one.completed) for one in told)
        print(f"\n{TIMES} restarts with {SAVERS} people saving, {max(took):.0f} s at most: {answers} notes and contacts kept meanwhile.")
    assert [one for one in told for one in one.surprises] == []
    assert sum(one.unanswered for one in told) == 0
    assert sum(one.refused for one in told) == 0
    assert ledger.lost(told) == []


def test_two_servers_side_by_side_and_one_is_killed(product):
    """One session, one draft, two servers: what was begun at one goes on at the other."""
    works, _ = laid_out()
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "GOLDTHREAD_"))}
    environment |= {"GOLDTHREAD_DATA_DIR": str(product.folder), "PYTHONPATH": str(CHECKOUT)}
    command = [sys.executable, "-m", "goldthread", "serve", "--without-worker", "--port", str(port)]
    other = subprocess.Popen(command, cwd=CHECKOUT, env=environment, start_new_session=True, stdout=subprocess.DEVNULL)
    try:
        await_answer(port)
        browser = Browser(port)
        browser.sign_in("yasmin.haddad")
        words = ["Begun at the second", "Gone on with at the first"]
        path = f"/child/{works[0].child}/quick-note/"
        assert browser.ask(path, {"words": words[0]}, accept="application/json")[0] == 200
        kill(other.pid)
        browser.port = product.port
        assert browser.ask(path, {"words": words[1]}, accept="application/json")[0] == 200
        assert CaseNote.objects.filter(words__in=words).count() == 2
    finally:
        other.kill()
        other.wait()
