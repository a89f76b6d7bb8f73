"""Core groups and review conferences: rules as sentences, with dated examples."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from goldthread.core.agencies.models import Involvement, Worker
from goldthread.core.agencies.queries import CHAIR_ROLE
from goldthread.core.records.actions import take_off_child
from goldthread.core.records.drafts import save_draft
from goldthread.core.records.models import Record
from goldthread.core.work.actions import finish_tasks, give_task, link_up
from goldthread.core.work.models import OPEN, Clock, Task
from goldthread.ground.audit.acting import acting
from goldthread.ground.time.periods import add_months
from goldthread.ground.time.queries import calendar
from goldthread.pathway.actions import Incomplete, complete, open_step
from goldthread.pathway.importing import Imported, import_many
from goldthread.pathway.meeting.actions import arrange
from goldthread.pathway.meeting.models import Arrangement
from goldthread.pathway.meeting.queries import held_by
from goldthread.pathway.meeting.tests.a_meeting import day, part
from goldthread.pathway.queries import adults_around, children_of
from goldthread.practice.protection.actions import begin_plan
from goldthread.practice.protection.conferences.actions import ready_meeting
from goldthread.practice.protection.models import CoreGroup, InitialConference, PlanCategory, ProtectionPlan, ReviewConference
from goldthread.practice.protection.tests.conferring import called, came, decided, held, prepare

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned():
    """Both are on a plan since ten weeks ago; core group and review stand ready."""
    with acting(None, system="test"):
        scene, record, chair = called()
        since = localdate() - timedelta(days=70)
        begin_plan(children=[scene.maya.pk, scene.leo.pk], on=since, category="NEG", by=scene.council.assessment_manager, decided_in=record)
        both = [scene.maya, scene.leo]
        ready = {
            kind: ready_meeting(kind, children=both, follows=record, by=scene.council.social_worker, on=localdate())
            for kind in (CoreGroup, ReviewConference)
        }
        arrange(record=ready[ReviewConference], planned_on=localdate(), chair=chair)
        yield scene, ready[CoreGroup], ready[ReviewConference]


def reviewed(record, ending=(), **more):
    today = localdate()
    raw = {"held_how": "video", "good": "The aunt.", "heard": "Progress.", "may_complain": "yes", "lead": "Social Worker"}
    raw |= day("held_on", today) | day("next_on", today + timedelta(days=170))
    for adult in adults_around(children_of(record)):
        raw |= part(adult, "adult", is_met_by_chair="no", says="It helped.")
    for child in children_of(record):
        raw |= part(
            child,
            childs_words=f"{child} says it is quiet now.",
            changed=f"{child} is at school each day; seen by the nurse.",
            rationale=f"Because of {child}.",
        )
        ended = {"goes_on": "no", "remains": f"{child}’s father may come back.", "after": "child_in_need", "watches": "The school."}
        raw |= part(child, **(ended if child in ending else {"goes_on": "yes", "category": "NEG"}))
    return raw | more


def review(scene, record, ending=(), **more):
    prepare(scene, record)
    came(scene, record)
    return complete(record=record, step="hold", by=scene.council.assessment_manager, raw=reviewed(record, ending, **more)).record


def test_the_first_review_is_due_three_months_after_the_conference_and_the_next_six_months_after_that():
    with acting(None, system="test"):
        scene, record, _ = called()
        (plan,) = begin_plan(
            children=[scene.maya.pk], on=date(2026, 1, 30), category="NEG", by=scene.council.assessment_manager, decided_in=record
        )
        assert Clock.objects.get(record=plan, key="conference.review.first").due_on == date(2026, 4, 30)


def test_a_review_meets_the_first_clock_and_the_next_is_due_six_months_later(planned):
    scene, _, record = planned
    review(scene, record)
    first = Clock.objects.filter(key="conference.review.first", is_current=True)
    assert {clock.met_on for clock in first} == {localdate()} and first.count() == 2
    later = Clock.objects.filter(record=record, key="conference.review.later", is_current=True)
    assert {clock.due_on for clock in later} == {add_months(localdate(), 6)} and later.count() == 2
    following = Record.objects.get(kind=ReviewConference.kind(), follows=record)
    assert following.arrangement.planned_on == localdate() + timedelta(days=170)


def test_after_an_inquorate_conference_a_quorate_review_meets_the_clock_of_fifteen_working_days():
    with acting(None, system="test"):
        scene, record, _ = called()
        prepare(scene, record)
        came(scene, record, only=("social_care",))
        raw = decided(record, [scene.maya, scene.leo], why_inquorate="Snow; the risk cannot wait.")
        complete(record=record, step="hold", by=scene.council.assessment_manager, raw=raw)
        ProtectionPlan.objects.update(started_on=localdate() - timedelta(days=1))
        clocks = Clock.objects.filter(record=record.follows, key="conference.initial", is_current=True)
        next_one = Record.objects.get(kind=ReviewConference.kind())
        assert held_by(next_one) == clocks.first().due_on and {clock.met_on for clock in clocks} == {None}
        review(scene, next_one)
        assert {clock.met_on for clock in clocks.all()} == {localdate()}


def test_a_review_ends_the_plan_of_one_child_with_what_shows_it_and_what_remains_and_the_others_goes_on(planned):
    scene, group, record = planned
    review(scene, record, ending=[scene.leo])
    plan = ProtectionPlan.objects.get(child=scene.leo)
    assert (plan.ended_on, plan.how_ended) == (localdate(), "review")
    assert "at school each day" in str(plan.why_ended) and "father may come back" in str(plan.why_ended)
    assert ProtectionPlan.objects.get(child=scene.maya).ended_on is None
    assert not Clock.objects.filter(record=record, child=scene.leo, key="conference.review.later").exists()
    assert [link.child for link in Record.objects.get(pk=group.pk).children.filter(removed_at=None)] == [scene.maya]
    assert Task.objects.filter(record=record, what__startswith="The protection plan for Leo").exists()


def test_what_was_typed_of_a_core_group_is_kept_when_the_plan_ends_before_it_is_finished(planned):
    scene, group, record = planned
    by = scene.council.social_worker
    draft = open_step(record=group, step="hold", by=by)
    save_draft(draft=draft, revision=draft.revision, answers={"was_done": "The aunt has the key."}, by=by)
    finish_tasks(record=group, step="meeting", by=by)
    give_task(record=group, step="hold", what="Record the core group", worker=Worker.objects.get(name="Social Worker"), by=by)
    review(scene, record, ending=[scene.maya, scene.leo])
    kept = Record.objects.get(pk=group.pk)
    assert kept.state == Record.DRAFT and kept.drafts.get(step="hold").answers["was_done"] == "The aunt has the key."
    task = Task.objects.get(Task.OPEN, record=group)
    assert "What was typed is kept" in task.what and task.worker is not None and task.due_on == localdate()


def test_without_evidence_and_remaining_risk_no_plan_ends(planned):
    scene, _, record = planned
    prepare(scene, record)
    came(scene, record)
    raw = reviewed(record, [scene.leo]) | part(scene.leo, changed="", remains="")
    with pytest.raises(Incomplete) as refused:
        complete(record=record, step="hold", by=scene.council.assessment_manager, raw=raw)
    assert {(problem.question, problem.person) for problem in refused.value.problems} == {
        ("changed", scene.leo.pk),
        ("remains", scene.leo.pk),
    }


def test_a_review_arranged_for_a_brother_keeps_its_day_and_its_chair_sees_the_sister_who_comes_onto_it(planned):
    scene, _, record = planned
    chair = record.arrangement.chair
    take_off_child(record=record, child=scene.maya.pk, why="For the test.", by=None)
    Involvement.objects.filter(child=scene.maya, role=CHAIR_ROLE).update(until_on=localdate())
    ahead = localdate() + timedelta(days=80)
    ready_meeting(ReviewConference, children=[scene.maya], follows=record.follows, by=scene.council.social_worker, on=ahead)
    arranged = Arrangement.objects.get(record=record)
    assert (arranged.planned_on, arranged.chair) == (localdate(), chair)
    assert record.children.filter(removed_at=None).count() == 2
    assert Involvement.objects.on(localdate()).get(child=scene.maya, role=CHAIR_ROLE).worker == chair


def test_the_chair_sees_a_child_whose_plan_has_ended_until_everybody_must_have_what_was_decided(planned):
    scene, _, record = planned
    review(scene, record, ending=[scene.leo])
    until = {one.child: one.until_on for one in Involvement.objects.filter(role=CHAIR_ROLE)}
    assert until == {scene.leo: calendar().add(localdate(), 1) + timedelta(days=1), scene.maya: None}


def test_another_category_stands_from_the_review(planned):
    scene, _, record = planned
    review(scene, record, **part(scene.maya, category="EMO"))
    assert ProtectionPlan.objects.get(child=scene.maya).latest_category == "EMO"
    assert list(PlanCategory.objects.filter(record__children__child=scene.maya).order_by("from_on").values_list("category", flat=True)) == [
        "NEG",
        "EMO",
    ]


def test_only_a_child_on_a_plan_is_reviewed(planned):
    scene, _, record = planned
    ProtectionPlan.objects.filter(child=scene.leo).update(stands=False)
    with pytest.raises(Incomplete, match="Leo Adeyemi was on no protection plan"):
        review(scene, record)


def test_an_imported_review_has_its_day_alone(planned):
    scene, _, _ = planned
    row = Imported(ReviewConference, scene.maya.pk, date(2025, 9, 1), {"held_on": date(2025, 9, 1)}, 9, "0" * 64)
    import_many([row])
    assert ReviewConference.objects.get(record_id=row.key).worry is None
    assert row.headline == "Review child protection conference"


def grouped(record, **more):
    raw = {
        "held_how": "in_person",
        "was_done": "The aunt fetches them.",
        "family_says": "It helps.",
        "is_stuck": "no",
        "plan_changes": "no",
    }
    raw |= day("held_on", localdate()) | day("next_on", localdate() + timedelta(days=28))
    for child in children_of(record):
        raw |= part(child, how=f"{child} is calmer.", still=f"{child} needs a bed: the worker, by Friday.")
    return raw | more


def meet(scene, record, **more):
    came(scene, record)
    return complete(record=record, step="hold", by=scene.council.social_worker, raw=grouped(record, **more)).record


def test_a_core_group_meets_its_clock_and_the_next_is_due_four_weeks_later(planned):
    scene, record, _ = planned
    meet(scene, record)
    later = Clock.objects.filter(record=record, key="plan.cp.core_group.later", is_current=True)
    assert {clock.due_on for clock in later} == {localdate() + timedelta(weeks=4)}
    following = Record.objects.get(kind=CoreGroup.kind(), follows=record)
    assert following.arrangement.planned_on == localdate() + timedelta(days=28)
    meet(scene, following)
    met = Clock.objects.filter(record=record, key="plan.cp.core_group.later", is_current=True)
    assert {clock.met_on for clock in met} == {localdate()}


def test_a_core_group_of_social_care_alone_is_not_quorate(planned):
    scene, record, _ = planned
    came(scene, record, only=("social_care",))
    with pytest.raises(Incomplete, match="at least one other agenc"):
        complete(record=record, step="hold", by=scene.council.social_worker, raw=grouped(record))


def test_a_core_group_that_changes_the_plan_asks_for_its_new_words(planned):
    scene, record, _ = planned
    meet(scene, record, plan_changes="yes")
    assert Task.objects.filter(record=record, what__startswith="Write the next version of the plan").exists()


def test_a_review_clock_stays_closed_once_the_plan_has_ended_whatever_is_looked_at_again(planned):
    scene, _, record = planned
    review(scene, record)
    following = Record.objects.get(kind=ReviewConference.kind(), follows=record)
    ProtectionPlan.objects.update(started_on=localdate() - timedelta(days=71))
    review(scene, following, ending=[scene.maya, scene.leo])
    link_up(children=[scene.maya.pk, scene.leo.pk], keys=["conference.review.later"])
    later = Clock.objects.filter(key="conference.review.later", is_current=True)
    assert later.exists() and not later.filter(OPEN).exists()


def test_a_review_written_down_after_the_plan_has_ended_asks_for_no_further_one(planned):
    scene, _, record = planned
    yesterday = localdate() - timedelta(days=1)
    turned_eighteen = Record.objects.get(pk=ProtectionPlan.objects.get(child=scene.leo).record_id)
    ProtectionPlan.objects.filter(record=turned_eighteen).update(ended_on=localdate(), how_ended="eighteen", why_ended="On file.")
    review(scene, record, **day("held_on", yesterday))
    following = Record.objects.get(kind=ReviewConference.kind(), follows=record)
    assert [link.child for link in following.children.all()] == [scene.maya]


def test_nothing_of_the_plan_is_due_once_it_has_ended(planned):
    scene, group, record = planned
    meet(scene, group)
    review(scene, record, ending=[scene.maya, scene.leo])
    keys = ("plan.cp.core_group", "plan.cp.core_group.later", "conference.review.first", "conference.review.later", "visit.cp")
    assert not Clock.objects.filter(key__in=keys, is_current=True, met_on=None, stopped_on=None).exists()
    assert not Record.objects.filter(kind__in=(CoreGroup.kind(), ReviewConference.kind()), state=Record.DRAFT).exists()


def test_the_whole_way_from_conference_to_first_core_group_types_nothing_twice():
    with acting(None, system="test"):
        scene, record, _ = called()
        prepare(scene, record)
        record.invitees.filter(name="Ruth Amadi").update(in_group=True)
        record.invitees.filter(name="Social Worker").update(in_group=True)
        held(scene, record, [scene.maya])
        group = Record.objects.get(kind=CoreGroup.kind())
        meet(scene, group)
        assert Clock.objects.get(record=record, key="plan.cp.core_group", is_current=True).met_on == localdate()
        assert InitialConference.objects.get(record=record).lead == "Social Worker"
