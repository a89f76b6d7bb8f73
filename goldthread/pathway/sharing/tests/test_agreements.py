"""The register of information-sharing agreements stops what needs one, and never what protects a child."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils.timezone import localdate

from goldthread.core.agencies.actions import give_duty
from goldthread.core.agencies.models import Agency, Worker
from goldthread.core.sharing.actions import decide_grounds, end_agreement, enter_agreement, note_review
from goldthread.core.sharing.agreements import due_for_review
from goldthread.core.sharing.models import Agreement, Share
from goldthread.core.sharing.reasons import proposed_for
from goldthread.face.web.tests.pages import sound
from goldthread.ground.access.models import User
from goldthread.ground.audit.acting import acting
from goldthread.ground.boot.trouble import Impossible
from goldthread.pathway.meeting import actions
from goldthread.pathway.meeting.tests.a_meeting import a_scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    with acting(None, system="test"):
        yield a_scene()


@pytest.fixture
def governing(scene):
    worker = Worker.objects.get(signin__user=scene.council.other_worker)
    give_duty(worker=worker, role="information_governance", from_on=localdate() - timedelta(days=1))
    client = Client()
    client.force_login(User.objects.get(pk=scene.council.other_worker.pk))
    return client


def agreed(scene, **more) -> Agreement:
    """With the school nurses, for Family Help, from the first of March 2026."""
    values = {
        "title": "Family Help and school nursing", "agency": Agency.objects.get(kind="school_nursing"), "purposes": ["family_help"],
        "information": "What each knows of the child’s health and needs.", "basis": "public_task", "from_on": date(2026, 3, 1),
        "until_on": None, "review_on": date(2027, 3, 1), "kept_at": "Contracts, shelf 4", "signed_by": "A. Director; R. Nurse", **more,
    }  # fmt: skip
    return enter_agreement(by=scene.council.front_door_manager, **values)


def for_family_help(scene) -> None:
    decide_grounds(record=scene.record, reason=proposed_for("family_help"), by=scene.council.social_worker)


def ask_the_nurse(scene) -> Share:
    nurse = scene.who("health")
    actions.invite(invitee=nurse, how="telephone", by=scene.council.social_worker)
    return Share.objects.get(thing=nurse.reference)


def test_a_section_47_goes_without_an_agreement_and_says_that_there_is_none(scene, governing):
    made = ask_the_nurse(scene)
    assert made.agreement is None
    browser = Client()
    browser.force_login(scene.council.assessment_manager)
    said = sound(browser, f"/child/{scene.maya.reference}/shared/")
    assert "No agreement was in force: this purpose does not wait for one." in said
    assert "This purpose does not wait for one." in sound(browser, f"/record/{scene.record.reference}/meeting/")


def test_what_needs_an_agreement_is_stopped_with_what_to_do_and_nothing_is_written(scene):
    for_family_help(scene)
    with pytest.raises(Impossible, match="Ask information governance to enter it"):
        ask_the_nurse(scene)
    assert scene.who("health").invited_at is None
    assert not Share.objects.exists()


def test_the_page_says_beforehand_to_whom_nothing_can_go_and_the_press_is_refused_in_a_sentence(scene):
    for_family_help(scene)
    browser = Client()
    browser.force_login(scene.council.assessment_manager)
    address = f"/record/{scene.record.reference}/meeting/"
    assert "Nothing can go to them until information governance has entered one." in sound(browser, address)
    nurse = scene.who("health")
    pressed = browser.post(address, {"press": f"{nurse.reference} invite telephone"}, follow=True)
    assert "No information-sharing agreement is in force with Hallowmere School Nursing" in pressed.content.decode()


def test_under_an_agreement_it_goes_and_says_under_which(scene):
    for_family_help(scene)
    agreement = agreed(scene)
    assert ask_the_nurse(scene).agreement == agreement


def test_an_agreement_with_a_kind_of_agency_covers_each_of_them(scene):
    for_family_help(scene)
    agreement = agreed(scene, agency=None, agency_kind="school_nursing")
    assert ask_the_nurse(scene).agreement == agreement


def test_an_agreement_for_another_purpose_covers_nothing(scene):
    for_family_help(scene)
    agreed(scene, purposes=["audit"])
    with pytest.raises(Impossible):
        ask_the_nurse(scene)


@pytest.mark.parametrize(
    ("last", "today", "goes"),
    [
        (date(2026, 9, 30), date(2026, 9, 30), True),
        (date(2026, 9, 30), date(2026, 10, 1), False),
        (None, date(2026, 10, 1), True),
        (None, date(2026, 2, 28), False),
    ],
)
def test_an_agreement_holds_from_its_first_day_to_the_end_of_its_last(scene, last, today, goes):
    for_family_help(scene)
    agreed(scene, until_on=last)
    with time_machine.travel(f"{today}T12:00:00+00:00", tick=False):
        if goes:
            assert ask_the_nurse(scene).agreement is not None
        else:
            with pytest.raises(Impossible):
                ask_the_nurse(scene)


def test_one_that_is_ended_stops_what_is_new_from_the_day_after_and_what_went_stays(scene):
    for_family_help(scene)
    agreement = agreed(scene)
    gone = ask_the_nurse(scene)
    end_agreement(agreement=agreement, last_on=localdate() - timedelta(days=1), why="They have left the partnership.")
    with pytest.raises(Impossible):
        actions.invite(
            invitee=scene.record.invitees.exclude(pk=scene.who("health").pk).filter(agency__isnull=False).first(), how="telephone", by=None
        )
    gone.refresh_from_db()
    assert gone.agreement == agreement
    with pytest.raises(Impossible, match="what went under it before stays"):
        end_agreement(agreement=agreement, last_on=date(2026, 4, 1), why="Backwards")


def test_with_one_or_with_a_kind_never_with_both(scene):
    with pytest.raises(Impossible, match="one of the two"):
        agreed(scene, agency_kind="school")
    with pytest.raises(Impossible, match="one of the two"):
        agreed(scene, agency=None)


def test_what_is_due_for_review_stands_in_my_work_until_it_was_looked_at(scene, governing):
    agreement = agreed(scene, review_on=localdate() - timedelta(days=3))
    assert due_for_review(localdate()) == [agreement]
    assert "1 agreement waits" in sound(governing, "/")
    sound(governing, "/shares/agreements/")
    note_review(agreement=agreement, review_on=localdate() + timedelta(days=300))
    assert due_for_review(localdate()) == []


def test_information_governance_enters_one_and_nobody_else_finds_the_page(scene, governing):
    asked = {
        "title": "Schools", "agency_kind": "school", "purposes": ["family_help", "child_in_need"], "information": "Attendance", "basis": "public_task",
        "from_on-day": "1", "from_on-month": "3", "from_on-year": "2026", "review_on-day": "1", "review_on-month": "3", "review_on-year": "2027",
        "signed_by": "Both directors", "kept_at": "Contracts 12",
    }  # fmt: skip
    assert governing.post("/shares/agreements/add/", asked).status_code == 302
    made = Agreement.objects.get()
    assert (made.agency_kind, made.purposes, made.entered_by) == ("school", ["family_help", "child_in_need"], scene.council.other_worker)
    for address in (
        "/shares/agreements/",
        "/shares/agreements/add/",
        f"/shares/agreements/{made.pk}/end/",
        f"/shares/agreements/{made.pk}/review/",
    ):
        sound(governing, address)
        other = Client()
        other.force_login(scene.council.assessment_manager)
        assert other.get(address).status_code == 404


def test_a_chronology_for_family_help_does_not_go_to_an_agency_without_an_agreement(scene):
    browser = Client()
    browser.force_login(scene.council.assessment_manager)
    school, nurses = Agency.objects.get(kind="school"), Agency.objects.get(kind="school_nursing")
    agreed(scene)
    address = f"/child/{scene.maya.reference}/chronology/export/?as=csv&purpose=family_help"
    sound(browser, f"{address}&agency={school.pk}", 422)
    assert "Choose the agency it is for" in sound(browser, address, 422)
    assert not Share.objects.exists()
    assert browser.get(f"{address}&agency={nurses.pk}").status_code == 200
    assert (
        browser.get(f"/child/{scene.maya.reference}/chronology/export/?as=csv&purpose=child_protection&agency={school.pk}").status_code
        == 200
    )
