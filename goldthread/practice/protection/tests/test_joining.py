"""Which waiting meeting a child joins, and which conference an enquiry finds: rules as sentences."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from goldthread.core.people.actions import move_to_address
from goldthread.core.people.facts import Place
from goldthread.core.people.models import Relationship
from goldthread.core.records.models import Record
from goldthread.core.work.actions import Running, wind
from goldthread.core.work.models import Task
from goldthread.ground.access.actions import restrict
from goldthread.ground.audit.acting import acting
from goldthread.ground.time.queries import calendar
from goldthread.pathway.actions import begin
from goldthread.pathway.meeting.actions import arrange
from goldthread.pathway.meeting.tests.a_meeting import a_scene
from goldthread.pathway.tests.people import child
from goldthread.practice.protection.actions import begin_plan
from goldthread.practice.protection.conferences.actions import call_conference, ready_meeting
from goldthread.practice.protection.models import CoreGroup, InitialConference, ReviewConference, Section47
from goldthread.practice.protection.tests.conferring import called, prepare

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewed():
    """Maya and Leo on a plan for seventy days; their review is arranged for today. Ada, their sister, is on one since today."""
    with acting(None, system="test"):
        scene, record, _ = called()
        by = scene.council.assessment_manager
        ada = child("Ada Adeyemi", localdate() - timedelta(days=20))
        Relationship.objects.create(person=ada, other=scene.mother, kind="mother")
        begin_plan(children=[scene.maya.pk, scene.leo.pk], on=localdate() - timedelta(days=70), category="NEG", by=by, decided_in=record)
        begin_plan(children=[ada.pk], on=localdate(), category="NEG", by=by, decided_in=record)
        review = ready_meeting(ReviewConference, children=[scene.maya, scene.leo], follows=record, by=by, on=localdate())
        yield scene, ada, review


def next_review(scene, ada, review, on):
    return ready_meeting(ReviewConference, children=[ada], follows=review.follows, by=scene.council.social_worker, on=on)


def about(record):
    return {link.child for link in record.children.filter(removed_at=None)}


def test_a_sister_joins_the_review_that_is_soon_enough_for_her(reviewed):
    scene, ada, review = reviewed
    assert next_review(scene, ada, review, localdate() + timedelta(days=80)) == review
    assert about(review) == {scene.maya, scene.leo, ada}
    assert Task.objects.get(Task.OPEN, record=review, step="meeting").what.endswith("Leo Adeyemi and Ada Adeyemi")


def test_a_newborn_whose_review_would_come_too_late_with_the_others_has_one_of_her_own_on_the_day_agreed(reviewed):
    scene, ada, review = reviewed
    arrange(record=review, planned_on=localdate() + timedelta(days=150))
    own = next_review(scene, ada, review, localdate() + timedelta(days=80))
    assert own != review and about(own) == {ada} and about(review) == {scene.maya, scene.leo}
    assert own.arrangement.planned_on == localdate() + timedelta(days=80)
    assert next_review(scene, ada, review, localdate() + timedelta(days=81)) == own, "the second time it is there"


def test_a_half_brother_in_another_home_is_not_put_onto_this_familys_review(reviewed):
    scene, ada, review = reviewed
    for people, line in (([scene.maya, scene.leo], "1 Loom Street"), ([ada], "9 Mill Lane")):
        move_to_address(people=people, place=Place(line, postcode="ZZ99 3VZ"), from_on=date(2024, 1, 1))
    assert about(next_review(scene, ada, review, localdate())) == {ada}


def test_a_restricted_child_is_not_put_onto_a_review_which_others_must_see(reviewed):
    scene, ada, review = reviewed
    restrict(person=ada.pk, why="Adoption.", lead_name="A Lead", lead_phone="020 7946 0001", by=scene.council.assessment_manager)
    assert about(next_review(scene, ada, review, localdate())) == {ada}
    assert Record.objects.seen_by(scene.council.social_worker).filter(pk=review.pk).exists()


def test_the_task_of_calling_a_meeting_is_due_by_the_day_of_whoever_joined_it(reviewed):
    scene, ada, review = reviewed
    group = ready_meeting(CoreGroup, children=[scene.maya, scene.leo], follows=review.follows, by=scene.council.social_worker, on=None)
    task = Task.objects.get(Task.OPEN, record=group, step="meeting")
    assert task.due_on is None
    wind(record=review.follows, children=[ada.pk], runnings=[Running("plan.cp.core_group", localdate())])
    assert ready_meeting(CoreGroup, children=[ada], follows=review.follows, by=scene.council.social_worker, on=None) == group
    task.refresh_from_db()
    assert task.due_on == calendar().add(localdate(), 10)


def an_enquiry(scene):
    both = [scene.maya.pk, scene.leo.pk]
    start = localdate() - timedelta(days=10)
    enquiry = begin(Section47, children=both, by=scene.council.social_worker, opening={"strategy_on": start, "started_on": start})
    Section47.objects.create(record=enquiry, found="Bruises of two ages.")
    return enquiry


@pytest.mark.parametrize("is_prepared", [False, True])
def test_a_conference_that_was_called_before_the_enquiry_asked_for_it_follows_that_enquiry(is_prepared):
    with acting(None, system="test"):
        scene = a_scene()
        both, by = [scene.maya.pk, scene.leo.pk], scene.council.social_worker
        conference = call_conference(children=both, by=by)
        if is_prepared:
            prepare(scene, conference, worry="Said at the door.")
        else:
            assert conference.drafts.get(step="prepare").answers["without_section_47"] == "yes"
        enquiry = an_enquiry(scene)
        assert call_conference(children=both, by=by, enquiry=enquiry) == conference
        conference.refresh_from_db()
        assert conference.follows == enquiry
        if not is_prepared:
            answers = conference.drafts.get(step="prepare").answers
            assert (answers["without_section_47"], answers["worry"]) == ("no", "Bruises of two ages.")
        assert InitialConference.objects.filter(record=conference).exists() is is_prepared
