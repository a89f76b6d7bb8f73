"""Killed hundreds of times in the middle of fifty people saving: what was acknowledged is there, and nothing is half there.

KILLS=200 is how often; SEED=1 says who and when. The figures printed at the end stand in docs/reliability.md.
"""

import os
import random
import time
from collections import Counter, defaultdict
from statistics import median

import pytest
from django.db import connection

from goldthread.bench.visits import contact_answers
from goldthread.core.people.models import Person
from goldthread.core.records.models import Draft
from tests.resilience import ledger
from tests.resilience.crowd import SAVERS, Browser, Crowd
from tests.resilience.desks import laid_out
from tests.resilience.standing import Standing, kill

pytestmark = pytest.mark.resilience
KILLS, SEED = int(os.environ.get("KILLS", "200")), int(os.environ.get("SEED", "1"))
OFTEN = {"web process": 8, "database session": 5, "worker": 2, "web server": 2, "database": 3, "everything": 1}


def killed(product: Standing, chance: random.Random) -> tuple[dict[str, int], dict[str, list[float]]]:
    """How often each was killed, and after how many seconds the product answered again."""
    count: Counter[str] = Counter()
    away: dict[str, list[float]] = defaultdict(list)
    while sum(count.values()) < KILLS:
        time.sleep(chance.uniform(0.2, 2.0))
        victim = chance.choices(list(OFTEN), list(OFTEN.values()))[0]
        processes = product.processes()[victim]
        if processes and kill(chance.choice(processes)):
            count[victim] += 1
            time.sleep(0.05)
            away[victim].append(product.await_answer())
    return count, away


def test_what_was_acknowledged_is_there_and_nothing_is_half_there(product, capsys):
    works, in_peace = laid_out()
    browser = Browser(product.port)
    browser.sign_in("yasmin.haddad")
    child = Person.objects.get(reference=works[0].child)
    status, _ = browser.ask(
        f"/record/{in_peace}/record/",
        {"revision": Draft.objects.get(record__reference=in_peace).revision, "press": "complete", **contact_answers(child)},
    )
    assert status == 302
    whole = ledger.marks_of([in_peace])[in_peace]
    contacts = [reference for work in works for reference, _, _ in work.contacts]
    since, keys = ledger.newest_change(), ledger.highest_keys()
    connection.close()
    crowd = Crowd(product.port, works, SEED)
    crowd.start()
    began = time.monotonic()
    count, away = killed(product, random.Random(SEED))
    crowd.end()
    lasted = time.monotonic() - began
    product.await_answer()
    told = crowd.answered
    with capsys.disabled():
        print(f"\n{sum(count.values())} kills in {lasted:.0f} seconds with {SAVERS} people saving (seed {SEED}).")
        for victim, seconds in away.items():
            print(f"  {victim:17} {count[victim]:4} killed; answers again after {median(seconds):.1f} s, at most {max(seconds):.1f} s")
        notes, done, drafts = (
            sum(len(one.notes) for one in told),
            sum(len(one.completed) for one in told),
            sum(one.drafted > 0 for one in told),
        )
        print(f"  acknowledged: {notes} notes, {done} contacts completed, the drafts of {drafts} people")
        print(
            f"  told in plain words that it could not be saved: {sum(one.refused for one in told)}; not answered: {sum(one.unanswered for one in told)}"
        )
    assert [one for one in told for one in one.surprises] == []
    assert ledger.lost(told) == []
    assert ledger.twice(told) == []
    assert ledger.half_there(contacts, whole) == []
    assert ledger.untold(since) == []
    assert ledger.unwritten(keys) == []
    assert ledger.out_of_step() == []
    deadline = time.monotonic() + 180
    while ledger.jobs_left() and time.monotonic() < deadline:
        time.sleep(2)
    assert ledger.jobs_left() == []
