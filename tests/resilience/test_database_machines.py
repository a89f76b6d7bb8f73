"""Of the primary’s machine only a part dies: PostgreSQL is started in place; without Patroni, which alone may say who is primary, another takes over."""

import time
from collections.abc import Iterator

import psycopg
import pytest

from goldthread.ground.boot.postgres import first_line
from tests.resilience.machines import Machine, Machines, three_machines
from tests.resilience.standing import kill

pytestmark = pytest.mark.resilience
PROMISED = 30  # seconds
NOTICED = 3  # HAProxy, by its second check


@pytest.fixture(scope="module")
def machines() -> Iterator[Machines]:
    with three_machines() as made:
        with psycopg.connect(made.url("owner")) as owner:
            owner.execute("CREATE TABLE note (number int PRIMARY KEY)")
        yield made


def kept_after(machines: Machines, number: int, moment: float) -> float:
    """How many seconds after that moment a row was kept."""
    while True:
        try:
            with psycopg.connect(machines.url("owner")) as owner:
                owner.execute("INSERT INTO note VALUES (%s) ON CONFLICT DO NOTHING", [number])
            return time.monotonic() - moment
        except psycopg.OperationalError:
            assert time.monotonic() - moment < 90, machines.logs()
            time.sleep(0.1)


def primary_of(machines: Machines) -> Machine:
    found = machines.primary()
    assert found is not None
    return found


def numbers(machines: Machines) -> set[int]:
    with psycopg.connect(machines.url("owner")) as owner:
        return {number for (number,) in owner.execute("SELECT number FROM note")}


def test_postgresql_alone_dies_and_is_started_in_place(machines, capsys):
    primary = primary_of(machines)
    kept_after(machines, 1, time.monotonic())
    moment = time.monotonic()
    assert kill(first_line(primary.data / "postmaster.pid"))
    time.sleep(0.5)
    away = kept_after(machines, 2, moment)
    with capsys.disabled():
        print(f"\nPostgreSQL alone killed: kept again after {away:.1f} s.")
    machines.await_whole()
    assert primary_of(machines) is primary
    assert numbers(machines) >= {1, 2} and away < PROMISED


def test_patroni_alone_dies_and_the_primary_that_nobody_answers_for_is_left(machines, capsys):
    """Its PostgreSQL goes on, and nobody is led there: what it was told could be acknowledged by no other machine."""
    primary = primary_of(machines)
    kept_after(machines, 3, time.monotonic())
    moment = time.monotonic()
    primary.running["patroni"].kill()
    time.sleep(NOTICED)
    away = kept_after(machines, 4, moment)
    assert primary_of(machines) is not primary
    primary.lose()
    primary.start()
    machines.await_whole()
    with capsys.disabled():
        print(f"\nPatroni alone killed: kept again after {away:.1f} s.")
    assert numbers(machines) >= {3, 4} and away < PROMISED
