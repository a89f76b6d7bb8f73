"""A call becomes an assessment, a plan, and an end: through the verbs that every page uses."""

from datetime import date

import pytest
from django.utils.timezone import localdate

from goldthread.core.agencies.models import Allocation, Worker
from goldthread.core.people.models import Person, Relationship
from goldthread.core.records.actions import add_children, take_off_child
from goldthread.core.records.models import Draft, FairCopy, Record
from goldthread.core.work.models import Clock, Task
from goldthread.ground.access.actions import restrict
from goldthread.pathway.actions import Incomplete, NotNow, complete, correct, send_back
from goldthread.pathway.answers import Sheet, event_day, read_sheet
from goldthread.pathway.fair_copy import content_of, seal
from goldthread.pathway.queries import load_answers, what_it_follows
from goldthread.pathway.registry import definition_of
from goldthread.pathway.tests.people import child
from goldthread.practice.family_help.actions import allocate_assessment
from goldthread.practice.family_help.assessment import Assessment, AssessmentChild
from goldthread.practice.family_help.child_in_need_plan import ChildInNeedPlan
from goldthread.practice.front_door.actions import take_call
from goldthread.practice.front_door.contact import Contact, ContactChild

pytestmark = pytest.mark.django_db

CALL = {
    "received_on-day": "3", "received_on-month": "11", "received_on-year": "2026", "received_on-time": "10:05",
    "caller_words": "Maya came in with bruises. Her brother would not speak.", "how": "telephone", "danger_now": "no",
    "safe_now": "Both at school until three.", "source": "2A", "caller_is_protected": "no", "family_told": "yes",
    "lawful_basis": "public_task", "caller_safe_call_back": "020 7946 0001",
}  # fmt: skip


def part(person: Person, prefix: str = "child", **answers: object) -> dict[str, object]:
    return {f"{prefix}-{person.reference}-{name}": value for name, value in answers.items()}


@pytest.fixture
def family(council):
    maya, leo = child("Maya Adeyemi", date(2016, 5, 2)), child("Leo Adeyemi", date(2019, 8, 30))
    mother = Person.objects.create(shown_name="Grace Adeyemi", is_named=True, recorded_as_adult=True)
    for one in (maya, leo):
        Relationship.objects.create(person=one, other=mother, kind="mother", has_parental_responsibility=True)
    return maya, leo, mother


def recorded_contact(council, family):
    maya, leo, _ = family
    record = take_call(by=council.screener)
    add_children(record=record, children=[maya.pk, leo.pk])
    raw = CALL | part(maya, worry="Bruises on both arms", recommended="referral", recommended_why="Unexplained injury")
    raw |= part(leo, worry="Silent and frightened", recommended="referral", recommended_why="May have seen it")
    return complete(record=record, step="record", by=council.screener, raw=raw).record


def day(name: str, when: date) -> dict[str, str]:
    return {f"{name}-day": str(when.day), f"{name}-month": str(when.month), f"{name}-year": str(when.year)}


def referred(council, family):
    maya, leo, _ = family
    contact = recorded_contact(council, family)
    raw = day("decided_on", date(2026, 11, 3)) | part(maya, decision="referral", decision_why="Injury")
    raw |= part(leo, decision="no_further_action", decision_why="Not affected")
    complete(record=contact, step="decide", by=council.front_door_manager, raw=raw)
    return Record.objects.get(kind="front_door.referral")


def assessed(council, family):
    maya, _, mother = family
    referral = referred(council, family)
    complete(
        record=referral,
        step="decide",
        by=council.front_door_manager,
        raw={"response": "assessment", "primary_need": "N1", "why": "Harm likely"},
    )
    record = Record.objects.get(kind="family_help.child_and_family_assessment")
    worker = Worker.objects.get(name="Social Worker")
    allocate_assessment(record=record, team=council.assessment, worker=worker, by=council.assessment_manager)
    raw = {"home_and_family": "Grandmother helps.", "analysis": "Stress at home."}
    raw |= part(
        maya,
        is_seen="yes",
        **day("seen_on", date(2026, 11, 10)),
        is_seen_alone="yes",
        childs_words="I like school.",
        daily_life="School, tea, bed.",
    )
    raw |= part(maya, factors=["3B"], analysis="Needs calm.", outcome="child_in_need")
    raw |= part(mother, "parent", took_part="yes", views="I want help.")
    return complete(record=record, step="write", by=council.social_worker, raw=raw).record


