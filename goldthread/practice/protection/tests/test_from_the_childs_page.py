"""What begins from a child's page: which enquiry a conference follows, who may join it, and what only a conference that was held says."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from goldthread.core.records.models import Record
from goldthread.ground.access.actions import restrict
from goldthread.ground.audit.acting import acting
from goldthread.pathway.actions import begin, open_step
from goldthread.pathway.importing import Imported, import_many
from goldthread.pathway.meeting.actions import arrange
from goldthread.pathway.meeting.tests.a_meeting import a_scene
from goldthread.practice.protection.actions import begin_plan
from goldthread.practice.protection.conferences.actions import call_conference, ready_meeting
from goldthread.practice.protection.models import (
    InitialConference,
    ProtectionPlan,
    ReviewConference,
    Section47,
    Section47Child,
    TransferInConference,
)
from goldthread.practice.protection.tests.conferring import a_chair, called, held, prepare

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    with acting(None, system="test"):
        yield a_scene()


def an_enquiry(scene, days_ago=10, **of_census):
    start = localdate() - timedelta(days=days_ago)
    both = [scene.maya.pk, scene.leo.pk]
    enquiry = begin(Section47, children=both, by=scene.council.social_worker, opening={"strategy_on": start, "started_on": start})
    Section47.objects.create(record=enquiry, found="Bruises of two ages on Leo.", **of_census)
    return enquiry


def concluded(enquiry):
    Record.objects.filter(pk=enquiry.pk).update(step=None, state=Record.AGREED)


def browser(scene):
    client = Client()
    client.force_login(scene.council.social_worker)
    return client


def start(scene, way, *children, **more):
    chosen = {"children": [one.reference for one in children], "why": "Asked for by the court.", **more}
    return browser(scene).post(f"/child/{children[0].reference}/start/{way}/", chosen)


def worry_of(scene, record):
    return open_step(record=record, step="prepare", by=scene.council.social_worker).answers.get("worry")


def test_a_conference_begun_from_the_childs_page_follows_the_enquiry_that_is_open(scene):
    enquiry = an_enquiry(scene)
    answer = start(scene, "conference", scene.maya, scene.leo)
    conference = Record.objects.get(kind=InitialConference.kind())
    assert answer["Location"] == f"/record/{conference.reference}/meeting/"
    assert conference.follows == enquiry and worry_of(scene, conference) == "Bruises of two ages on Leo."


def test_nothing_is_taken_from_an_enquiry_that_also_tells_of_a_brother_who_is_restricted_since(scene):
    an_enquiry(scene)
    restrict(
        person=scene.leo.pk,
        why="His uncle works here.",
        lead_name="A Lead",
        lead_phone="020 7946 0001",
        by=scene.council.assessment_manager,
    )
    start(scene, "conference", scene.maya)
    conference = Record.objects.get(kind=InitialConference.kind())
    assert conference.follows is None and not worry_of(scene, conference)
    assert "Leo" not in browser(scene).get(f"/record/{conference.reference}/prepare/").content.decode()


@pytest.mark.parametrize("answered", ["not required", "held"])
def test_an_enquiry_that_was_answered_long_ago_is_not_the_one_a_new_conference_follows(scene, answered):
    of_census = {"conference_not_required": True} if answered == "not required" else {"conference_on": localdate() - timedelta(days=890)}
    concluded(an_enquiry(scene, days_ago=900, **of_census))
    conference = call_conference(children=[scene.maya.pk], by=scene.council.social_worker)
    assert conference.follows is None and not worry_of(scene, conference)


def test_a_concluded_enquiry_is_followed_only_for_a_child_for_whom_it_calls_a_conference(scene):
    enquiry = an_enquiry(scene)
    concluded(enquiry)
    Section47Child.objects.create(record=enquiry, person=scene.leo, conference=True)
    Section47Child.objects.create(record=enquiry, person=scene.maya, conference=False)
    by = scene.council.social_worker
    assert call_conference(children=[scene.maya.pk], by=by).follows is None
    assert call_conference(children=[scene.leo.pk], by=by).follows == enquiry


def test_a_brother_with_a_plan_or_a_conference_of_his_own_is_not_offered(scene):
    begin_plan(children=[scene.leo.pk], on=localdate(), category="PHY", by=None, decided_in=scene.record, decided_by="initial")
    page = browser(scene).get(f"/child/{scene.maya.reference}/start/conference/").content.decode()
    assert scene.leo.reference not in page
    start(scene, "conference", scene.maya, scene.leo)
    assert [one.child for one in Record.objects.get(kind=InitialConference.kind()).children.all()] == [scene.maya]


def test_a_transfer_in_conference_begins_from_the_childs_page_for_both(scene):
    answer = start(scene, "transfer-in", scene.maya, scene.leo)
    conference = Record.objects.get(kind=TransferInConference.kind())
    assert answer["Location"] == f"/record/{conference.reference}/meeting/" and conference.children.count() == 2


def test_a_plan_that_was_never_reviewed_is_not_said_to_be_because_its_review_is_prepared(scene):
    began = localdate() - timedelta(days=60)
    begin_plan(children=[scene.maya.pk], on=began, category="NEG", by=None, decided_in=scene.record, decided_by="initial")
    review = ready_meeting(ReviewConference, children=[scene.maya], follows=scene.record, by=scene.council.social_worker, on=localdate())
    arrange(record=review, planned_on=localdate(), chair=a_chair())
    prepare(scene, review)
    page = browser(scene).get(f"/child/{scene.maya.reference}/").content.decode()
    assert "No review on file." in page and "Last reviewed" not in page


def test_a_conference_that_is_only_prepared_has_decided_on_no_plan():
    with acting(None, system="test"):
        scene, record, _ = called()
        prepare(scene, record)
        page = browser(scene).get(f"/child/{scene.maya.reference}/start/protection/").content.decode()
    assert "None is recorded here" in page


def test_a_plan_written_here_and_told_again_by_a_census_is_one_plan(scene):
    began = localdate() - timedelta(days=60)
    begin_plan(children=[scene.maya.pk], on=began, category="NEG", by=None, decided_in=scene.record, decided_by="initial")
    import_many([Imported(ProtectionPlan, scene.maya.pk, began, {"started_on": began, "initial_category": "NEG"}, 3, "0" * 64)])
    assert ProtectionPlan.objects.filter(child=scene.maya).count() == 2
    for page in ("", "about/"):
        html = browser(scene).get(f"/child/{scene.maya.reference}/{page}").content.decode()
        assert len(re.findall(r"Child protection:[^<]* since", html)) == (2 if page == "" else 1), (
            "in the bar, and once in the plan’s own lines"
        )


def test_who_was_seen_and_what_the_child_said_in_an_enquiry_stand_on_the_summary(scene):
    enquiry, seen_on = an_enquiry(scene), localdate() - timedelta(days=9)
    told = {"is_seen": True, "seen_on": seen_on, "is_seen_alone": True, "childs_words": "I sleep at Nan’s when he shouts."}
    Section47Child.objects.create(record=enquiry, person=scene.maya, **told)
    Section47Child.objects.create(record=enquiry, person=scene.leo, is_seen=False, why_not_seen="Asleep.")
    html = " ".join(browser(scene).get(f"/child/{scene.maya.reference}/").content.decode().split())
    assert "9 days ago, seen alone, by Social Worker" in html
    assert "I sleep at Nan’s when he shouts." in html and "in the enquiry" in html
    assert "No assessment, enquiry or visit here says" in browser(scene).get(f"/child/{scene.leo.reference}/").content.decode()


def test_what_a_child_wanted_the_conference_to_know_stands_on_the_summary():
    with acting(None, system="test"):
        scene, record, _ = called()
        prepare(scene, record)
        held(scene, record, [scene.maya])
        html = browser(scene).get(f"/child/{scene.maya.reference}/").content.decode()
    assert "Maya Adeyemi wants to go home." in html and "for the conference" in html
    assert "Leo Adeyemi wants to go home." not in html, "a brother’s words are his own"
