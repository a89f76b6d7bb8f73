"""What became of a letter, or that somebody was told, stands in the meeting's list on the day it happened; and what is said is never lost."""

from datetime import time, timedelta

import pytest
from django.utils.timezone import localdate

from goldthread.core.documents.queries import ways_to
from goldthread.core.people.actions import correct_stay, move_to_address
from goldthread.core.people.facts import Place
from goldthread.core.records.actions import withdraw
from goldthread.core.work.models import Clock
from goldthread.ground.audit.acting import acting
from goldthread.pathway.letters import actions
from goldthread.pathway.letters.actions import NotSo
from goldthread.pathway.letters.declared import kind_named, kinds_of
from goldthread.pathway.meeting.actions import add_to_list, reply, send_decisions
from goldthread.pathway.meeting.models import Invitee
from goldthread.pathway.meeting.tests.a_meeting import day
from goldthread.pathway.registry import definition_of
from goldthread.practice.front_door.tests.calls import page, signed_in
from goldthread.practice.protection.conferences.conference import Conference
from goldthread.practice.protection.letters import facts as letter_facts
from goldthread.practice.protection.tests.conferring import held
from goldthread.practice.protection.tests.lettering import INVITATION, OUTCOME, REFUGE, letters

pytestmark = pytest.mark.django_db
TODAY = localdate()


@pytest.fixture
def conference():
    """Both fathers are in the list, as their mother is."""
    with acting(None, system="test"):
        found = letters()
        for father in (found.fatou, found.daniel):
            add_to_list(record=found.record, role="Parent", person=father, by=found.worker)
        yield found


def test_post_is_safe_where_somebody_stays_until_a_day_that_is_known(conference):
    """Temporary accommodation until the end of next month: that post is safe there is asked once, and kept."""
    c = conference
    move_to_address(people=[c.fatou], place=Place("3 Weir Lane", None, "Otherby", "HW1 1AA"))
    correct_stay(stay=c.fatou.addresses.get(), until_on=TODAY + timedelta(days=30), is_post_safe=True, post_said="Fatou, by telephone")
    assert ways_to(c.fatou, TODAY).is_post_safe is True
    c.decide(INVITATION, c.fatou, c.scene.maya, way="post", own_time=time(14, 30))
    assert c.read(INVITATION, c.fatou)[0].page.address == ["3 Weir Lane", "Otherby", "HW1 1AA"]


def was_held(c, days_ago):
    """Held so many days ago, written down today; everybody but Daniel has the decisions since."""
    held(c.scene, c.record, [c.scene.maya], **day("held_on", TODAY - timedelta(days=days_ago)))
    c.record.refresh_from_db()
    for other in c.record.invitees.filter(left_out_at=None).exclude(person=c.daniel):
        send_decisions(invitee=other, how="at_the_meeting", by=c.worker)


def tell(c, kind, person, on, words="The social worker, at the office."):
    actions.told(kind=kind_named(kind), record=c.record, recipient=c.recipient(kind, person), on=on, words=words, by=c.worker)


def news(c, letter, what, **more):
    actions.news(kind=kind_named(letter.kind), letter=letter, what=what, on=TODAY, by=c.worker, **more)


def test_whoever_was_told_on_the_day_has_it_since_that_day_whenever_it_is_written_down(conference):
    """Held on Thursday, the last parent told that Thursday, written down on Sunday: the clock was met on Thursday."""
    c, on = conference, TODAY - timedelta(days=3)
    was_held(c, 3)
    with pytest.raises(NotSo, match="before the conference was held"):
        tell(c, OUTCOME, c.daniel, on - timedelta(days=1))
    tell(c, OUTCOME, c.daniel, on)
    told = c.record.invitees.get(person=c.daniel)
    assert (localdate(told.sent_at), told.sent_how) == (on, "in_person")
    clocks = Clock.objects.filter(record=c.record, key=Conference.sent_clock)
    assert {clock.met_on for clock in clocks} == {on}


def test_a_letter_that_came_back_leaves_the_list_as_if_it_had_not_gone(conference):
    c = conference
    was_held(c, 0)
    letter = c.sealed(OUTCOME, c.daniel, c.scene.leo)
    assert c.go(letter) == ""
    clocks = Clock.objects.filter(record=c.record, key=Conference.sent_clock)
    assert clocks.filter(met_on=TODAY).exists()
    news(c, letter, "came_back", words="Gone away")
    assert c.record.invitees.get(person=c.daniel).sent_at is None and not clocks.filter(met_on=TODAY).exists()
    news(c, letter, "acknowledged", how="rang", words="It lay next door")
    asked = c.record.invitees.get(person=c.daniel)
    assert asked.sent_how == "letter" and asked.acknowledged_at and clocks.filter(met_on=TODAY).exists()
    letter.refresh_from_db()
    assert letter.answer_words.startswith("Gone away\n") and letter.answer_words.endswith("It lay next door")


