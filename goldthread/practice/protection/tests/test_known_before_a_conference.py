"""What a conference and its plan know already: nobody is typed twice, and nobody who was apart counts as having heard."""

import pytest
from django.test import Client
from django.utils.timezone import localdate

from goldthread.core.agencies.models import Allocation
from goldthread.core.records.actions import take_off_child, withdraw
from goldthread.core.records.models import Record
from goldthread.core.work.models import Task
from goldthread.ground.access.actions import restrict
from goldthread.ground.audit.acting import acting
from goldthread.pathway.actions import begin, open_step
from goldthread.pathway.meeting.actions import arrange, contribute, describe
from goldthread.pathway.meeting.grid import grid_of
from goldthread.pathway.meeting.queries import chair_of
from goldthread.pathway.meeting.tests.a_meeting import a_scene, part
from goldthread.practice.protection.conferences.actions import call_conference
from goldthread.practice.protection.conferences.known import who_leads_now
from goldthread.practice.protection.models import InitialConference, Section47
from goldthread.practice.protection.tests.conferring import a_chair, called, held, prepare

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference():
    with acting(None, system="test"):
        yield called()


def test_whoever_was_asked_to_the_strategy_discussion_is_proposed_as_they_were_named_there():
    with acting(None, system="test"):
        scene = a_scene()
        describe(invitee=scene.who("police"), name="DC Priya Nair", role="Police", phone="020 7946 0911", email=None)
        enquiry = begin(Section47, children=[scene.maya.pk, scene.leo.pk], by=scene.council.social_worker, follows=scene.record)
        record = call_conference(children=[scene.maya.pk, scene.leo.pk], by=scene.council.assessment_manager, enquiry=enquiry)
        assert list(record.invitees.filter(required="police").values_list("name", "phone")) == [("DC Priya Nair", "020 7946 0911")]
        assert record.invitees.filter(name="Ruth Amadi").count() == 1, "she knows the children too, and is one person"


def test_the_chair_is_asked_to_write_it_down_and_finds_the_day_and_the_lead_there(conference):
    scene, record, chair = conference
    prepare(scene, record)
    task = Task.objects.get(record=record, step="hold")
    assert (task.worker, task.due_on) == (chair, localdate())
    answers = open_step(record=record, step="hold", by=chair.signin_set.get().user).answers
    assert (answers["held_on-day"], answers["lead"]) == (str(localdate().day), "Social Worker")
    other = a_chair("Bela Nagy")
    arrange(record=record, planned_on=localdate(), chair=other)
    task.refresh_from_db()
    assert task.worker == other


def test_a_family_help_lead_is_not_proposed_to_lead_a_protection_plan(conference):
    scene, record, _ = conference
    Allocation.objects.filter(child__in=[scene.maya, scene.leo]).update(role=Allocation.FAMILY_HELP)
    assert who_leads_now(record) == {"lead": ""}


def test_an_adult_seen_apart_is_marked_so_and_did_not_hear_the_decisions_with_the_others(conference):
    scene, record, _ = conference
    prepare(scene, record, **part(scene.mother, "adult", place="split", place_why="Violence.", apart="At half past nine."))
    held(scene, record, [scene.maya])
    lines = {line.who: line for line in grid_of(InitialConference, record, chair_of(record)).lines}
    assert "apart from the others" in lines["Grace Adeyemi"].title and "apart" not in lines["Ruth Amadi"].title
    client = Client()
    client.force_login(scene.council.assessment_manager)
    client.post(f"/record/{record.reference}/meeting/", {"press": "everyone heard"})
    assert record.invitees.get(person=scene.mother).sent_at is None
    assert record.invitees.get(name="Ruth Amadi").sent_at is not None


def test_the_plan_in_words_begins_with_what_the_family_heard_happens_if_a_child_is_not_safe(conference):
    scene, record, _ = conference
    prepare(scene, record)
    held(scene, record, [scene.maya, scene.leo])
    words = Record.objects.get(kind="protection.written_plan")
    draft = open_step(record=words, step="write", by=scene.council.social_worker)
    assert draft.answers["if_unsafe"] == "The night team." and draft.answers["lead"].startswith("Social Worker")


def test_a_plan_begins_with_what_was_decided_for_its_own_children_and_no_others(conference):
    scene, record, _ = conference
    prepare(scene, record)
    each = part(scene.maya, contingency="Maya goes to her aunt.") | part(scene.leo, contingency="Leo goes to his father Omar.")
    held(scene, record, [scene.maya, scene.leo], **each)
    words = Record.objects.get(kind="protection.written_plan")

    def begun() -> str:
        return open_step(record=words, step="write", by=scene.council.social_worker).answers["if_unsafe"]

    assert begun() == "Maya Adeyemi: Maya goes to her aunt.\nLeo Adeyemi: Leo goes to his father Omar."
    take_off_child(record=words, child=scene.leo.pk, why="Another family.", by=scene.council.social_worker)
    assert begun() == "Maya goes to her aunt."


def a_conference_after_the_discussion(scene, by):
    nurse = scene.who("health")
    contribute(invitee=nurse, words="Seen with a bruise in May.", onward="all_here", by=scene.council.social_worker)
    describe(invitee=scene.who("police"), name="DC Priya Nair", role="Police", phone=None, email=None)
    enquiry = begin(Section47, children=[scene.maya.pk], by=by, follows=scene.record)
    record = call_conference(children=[scene.maya.pk], by=by, enquiry=enquiry)
    client = Client()
    client.force_login(by)
    return record, client.get(f"/record/{record.reference}/prepare/").content.decode()


def test_what_was_brought_to_a_discussion_stands_beside_the_conference_with_the_names_of_those_asked():
    with acting(None, system="test"):
        scene = a_scene()
        record, page = a_conference_after_the_discussion(scene, scene.council.social_worker)
        assert "Seen with a bruise in May." in page and record.invitees.filter(name="DC Priya Nair").exists()


def test_what_was_brought_to_a_discussion_that_also_tells_of_a_restricted_brother_is_not_beside_the_conference_about_his_sister():
    with acting(None, system="test"):
        scene = a_scene()
        restrict(
            person=scene.leo.pk,
            why="His uncle works here.",
            lead_name="A Lead",
            lead_phone="020 7946 0001",
            by=scene.council.assessment_manager,
        )
        record, page = a_conference_after_the_discussion(scene, scene.council.social_worker)
        assert "Seen with a bruise in May." not in page and not record.invitees.filter(name="DC Priya Nair").exists()


def test_a_discussion_that_is_withdrawn_is_not_beside_what_came_of_it_and_is_marked_on_the_record_that_follows_it():
    with acting(None, system="test"):
        scene = a_scene()
        withdraw(record=scene.record, why="Another family.", by=scene.council.social_worker)
        record, page = a_conference_after_the_discussion(scene, scene.council.social_worker)
        assert "Seen with a bruise in May." not in page and not record.invitees.filter(name="DC Priya Nair").exists()
        enquiry = record.follows
        client = Client()
        client.force_login(scene.council.social_worker)
        assert scene.record.reference not in client.get(f"/record/{enquiry.reference}/see/").content.decode()
        page = client.get(f"/record/{enquiry.reference}/").content.decode()
        assert f"{scene.record.headline}</a>, withdrawn" in page
