"""How far an invitee has come: what may follow what, who is in the list and why, and what the database itself refuses."""

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.timezone import localdate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldthread.core.agencies.actions import allocate, create_agency, involve
from goldthread.core.agencies.models import Allocation, Worker
from goldthread.core.records.models import Record
from goldthread.ground.audit.acting import acting
from goldthread.ground.audit.models import Change
from goldthread.pathway.actions import NotNow
from goldthread.pathway.meeting import actions
from goldthread.pathway.meeting.models import Invitee
from goldthread.pathway.meeting.queries import not_in_the_list
from goldthread.pathway.meeting.stages import STAGES, has_come_to
from goldthread.pathway.meeting.tests.a_meeting import a_scene
from goldthread.practice.protection.meetings.strategy_discussion import StrategyDiscussion

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    with acting(None, system="test"):
        yield a_scene()


def listed(scene) -> dict[str, str | None]:
    return {invitee.role: invitee.required for invitee in scene.record.invitees.order_by("pk")}


def test_the_list_is_drawn_up_from_those_who_know_the_children_and_the_roles_that_must_be_there(scene):
    assert listed(scene) == {
        "Social worker": "social_care",
        "Team manager": "social_care",
        "Designated safeguarding lead": None,
        "School nurse": "health",
        "Police": "police",
    }
    police = scene.who("police")
    assert (police.agency.name, police.name) == ("Police, Mereside Command", None), "an agency known by its kind alone has no name yet"


def test_a_required_role_that_nobody_is_known_to_fill_has_a_seat_in_the_list():
    with acting(None, system="test"):
        scene = a_scene(nurse=False)
        seat = scene.who("health")
        assert (seat.role, seat.name, seat.agency) == ("Health", None, None)
        assert str(seat) == "Health, nobody named yet"


def test_one_professional_of_two_children_is_asked_once(scene):
    assert scene.record.invitees.filter(role="Designated safeguarding lead").count() == 1


def test_somebody_who_becomes_involved_later_is_named_as_missing_and_is_added_once(scene):
    gp = create_agency(name="Loomgate Health Centre", kind="gp")
    involve(child=scene.leo.pk, agency=gp, role="GP", name="Dr Osei", from_on=localdate())
    assert [one.name for one in not_in_the_list(StrategyDiscussion, scene.record, scene.council.social_worker)] == ["Dr Osei"]
    actions.list_proposed(record=scene.record, by=scene.council.social_worker)
    actions.list_proposed(record=scene.record, by=scene.council.social_worker)
    assert scene.record.invitees.filter(name="Dr Osei").count() == 1
    assert not_in_the_list(StrategyDiscussion, scene.record, scene.council.social_worker) == []


def test_a_name_put_right_is_not_proposed_a_second_time(scene):
    nurse = scene.who("health")
    actions.describe(invitee=nurse, name="Ruth Amadi-Jones", role="School nurse", phone=None, email=None)
    assert not_in_the_list(StrategyDiscussion, scene.record, scene.council.social_worker) == []


def test_a_colleague_added_by_hand_who_comes_to_answer_for_a_child_is_not_added_a_second_time(scene):
    other = Worker.objects.get(name="Other Worker")
    by_hand = actions.add_to_list(record=scene.record, role="Duty worker", worker=other, by=scene.council.social_worker)
    Allocation.objects.filter(child=scene.leo).update(until_on=localdate(), why_ended="moved")
    allocate(child=scene.leo.pk, team=scene.council.assessment, worker=other, on=localdate())
    assert not_in_the_list(StrategyDiscussion, scene.record, scene.council.social_worker) == []
    assert actions.list_proposed(record=scene.record, by=scene.council.social_worker) == []
    assert scene.record.invitees.get(worker=other) == by_hand


def test_one_left_out_and_added_again_meanwhile_is_not_put_back_beside_themselves(scene):
    worker = Worker.objects.get(name="Social Worker")
    left_out = scene.record.invitees.get(worker=worker)
    actions.leave_out(invitee=left_out, why="On leave that day.", by=scene.council.social_worker)
    actions.add_to_list(record=scene.record, role="Social worker", worker=worker, by=scene.council.social_worker)
    with pytest.raises(NotNow, match="Social Worker is in the list already"):
        actions.put_back(invitee=left_out)