def test_an_invitation_that_came_back_is_no_invitation_but_an_answer_stands(conference):
    c = conference
    letters_to = {
        who: c.sealed(INVITATION, who, c.scene.maya, **own) for who, own in ((c.grace, {}), (c.fatou, {"own_time": time(14, 30)}))
    }
    for letter in letters_to.values():
        assert c.go(letter) == ""
    reply(invitee=c.record.invitees.get(person=c.fatou), answer=Invitee.ACCEPTED, by=c.worker)
    for letter in letters_to.values():
        letter.refresh_from_db()
        news(c, letter, "came_back")
    assert c.record.invitees.get(person=c.grace).invited_at is None
    assert c.record.invitees.get(person=c.fatou).invited_at is not None


def test_whoever_was_told_after_a_letter_still_has_it_when_that_comes_back(conference):
    c = conference
    was_held(c, 0)
    letter = c.sealed(OUTCOME, c.daniel, c.scene.leo)
    assert c.go(letter) == ""
    c.decide(OUTCOME, c.daniel, way="none")
    tell(c, OUTCOME, c.daniel, TODAY)
    letter.refresh_from_db()
    news(c, letter, "came_back")
    assert c.record.invitees.get(person=c.daniel).sent_at is not None


def test_nobody_is_told_of_a_conference_that_was_withdrawn_or_invited_to_one_that_was_held_and_what_was_typed_stays(conference):
    """The form is open while a colleague withdraws the conference: what was typed is given back with the reason."""
    c = conference
    client, typed = (
        signed_in(c.worker),
        {"on-day": TODAY.day, "on-month": TODAY.month, "on-year": TODAY.year, "words": "At the office: he wept."},
    )
    held(c.scene, c.record, [c.scene.maya])
    c.record.refresh_from_db()
    answer = client.post(f"/letters/{c.record.reference}/{INVITATION}/{c.daniel.reference}/told/", typed)
    assert answer.status_code == 422 and "has been held" in page(answer) and "he wept" in page(answer)
    assert c.record.invitees.get(person=c.daniel).invited_at is None
    withdraw(record=c.record, why="Made for the wrong family", by=c.worker)
    answer = client.post(f"/letters/{c.record.reference}/{OUTCOME}/{c.daniel.reference}/told/", typed)
    assert answer.status_code == 422 and "withdrawn" in page(answer) and "he wept" in page(answer)


def test_what_became_of_a_letter_is_written_down_of_a_conference_that_was_withdrawn_too(conference):
    c = conference
    letter = c.sealed(INVITATION, c.grace, c.scene.maya)
    assert c.go(letter) == ""
    withdraw(record=c.record, why="Made for the wrong family", by=c.worker)
    letter.refresh_from_db()
    news(c, letter, "arrived")
    letter.refresh_from_db()
    assert letter.arrived_on == TODAY


@pytest.mark.parametrize("is_confidential", [True, False])
def test_an_answer_about_post_is_not_kept_once_they_live_elsewhere(conference, is_confidential):
    """Asked whether post is safe at Weir Lane; while the form is open she moves, to a refuge or to a flat nobody has asked about."""
    c = conference
    move_to_address(people=[c.grace], place=Place("3 Weir Lane", None, "Otherby", "HW1 1AA"))
    before = c.grace.addresses.get().pk
    move_to_address(
        people=[c.grace], place=REFUGE, is_confidential=is_confidential, confidential_reason="A refuge" if is_confidential else None
    )
    answer = signed_in(c.worker).post(
        f"/letters/{c.record.reference}/{INVITATION}/{c.grace.reference}/",
        {"children": [c.scene.maya.reference], "post": f"yes-{before}", "post_said": "Grace", "way": "by_hand"},
    )
    assert answer.status_code == 422 and "Where they live has changed" in page(answer)
    assert not c.grace.addresses.exclude(is_post_safe=None).exists()


def test_somebody_told_before_it_was_decided_anew_is_to_be_told_again_and_both_accounts_stay(conference):
    c, client = conference, signed_in(conference.worker)
    shown = lambda: page(client.get(f"/record/{c.record.reference}/letters/"))  # noqa: E731
    c.decide(INVITATION, c.daniel, c.scene.leo, way="none", reach_us="Ring us.")
    tell(c, INVITATION, c.daniel, TODAY - timedelta(days=1), "At the office.")
    assert "Tell Daniel Quist in person." not in shown() and "Told in person" in shown()
    c.decide(INVITATION, c.daniel, c.scene.leo, way="none", reach_us="Write to us.")
    assert "Tell Daniel Quist in person." in shown()
    tell(c, INVITATION, c.daniel, TODAY, "On the telephone.")
    assert "Tell Daniel Quist in person." not in shown() and "At the office." in shown() and "On the telephone." in shown()


def test_whom_letters_go_to_is_asked_once_a_kind_for_a_page(conference, monkeypatch):
    c, asked = conference, []
    monkeypatch.setattr(letter_facts, "of_family", lambda record, ask=letter_facts.of_family: asked.append(record.pk) or ask(record))
    assert "Grace Adeyemi" in page(signed_in(c.worker).get(f"/record/{c.record.reference}/letters/"))
    assert len(asked) == len(kinds_of(definition_of(c.record.kind)))
