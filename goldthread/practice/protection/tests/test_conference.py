"""Initial and transfer-in conferences: rules as sentences, with dated examples."""

from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from goldthread.core.agencies.models import Involvement, Worker
from goldthread.core.agencies.queries import CHAIR_ROLE
from goldthread.core.people.models import Person
from goldthread.core.records.models import Record
from goldthread.core.work.actions import finish_tasks
from goldthread.core.work.models import Clock, Task
from goldthread.ground.audit.acting import acting
from goldthread.pathway.actions import Incomplete, begin, complete, correct, include, open_step, retyped
from goldthread.pathway.importing import Imported, import_many
from goldthread.pathway.meeting.actions import add_to_list, arrange, invite
from goldthread.pathway.meeting.queries import chairs_for
from goldthread.pathway.meeting.tests.a_meeting import day, part
from goldthread.pathway.queries import load_answers
from goldthread.pathway.tests.people import child
from goldthread.practice.protection.actions import begin_plan, end_plan
from goldthread.practice.protection.conferences.actions import call_conference, call_transfer_in_conference
from goldthread.practice.protection.models import (
    CoreGroup,
    InitialConference,
    InitialConferenceAdult,
    InitialConferenceChild,
    ProtectionPlan,
    ReviewConference,
    Section47,
    TransferInConference,
)
from goldthread.practice.protection.tests.conferring import a_chair, called, came, decided, held, prepare

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference():
    with acting(None, system="test"):
        yield called()


def test_a_conference_is_due_fifteen_working_days_after_the_discussion_and_after_the_start_of_the_enquiry():
    with acting(None, system="test"):
        scene, record, _ = called(on=date(2026, 3, 3))
        due = dict(Clock.objects.filter(record=record.follows, child=scene.maya).values_list("key", "due_on"))
        assert due["conference.initial"] == due["conference.initial.census"] == date(2026, 3, 24)
        assert Task.objects.get(record=record, step="meeting").due_on == date(2026, 3, 24)


def test_holding_it_meets_both_clocks_and_tells_the_enquiry_its_day(conference):
    scene, record, _ = conference
    prepare(scene, record)
    held(scene, record, [scene.maya])
    clocks = Clock.objects.filter(record=record.follows, key__startswith="conference.initial", is_current=True)
    assert {clock.met_on for clock in clocks} == {localdate()} and clocks.count() == 4
    assert Section47.objects.get(record=record.follows).conference_on == localdate()


def test_those_who_know_the_family_and_the_family_are_proposed_with_a_seat_for_the_police(conference):
    _scene, record, chair = conference
    names = set(record.invitees.values_list("name", flat=True))
    assert {"Social Worker", "Ama Mensah", "Ruth Amadi", "Grace Adeyemi"} <= names
    assert record.invitees.filter(required="police", agency__kind="police").exists()
    assert not record.invitees.filter(worker=chair).exists()


def test_the_second_press_opens_the_conference_that_is_open(conference):
    scene, record, _ = conference
    assert call_conference(children=[scene.leo.pk, scene.maya.pk], by=scene.council.social_worker) == record


def test_a_chair_stands_outside_the_line_that_answers_for_the_children(conference):
    scene, record, chair = conference
    manager = Worker.objects.get(name="Assessment Manager")
    with pytest.raises(ValueError, match="outside that line"):
        arrange(record=record, planned_on=localdate(), chair=manager)
    assert chairs_for(InitialConference, record, scene.council.assessment_manager) == [chair]


def test_without_a_chair_it_is_not_held(conference):
    scene, record, _ = conference
    arrange(record=record, planned_on=localdate())
    prepare(scene, record)
    with pytest.raises(Incomplete, match="Name the chair"):
        held(scene, record, [scene.maya])


def test_a_chair_who_has_come_into_the_line_since_may_not_hold_it(conference):
    from goldthread.core.agencies.actions import allocate
    from goldthread.core.agencies.models import Allocation

    scene, record, chair = conference
    prepare(scene, record)
    Allocation.objects.filter(child=scene.leo).update(until_on=localdate(), why_ended="moved")
    allocate(child=scene.leo.pk, team=scene.council.assessment, worker=chair, on=localdate())
    with pytest.raises(Incomplete, match="answers for the child"):
        held(scene, record, [scene.maya])


