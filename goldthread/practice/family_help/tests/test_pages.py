"""From an accepted referral to a closed case, on the pages, each step by the one whose work it is."""

from datetime import date

import pytest

from goldthread.core.agencies.models import Allocation, Worker
from goldthread.core.records.models import Record
from goldthread.core.work.models import Clock, Task
from goldthread.pathway.actions import begin, complete
from goldthread.practice.family_help.actions import end_plans, propose_closure
from goldthread.practice.family_help.assessment import ChildAndFamilyAssessment
from goldthread.practice.family_help.child_in_need_plan import ChildInNeedPlan
from goldthread.practice.front_door.tests.calls import TODAY, day, page, part, press, signed_in, someone

pytestmark = pytest.mark.django_db


@pytest.fixture
def children(council):
    return [someone("Maya", "Adeyemi", date(2016, 5, 2)), someone("Leo", "Adeyemi", date(2019, 8, 30))]


@pytest.fixture
def assessment(council, children):
    opening = {"referred_on": TODAY, "started_on": TODAY, "why_now": "Bruises nobody explains"}
    return begin(ChildAndFamilyAssessment, children=[child.pk for child in children], by=council.front_door_manager, opening=opening)


def allocated(council, record):
    worker = Worker.objects.get(name="Social Worker")
    signed_in(council.assessment_manager).post(f"/record/{record.reference}/allocate/", {"worker": str(worker.pk)})
    return record


def answers(children):
    found = {
        **day("referred_on", TODAY),
        **day("started_on", TODAY),
        "why_now": "Bruises",
        "home_and_family": "Grandmother helps.",
        "analysis": "Strain.",
    }
    for child in children:
        found |= part(child, is_seen="yes", **day("seen_on", TODAY), is_seen_alone="yes", daily_life="School, tea, bed.", factors=["3B"])
        found |= part(child, childs_words=f"My name is {child} and I like school", analysis=f"What {child} needs most is calm")
        found |= part(child, outcome="no_further_action")
    return found


def test_the_manager_sees_what_each_worker_carries_and_names_one(council, children, assessment):
    manager = signed_in(council.assessment_manager)
    shown = page(manager.get(f"/record/{assessment.reference}/allocate/"))
    assert "Social Worker" in shown
    assert "0 open children, 0 assessments being written" in shown
    assert page(manager.post(f"/record/{assessment.reference}/allocate/", {})).count("Choose who will do the assessment.") == 2
    allocated(council, assessment)
    assert set(Allocation.objects.filter(until_on=None).values_list("child_id", flat=True)) == {child.pk for child in children}
    assert "2 open children, 1 assessment being written" in page(manager.get(f"/record/{assessment.reference}/allocate/"))
    assert Task.objects.get(record=assessment, step="write").worker.name == "Social Worker"


def test_nobody_but_the_teams_manager_allocates(council, assessment):
    screener = signed_in(council.screener)
    worker = Worker.objects.get(name="Social Worker")
    shown = page(screener.post(f"/record/{assessment.reference}/allocate/", {"worker": str(worker.pk)}))
    assert "The team’s manager allocates" in shown
    assert not Allocation.objects.filter(worker=worker).exists()


def test_each_child_is_written_of_apart_and_the_manager_reads_it_beside_the_outcome(council, children, assessment):
    record = allocated(council, assessment)
    worker = signed_in(council.social_worker)
    sent = press(worker, record, "write", answers(children))
    assert sent.status_code == 302, page(sent)
    shown = page(signed_in(council.assessment_manager).get(f"/record/{record.reference}/authorise/"))
    assert "My name is Maya Adeyemi and I like school" in shown
    assert "What is decided for this child?" in shown


def test_the_whole_way_to_a_closed_case(council, children, assessment):
    record = allocated(council, assessment)
    worker, manager = signed_in(council.social_worker), signed_in(council.assessment_manager)
    press(worker, record, "write", answers(children))
    decided = {**day("authorised_on", TODAY), "authorising_words": "Agreed"}
    for child in children:
        decided |= part(child, authorised_outcome="no_further_action")
    assert press(manager, record, "authorise", decided).status_code == 302
    assert not Clock.objects.filter(record=record, met_on=None).exists()
    closure = Record.objects.get(kind="family_help.closure")
    said = {"summary": "Help was given", "remaining": "None", "where_to_turn": "The school"}
    said |= part(children[0], reason="RC8") | part(children[1], reason="RC8")
    assert press(worker, closure, "write", said).status_code == 302
    closed = press(manager, closure, "decide", {**day("closed_on", TODAY), "why": "Nothing further is needed"})
    assert closed["Location"] == "/", "the reason to see it ended with the case"
    assert "Nothing further is needed" in page(signed_in(council.screener).get(f"/record/{closure.reference}/"))
    assert not Allocation.objects.filter(until_on=None).exists()


def test_closing_stops_what_is_still_due_of_family_help(council, children, assessment):
    closure = propose_closure(children=children, reasons={child.pk: "RC8" for child in children}, by=council.social_worker)
    said = {"summary": "They moved.", "remaining": "None.", "where_to_turn": "The school."}
    complete(record=closure, step="write", by=council.social_worker, raw=said)
    complete(record=closure, step="decide", by=council.assessment_manager, raw={**day("closed_on", TODAY), "why": "Gone."})
    due = Clock.objects.filter(record=assessment, is_current=True)
    assert due.exists() and {clock.stopped_why for clock in due} == {"The case was closed."}


def test_a_plan_that_has_ended_says_so_in_the_chronology(council, children):
    plan = begin(ChildInNeedPlan, children=[child.pk for child in children], by=council.social_worker, opening={"started_on": TODAY})
    ChildInNeedPlan.objects.create(record=plan, started_on=TODAY)
    end_plans(children=[child.pk for child in children], on=TODAY)
    plan.refresh_from_db()
    assert plan.headline == "Child in need plan ended"


def test_the_plan_is_written_and_read_with_what_came_before_beside_it(council, children, assessment):
    record = allocated(council, assessment)
    worker, manager = signed_in(council.social_worker), signed_in(council.assessment_manager)
    press(worker, record, "write", answers(children) | part(children[0], outcome="child_in_need"))
    decided = {**day("authorised_on", TODAY), "authorising_words": "Agreed"}
    decided |= part(children[0], authorised_outcome="child_in_need") | part(children[1], authorised_outcome="no_further_action")
    press(manager, record, "authorise", decided)
    plan = Record.objects.get(kind="family_help.child_in_need_plan")
    shown = page(worker.get(f"/record/{plan.reference}/write/"))
    assert "My name is Maya Adeyemi and I like school" in shown
    assert "My name is Leo Adeyemi" not in shown, "the plan is about Maya alone"
