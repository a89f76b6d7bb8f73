"""What is measured each minute, and what is said of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import OperationalError
from django.http import HttpResponse

from goldthread.ground.running import actions, measuring
from goldthread.ground.running.actions import forget, keep
from goldthread.ground.running.measuring import BOUNDS, METER, Measured, MeasuredAnswers, Meter, minute_of, write_down
from goldthread.ground.running.models import Minute
from goldthread.ground.running.queries import AWAY, FAILING, STOPPED, Failure, days, failures, whole

NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
A_DAY = date(2026, 11, 18)


def at(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


def answers(*seconds: float, failed: int = 0, is_away: bool = False) -> Measured:
    meter = Meter()
    for number, one in enumerate(seconds):
        meter.note(NOON, one, has_failed=number < failed)
    found = meter.minutes.get(NOON, Measured())
    found.is_database_away = is_away
    return found


def test_an_answer_is_counted_by_how_long_it_took_and_whether_it_was_one():
    found = answers(0.04, 0.05, 0.051, 45.0, failed=1)
    assert (found.answered, found.failed) == (4, 1)
    assert found.took[0] == 2, "within 50 ms"
    assert found.took[1] == 1, "within 100 ms"
    assert found.took[-1] == 1, "beyond the last bound"


def test_a_minute_that_is_over_leaves_memory_once_and_the_one_that_runs_stays():
    meter = Meter()
    meter.note(at(0), 0.1, has_failed=False)
    meter.note(at(1), 0.1, has_failed=False)
    assert set(meter.over(at(1) + timedelta(seconds=30))) == {at(0)}
    assert set(meter.over(at(3))) == {at(1), at(2)}, "the last, in which nobody asked for anything, shows that the process ran"
    assert set(meter.over(at(3))) == {at(2)}


@pytest.mark.django_db
def test_what_two_processes_answered_in_one_minute_is_added():
    keep({at(0): answers(0.04, 0.2)})
    keep({at(0): answers(0.04, 3.5, failed=1, is_away=True)})
    found = Minute.objects.get()
    assert (found.answered, found.failed, sum(found.took), found.took[0], found.is_database_away) == (4, 1, 4, 2, True)


@pytest.mark.django_db
def test_minutes_wait_while_the_database_is_away_and_are_known_as_such(monkeypatch):
    meter = Meter()
    meter.note(at(0), 0.1, has_failed=True)

    def refuse(minutes):
        raise OperationalError("connection refused")

    with monkeypatch.context() as patched:
        patched.setattr(actions, "keep", refuse)
        patched.setattr(measuring.connection, "close", lambda: None)
        write_down(meter, at(1))
        write_down(meter, at(2))
    assert Minute.objects.count() == 0
    monkeypatch.setattr(measuring.connection, "close", lambda: None)
    write_down(meter, at(3))
    assert list(Minute.objects.order_by("at").values_list("at", "is_database_away")) == [(at(0), True), (at(1), True), (at(2), False)]


def test_no_more_than_a_day_waits():
    meter = Meter()
    meter.hold({at(number): Measured() for number in range(measuring.KEPT_AT_MOST + 5)})
    assert min(meter.minutes) == at(5)


@pytest.mark.django_db
def test_of_a_day_the_minutes_it_answered_and_how_quick():
    keep({at(0): answers(*[0.04] * 18, 0.4, 4.0), at(1): answers(0.04), at(2): answers(*[0.2] * 6, failed=5), at(5): answers()})
    (day,) = days(A_DAY, A_DAY, at(6))
    assert (day.minutes, day.well, day.answered, day.failed) == (6, 3, 27, 5), "one failed, two were not there"
    assert day.available == 50.0
    assert (day.within(0.5), day.within(0.95)) == (50, 500)
    assert whole([day, day]).answered == 54


@pytest.mark.django_db
def test_a_day_on_which_nothing_ran_is_a_day_that_it_was_not_there():
    keep({at(0): answers(0.1), at(2880): answers(0.1)})
    found = days(A_DAY, A_DAY + timedelta(days=2), at(2881))
    assert [(one.day.day, one.well) for one in found] == [(20, 1), (19, 0), (18, 1)]
    assert found[1].available == 0.0 and found[1].within(0.5) is None
    assert days(date(2026, 1, 1), A_DAY, at(1))[-1].day == A_DAY, "nothing is said of days before anything was measured"


@pytest.mark.django_db
def test_minutes_in_which_it_did_not_answer_are_one_failure_with_its_cause():
    keep(
        {
            at(0): answers(0.1),
            at(1): answers(0.1, is_away=True),
            at(2): answers(0.1, is_away=True),
            at(3): answers(0.1),
            at(8): answers(*[0.1] * 8, failed=5),
            at(9): answers(*[0.1] * 8, failed=4),
        }
    )
    assert failures(A_DAY, A_DAY, at(10)) == [
        Failure(FAILING, at(8), at(9)),
        Failure(STOPPED, at(4), at(8)),
        Failure(AWAY, at(1), at(3)),
    ]
    assert failures(A_DAY, A_DAY, at(10))[1].minutes == 4


@pytest.mark.django_db
def test_minutes_of_more_than_thirteen_months_ago_are_forgotten(time_machine):
    time_machine.move_to(NOON, tick=False)
    keep({NOON - timedelta(days=400): answers(), NOON - timedelta(days=390): answers()})
    assert forget() == 1


def test_each_answer_is_measured_whatever_it_was(rf):
    METER.minutes.clear()
    MeasuredAnswers(lambda request: HttpResponse(status=503))(rf.get("/"))
    (minute,) = METER.minutes.values()
    assert (minute.answered, minute.failed, sum(minute.took)) == (1, 1, 1)
    METER.minutes.clear()


def test_the_bounds_rise_and_a_minute_begins_on_the_minute():
    assert list(BOUNDS) == sorted(set(BOUNDS))
    assert minute_of(at(3) + timedelta(seconds=59)) == at(3)