def test_leaving_somebody_out_needs_a_reason_which_stays_in_the_list(scene):
    school = scene.record.invitees.get(role="Designated safeguarding lead")
    with pytest.raises(ValueError, match="Say why"):
        actions.leave_out(invitee=school, why=" ", by=scene.council.social_worker)
    actions.leave_out(invitee=school, why="It is 02:00 and the school is shut.", by=scene.council.social_worker)
    school.refresh_from_db()
    assert school.left_out_why == "It is 02:00 and the school is shut."
    with pytest.raises(NotNow, match="left out"):
        actions.invite(invitee=school, how="telephone", by=scene.council.social_worker)
    actions.put_back(invitee=school)
    actions.invite(invitee=school, how="telephone", by=scene.council.social_worker)


def test_somebody_who_has_been_asked_cannot_be_left_out_any_more(scene):
    nurse = scene.who("health")
    actions.invite(invitee=nurse, how="telephone", by=scene.council.social_worker)
    with pytest.raises(NotNow, match="asked already"):
        actions.leave_out(invitee=nurse, why="Changed my mind", by=scene.council.social_worker)


def test_family_cannot_be_invited_to_a_strategy_discussion(scene):
    with pytest.raises(ValueError, match="Family are not invited"):
        actions.add_to_list(record=scene.record, role="Mother", person=scene.mother, by=scene.council.social_worker)


def test_by_telephone_an_invitation_has_been_received_at_once_and_by_e_mail_not_until_they_say_so(scene):
    nurse, police = scene.who("health"), scene.who("police")
    actions.invite(invitee=nurse, how="telephone", by=scene.council.social_worker)
    actions.invite(invitee=police, how="email_without_names", by=scene.council.social_worker)
    assert nurse.delivered_at == nurse.invited_at
    assert police.delivered_at is None
    actions.reply(invitee=police, answer="accepted", by=scene.council.social_worker)
    assert police.delivered_at is not None, "whoever answers has it"


def test_an_answer_may_change_and_a_delegate_has_a_name(scene):
    nurse = scene.who("health")
    with pytest.raises(NotNow, match="not been invited"):
        actions.reply(invitee=nurse, answer="accepted", by=scene.council.social_worker)
    actions.invite(invitee=nurse, how="telephone", by=scene.council.social_worker)
    actions.reply(invitee=nurse, answer="accepted", by=None)
    assert nurse.replied_by is None, "nobody of ours: they answered themselves"
    with pytest.raises(ValueError, match="name of whoever comes"):
        actions.reply(invitee=nurse, answer="delegated", by=None)
    actions.reply(invitee=nurse, answer="delegated", by=None, delegate_name="Femi Ojo", delegate_role="Health visitor")
    assert nurse.delegate_name == "Femi Ojo"
    actions.reply(invitee=nurse, answer="declined", by=None)
    assert nurse.delegate_name is None


def test_what_is_arranged_stands_in_the_form_until_somebody_types_otherwise(scene):
    def typed():
        answers = scene.record.drafts.get(step="hold").answers
        return answers.get("held_on-day"), answers.get("held_on-time"), answers.get("held_how")

    actions.arrange(record=scene.record, planned_on=date(2026, 11, 23), planned_at=time(10, 0), how="video")
    assert typed() == ("23", "10:00", "video")
    actions.arrange(record=scene.record, planned_on=date(2026, 11, 24), planned_at=time(9, 30), how="video")
    assert typed() == ("24", "09:30", "video")
    draft = scene.record.drafts.get(step="hold")
    draft.answers["held_how"] = "telephone"
    draft.save()
    actions.arrange(record=scene.record, planned_on=date(2026, 11, 25), planned_at=None, how="in_person")
    assert typed() == ("25", "", "telephone")


def test_decisions_cannot_be_sent_before_there_are_any(scene):
    with pytest.raises(NotNow, match="Record what was decided first"):
        actions.send_decisions(invitee=scene.who("police"), how="telephone", by=scene.council.social_worker)