def test_the_chair_sees_the_children_from_the_day_they_are_named_and_no_other_child(conference):
    scene, record, chair = conference
    account = chair.signin_set.get().user
    other = Person.objects.create(shown_name="Ben Other", sort_name="other ben", is_named=True)
    assert Record.objects.filter(pk=record.pk).seen_by(account).exists()
    assert set(Person.objects.seen_by(account)) == {scene.maya, scene.leo, scene.mother}
    assert other not in Person.objects.seen_by(account)
    arrange(record=record, planned_on=localdate(), chair=a_chair("Bela Nagy"))
    account = type(account).objects.get(pk=account.pk)
    assert not Record.objects.filter(pk=record.pk).seen_by(account).exists(), "another chairs now"


def test_an_adult_is_excluded_by_the_chair_with_a_reason_and_heard_apart(conference):
    scene, record, _ = conference
    with pytest.raises(Incomplete, match="What is the chair’s reason"):
        prepare(scene, record, **part(scene.mother, "adult", place="excluded"))
    prepare(
        scene,
        record,
        **part(scene.mother, "adult", place="excluded", place_why="She threatened the nurse.", apart="The chair, the day before."),
    )
    listed = record.invitees.get(person=scene.mother)
    assert listed.left_out_at and "She threatened the nurse." in str(listed.left_out_why)
    client = Client()
    client.force_login(scene.council.social_worker)
    page = client.get(f"/record/{record.reference}/hold/").content.decode()
    assert "She threatened the nurse." in page and "The chair, the day before." in page, "the minute taker sees it"


def test_an_adult_whom_the_chair_excludes_later_is_not_asked_and_nobody_is_asked_twice_to_hold_it(conference):
    scene, record, _ = conference
    prepare(scene, record)
    raw = retyped(load_answers(InitialConference, record), "prepare")
    raw |= part(scene.mother, "adult", place="excluded", place_why="Bail since Monday.", apart="The chair, before.")
    correct(record=record, step="prepare", by=scene.council.social_worker, raw=raw, why="Bail was set.")
    assert "Bail since Monday." in str(record.invitees.get(person=scene.mother).left_out_why)
    assert Task.objects.filter(Task.OPEN, record=record, step="hold").count() == 1


def test_where_no_plan_is_made_the_chair_sees_the_child_only_until_the_decision_is_with_everybody(conference):
    scene, record, _ = conference
    prepare(scene, record)
    held(scene, record, [scene.maya])
    until = {one.child: one.until_on for one in Involvement.objects.filter(role=CHAIR_ROLE)}
    assert until[scene.maya] is None and until[scene.leo] > localdate()


def test_somebody_is_asked_to_send_the_decisions_though_nobody_is_asked_to_meet_any_more(conference):
    scene, record, _ = conference
    prepare(scene, record)
    finish_tasks(record=record, step="meeting", by=scene.council.social_worker)
    held(scene, record, [scene.maya])
    assert Task.objects.filter(Task.OPEN, record=record, step="meeting", what__startswith="Send").exists()


def test_a_record_of_one_child_alone_takes_on_no_other(conference):
    scene, _, _ = conference
    plan = begin(ProtectionPlan, children=[scene.maya.pk], by=scene.council.social_worker, opening={"started_on": localdate()})
    with pytest.raises(ValueError, match="about one child alone"):
        include(record=plan, children=[scene.leo.pk], by=scene.council.social_worker)
    assert plan.children.count() == 1


def test_only_a_chair_keeps_an_adult_apart(conference):
    scene, record, _ = conference
    arrange(record=record, planned_on=localdate())
    apart = part(scene.mother, "adult", place="split", place_why="Bail.", apart="The advocate.")
    with pytest.raises(Incomplete, match="Only the chair decides"):
        prepare(scene, record, **apart)


