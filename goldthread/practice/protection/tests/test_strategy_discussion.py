"""Strategy discussions and the enquiries they start: rules as sentences, with dated examples."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate, localtime

from goldthread.core.agencies.models import Worker
from goldthread.core.records.models import Record
from goldthread.core.work.models import Clock, Task
from goldthread.ground.audit.acting import acting
from goldthread.ground.time.periods import LONDON
from goldthread.pathway.actions import Incomplete, begin, complete, correct, open_step, retyped, send_back
from goldthread.pathway.importing import Imported, import_many
from goldthread.pathway.meeting.actions import attend
from goldthread.pathway.meeting.tests.a_meeting import a_scene, day, decided, part
from goldthread.pathway.queries import load_answers
from goldthread.practice.front_door.actions import take_call
from goldthread.practice.front_door.contact import Contact
from goldthread.practice.protection.meetings.actions import call_strategy_discussion
from goldthread.practice.protection.models import Section47, StrategyDiscussion

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    with acting(None, system="test"):
        yield a_scene()


def hold(scene, **more):
    for invitee in scene.record.invitees.filter(left_out_at=None, attended=None):
        attend(invitee=invitee, attended="telephone", by=scene.council.social_worker)
    complete(record=scene.record, step="hold", by=scene.council.assessment_manager, raw=decided(scene) | more)
    return Record.objects.get(kind="protection.section47")


def seen(scene, **more):
    today = localdate()
    raw = part(scene.maya, is_seen="yes", is_seen_alone="yes", childs_words="He gets cross at night.")
    raw |= {f"child-{scene.maya.reference}-{name}": value for name, value in day("seen_on", today, "11:00").items()}
    return raw | {"lead": "Social Worker"} | more


def written(scene):
    raw = {"consulted": "The school and the nurse.", "found": "Bruises of two ages.", "protective": "Her aunt."}
    raw |= part(scene.maya, medical="not_needed", meaning="She is hurt at home.", recommended="substantiated_risk")
    return raw | part(scene.mother, "parent", is_told="yes", says="I did not know.")


def concluded(scene, *, conference: bool):
    raw = {"conference_decided_by": "The team manager", "why": "She is not safe."} | day("decided_on", localdate())
    more = {"conference": "yes"} if conference else {"conference": "no", "why_no_conference": "She lives with her aunt now."}
    return raw | part(scene.maya, outcome="substantiated_risk", **more)


def test_a_strategy_discussion_is_due_within_twenty_four_hours_of_the_cause_to_suspect_harm():
    with acting(None, system="test"):
        scene = a_scene()
        started = datetime(2026, 3, 3, 16, 30, tzinfo=LONDON)
        Record.objects.filter(pk=scene.record.pk).update(state=Record.VOID, void_why="for the test", step=None)
        record = call_strategy_discussion(children=[scene.maya.pk], by=scene.council.social_worker, suspected_at=started)
        clock = Clock.objects.get(record=record, key="strategy.hold")
        assert localtime(clock.due_at) == datetime(2026, 3, 4, 16, 30, tzinfo=LONDON)


def test_everyone_invited_is_due_the_decisions_one_working_day_after_the_discussion(scene):
    record = begin(StrategyDiscussion, children=[scene.leo.pk], by=scene.council.social_worker, opening={"held_on": date(2026, 3, 6)})
    clock = Clock.objects.get(record=record, key="strategy.decisions_sent")
    assert clock.due_on == date(2026, 3, 9), "Friday’s decisions by Monday"


def test_it_is_asked_of_the_childrens_team_at_once_and_a_second_press_opens_the_same_one(scene):
    task = Task.objects.get(record=scene.record, step="meeting")
    assert (task.team, task.due_on, task.is_urgent) == (scene.council.assessment, localdate(), True)
    again = call_strategy_discussion(children=[scene.maya.pk, scene.leo.pk], by=scene.council.social_worker)
    assert again == scene.record


def test_an_enquiry_starts_on_the_day_and_at_the_time_of_the_discussion_for_the_children_it_is_decided_for(scene):
    enquiry = hold(scene)
    draft = open_step(record=enquiry, step="see", by=scene.council.social_worker)
    today = localdate()
    assert (draft.answers["strategy_on-day"], draft.answers["strategy_on-time"]) == (str(today.day), "02:10")
    assert draft.answers["started_on-day"] == str(today.day), "typed once, in the discussion"
    assert Task.objects.get(record=enquiry, step="see").worker == Worker.objects.get(name="Social Worker")


def test_a_conference_is_due_fifteen_working_days_after_the_strategy_discussion_and_the_census_counts_from_the_start(scene):
    opening = {"strategy_on": date(2026, 3, 3), "started_on": date(2026, 3, 3)}
    record = begin(Section47, children=[scene.maya.pk], by=scene.council.social_worker, opening=opening)
    due = dict(Clock.objects.filter(record=record).values_list("key", "due_on"))
    assert due["conference.initial"] == due["conference.initial.census"] == date(2026, 3, 24)
    assert due["section_47.complete"] == date(2026, 3, 17)


def test_an_enquiry_that_starts_on_another_day_than_its_discussion_is_queried(scene):
    enquiry = hold(scene)
    yesterday = localdate() - timedelta(days=1)
    with pytest.raises(Incomplete, match="starts on the day of the strategy discussion"):
        complete(record=enquiry, step="see", by=scene.council.social_worker, raw=seen(scene) | day("started_on", yesterday))


def test_seeing_the_child_meets_the_clock_of_the_child_who_was_seen(scene):
    enquiry = hold(scene)
    assert Clock.objects.get(record=enquiry, key="section_47.child_seen").met_on is None
    complete(record=enquiry, step="see", by=scene.council.social_worker, raw=seen(scene))
    assert Clock.objects.get(record=enquiry, key="section_47.child_seen", is_current=True).met_on == localdate()
    assert Task.objects.get(record=enquiry, step="write", done_at=None)


def test_a_child_who_was_not_seen_needs_the_reason_and_the_clock_runs_on(scene):
    enquiry = hold(scene)
    raw = {"lead": "Social Worker"} | part(scene.maya, is_seen="no")
    with pytest.raises(Incomplete, match="Why has the child not been seen"):
        complete(record=enquiry, step="see", by=scene.council.social_worker, raw=raw)
    raw |= part(scene.maya, why_not_seen="Nobody in; we go back at six.")
    complete(record=enquiry, step="see", by=scene.council.social_worker, raw=raw)
    assert Clock.objects.get(record=enquiry, key="section_47.child_seen", is_current=True).met_on is None


def test_a_child_seen_later_is_put_right_in_the_first_step_and_the_clock_is_met(scene):
    enquiry = hold(scene)
    raw = {"lead": "Social Worker"} | part(scene.maya, is_seen="no", why_not_seen="Nobody in; we go back at six.")
    complete(record=enquiry, step="see", by=scene.council.social_worker, raw=raw)
    held = retyped(load_answers(Section47, enquiry), "see")
    correct(record=enquiry, step="see", by=scene.council.social_worker, raw=held | seen(scene), why="Seen at six.")
    assert Task.objects.get(record=enquiry, step="write", done_at=None), "asked for once"
    assert Clock.objects.get(record=enquiry, key="section_47.child_seen", is_current=True).met_on == localdate()


def test_an_enquiry_sent_back_goes_to_whoever_wrote_it_and_not_back_to_seeing_the_child(scene):
    enquiry = hold(scene)
    complete(record=enquiry, step="see", by=scene.council.other_worker, raw=seen(scene))
    complete(record=enquiry, step="write", by=scene.council.social_worker, raw=written(scene))
    send_back(record=enquiry, by=scene.council.assessment_manager, words="What does the school say?")
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.step) == (Record.RETURNED, "write")
    draft = enquiry.drafts.get(step="write")
    assert (draft.author, draft.answers["found"]) == (scene.council.social_worker, "Bruises of two ages.")
    task = Task.objects.get(record=enquiry, step="write", done_at=None)
    assert (task.worker.name, task.what) == ("Social Worker", "Sent back: section 47 enquiry")
    assert complete(record=enquiry, step="write", by=scene.council.social_worker).record.step == "decide"


def test_without_a_conference_its_clocks_stop_with_the_reason_and_with_one_they_run_on(scene):
    enquiry = hold(scene)
    complete(record=enquiry, step="see", by=scene.council.social_worker, raw=seen(scene))
    complete(record=enquiry, step="write", by=scene.council.social_worker, raw=written(scene))
    complete(record=enquiry, step="decide", by=scene.council.assessment_manager, raw=concluded(scene, conference=False))
    stopped = Clock.objects.filter(record=enquiry, key__startswith="conference.initial", is_current=True)
    assert {clock.stopped_why for clock in stopped} == {"It was decided that no conference is required."}
    assert Section47.objects.get(record=enquiry).conference_not_required is True


def test_when_a_conference_is_called_somebody_is_asked_to_call_it_by_its_due_day(scene):
    enquiry = hold(scene)
    complete(record=enquiry, step="see", by=scene.council.social_worker, raw=seen(scene))
    complete(record=enquiry, step="write", by=scene.council.social_worker, raw=written(scene))
    complete(record=enquiry, step="decide", by=scene.council.assessment_manager, raw=concluded(scene, conference=True))
    clock = Clock.objects.get(record=enquiry, key="conference.initial", is_current=True)
    assert clock.stopped_on is None
    assert Task.objects.get(record__follows=enquiry, what__startswith="Call the initial child protection conference").due_on == clock.due_on


def test_only_one_enquiry_is_open_about_a_child(scene):
    hold(scene)
    again = call_strategy_discussion(children=[scene.maya.pk], by=scene.council.social_worker)
    for invitee in again.invitees.all():
        attend(invitee=invitee, attended="telephone", by=scene.council.social_worker)
    raw = {name: value for name, value in decided(scene).items() if scene.leo.reference not in name}
    with pytest.raises(Incomplete, match="open already"):
        complete(record=again, step="hold", by=scene.council.assessment_manager, raw=raw)
    goes_on = raw | part(scene.maya, decision="section_47_goes_on")
    complete(record=again, step="hold", by=scene.council.assessment_manager, raw=goes_on)


def test_another_discussion_stands_ready_on_its_day(scene):
    ahead = localdate() + timedelta(days=2)
    hold(scene, **part(scene.leo, decision="another_discussion", tonight="At home with his mother."), **day("next_on", ahead))
    following = Record.objects.get(kind="protection.strategy_discussion", follows=scene.record)
    assert [link.child for link in following.children.all()] == [scene.leo]
    assert following.arrangement.planned_on == ahead


def test_an_imported_enquiry_stays_valid_and_honestly_unknown(scene):
    values = {
        "started_on": date(2025, 6, 5),
        "conference_target_on": date(2025, 6, 26),
        "conference_on": None,
        "conference_not_required": True,
    }
    row = Imported(Section47, scene.maya.pk, date(2025, 6, 5), values, source_line=7, source_hash="0" * 64)
    import_many([row])
    held = Section47.objects.get(record_id=row.key)
    assert (held.strategy_on, held.lead, held.decided_on) == (None, None, None)
    assert row.headline == "Section 47 enquiry: no conference required"
    assert not Clock.objects.filter(record_id=row.key, key="conference.initial").exists(), "no strategy date is in the file"


def a_contact(scene, children, decision: str):
    record = take_call(by=scene.council.screener, children=tuple(child.pk for child in children))
    raw = {
        "caller_words": "He says it happened again.", "how": "telephone", "danger_now": "no", "safe_now": "At school.", "source": "2A",
        "caller_is_protected": "no", "family_told": "yes", "lawful_basis": "public_task",
    }  # fmt: skip
    for child in children:
        raw |= part(child, worry=f"{child} is hurt", recommended=decision, recommended_why="A bruise")
    complete(record=record, step="record", by=scene.council.screener, raw=raw)
    raw = {}
    for child in children:
        raw |= part(child, decision=decision, decision_why=f"{child} was hurt again")
    complete(record=record, step="decide", by=scene.council.front_door_manager, raw=raw)
    return record


def test_a_contact_decided_so_opens_the_discussion_at_once_with_the_callers_words(scene):
    Record.objects.filter(pk=scene.record.pk).update(state=Record.VOID, void_why="for the test", step=None)
    contact = a_contact(scene, [scene.maya], "strategy_discussion")
    record = Record.objects.get(kind="protection.strategy_discussion", follows=contact)
    assert open_step(record=record, step="hold", by=scene.council.front_door_manager).answers["cause"] == "He says it happened again."
    assert not Record.objects.filter(kind="front_door.referral").exists(), "Maya is open already: no new referral"
    assert Contact.objects.filter(record=contact).exists()


def test_a_contact_about_a_child_whose_discussion_is_open_makes_no_second_one(scene):
    a_contact(scene, [scene.maya], "strategy_discussion")
    assert Record.objects.filter(kind="protection.strategy_discussion").count() == 1


def test_a_discussion_begins_from_the_childs_page_and_leads_to_those_who_must_be_asked(scene):
    Record.objects.filter(pk=scene.record.pk).update(state=Record.VOID, void_why="for the test", step=None)
    client = Client()
    client.force_login(scene.council.social_worker)
    assert "Strategy discussion" in client.get(f"/child/{scene.maya.reference}/start/").content.decode()
    answer = client.post(f"/child/{scene.maya.reference}/start/strategy/", {"children": [scene.maya.reference, scene.leo.reference]})
    record = Record.objects.get(kind=StrategyDiscussion.kind(), state=Record.DRAFT)
    assert answer["Location"] == f"/record/{record.reference}/meeting/"
    assert record.children.count() == 2


def test_alone_at_night_one_worker_may_hold_it_and_record_what_was_decided(scene):
    from goldthread.core.agencies.actions import give_duty

    night = Worker.objects.get(name="Other Worker")
    give_duty(worker=night, role="out_of_hours", from_on=date(2020, 1, 6))
    client = Client()
    client.force_login(scene.council.other_worker)
    for invitee in scene.record.invitees.filter(attended=None):
        client.post(f"/record/{scene.record.reference}/meeting/", {"press": f"{invitee.reference} attend telephone"})
    client.get(f"/record/{scene.record.reference}/hold/")
    draft = scene.record.drafts.get(step="hold")
    answer = client.post(f"/record/{scene.record.reference}/hold/", decided(scene) | {"press": "complete", "revision": draft.revision})
    assert answer.status_code == 302, answer.content.decode()
    assert Record.objects.get(pk=scene.record.pk).state == Record.AGREED
