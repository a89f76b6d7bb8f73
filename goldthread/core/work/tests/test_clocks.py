"""Clocks start, are met, are reckoned again with history, and stop with a reason."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from goldthread.core.people.actions import create_person, record_death, record_pregnancy_loss
from goldthread.core.people.facts import Name
from goldthread.core.records.actions import begin_record
from goldthread.core.work.actions import Running, explain_breach, give_task, meet, recompute, stop_clocks, wind
from goldthread.core.work.jobs import reckon_again, reckon_all_again
from goldthread.core.work.models import Clock, Task
from goldthread.ground.time.actions import change_holiday
from goldthread.pathway.tests.people import child

pytestmark = pytest.mark.django_db

THURSDAY = date(2026, 6, 4)


@pytest.fixture
def record(council):
    maya = child("Maya Adeyemi", date(2016, 5, 2))
    return begin_record(kind="front_door.referral", children=[maya.pk], by=council.screener, happened_on=THURSDAY)


def wound(record, **running):
    children = [link.child_id for link in record.children.all()]
    wind(record=record, children=children, runnings=[Running("referral.decide", THURSDAY, **running)])
    return Clock.objects.get(record=record, is_current=True)


def test_a_clock_starts_with_its_due_day_and_says_its_rule(record):
    clock = wound(record)
    assert (clock.due_on, clock.rule.kind) == (date(2026, 6, 5), "GUIDANCE")


def test_winding_again_with_the_same_start_meets_it_and_makes_no_second_running(record):
    wound(record)
    assert wound(record, met_on=date(2026, 6, 5)).met_on == date(2026, 6, 5)
    assert Clock.objects.count() == 1


def test_a_new_holiday_moves_the_open_clock_and_its_task_and_keeps_the_old_running(record, council):
    clock = wound(record)
    task = give_task(record=record, step="decide", what="Decide", team=council.front_door)
    assert task.due_on == clock.due_on
    change_holiday(date(2026, 6, 5), True, "A day of mourning", "Proclamation")
    reckon_all_again(why="A day of mourning")
    old, new = Clock.objects.order_by("pk")
    assert (old.is_current, old.superseded_by, old.why_superseded) == (False, new, "A day of mourning")
    assert new.due_on == date(2026, 6, 8)
    assert Task.objects.get().due_on == date(2026, 6, 8)


def test_a_met_clock_is_history_and_does_not_move(record):
    wound(record, met_on=THURSDAY)
    change_holiday(date(2026, 6, 5), True, "A day of mourning", "Proclamation")
    reckon_again(key="referral.decide", why="A day of mourning")
    assert recompute(key="referral.decide", why="again") == 0
    assert Clock.objects.count() == 1


def test_another_record_meets_a_waiting_clock_but_never_its_own(record, council):
    clock = wound(record)
    meet(key="referral.decide", children=[clock.child_id], on=date(2026, 6, 5), by_record=record)
    assert Clock.objects.get().met_on is None
    later = begin_record(kind="front_door.referral", children=[clock.child_id], by=council.screener, happened_on=THURSDAY)
    meet(key="referral.decide", children=[clock.child_id], on=date(2026, 6, 5), by_record=later)
    assert Clock.objects.get().met_on == date(2026, 6, 5)


def test_a_stopped_clock_says_why_and_a_missed_one_its_cause(record):
    clock = wound(record)
    explain_breach(clock=clock, cause="worker_away", words="Sick leave")
    stop_clocks(record=record, on=THURSDAY, why="Record withdrawn: a test")
    clock.refresh_from_db()
    assert (clock.stopped_why, clock.breach_cause, clock.breach_words) == ("Record withdrawn: a test", "worker_away", "Sick leave")


def test_a_lost_pregnancy_stops_every_clock_and_task_at_once(council):
    unborn = create_person(names=[Name(given="Unborn", family="Adeyemi")], expected_on=localdate() + timedelta(weeks=12))
    record = begin_record(kind="front_door.referral", children=[unborn.pk], by=council.screener, happened_on=localdate())
    wind(record=record, children=[unborn.pk], runnings=[Running("referral.decide", localdate())])
    give_task(record=record, step="decide", what="Decide", team=council.front_door)
    record_pregnancy_loss(person=unborn, ended_on=localdate())
    assert Clock.objects.get().stopped_why == "The pregnancy ended."
    assert not Task.objects.filter(Task.OPEN).exists()


def test_a_death_leaves_a_task_that_is_also_about_a_living_sibling(council):
    maya, leo = child("Maya Adeyemi", date(2016, 5, 2)), child("Leo Adeyemi", date(2019, 8, 30))
    record = begin_record(kind="front_door.referral", children=[maya.pk, leo.pk], by=council.screener, happened_on=localdate())
    wind(record=record, children=[maya.pk, leo.pk], runnings=[Running("referral.decide", localdate())])
    give_task(record=record, step="decide", what="Decide", team=council.front_door)
    record_death(person=maya, died_on=localdate())
    assert Clock.objects.get(child=maya).stopped_why == "The person died."
    assert Clock.objects.get(child=leo).stopped_on is None
    assert Task.objects.filter(Task.OPEN).exists()