def test_an_adult_who_lives_with_the_children_has_a_place_too(conference):
    from goldthread.core.people.actions import make_households

    scene, record, _ = conference
    partner = Person.objects.create(shown_name="Sam Bright", sort_name="bright sam", is_named=True, recorded_as_adult=True)
    make_households(households=[([scene.maya.pk, scene.mother.pk, partner.pk], None, date(2024, 1, 1))])
    prepare(scene, record)
    assert set(InitialConferenceAdult.objects.filter(record=record).values_list("person", flat=True)) == {scene.mother.pk, partner.pk}


def test_a_father_found_after_it_was_prepared_has_his_place_decided_all_the_same(conference):
    from goldthread.core.people.models import Relationship

    scene, record, _ = conference
    prepare(scene, record)
    father = Person.objects.create(shown_name="Kofi Mensah", sort_name="mensah kofi", is_named=True, recorded_as_adult=True)
    Relationship.objects.create(person=scene.leo, other=father, kind="father")
    with pytest.raises(Incomplete, match="Kofi Mensah: Choose an answer to “What is the chair’s decision"):
        held(scene, record, [scene.maya])
    client = Client()
    client.force_login(scene.council.social_worker)
    assert f"adult-{father.reference}-place" in client.get(f"/record/{record.reference}/hold/").content.decode()
    held(scene, record, [scene.maya], **part(father, "adult", place="whole"))
    assert InitialConferenceAdult.objects.get(record=record, person=father).place == "whole"


def test_a_child_who_comes_onto_it_after_it_was_prepared_is_asked_what_the_others_were(conference):
    scene, record, _ = conference
    prepare(scene, record)
    ada = child("Ada Adeyemi", date(2022, 1, 9))
    include(record=record, children=[ada.pk], by=scene.council.social_worker)
    with pytest.raises(Incomplete, match="Ada Adeyemi: Choose an answer to “How does the conference hear this child"):
        held(scene, record, [scene.maya])
    client = Client()
    client.force_login(scene.council.social_worker)
    assert f"child-{ada.reference}-takes_part" in client.get(f"/record/{record.reference}/hold/").content.decode()
    held(scene, record, [scene.maya], **part(ada, takes_part="worker"))
    assert InitialConferenceChild.objects.get(record=record, person=ada).takes_part == "worker"


def test_the_day_and_the_way_it_is_arranged_need_not_be_typed_again_when_it_is_held(conference):
    scene, record, chair = conference
    arrange(record=record, planned_on=localdate(), planned_at=time(10, 30), how="in_person", chair=chair)
    prepare(scene, record)
    answers = open_step(record=record, step="hold", by=scene.council.social_worker).answers
    assert (answers["held_on-day"], answers["held_on-time"], answers["held_how"]) == (str(localdate().day), "10:30", "in_person")
    assert record.drafts.get(step="hold").author == scene.council.social_worker


def test_one_school_with_three_people_is_one_agency_and_does_not_make_it_quorate(conference):
    scene, record, _ = conference
    prepare(scene, record)
    school = record.invitees.filter(name="Ama Mensah").first().agency
    for name in ("Head", "Teacher"):
        add_to_list(record=record, role=name, name=name, agency=school, by=scene.council.social_worker)
    came(scene, record, only=("social_care", "education"))
    with pytest.raises(Incomplete, match=r"at least two other agencies \(one came\)"):
        complete(record=record, step="hold", by=scene.council.assessment_manager, raw=decided(record, [scene.maya]))
    raw = decided(record, [scene.maya], why_inquorate="The nurse sent a report, and the risk cannot wait.")
    assert complete(record=record, step="hold", by=scene.council.assessment_manager, raw=raw).record.state == Record.AGREED
    clocks = {clock.key: clock for clock in Clock.objects.filter(record=record.follows, child=scene.maya, is_current=True)}
    assert clocks["conference.initial.census"].met_on == localdate(), "the census counts the day it was held"
    assert clocks["conference.initial"].met_on is None, "Working Together asks for one that is quorate"
    assert "waits for one that is quorate" in clocks["conference.initial"].note


