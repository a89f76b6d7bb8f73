"""How long a chair sees a child: while a meeting about that child is still to be held under them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from goldthread.core.agencies.actions import allocate, cover
from goldthread.core.agencies.models import Allocation, Involvement, Worker
from goldthread.core.agencies.queries import CHAIR_ROLE
from goldthread.core.people.models import Person
from goldthread.core.records.actions import add_children, take_off_child, withdraw
from goldthread.core.work.models import Task
from goldthread.ground.audit.acting import acting
from goldthread.pathway.actions import include
from goldthread.pathway.meeting.actions import arrange
from goldthread.pathway.meeting.queries import chairs_for
from goldthread.pathway.tests.people import child
from goldthread.practice.protection.conferences.actions import call_transfer_in_conference
from goldthread.practice.protection.models import InitialConference
from goldthread.practice.protection.tests.conferring import a_chair, called, prepare

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference():
    with acting(None, system="test"):
        yield called()


def seen_by(chair: Worker) -> set[Person]:
    """As on a page opened now."""
    return set(Person.objects.seen_by(chair.signin_set.get().user)) & set(Person.objects.filter(involvements__role=CHAIR_ROLE))


def test_the_chair_of_a_conference_that_is_withdrawn_sees_its_children_no_longer(conference):
    scene, record, chair = conference
    assert seen_by(chair) == {scene.maya, scene.leo}
    withdraw(record=record, why="The move turned out to be temporary.", by=scene.council.social_worker)
    assert seen_by(chair) == set()
    assert {one.until_on for one in Involvement.objects.filter(role=CHAIR_ROLE)} == {localdate()}


def test_the_chair_sees_a_child_who_was_taken_off_no_longer_and_again_once_put_back(conference):
    scene, record, chair = conference
    take_off_child(record=record, child=scene.leo.pk, why="Another Leo.", by=scene.council.social_worker)
    assert seen_by(chair) == {scene.maya}
    add_children(record=record, children=[scene.leo.pk])
    assert seen_by(chair) == {scene.maya, scene.leo}


def test_a_chair_of_another_conference_about_the_child_goes_on_seeing_the_child(conference):
    scene, record, chair = conference
    moved = call_transfer_in_conference(children=[scene.leo.pk], by=scene.council.social_worker)
    arrange(record=moved, planned_on=localdate(), chair=chair)
    withdraw(record=record, why="Called twice.", by=scene.council.social_worker)
    assert seen_by(chair) == {scene.leo}


def test_each_of_two_chairs_sees_the_child_while_both_conferences_are_to_be_held(conference):
    scene, _, chair = conference
    other = a_chair("Bela Nagy")
    moved = call_transfer_in_conference(children=[scene.leo.pk], by=scene.council.social_worker)
    arrange(record=moved, planned_on=localdate())
    assert seen_by(chair) == {scene.maya, scene.leo}, "nobody is named there yet"
    arrange(record=moved, planned_on=localdate(), chair=other)
    assert (seen_by(chair), seen_by(other)) == ({scene.maya, scene.leo}, {scene.leo})


def test_whoever_is_named_no_longer_sees_the_children_no_longer_and_is_not_asked_to_write_it_down(conference):
    scene, record, chair = conference
    prepare(scene, record)
    arrange(record=record, planned_on=localdate())
    assert seen_by(chair) == set()
    task = Task.objects.get(Task.OPEN, record=record, step="hold")
    assert (task.worker, task.team) == (None, scene.council.assessment)


def test_a_chair_who_has_come_into_the_line_is_no_choice_and_the_page_says_why(conference):
    scene, record, chair = conference
    Allocation.objects.filter(child=scene.leo).update(until_on=localdate(), why_ended="moved")
    allocate(child=scene.leo.pk, team=scene.council.assessment, worker=chair, on=localdate())
    client = Client()
    client.force_login(scene.council.assessment_manager)
    page = client.get(f"/meeting/{record.reference}/arrange/").content.decode()
    assert "Ada Okafor answers for the child" in page and f'value="{chair.pk}"' not in page


def test_the_chair_sees_a_sister_who_comes_onto_the_conference(conference):
    scene, record, chair = conference
    ada = child("Ada Adeyemi", localdate() - timedelta(days=900))
    include(record=record, children=[ada.pk], by=scene.council.social_worker)
    assert seen_by(chair) == {scene.maya, scene.leo, ada}


def test_a_conference_that_is_moved_is_asked_for_on_its_new_day_whoever_chairs(conference):
    scene, record, chair = conference
    prepare(scene, record)
    task = Task.objects.get(Task.OPEN, record=record, step="hold")
    arrange(record=record, planned_on=localdate() + timedelta(days=9), chair=chair)
    task.refresh_from_db()
    assert task.due_on == localdate() + timedelta(days=9)
    arrange(record=record, planned_on=localdate() + timedelta(days=12))
    task.refresh_from_db()
    assert task.due_on == localdate() + timedelta(days=12)


def test_whoever_covers_for_one_of_the_line_may_not_chair(conference):
    scene, record, chair = conference
    cover(away=Worker.objects.get(name="Social Worker"), covering=chair, from_on=localdate(), until=localdate() + timedelta(days=7))
    with pytest.raises(ValueError, match="covers for Social Worker, who answers for the child"):
        arrange(record=record, planned_on=localdate(), chair=chair)
    assert chair not in chairs_for(InitialConference, record, scene.council.assessment_manager)


def test_the_line_is_read_once_however_many_could_chair(conference):
    scene, record, _ = conference
    with CaptureQueriesContext(connection) as few:
        chairs_for(InitialConference, record, scene.council.assessment_manager)
    others = [a_chair(name) for name in ("Bela Nagy", "Cleo Marsh", "Dora Finch")]
    with CaptureQueriesContext(connection) as many:
        assert set(others) <= set(chairs_for(InitialConference, record, scene.council.assessment_manager))
    assert len(many) == len(few)
