"""Every share says what it is for and on what basis, and stands where whoever may see the child reads it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.timezone import localdate

from goldthread.core.agencies.actions import give_duty
from goldthread.core.agencies.models import Worker
from goldthread.core.sharing.actions import decide_grounds, keep_shares, share
from goldthread.core.sharing.models import Share
from goldthread.core.sharing.queries import counted, shares_about, shares_between, shown_to
from goldthread.core.sharing.reasons import Reason, proposed_for, reason_for
from goldthread.face.web.tests.pages import sound
from goldthread.ground.access.actions import declare_conflict, restrict
from goldthread.ground.access.models import User
from goldthread.ground.audit.acting import acting
from goldthread.ground.audit.models import Change
from goldthread.ground.boot.trouble import Impossible
from goldthread.ground.codes.code_lists import codes
from goldthread.pathway.meeting import actions
from goldthread.pathway.meeting.tests.a_meeting import a_scene, decided

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    with acting(None, system="test"):
        yield a_scene()


@pytest.fixture
def browser(scene):
    client = Client()
    client.force_login(scene.council.assessment_manager)
    return client


def invite(scene, role: str = "health", how: str = "telephone") -> Share:
    who = scene.who(role)
    actions.invite(invitee=who, how=how, by=scene.council.social_worker)
    return Share.objects.get(what=Share.INVITATION, thing=who.reference, taken_back_at=None)


def words(page) -> str:
    return " ".join(page.content.decode().split())


def test_an_invitation_to_a_strategy_discussion_is_shared_for_section_47_as_a_public_task(scene):
    """Asked on the day of the call: Maya and Leo, to the school nurse, by telephone."""
    made = invite(scene)
    assert (made.purpose, made.basis, made.condition) == ("section_47", "public_task", "safeguarding")
    assert made.children == sorted([scene.maya.pk, scene.leo.pk])
    assert (made.to_whom, made.agency.name) == ("Ruth Amadi, School nurse (Hallowmere School Nursing)", "Hallowmere School Nursing")
    assert (made.how, made.by) == ("By telephone", scene.council.social_worker)


def test_no_purpose_of_safeguarding_proposes_agreement_as_its_basis():
    assert [code for code, _ in codes("sharing.purpose").choices() if proposed_for(code).basis == "consent"] == ["other_service"]


def test_every_purpose_proposes_a_basis_and_a_condition_that_are_in_the_lists():
    for code, _ in codes("sharing.purpose").choices():
        usual = proposed_for(code)
        assert usual.basis in codes("sharing.lawful_basis"), code
        assert usual.condition in codes("sharing.condition"), code
        assert codes("sharing.purpose").other(code, "needs_agreement") in ("yes", "no"), code


def test_one_of_our_own_workers_is_not_somebody_else(scene):
    ours = scene.record.invitees.filter(worker__isnull=False).first()
    actions.invite(invitee=ours, how="telephone", by=scene.council.social_worker)
    assert not Share.objects.exists()


def test_an_invitation_taken_back_was_no_share_and_its_row_stays(scene):
    made = invite(scene)
    actions.take_back(invitee=scene.who("health"), stage="delivered")
    actions.take_back(invitee=scene.who("health"), stage="invited")
    made.refresh_from_db()
    assert made.taken_back_at is not None
    assert shares_between(localdate(), localdate()).count() == 0
    assert invite(scene).pk != made.pk


def test_what_somebody_decided_for_the_record_holds_for_what_goes_afterwards_and_changes_nothing_before(scene):
    before = invite(scene)
    reason = Reason("required_by_law", "legal_obligation", "statutory")
    decide_grounds(record=scene.record, reason=reason, by=scene.council.social_worker)
    after = invite(scene, "police")
    before.refresh_from_db()
    assert (before.purpose, after.purpose, after.basis) == ("section_47", "required_by_law", "legal_obligation")
    assert Change.objects.filter(table="sharing_grounds", op="I").count() == 1


@pytest.mark.parametrize(
    ("reason", "about"),
    [
        (Reason("section_47", "consent", "explicit_consent"), "why"),
        (Reason("section_47", "vital_interests", "safeguarding"), "why"),
        (Reason("other_service", "consent", "safeguarding", "Grace agreed on 3 March 2026."), "condition"),
        (Reason("nothing", "public_task", "safeguarding"), "purpose"),
    ],
)
def test_what_does_not_go_together_is_refused_at_its_question(scene, reason, about):
    with pytest.raises(Impossible) as refused:
        decide_grounds(record=scene.record, reason=reason, by=scene.council.social_worker)
    assert refused.value.about == about


def test_the_database_refuses_a_share_by_agreement_that_does_not_say_whose(scene):
    made = share(what="export", thing="x", reason=Reason("other_service", "consent", "none"), children=[], to_whom="A club", by=None)
    with pytest.raises(IntegrityError, match="says_whose"), transaction.atomic():
        keep_shares([made])


def test_the_page_why_this_is_shared_proposes_and_keeps_with_nothing_typed_twice(scene, browser):
    address = f"/sharing/{scene.record.reference}/"
    sound(browser, address)
    asked = {"purpose": "immediate_danger", "basis": "usual", "condition": "usual", "why": ""}
    assert browser.post(address, asked).status_code == 302
    assert reason_for(scene.record.pk, "section_47") == Reason("immediate_danger", "public_task", "safeguarding")
    wrong = browser.post(address, asked | {"basis": "consent"})
    assert wrong.status_code == 422
    assert "Say who agreed, when" in words(wrong)
    assert "To keep a child safe from immediate danger" in words(browser.get(f"/record/{scene.record.reference}/meeting/"))


def test_whoever_may_see_the_child_reads_what_was_shared_and_the_others_find_no_page(scene, browser):
    invite(scene)
    said = sound(browser, f"/child/{scene.maya.reference}/shared/")
    assert "Ruth Amadi, School nurse" in said
    assert "Section 47 enquiry, or deciding whether to make one" in said
    assert "Data Protection Act 2018 Schedule 1 para 18" in said
    stranger = Client()
    stranger.force_login(scene.council.other_worker)
    assert stranger.get(f"/child/{scene.maya.reference}/shared/").status_code == 404


def test_what_went_before_it_was_asked_is_shown_as_not_recorded(scene, browser):
    made = invite(scene)
    Share.objects.filter(pk=made.pk).update(purpose=None, basis=None, condition=None)
    assert "Not recorded" in words(browser.get(f"/child/{scene.maya.reference}/shared/"))
    assert counted(shares_between(localdate(), localdate()), "purpose") == [("not_recorded", "Not recorded: before it was asked", 1)]


def test_a_share_that_tells_of_a_restricted_brother_is_not_shown_and_is_counted(scene):
    invite(scene)
    restrict(person=scene.leo.pk, why="Staff family", lead_name="R. Lead", lead_phone="020 7946 0000", by=scene.council.front_door_manager)
    assert shown_to(scene.council.assessment_manager, shares_about([scene.maya.pk])) == []
    assert counted(shares_between(localdate(), localdate()), "basis")[0][2] == 1


def test_somebody_who_knows_a_brother_does_not_read_what_tells_of_him(scene):
    invite(scene)
    declare_conflict(user=scene.council.assessment_manager, person=scene.leo.pk, why="My neighbour", by=scene.council.assessment_manager)
    assert shown_to(scene.council.assessment_manager, shares_about([scene.maya.pk])) == []


def test_information_governance_counts_what_was_shared_and_each_figure_opens(scene, browser):
    invite(scene)
    invite(scene, "police")
    governing = Client()
    governing.force_login(scene.council.other_worker)
    assert governing.get("/shares/").status_code == 404
    worker = Worker.objects.get(signin__user=scene.council.other_worker)
    give_duty(worker=worker, role="information_governance", from_on=localdate() - timedelta(days=1))
    governing.force_login(User.objects.get(pk=scene.council.other_worker.pk))
    assert "<strong>2</strong> Section 47 enquiry" in sound(governing, "/shares/")
    opened = sound(governing, "/shares/?days=28&only=purpose:section_47")
    assert "Police, Mereside Command" in opened
    assert scene.maya.reference in opened
    assert str(scene.maya) not in opened
    Share.objects.filter(agency_kind="police").update(person=scene.leo, to_whom=str(scene.leo))
    opened = sound(governing, "/shares/?days=28&only=purpose:section_47")
    assert "One of the family" in opened
    assert str(scene.leo) not in opened


def test_a_chronology_that_goes_out_says_what_for_and_for_whom(scene, browser):
    browser.get(f"/child/{scene.maya.reference}/chronology/export/?as=csv&purpose=court&to_whom=Mereside+Family+Court")
    made = Share.objects.get(what=Share.EXPORT)
    assert (made.purpose, made.basis, made.condition) == ("court", "public_task", "legal_claims")
    assert (made.to_whom, made.children) == ("Mereside Family Court", [scene.maya.pk])


def test_a_file_of_our_own_is_our_own_work(scene, browser):
    browser.get(f"/child/{scene.maya.reference}/chronology/export/?as=csv")
    assert Share.objects.get(what=Share.EXPORT).purpose == "own_work"


def test_decisions_sent_are_shared_as_the_invitation_was(scene):
    from goldthread.pathway.actions import complete

    for one in scene.record.invitees.filter(left_out_at=None):
        actions.attend(invitee=one, attended="telephone", by=scene.council.social_worker)
    complete(record=scene.record, step="hold", raw=decided(scene), by=scene.council.assessment_manager)
    nurse = scene.who("health")
    actions.send_decisions(invitee=nurse, how="secure_email", by=scene.council.social_worker)
    made = Share.objects.get(what=Share.DECISIONS)
    assert (made.thing, made.purpose, made.how) == (nurse.reference, "section_47", "By secure e-mail")