def test_what_was_written_in_error_is_taken_back_from_the_end_and_stays_in_the_trail(scene):
    nurse = scene.who("health")
    actions.invite(invitee=nurse, how="telephone", by=scene.council.social_worker)
    actions.reply(invitee=nurse, answer="accepted", by=scene.council.social_worker)
    with pytest.raises(NotNow, match="Take back"):
        actions.take_back(invitee=nurse, stage="invited")
    actions.take_back(invitee=nurse, stage="replied")
    assert nurse.reply is None
    assert Change.objects.filter(table="meeting_invitee", row=nurse.pk, was__reply="accepted").exists()


def test_each_stage_is_in_the_trail_with_who_wrote_it(scene):
    with acting(scene.council.social_worker):
        actions.invite(invitee=scene.who("health"), how="telephone", by=scene.council.social_worker)
    change = Change.objects.filter(table="meeting_invitee", now__invited_how="telephone").get()
    assert change.actor == f"user:{scene.council.social_worker.pk}"


def test_a_contribution_carries_how_far_it_may_travel(scene):
    police = scene.who("police")
    with pytest.raises(ValueError, match="how far"):
        actions.contribute(invitee=police, words="Two calls to the house in June.", onward="", by=scene.council.social_worker)
    brought = actions.contribute(
        invitee=police, words="Two calls to the house in June.", onward="police_and_social_care", by=scene.council.social_worker
    )
    assert brought.onward == "police_and_social_care"


@pytest.mark.parametrize(
    "row",
    [
        {"acknowledged_at": "now"},
        {"filed_on": "today"},
        {"reply": "accepted", "replied_at": "now"},
        {"delivered_at": "now"},
        {"sent_at": "now"},
        {"attended": "not"},
        {"left_out_at": "now"},
        {"sent_at": "later", "sent_how": "telephone", "acknowledged_at": "now"},
        {"attended": "not", "attended_noted_at": "now", "left_out_at": "now", "left_out_why": "x"},
    ],
)
def test_the_database_itself_refuses_a_stage_out_of_order(scene, row):
    moments = {"now": timezone.now(), "later": timezone.now() + timedelta(hours=1), "today": localdate()}
    values = {name: moments.get(value, value) for name, value in row.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitee.objects.filter(pk=scene.who("police").pk).update(**values)


PRESSES = st.lists(
    st.sampled_from(["invite", "deliver", "accept", "decline", "came", "absent", "send", "acknowledge", "file", "leave", "put back", "back"]),
    max_size=14,
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(presses=PRESSES, held=st.booleans())
def test_whatever_is_pressed_in_whatever_order_an_invitee_never_stands_at_a_stage_before_the_one_it_rests_on(scene, presses, held):
    with transaction.atomic():
        Record.objects.filter(pk=scene.record.pk).update(state=Record.AGREED if held else Record.DRAFT)
        invitee, by = scene.who("health"), scene.council.social_worker
        does = {
            "invite": lambda: actions.invite(invitee=invitee, how="email_without_names", by=by),
            "deliver": lambda: actions.deliver(invitee=invitee, by=by),
            "accept": lambda: actions.reply(invitee=invitee, answer="accepted", by=None),
            "decline": lambda: actions.reply(invitee=invitee, answer="declined", by=by),
            "came": lambda: actions.attend(invitee=invitee, attended="video", by=by),
            "absent": lambda: actions.attend(invitee=invitee, attended="not", by=by),
            "send": lambda: actions.send_decisions(invitee=invitee, how="telephone", by=by),
            "acknowledge": lambda: actions.acknowledge(invitee=invitee, by=None),
            "file": lambda: actions.file(invitee=invitee, on=localdate(), by=by),
            "leave": lambda: actions.leave_out(invitee=invitee, why="No need", by=by),
            "put back": lambda: actions.put_back(invitee=invitee),
            "back": lambda: [actions.take_back(invitee=invitee, stage=name) for name in reversed(STAGES) if has_come_to(invitee, name)][:1],
        }
        for press in presses:
            try:
                with transaction.atomic():
                    does[press]()
            except NotNow:
                pass
            row = Invitee.objects.get(pk=invitee.pk)
            invitee.refresh_from_db()
            for stage in STAGES.values():
                assert not (has_come_to(row, stage.name) and stage.rests_on) or has_come_to(row, stage.rests_on), stage.name
            assert held or row.sent_at is None
            assert row.acknowledged_at is None or row.acknowledged_at >= row.sent_at
            assert row.left_out_at is None or (row.left_out_why and not row.invited_at and not row.attended)
        transaction.set_rollback(True)