def test_a_contact_that_lacks_answers_is_refused_and_nothing_is_written(council, family):
    record = take_call(by=council.screener)
    add_children(record=record, children=[family[0].pk])
    with pytest.raises(Incomplete) as refused:
        complete(record=record, step="record", by=council.screener, raw={"caller_words": "A worry"})
    named = {problem.name for problem in refused.value.problems}
    assert {"how", "danger_now", "safe_now", "source", f"child-{family[0].reference}-worry"} <= named
    assert "danger_words" not in named, "asked only when a child is in danger"
    assert not Contact.objects.exists()
    record.refresh_from_db()
    assert record.state == Record.DRAFT


def test_a_half_typed_date_is_kept_in_the_draft_and_refused_on_completion(council, family):
    record = take_call(by=council.screener)
    add_children(record=record, children=[family[0].pk])
    with pytest.raises(Incomplete) as refused:
        complete(record=record, step="record", by=council.screener, raw=CALL | {"received_on-month": "", "received_on-day": "12"})
    assert any("12//2026" in problem.words for problem in refused.value.problems)


def test_decisions_on_a_contact_are_per_child_and_only_the_referred_child_goes_on(council, family):
    referral = referred(council, family)
    assert [link.child_id for link in referral.children.all()] == [family[0].pk]
    draft = Draft.objects.get(record=referral)
    assert draft.answers["source"] == "2A"
    assert draft.answers["reason"] == CALL["caller_words"]
    assert draft.answers[f"child-{family[0].reference}-worry"] == "Bruises on both arms"


def test_a_referral_is_due_its_decision_one_working_day_after_it_is_received(council, family):
    clock = Clock.objects.get(record=referred(council, family), key="referral.decide")
    assert (clock.started_on, clock.due_on) == (date(2026, 11, 3), date(2026, 11, 4))


def test_an_assessment_runs_on_both_bases(council, family):
    record = assessed(council, family)
    assert {clock.key for clock in Clock.objects.filter(record=record)} == {"assessment.complete", "assessment.complete.census"}


def test_authorising_meets_the_clocks_and_opens_the_plan(council, family):
    maya = family[0]
    record = assessed(council, family)
    raw = {"authorising_words": "A fair picture."} | part(maya, authorised_outcome="child_in_need")
    complete(record=record, step="authorise", by=council.assessment_manager, raw=raw)
    assert set(Clock.objects.filter(record=record).values_list("met_on", flat=True)) == {localdate()}
    plan = Record.objects.get(kind=ChildInNeedPlan.kind())
    assert Task.objects.get(record=plan).worker.name == "Social Worker"
    assert Draft.objects.get(record=plan).author == council.social_worker


def test_a_manager_sends_work_back_with_comments_and_every_answer_is_still_there(council, family):
    record = assessed(council, family)
    send_back(record=record, by=council.assessment_manager, words="What does Maya’s father say?")
    draft = Draft.objects.get(record=record, step="write")
    assert draft.comments == "What does Maya’s father say?"
    assert draft.answers[f"child-{family[0].reference}-childs_words"] == "I like school."
    assert draft.answers[f"child-{family[0].reference}-factors"] == ["3B"]
    again = complete(record=record, step="write", by=council.social_worker)
    assert again.record.state == Record.SUBMITTED


def test_a_referral_tells_nothing_of_a_contact_that_its_reader_may_not_see(council, family, client):
    referral = referred(council, family)
    client.force_login(council.front_door_manager)
    shown = "What the contact decided"
    assert shown in client.get(f"/record/{referral.reference}/decide/").content.decode()
    restrict(person=family[1].pk, why="A member of staff", lead_name="Pat Lead", lead_phone="1", by=council.front_door_manager)
    assert what_it_follows(referral, council.front_door_manager) == (None, None)
    assert shown not in client.get(f"/record/{referral.reference}/decide/").content.decode()


def test_a_step_is_completed_once(council, family):
    record = recorded_contact(council, family)
    with pytest.raises(NotNow):
        complete(record=record, step="record", by=council.screener, raw=CALL)


