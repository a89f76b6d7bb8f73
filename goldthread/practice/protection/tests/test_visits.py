"""Visits under a protection plan: who was seen meets the clock, who was not leaves it running."""

from datetime import timedelta

import pytest

from goldthread.core.people.actions import create_person, move_to_address, record_birth
from goldthread.core.people.facts import Place
from goldthread.core.people.models import Relationship
from goldthread.core.records.actions import withdraw
from goldthread.core.records.models import Record
from goldthread.core.work.models import Clock, Task
from goldthread.pathway.actions import Incomplete, begin, complete, correct
from goldthread.pathway.tests.people import child
from goldthread.practice.front_door.tests.calls import part
from goldthread.practice.protection.tests.walking import TODAY, ago, made, nobody_in, not_seen, on_a_plan, seen, visit, working_days
from goldthread.practice.protection.visit import ProtectionVisit, ProtectionVisitChild

pytestmark = pytest.mark.django_db


def chain(child):
    clocks = Clock.objects.filter(key="visit.cp", is_current=True, child=child).order_by("started_on", "record")
    return [(clock.started_on, clock.met_on) for clock in clocks]


def asked():
    return Task.objects.get(Task.OPEN, record__kind="protection.protection_visit", step="record")


def about(record):
    return {link.child for link in record.children.filter(removed_at=None)}


def test_the_first_visit_is_due_ten_working_days_after_the_plan_began_and_stands_ready(council, family):
    maya, leo, *_ = family
    on_a_plan(council, maya, leo, since=ago(20))
    assert asked().due_on == working_days(ago(20), 10)
    assert asked().clock.key == "visit.cp"
    assert {link.child_id for link in asked().record.children.all()} == {maya.pk, leo.pk}
    assert asked().worker.name == "Social Worker"


def test_children_in_different_homes_have_a_visit_each_and_those_who_live_together_one(council, family):
    maya, leo, *_ = family
    ada = child("Ada Adeyemi", TODAY - timedelta(days=900))
    Relationship.objects.create(person=ada, other=family[2], kind="mother")
    move_to_address(people=[maya, leo], place=Place("4 Tern Row, HM1 2AB"))
    move_to_address(people=[ada], place=Place("9 Plover Close, HM3 4CD"))
    on_a_plan(council, maya, leo, since=ago(20))
    on_a_plan(council, ada, since=ago(12))
    ready = Record.objects.filter(kind="protection.protection_visit")
    assert sorted(len(about(one)) for one in ready) == [1, 2]
    assert {one.pk for one in about(ready.get(children__child=ada))} == {ada.pk}


def test_who_comes_to_live_with_them_shares_the_next_visit(council, family):
    maya, leo, *_ = family
    move_to_address(people=[maya, leo], place=Place("4 Tern Row, HM1 2AB"))
    on_a_plan(council, maya, since=ago(20))
    on_a_plan(council, leo, since=ago(12))
    assert {one.pk for one in about(asked().record)} == {maya.pk, leo.pk}


def test_a_rule_a_plan_may_change_is_our_own_and_says_so(council, family):
    on_a_plan(council, family[0], since=ago(20))
    assert asked().clock.rule.kind == "LOCAL"


def test_a_child_who_was_seen_is_next_due_ten_working_days_later(council, family):
    maya, leo, *_ = family
    on_a_plan(council, maya, leo, since=ago(20))
    visit(council, [maya, leo], made(ago(10), seen(maya), seen(leo)))
    assert chain(maya) == chain(leo) == [(ago(20), ago(10)), (ago(10), None)]
    assert asked().due_on == working_days(ago(10), 10)


def test_a_child_who_was_not_seen_leaves_the_clock_running_while_a_sisters_is_met(council, family):
    maya, leo, *_ = family
    on_a_plan(council, maya, leo, since=ago(20))
    visit(council, [maya, leo], made(ago(10), seen(maya), not_seen(leo)))
    assert (chain(maya), chain(leo)) == ([(ago(20), ago(10)), (ago(10), None)], [(ago(20), None)])
    assert asked().due_on == working_days(ago(20), 10), "the visit that is ready falls due with the child nobody has seen"


def test_a_visit_where_nobody_answers_asks_what_happens_next_and_leaves_the_clock_running(council, family):
    maya, *_ = family
    on_a_plan(council, maya, since=ago(3))
    with pytest.raises(Incomplete) as refused:
        visit(
            council,
            [maya],
            nobody_in(ago(1), TODAY) | {"what_next": "", "try_again_on-day": "", "try_again_on-month": "", "try_again_on-year": ""},
        )
    assert [problem.name for problem in refused.value.problems] == ["what_next", "try_again_on-day"]
    record = visit(council, [maya], nobody_in(ago(1), TODAY))
    assert record.headline == "Child protection visit: nobody answered"
    assert chain(maya) == [(ago(3), None)]
    assert asked().due_on == TODAY, "the day on which it is to be tried again, sooner than the clock"