def test_a_plan_begins_for_the_child_it_is_decided_for_with_its_core_group_and_review(conference):
    scene, record, chair = conference
    prepare(scene, record)
    record.invitees.filter(name="Ruth Amadi").update(in_group=True)
    record.invitees.filter(person=scene.mother).update(in_group=True)
    held(scene, record, [scene.maya])
    plan = ProtectionPlan.objects.get()
    assert (plan.child, plan.started_on, plan.initial_category, plan.record.follows) == (scene.maya, localdate(), "PHY", record)
    group = Record.objects.get(kind=CoreGroup.kind())
    assert [link.child for link in group.children.all()] == [scene.maya]
    assert set(group.invitees.filter(in_group=True).values_list("name", flat=True)) == {"Ruth Amadi", "Grace Adeyemi"}
    review = Record.objects.get(kind=ReviewConference.kind())
    assert (review.arrangement.planned_on, review.arrangement.chair) == (localdate() + timedelta(days=80), chair)
    assert Task.objects.filter(record=record, what__startswith="No protection plan for Leo").exists()


def test_the_first_core_group_is_due_ten_working_days_after_the_conference_and_only_for_a_child_with_a_plan(conference):
    from goldthread.ground.time.queries import calendar

    scene, record, _ = conference
    prepare(scene, record)
    held(scene, record, [scene.maya])
    clock = Clock.objects.get(key="plan.cp.core_group")
    assert (clock.child, clock.due_on) == (scene.maya, calendar().add(localdate(), 10))


def test_a_plan_names_its_lead_and_the_days_of_core_group_and_review(conference):
    scene, record, _ = conference
    prepare(scene, record)
    came(scene, record)
    with pytest.raises(Incomplete) as refused:
        complete(
            record=record,
            step="hold",
            by=scene.council.assessment_manager,
            raw=decided(record, [scene.maya]) | {"lead": "", "next_on-day": "", "next_on-month": "", "next_on-year": ""},
        )
    assert {problem.question for problem in refused.value.problems} == {"lead", "next_on"}
    raw = decided(record, []) | {"lead": "", "next_on-day": "", "next_on-month": "", "next_on-year": ""}
    assert complete(record=record, step="hold", by=scene.council.assessment_manager, raw=raw).record.state == Record.AGREED
    assert not ProtectionPlan.objects.exists()


def test_an_imported_conference_stays_valid_and_honestly_unknown(conference):
    scene, _, _ = conference
    row = Imported(
        InitialConference, scene.maya.pk, date(2025, 6, 26), {"held_on": date(2025, 6, 26), "without_section_47": False}, 7, "0" * 64
    )
    import_many([row])
    kept = InitialConference.objects.get(record_id=row.key)
    assert (kept.held_on, kept.worry, kept.held_how, kept.lead) == (date(2025, 6, 26), None, None, None)
    assert row.headline == "Initial child protection conference"


def test_a_transfer_in_conference_is_due_fifteen_working_days_after_we_were_told():
    with acting(None, system="test"):
        scene, _, _ = called()
        opening = {"notified_on": date(2026, 3, 3)}
        record = begin(TransferInConference, children=[scene.maya.pk], by=scene.council.social_worker, opening=opening)
        assert Clock.objects.get(record=record, key="conference.transfer_in").due_on == date(2026, 3, 24)


def moved_in(scene, **more):
    record = call_transfer_in_conference(children=[scene.leo.pk], by=scene.council.social_worker)
    arrange(record=record, planned_on=localdate(), chair=Worker.objects.get(name="Ada Okafor"))
    raw = {"is_permanent": "yes", "from_authority": "Northmere", "their_plan": "Neglect."}
    raw |= day("notified_on", localdate()) | part(scene.leo, plans_elsewhere="2")
    prepare(scene, record, **raw | more)
    return record


def test_a_temporary_move_asks_for_no_conference_here(conference):
    scene, _, _ = conference
    with pytest.raises(Incomplete, match="temporary move"):
        moved_in(scene, is_permanent="no")