def test_a_corrected_date_makes_a_new_version_and_reckons_the_clock_again_with_history(council, family):
    record = recorded_contact(council, family)
    maya, leo, _ = family
    raw = CALL | {"received_on-day": "2"} | part(maya, worry="Bruises", recommended="referral", recommended_why="Injury")
    raw |= part(leo, worry="Silent", recommended="referral", recommended_why="May have seen it")
    correct(record=record, step="record", by=council.screener, raw=raw, why="The call came on Monday.")
    old, new = Clock.objects.filter(record=record, child=maya, key="contact.screen").order_by("pk")
    assert (old.started_on, old.is_current, old.superseded_by) == (date(2026, 11, 3), False, new)
    assert new.due_on == date(2026, 11, 3)
    assert list(FairCopy.objects.filter(record=record).order_by("version").values_list("why", flat=True)) == [
        None,
        "The call came on Monday.",
    ]


def test_the_fair_copy_says_what_the_columns_say(council, family):
    record = recorded_contact(council, family)
    copy = FairCopy.objects.get(record=record)
    answers = load_answers(definition_of(record.kind), record)
    assert copy.content == content_of(answers, copy.step)
    assert copy.sha256 == seal(copy.content)


def test_the_database_itself_refuses_a_completed_record_without_its_answers(council, family):
    from django.db import IntegrityError, transaction

    record = recorded_contact(council, family)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.filter(record=record).update(caller_words=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.filter(record=record).update(danger_now=True, danger_words=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactChild.objects.filter(record=record).update(worry=None)


def test_an_entry_on_the_wrong_child_leaves_the_file_with_a_trace(council, family):
    record = recorded_contact(council, family)
    maya, leo, _ = family
    take_off_child(record=record, child=leo.pk, why="It was about a cousin", by=council.screener)
    assert list(Record.objects.about(leo.pk)) == []
    assert record in Record.objects.about(maya.pk)
    assert record.children.get(child=leo).removed_why == "It was about a cousin"
    assert Clock.objects.get(record=record, child=leo).stopped_why.startswith("Taken off")


def test_only_those_with_a_reason_see_a_childs_records(council, family):
    record = assessed(council, family)
    seen = Record.objects.filter(pk=record.pk)
    assert seen.seen_by(council.social_worker).exists()
    assert seen.seen_by(council.assessment_manager).exists()
    assert seen.seen_by(council.screener).exists()
    assert not seen.seen_by(council.other_worker).exists()
    assert not Person.objects.filter(pk=family[0].pk).seen_by(council.other_worker).exists()


def test_closing_ends_the_allocation(council, family):
    record = assessed(council, family)
    raw = {"authorising_words": "Agreed."} | part(family[0], authorised_outcome="no_further_action")
    complete(record=record, step="authorise", by=council.assessment_manager, raw=raw)
    closure = Record.objects.get(kind="family_help.closure")
    complete(
        record=closure, step="write", by=council.social_worker, raw={"summary": "Helped.", "remaining": "None.", "where_to_turn": "School."}
    )
    complete(record=closure, step="decide", by=council.assessment_manager, raw={"why": "Done."})
    assert not Allocation.objects.filter(until_on=None).exists()


@pytest.mark.parametrize(("started_on", "is_known"), [(date(2024, 3, 1), True), (date(2026, 3, 2), False)])
def test_a_code_in_a_childs_part_is_checked_as_at_the_day_of_the_record_and_not_of_today(started_on, is_known):
    own = Sheet(Assessment, {"started_on": started_on})
    sheet = Sheet(AssessmentChild, {}, of_record=own)
    problems = []
    read_sheet(sheet, {"factors": ["18A"]}, "write", problems)
    assert (sheet.values["factors"] == ["18A"]) is is_known and any("was no longer used" in p.words for p in problems) is not is_known
    offered = dict(AssessmentChild._meta.get_field("factors").options_in(sheet, on=event_day(sheet)))
    assert ("18A" in offered) is is_known


def test_the_api_never_tells_who_a_protected_caller_is(council, family, client):
    maya, leo, _ = family
    record = take_call(by=council.screener)
    add_children(record=record, children=[maya.pk, leo.pk])
    raw = CALL | {"caller_is_protected": "yes", "caller_name": "Ruth Lamb", "caller_safe_call_back": "020 7946 0001"}
    raw |= part(maya, worry="Bruises", recommended="referral", recommended_why="Injury")
    raw |= part(leo, worry="Silent", recommended="referral", recommended_why="May have seen it")
    complete(record=record, step="record", by=council.screener, raw=raw)
    client.force_login(council.screener)
    answer = client.get(f"/api/records/{record.reference}")
    assert answer.status_code == 200
    assert "Ruth Lamb" not in answer.content.decode()
    assert "0001" not in answer.content.decode()
