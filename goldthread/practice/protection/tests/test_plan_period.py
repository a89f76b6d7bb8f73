"""The period of a protection plan: it begins with a conference, is one at a time, and ends only as the law knows."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from goldthread.core.people.actions import record_death
from goldthread.core.people.models import Person
from goldthread.core.records.actions import take_off_child, withdraw
from goldthread.core.records.models import Record
from goldthread.core.work.models import OPEN, Clock, Task
from goldthread.ground.time.ages import birthday
from goldthread.pathway.actions import Incomplete, begin, correct, retyped
from goldthread.pathway.queries import load_answers
from goldthread.practice.family_help.closure import Closure
from goldthread.practice.front_door.tests.calls import someone
from goldthread.practice.protection.actions import change_category, end_plan
from goldthread.practice.protection.jobs import end_plans_at_eighteen
from goldthread.practice.protection.protection_plan import PlanCategory, ProtectionPlan
from goldthread.practice.protection.queries import plans_before, plans_of, plans_on, repeat_plans
from goldthread.practice.protection.tests.walking import TODAY, ago, on_a_plan

pytestmark = pytest.mark.django_db


def problems(refused):
    return [problem.words for problem in refused.value.problems]


def ended(council, child, on=TODAY, how="review", why="Maya is safe: a year without an incident."):
    return end_plan(child=child.pk, on=on, how=how, why=why, by=council.assessment_manager)


def test_brothers_and_sisters_each_have_a_period_of_their_own(council, family):
    maya, leo, *_ = family
    on_a_plan(council, maya, leo, since=ago(40))
    ended(council, maya)
    assert [plan.child_id for plan in plans_on(TODAY)] == [leo.pk]


def test_a_child_is_on_one_plan_at_a_time(council, family):
    maya, *_ = family
    on_a_plan(council, maya, since=ago(40))
    with pytest.raises(Incomplete) as refused:
        on_a_plan(council, maya, since=ago(10))
    assert "is on a protection plan already, since" in problems(refused)[0]


def begun_again(record, day):
    return retyped(load_answers(ProtectionPlan, record), "begin") | {
        f"started_on-{part}": str(getattr(day, part)) for part in ("day", "month", "year")
    }


def test_a_plan_is_not_corrected_onto_the_days_of_another(council, family):
    maya, *_ = family
    (first,) = on_a_plan(council, maya, since=ago(90))
    ended(council, maya, on=ago(50))
    (second,) = on_a_plan(council, maya, since=ago(20))
    with pytest.raises(Incomplete, match="on a protection plan already, since"):
        correct(record=second, step="begin", by=council.assessment_manager, raw=begun_again(second, ago(60)), why="Held earlier.")
    correct(record=first, step="begin", by=council.assessment_manager, raw=begun_again(first, ago(80)), why="Held later.")
    later = retyped(load_answers(ProtectionPlan, first), "end") | {
        f"ended_on-{part}": str(getattr(ago(10), part)) for part in ("day", "month", "year")
    }
    with pytest.raises(Incomplete, match="is on another protection plan since"):
        correct(record=first, step="end", by=council.assessment_manager, raw=later, why="It went on longer.")


def test_an_ending_is_not_corrected_into_a_death_that_is_on_no_file(council, family):
    maya, *_ = family
    (record,) = on_a_plan(council, maya, since=ago(90))
    ended(council, maya)
    raw = retyped(load_answers(ProtectionPlan, record), "end") | {"how_ended": "died"}
    with pytest.raises(Incomplete, match="no such day is on file"):
        correct(record=record, step="end", by=council.assessment_manager, raw=raw, why="Wrong code.")


def test_the_database_itself_refuses_a_second_plan(council, family):
    maya, leo, *_ = family
    _, second = on_a_plan(council, maya, leo, since=ago(40))
    with pytest.raises(IntegrityError, match="never_twice"), transaction.atomic():
        ProtectionPlan.objects.filter(record=second).update(child=maya)
    ended(council, maya)
    with transaction.atomic():
        ProtectionPlan.objects.filter(record=second).update(child=maya, started_on=TODAY)


def test_the_database_itself_refuses_an_end_that_is_not_lawful(council, family):
    (record,) = on_a_plan(council, family[0], since=ago(40))
    with pytest.raises(IntegrityError, match="lawful_way"), transaction.atomic():
        ProtectionPlan.objects.filter(record=record).update(ended_on=TODAY)


@pytest.mark.parametrize("how", ["review", "left", "transferred"])
def test_it_ends_as_the_law_knows_and_says_what_shows_it(council, family, how):
    on_a_plan(council, family[0], since=ago(40))
    record = ended(council, family[0], how=how)
    plan = ProtectionPlan.objects.get(record=record)
    assert (plan.ended_on, plan.how_ended, record.headline) == (TODAY, how, "Child protection plan: neglect (ended)")
    assert [copy.step for copy in record.fair_copies.order_by("version")] == ["begin", "end"]


def test_closing_is_no_way_to_end_it(council, family):
    on_a_plan(council, family[0], since=ago(40))
    with pytest.raises(Incomplete) as refused:
        ended(council, family[0], how="closed")
    assert "“closed” is not one of the answers." in problems(refused)


def test_it_never_begins_and_ends_on_one_day(council, family):
    on_a_plan(council, family[0], since=TODAY)
    with pytest.raises(Incomplete, match="never begins and ends on the same day"):
        ended(council, family[0])


def test_at_18_it_ends_on_the_birthday_and_on_no_other_day(council, family):
    on_a_plan(council, family[0], since=ago(40))
    with pytest.raises(Incomplete) as refused:
        ended(council, family[0], how="eighteen")
    assert "turns 18 on" in problems(refused)[0]


def test_on_the_birthday_the_calendar_ends_it_and_the_team_is_told(council, family):
    child = someone("Ada", "Mensah", date(TODAY.year - 18, TODAY.month, min(TODAY.day, 28)))
    on_a_plan(council, child, since=ago(200))
    end_plans_at_eighteen()
    plan = ProtectionPlan.objects.get(child=child)
    assert (plan.ended_on, plan.how_ended) == (birthday(child.born_on, 18), "eighteen")
    assert Task.objects.filter(record=plan.record, what="Ada Mensah turned 18: the protection plan ended").exists()


def test_a_death_ends_it_that_day_without_anyone_being_asked(council, family):
    maya, leo, *_ = family
    on_a_plan(council, maya, leo, since=ago(40))
    record_death(person=maya, died_on=ago(2))
    plan = ProtectionPlan.objects.get(child=maya)
    assert (plan.ended_on, plan.how_ended) == (ago(2), "died")
    ready = Record.objects.get(kind="protection.protection_visit", state=Record.DRAFT)
    assert [link.child_id for link in ready.children.filter(removed_at=None)] == [leo.pk]


def test_a_death_is_kept_though_the_plan_began_after_it_and_the_team_is_asked_to_withdraw_the_plan(council, family):
    maya, *_ = family
    (record,) = on_a_plan(council, maya, since=ago(2))
    record_death(person=maya, died_on=ago(5))
    maya.refresh_from_db()
    assert maya.died_on == ago(5) and ProtectionPlan.objects.get(record=record).ended_on is None
    assert Task.objects.get(Task.OPEN, record=record, what__startswith="Withdraw the plan: Maya").worker.name == "Social Worker"


def test_one_plan_that_cannot_end_at_eighteen_does_not_keep_the_others_from_it(council, family):
    birth = date(TODAY.year - 18, TODAY.month, min(TODAY.day, 28))
    late, due = someone("Ada", "Mensah", birth), someone("Ben", "Mensah", birth)
    records = on_a_plan(council, late, due, since=ago(200))
    Person.objects.filter(pk=late.pk).update(born_on=birth.replace(year=birth.year - 1))
    end_plans_at_eighteen()
    end_plans_at_eighteen()
    assert [ProtectionPlan.objects.get(record=record).ended_on for record in records] == [None, birthday(birth, 18)]
    assert Task.objects.filter(record=records[0], what__startswith="Withdraw the plan: Ada").count() == 1


def test_when_it_ends_nothing_more_is_due_under_it(council, family):
    on_a_plan(council, family[0], since=ago(40))
    assert set(Clock.objects.filter(OPEN).values_list("key", flat=True)) == {"visit.cp", "conference.review.first"}
    ended(council, family[0])
    assert not Clock.objects.filter(OPEN).exists()
    assert not Task.objects.filter(Task.OPEN).exists()
    assert Record.objects.get(kind="protection.protection_visit").void_why.startswith("The protection plan ended: a review conference")


def test_a_corrected_end_moves_the_day_on_which_everything_stopped(council, family):
    (record,) = on_a_plan(council, family[0], since=ago(40))
    ended(council, family[0])
    typed = retyped(load_answers(ProtectionPlan, record), "end") | {
        "ended_on-day": str(ago(1).day),
        "ended_on-month": str(ago(1).month),
        "ended_on-year": str(ago(1).year),
    }
    correct(record=record, step="end", by=council.assessment_manager, raw=typed, why="The conference was yesterday")
    assert Clock.objects.get(key="visit.cp", is_current=True).stopped_on == ago(1)


def test_a_second_plan_is_counted_as_a_repeat(council, family):
    maya, leo, *_ = family
    on_a_plan(council, maya, since=ago(400))
    ended(council, maya, on=ago(100))
    on_a_plan(council, maya, leo, since=ago(30))
    assert plans_before(maya.pk, TODAY + timedelta(days=1)) == 2
    assert [plan.child_id for plan in repeat_plans(plans_on(TODAY))] == [maya.pk]


def test_its_category_has_a_history_with_days(council, family):
    (record,) = on_a_plan(council, family[0], since=ago(40))
    change_category(child=family[0].pk, category="EMO", on=ago(5), by=council.assessment_manager)
    told = PlanCategory.objects.filter(record=record).order_by("from_on").values_list("from_on", "category")
    assert list(told) == [(ago(40), "NEG"), (ago(5), "EMO")]
    assert Record.objects.get(pk=record.pk).headline == "Child protection plan: emotional abuse"


def test_a_plan_withdrawn_or_on_the_wrong_file_makes_room_for_the_true_one(council, family):
    maya, leo, *_ = family
    wrong, other = on_a_plan(council, maya, leo, since=ago(40))
    withdraw(record=wrong, why="Wrong child", by=council.assessment_manager)
    take_off_child(record=other, child=leo.pk, why="Wrong child", by=council.assessment_manager)
    assert plans_of([maya.pk, leo.pk], TODAY) == {}
    on_a_plan(council, maya, leo, since=ago(39))
    assert set(plans_of([maya.pk, leo.pk], TODAY)) == {maya.pk, leo.pk}


def test_a_case_with_a_plan_is_not_closed(council, family):
    maya, *_ = family
    on_a_plan(council, maya, since=ago(40))
    from goldthread.pathway.registry import problems_before

    closure = begin(Closure, children=[maya.pk], by=council.social_worker)
    told = problems_before(Closure, "decide", closure, load_answers(Closure, closure))
    assert [problem.words for problem in told] == [
        "Maya Adeyemi is on a protection plan, which closing cannot end. A review conference decides."
    ]
