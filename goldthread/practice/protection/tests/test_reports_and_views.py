"""Reports to a conference, whom they were shared with, and what each agency thinks: rules as sentences."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from goldthread.core.people.actions import make_households
from goldthread.core.people.models import Person
from goldthread.core.records.actions import take_off_child, withdraw
from goldthread.core.records.models import FairCopy
from goldthread.core.work.models import Clock
from goldthread.ground.audit.acting import acting
from goldthread.pathway.actions import Incomplete, NotNow, complete
from goldthread.pathway.meeting.actions import arrange, attend, contribute, invite, leave_out, send_decisions, take_back
from goldthread.pathway.meeting.models import Report, Shared
from goldthread.pathway.meeting.reports.actions import (
    ask_report,
    disagree,
    give_view,
    not_received,
    receive_report,
    share_report,
    unshare,
    withhold_report,
)
from goldthread.pathway.meeting.reports.queries import papers_of
from goldthread.pathway.reading import shown_to
from goldthread.practice.protection.models import (
    InitialConference,
)
from goldthread.practice.protection.tests.conferring import called, decided, held, prepare

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference():
    with acting(None, system="test"):
        yield called()


def test_a_report_is_due_three_working_days_before_the_conference_and_its_day_moves_with_it(conference):
    scene, record, chair = conference
    nurse = record.invitees.get(name="Ruth Amadi")
    arrange(record=record, planned_on=date(2026, 3, 24), chair=chair)
    assert ask_report(invitee=nurse, by=scene.council.social_worker).due_on == date(2026, 3, 19)
    arrange(record=record, planned_on=date(2026, 3, 31), chair=chair)
    assert Report.objects.get(invitee=nurse).due_on == date(2026, 3, 26)


def test_a_report_is_shared_with_each_parent_or_kept_from_them_with_a_reason(conference):
    scene, record, _ = conference
    nurse, today = record.invitees.get(name="Ruth Amadi"), localdate()
    with pytest.raises(NotNow, match="has not come yet"):
        share_report(invitee=nurse, person=scene.mother, on=today, by=None)
    receive_report(invitee=nurse, on=today, by=scene.council.social_worker)
    assert ("Report not shared yet", ["Ruth Amadi (School nurse) (Grace Adeyemi)"]) in papers_of(InitialConference, record).gaps
    with pytest.raises(ValueError, match="cannot have been shared before"):
        share_report(invitee=nurse, person=scene.mother, on=today - timedelta(days=1), by=None)
    share_report(invitee=nurse, person=scene.mother, on=today, by=scene.council.social_worker)
    with pytest.raises(ValueError, match="Say why"):
        withhold_report(invitee=nurse, person=scene.mother, why=" ", by=None)
    withhold_report(invitee=nurse, person=scene.mother, why="It names where the aunt lives.", by=scene.council.social_worker)
    assert Shared.objects.get(report__invitee=nurse).shared_on is None


def test_each_agency_that_came_says_what_it_thinks_of_each_child(conference):
    scene, record, _ = conference
    prepare(scene, record)
    for invitee in record.invitees.filter(left_out_at=None):
        attend(invitee=invitee, attended="video", by=scene.council.social_worker)
    with pytest.raises(Incomplete, match=r"Ruth Amadi \(School nurse\), of Leo Adeyemi"):
        complete(record=record, step="hold", by=scene.council.assessment_manager, raw=decided(record, [scene.maya]))


def test_dissent_stays_under_its_own_name_with_its_reason(conference):
    scene, record, _ = conference
    prepare(scene, record)
    nurse = record.invitees.get(name="Ruth Amadi")
    with pytest.raises(NotNow, match="Write first"):
        disagree(invitee=nurse, child=scene.leo, why="Leo is not safe either.", by=None)
    give_view(invitee=nurse, child=scene.leo, stands="yes", by=scene.council.social_worker)
    disagree(invitee=nurse, child=scene.leo, why="Leo is not safe either.", by=scene.council.social_worker)
    held(scene, record, [scene.maya])
    copy = FairCopy.objects.filter(record=record).latest("version")
    thinks = next(part for part in copy.content["further"] if part["heading"] == "What each thinks")
    line = next(line for line in thinks["lines"] if line["asked"].startswith("Ruth Amadi") and "Leo" in line["asked"])
    assert line["answer"] == "Yes. Disagrees with the decision: Leo is not safe either"


def test_what_is_written_after_it_was_held_is_in_a_new_version_of_its_copy_with_the_reason(conference):
    scene, record, _ = conference
    prepare(scene, record)
    held(scene, record, [scene.maya])
    nurse, before = record.invitees.get(name="Ruth Amadi"), record.newest_copy()
    give_view(invitee=nurse, child=scene.leo, stands="yes", by=scene.council.social_worker)
    assert record.newest_copy() == before, "nothing reads otherwise"
    disagree(invitee=nurse, child=scene.leo, why="Leo is not safe either.", by=scene.council.social_worker)
    after = record.newest_copy()
    assert (after.version, after.why) == (before.version + 1, "Written down later: the dissent of Ruth Amadi.")
    assert "Leo is not safe either" in str(after.content["further"]) and after.content["each"] == before.content["each"]
    contribute(invitee=nurse, words="Weighed again today.", onward="ask_first", by=scene.council.social_worker)
    assert "Weighed again today." in str(record.newest_copy().content["further"])
    with pytest.raises(NotNow, match="who came is part of it"):
        take_back(invitee=nurse, stage="attended")


def test_what_an_agency_thinks_of_a_child_goes_with_the_child_who_is_taken_off(conference):
    scene, record, _ = conference
    prepare(scene, record)
    held(scene, record, [scene.maya])
    take_off_child(record=record, child=scene.leo.pk, why="Another Leo.", by=None)
    shown = shown_to(scene.council.social_worker, record.newest_copy())
    assert "Leo Adeyemi" not in str(shown["each"]) + str(shown["further"]) and "of Maya Adeyemi" in str(shown["further"])


def test_what_was_heard_in_confidence_is_read_on_the_screen_and_never_printed(conference):
    scene, record, _ = conference
    prepare(scene, record)
    held(scene, record, [scene.maya], in_confidence="The police watch the house.")
    client = Client()
    client.force_login(scene.council.social_worker)
    assert "The police watch the house." in client.get(f"/record/{record.reference}/").content.decode()
    assert "The police watch the house." not in client.get(f"/record/{record.reference}/?print=1").content.decode()


def test_what_somebody_left_out_had_reported_and_thought_is_not_in_the_copy(conference):
    scene, record, _ = conference
    prepare(scene, record)
    nurse = record.invitees.get(name="Ruth Amadi")
    receive_report(invitee=nurse, on=localdate(), by=scene.council.social_worker)
    give_view(invitee=nurse, child=scene.leo, stands="yes", by=scene.council.social_worker)
    leave_out(invitee=nurse, why="The health visitor comes.", by=scene.council.social_worker)
    held(scene, record, [scene.maya])
    parts = {part["heading"]: str(part["lines"]) for part in record.newest_copy().content["further"]}
    assert "Ruth Amadi" in parts["Who was asked and who came"]
    assert "Ruth Amadi" not in parts["What each thinks"] + parts.get("Reports", "")


def test_a_withdrawn_conference_shares_no_report_and_takes_nothing_back(conference):
    scene, record, _ = conference
    nurse = record.invitees.get(name="Ruth Amadi")
    receive_report(invitee=nurse, on=localdate(), by=scene.council.social_worker)
    invite(invitee=nurse, how="telephone", by=scene.council.social_worker)
    withdraw(record=record, why="Called twice", by=scene.council.social_worker)
    nurse = record.invitees.get(name="Ruth Amadi")
    with pytest.raises(NotNow, match="withdrawn"):
        share_report(invitee=nurse, person=scene.mother, on=localdate(), by=None)
    with pytest.raises(NotNow, match="withdrawn"):
        take_back(invitee=nurse, stage="invited")


def test_a_decision_that_was_not_sent_after_all_leaves_its_clock_running_again(conference):
    scene, record, _ = conference
    prepare(scene, record)
    held(scene, record, [scene.maya])
    for invitee in record.invitees.filter(left_out_at=None):
        send_decisions(invitee=invitee, how="telephone", by=scene.council.social_worker)
    clocks = Clock.objects.filter(record=record, key="conference.outcome.sent", is_current=True)
    assert {clock.met_on for clock in clocks} == {localdate()}
    take_back(invitee=record.invitees.get(name="Ruth Amadi"), stage="sent")
    assert {clock.met_on for clock in clocks.all()} == {None}


@pytest.mark.parametrize("mark", ["not_family", "police_and_social_care"])
def test_what_an_agency_brought_that_is_not_for_the_family_is_read_on_the_screen_and_never_printed(conference, mark):
    scene, record, _ = conference
    prepare(scene, record)
    nurse = record.invitees.get(name="Ruth Amadi")
    contribute(invitee=nurse, words="The neighbour rang.", onward=mark, by=scene.council.social_worker)
    contribute(invitee=nurse, words="Weighed in May.", onward="family_may_know", by=scene.council.social_worker)
    held(scene, record, [scene.maya])
    client = Client()
    client.force_login(scene.council.social_worker)
    screen = client.get(f"/record/{record.reference}/").content.decode()
    assert "The neighbour rang." in screen and "Weighed in May." in screen
    printed = client.get(f"/record/{record.reference}/?print=1").content.decode()
    assert "The neighbour rang." not in printed and "Weighed in May." in printed and "Ruth Amadi" in printed


def test_what_becomes_of_a_report_after_the_conference_is_in_a_new_version_of_its_copy(conference):
    scene, record, _ = conference
    prepare(scene, record)
    held(scene, record, [scene.maya])
    nurse, by, today = record.invitees.get(name="Ruth Amadi"), scene.council.social_worker, localdate()

    def told() -> str:
        further = {part["heading"]: str(part["lines"]) for part in record.newest_copy().content["further"]}
        return further.get("Reports", "")

    receive_report(invitee=nurse, on=today, by=by)
    assert "Received" in told() and record.newest_copy().why.startswith("Written down later: the report of Ruth Amadi")
    share_report(invitee=nurse, person=scene.mother, on=today, by=by)
    assert "shared with Grace Adeyemi" in told()
    withhold_report(invitee=nurse, person=scene.mother, why="It names the aunt’s street.", by=by)
    assert "kept from Grace Adeyemi" in told()
    unshare(invitee=nurse, person=scene.mother, by=by)
    assert "Grace" not in told()
    not_received(invitee=nurse, by=by)
    assert told() == ""


def test_a_partner_who_lives_with_the_children_can_have_read_the_report(conference):
    scene, record, _ = conference
    sam = Person.objects.create(shown_name="Sam Bright", sort_name="bright sam", is_named=True, recorded_as_adult=True)
    make_households(households=[([scene.maya.pk, scene.mother.pk, sam.pk], None, date(2024, 1, 1))])
    nurse = record.invitees.get(name="Ruth Amadi")
    receive_report(invitee=nurse, on=localdate(), by=scene.council.social_worker)
    client = Client()
    client.force_login(scene.council.social_worker)
    client.post(f"/record/{record.reference}/meeting/", {"press": f"{nurse.reference} shared {sam.reference}"})
    assert Shared.objects.get(report__invitee=nurse).person == sam
    assert "Shared with Sam Bright" in papers_of(InitialConference, record).headings