def test_of_a_failed_visit_nobody_is_asked_whether_the_child_was_seen(council, family):
    maya, *_ = family
    on_a_plan(council, maya, since=ago(3))
    record = visit(council, [maya], nobody_in(ago(1), TODAY) | part(maya, is_seen="yes"))
    assert ProtectionVisitChild.objects.get(record=record).is_seen is None
    assert chain(maya) == [(ago(3), None)]


def test_two_failed_visits_running_are_put_before_the_manager_once(council, family):
    maya, *_ = family
    on_a_plan(council, maya, since=ago(9))
    visit(council, [maya], nobody_in(ago(4), ago(2)))
    assert not Task.objects.filter(what__startswith="Two visits running").exists()
    second = visit(council, [maya], nobody_in(ago(2), TODAY))
    assert Task.objects.get(Task.OPEN, what__startswith="Two visits running").team == council.assessment
    correct(record=second, step="record", by=council.social_worker, raw=nobody_in(ago(1), TODAY), why="It was a day later")
    assert Task.objects.filter(what__startswith="Two visits running").count() == 1


def test_a_visit_written_down_late_takes_its_place(council, family):
    maya, *_ = family
    on_a_plan(council, maya, since=ago(20))
    visit(council, [maya], made(ago(5), seen(maya)))
    visit(council, [maya], made(ago(12), seen(maya)))
    assert chain(maya) == [(ago(20), ago(12)), (ago(12), ago(5)), (ago(5), None)]
    assert asked().due_on == working_days(ago(5), 10)


def test_a_correction_that_the_child_was_not_seen_after_all_sets_the_clock_running_again(council, family):
    maya, *_ = family
    on_a_plan(council, maya, since=ago(20))
    record = visit(council, [maya], made(ago(10), seen(maya)))
    typed = made(ago(10), not_seen(maya))
    correct(record=record, step="record", by=council.social_worker, raw=typed, why="It was her cousin")
    assert chain(maya) == [(ago(20), None)]
    assert asked().due_on == working_days(ago(20), 10)


def test_a_withdrawn_visit_had_never_met_anything(council, family):
    maya, *_ = family
    on_a_plan(council, maya, since=ago(20))
    record = visit(council, [maya], made(ago(10), seen(maya)))
    withdraw(record=record, why="Made up", by=council.assessment_manager)
    clock = Clock.objects.get(key="visit.cp", is_current=True, child=maya, record__kind="protection.protection_plan")
    assert (clock.met_on, clock.stopped_on) == (None, None)


def test_a_visit_to_a_child_on_no_plan_runs_no_clock(council, family):
    maya, *_ = family
    record = begin(ProtectionVisit, children=[maya.pk], by=council.social_worker)
    complete(record=record, step="record", by=council.social_worker, raw=made(ago(1), seen(maya)))
    assert chain(maya) == []


def test_seen_and_alone_are_each_childs_own_and_never_the_same_words(council, family):
    maya, leo, *_ = family
    on_a_plan(council, maya, leo, since=ago(20))
    words = "I want to sleep at my nana’s house"
    with pytest.raises(Incomplete, match="same words"):
        visit(council, [maya, leo], made(ago(1), seen(maya, childs_words=words), seen(leo, childs_words=words)))


def test_brothers_and_sisters_may_be_at_the_same_place(council, family):
    maya, leo, *_ = family
    on_a_plan(council, maya, leo, since=ago(20))
    same = {"where_instead": "With their grandmother, who rang to say so"}
    visit(council, [maya, leo], made(ago(1), not_seen(maya) | part(maya, **same), not_seen(leo) | part(leo, **same)))
    assert chain(maya) == chain(leo) == [(ago(20), None)]


def test_a_child_seen_but_not_alone_says_why_not(council, family):
    maya, *_ = family
    on_a_plan(council, maya, since=ago(20))
    with pytest.raises(Incomplete) as refused:
        visit(council, [maya], made(ago(1), seen(maya, is_seen_alone="no")))
    assert [problem.question for problem in refused.value.problems] == ["why_not_alone"]


def test_a_child_not_yet_born_is_visited_from_birth(council, family):
    unborn = create_person(names=[], expected_on=ago(-40))
    on_a_plan(council, unborn, since=ago(20))
    assert chain(unborn) == []
    record_birth(person=unborn, born_on=ago(4))
    assert chain(unborn) == [(ago(4), None)]


def test_one_visit_stands_ready_for_the_family_however_often_it_is_asked_for(council, family):
    maya, leo, *_ = family
    on_a_plan(council, maya, since=ago(20))
    on_a_plan(council, leo, since=ago(6))
    assert Record.objects.filter(kind="protection.protection_visit", state=Record.DRAFT).count() == 1
    assert asked().due_on == working_days(ago(20), 10)