def test_a_transfer_in_conference_invents_no_enquiry_and_counts_the_plans_elsewhere(conference):
    scene, _, _ = conference
    record = moved_in(scene)
    held(scene, record, [scene.leo])
    plan = ProtectionPlan.objects.get(child=scene.leo)
    assert (plan.decided_by, plan.previous_plans) == ("transfer_in", 2)
    assert record.follows is None and Section47.objects.filter(record__children__child=scene.leo).count() <= 1
    assert Clock.objects.get(record=record, key="conference.transfer_in", is_current=True).met_on == localdate()


def test_a_question_that_is_asked_no_more_stands_in_the_copy_only_where_it_was_answered(conference):
    scene, _, _ = conference
    record = moved_in(scene)
    asked = "How many protection plans has the child had elsewhere, this one included?"  # once, for all of them
    assert asked not in str(record.newest_copy().content)
    TransferInConference.objects.filter(record=record).update(plans_elsewhere=2)
    raw = retyped(load_answers(TransferInConference, record), "prepare") | {"from_authority": "Southmere"}
    correct(record=record, step="prepare", by=scene.council.social_worker, raw=raw, why="A slip.")
    assert asked in str(record.newest_copy().content)


def test_a_transfer_in_conference_counts_the_plans_held_here_before_as_well(conference):
    scene, _, _ = conference
    on = localdate() - timedelta(days=400)
    begin_plan(children=[scene.leo.pk], on=on, category="NEG", by=scene.council.assessment_manager)
    end_plan(child=scene.leo.pk, on=on + timedelta(days=90), how="review", why="Safe then.", by=scene.council.assessment_manager)
    held(scene, moved_in(scene), [scene.leo])
    assert ProtectionPlan.objects.get(child=scene.leo, ended_on=None).previous_plans == 3


def test_a_conference_that_was_not_quorate_says_why_when_it_is_corrected_too(conference):
    scene, record, _ = conference
    prepare(scene, record)
    came(scene, record, only=("social_care",))
    raw = decided(record, [], why_inquorate="Snow; the risk cannot wait.")
    complete(record=record, step="hold", by=scene.council.assessment_manager, raw=raw)
    with pytest.raises(Incomplete, match="it was not quorate"):
        correct(record=record, step="hold", by=scene.council.assessment_manager, raw=raw | {"why_inquorate": ""}, why="A slip.")


def test_a_child_on_a_plan_already_is_reviewed_and_not_put_on_another(conference):
    scene, record, _ = conference
    held(scene, moved_in(scene), [scene.leo])
    prepare(scene, record)
    came(scene, record)
    with pytest.raises(Incomplete, match="is on a protection plan since"):
        complete(record=record, step="hold", by=scene.council.assessment_manager, raw=decided(record, [scene.leo]))


def test_an_adult_whom_the_chair_excludes_after_they_were_asked_is_left_out_and_somebody_tells_them(conference):
    """They hold the day and the place: a colleague who rang whether they come, and nobody who told them not to, would bring them there."""
    scene, record, _ = conference
    invite(invitee=record.invitees.get(person=scene.mother), how="telephone", by=scene.council.social_worker)
    excluded = part(scene.mother, "adult", place="excluded", place_why="Bail.", apart="The chair.")
    prepare(scene, record, **excluded)
    listed = record.invitees.get(person=scene.mother)
    assert listed.left_out_at and listed.invited_at and "Bail." in str(listed.left_out_why)
    task = Task.objects.get(Task.OPEN, record=record, what__startswith="Tell Grace Adeyemi")
    assert (task.worker.name, task.due_on) == ("Social Worker", localdate()) and "Bail" not in task.what
    raw = retyped(load_answers(InitialConference, record), "prepare")
    correct(record=record, step="prepare", by=scene.council.social_worker, raw=raw | {"worry": "Bruises."}, why="A slip.")
    assert Task.objects.filter(record=record, what__startswith="Tell").count() == 1, "told once"


def test_what_the_enquiry_found_is_not_typed_again(conference):
    scene, record, _ = conference
    Record.objects.filter(pk=record.pk).update(state=Record.VOID, void_why="for the test", step=None)
    again = call_conference(children=[scene.maya.pk], by=scene.council.social_worker)
    assert open_step(record=again, step="prepare", by=scene.council.social_worker).answers["worry"] == "Bruises of two ages."
