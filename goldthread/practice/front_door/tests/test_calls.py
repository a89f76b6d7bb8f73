"""A call, from the caller’s first words to a decision for each child, on the pages themselves."""

import pytest

from goldthread.core.records.models import Draft, FairCopy, Record
from goldthread.core.work.models import Task
from goldthread.practice.front_door.contact import Contact
from goldthread.practice.front_door.feedback import Feedback
from goldthread.practice.front_door.tests.calls import (
    TODAY,
    day,
    decide,
    describe,
    open_to_a_worker,
    page,
    part,
    press,
    sent_for_decision,
    signed_in,
    take_call,
    two_of_three,
)

pytestmark = pytest.mark.django_db


def test_one_press_opens_the_form_with_the_callers_words_first(council):
    client = signed_in(council.screener)
    record = take_call(client)
    shown = page(client.get(f"/record/{record.reference}/record/"))
    order = [
        shown.index(words)
        for words in ("What are they telling us?", "Who is getting in touch?", "Is a child in immediate danger?", "Who is this about?")
    ]
    assert order == sorted(order)


def test_immediate_danger_is_kept_at_once_with_nothing_else_needed(council):
    client = signed_in(council.screener)
    record = take_call(client)
    response = client.post(f"/front-door/contact/{record.reference}/danger/", {"where": "The flat above the bakery"}, follow=True)
    assert "ring 999" in page(response)
    draft = Draft.objects.get(record=record)
    assert (draft.answers["danger_now"], draft.answers["danger_words"]) == ("yes", "Where: The flat above the bakery.")
    task = Task.objects.get(record=record)
    assert (task.due_on, task.team) == (TODAY, council.front_door)
    assert "bakery" in task.what


def test_immediate_danger_needs_one_word_and_says_so(council):
    client = signed_in(council.screener)
    assert client.post("/front-door/danger/", {}).status_code == 422
    assert not Record.objects.exists()


def test_pressing_immediate_danger_on_the_form_keeps_what_was_typed(council):
    client = signed_in(council.screener)
    record = take_call(client)
    response = press(client, record, "record", {"caller_words": "She is locked in"}, f"go:/front-door/contact/{record.reference}/danger/")
    assert response["Location"].endswith("/danger/")
    assert Draft.objects.get(record=record).answers["caller_words"] == "She is locked in"


def test_what_is_missing_is_said_in_one_place_nothing_is_written_and_everything_typed_is_still_there(council, family):
    client = signed_in(council.screener)
    record, answers = two_of_three(client, family)
    response = press(
        client, record, "record", answers | {"how": "", "caller_words": "My own words", "received_on-day": "31", "received_on-month": "2"}
    )
    assert response.status_code == 422
    shown = page(response)
    assert "There is a problem" in shown
    assert "My own words" in shown
    assert 'value="31"' in shown
    assert "is not a day in the calendar" in shown
    assert not Contact.objects.exists()
    assert not FairCopy.objects.exists()


def test_a_child_described_but_not_looked_for_stops_the_contact_from_going_on(council, family):
    client = signed_in(council.screener)
    record, answers = two_of_three(client, family)
    describe(client, record, "child", given="Sam", family="Unknown")
    response = press(client, record, "record", answers)
    assert response.status_code == 422
    assert "Sam Unknown is described but not yet found or added" in page(response)


def test_the_same_words_for_two_children_are_refused_naming_both(council, family):
    client = signed_in(council.screener)
    record, answers = two_of_three(client, family)
    answers |= part(family[0], worry="Frightened, and hungry at school") | part(family[1], worry="frightened and hungry at school.")
    response = press(client, record, "record", answers)
    assert response.status_code == 422
    assert "Maya Adeyemi and Leo Adeyemi have the same words" in page(response)


def test_the_managers_page_has_the_recommendation_beside_the_decision(council, family):
    record = sent_for_decision(signed_in(council.screener), family)
    shown = page(signed_in(council.front_door_manager).get(f"/record/{record.reference}/decide/"))
    assert "An injury nobody explains" in shown
    assert "What is decided?" in shown
    assert "Send back" in shown


def test_whoever_wrote_the_contact_cannot_decide_it(council, family):
    record = sent_for_decision(signed_in(council.front_door_manager), family)
    shown = page(signed_in(council.front_door_manager).get(f"/record/{record.reference}/decide/"))
    assert "Somebody else must decide this" in shown


def test_decisions_are_per_child_and_only_the_referred_child_goes_on(council, family):
    record = sent_for_decision(signed_in(council.screener), family)
    decide(signed_in(council.front_door_manager), record, (family[0], "referral"), (family[1], "no_further_action"))
    referral = Record.objects.get(kind="front_door.referral")
    assert [link.child_id for link in referral.children.all()] == [family[0].pk]


def test_a_professional_hears_of_the_child_who_is_not_referred_now_and_of_the_other_later(council, family):
    record = sent_for_decision(signed_in(council.screener), family)
    decide(signed_in(council.front_door_manager), record, (family[0], "referral"), (family[1], "no_further_action"))
    feedback = Record.objects.get(kind="front_door.feedback")
    assert [link.child_id for link in feedback.children.all()] == [family[1].pk]
    assert "no further action" in Draft.objects.get(record=feedback).answers["words"]


def test_a_member_of_the_public_gets_a_receipt_and_never_an_outcome(council, family):
    record = sent_for_decision(signed_in(council.screener), family, source="1B")
    decide(signed_in(council.front_door_manager), record, (family[0], "referral"), (family[1], "no_further_action"))
    referral = Record.objects.get(kind="front_door.referral")
    draft = Draft.objects.get(record=referral).answers
    closed = press(signed_in(council.front_door_manager), referral, "decide", draft | {"is_nfa": "yes", "why": "Explained by the hospital"})
    assert closed.status_code == 302, page(closed).split("There is a problem")[1][:500]
    feedback = Record.objects.get(kind="front_door.feedback")
    answers = Draft.objects.get(record=feedback).answers
    assert answers["receipt_only"] == "yes"
    client = signed_in(council.screener)
    said = {**day("decided_on", TODAY), **day("told_on", TODAY), "how": "telephone"}
    outcome = press(client, feedback, "record", {**said, "receipt_only": "no", "words": "We closed it with no further action."})
    assert outcome.status_code == 422
    assert not Feedback.objects.exists()
    assert press(client, feedback, "record", {**said, "receipt_only": "yes", "words": "We closed it."}).status_code == 302
    assert Feedback.objects.get().words is None, "a receipt has no words of its own"


def test_a_referral_may_not_be_chosen_for_a_child_who_is_open(council, family):
    client = signed_in(council.screener)
    open_to_a_worker(council, family[0])
    record, answers = two_of_three(client, family)
    assert Draft.objects.get(record=record).answers[f"child-{family[0].reference}-recommended"] == "open_case", "offered already"
    response = press(client, record, "record", answers)
    assert response.status_code == 422
    assert "Maya Adeyemi is already open to Assessment North (Social Worker)" in page(response)


def test_a_worry_about_an_open_child_goes_to_the_worker_and_the_manager_today_and_makes_no_referral(council, family):
    client = signed_in(council.screener)
    open_to_a_worker(council, family[0])
    record, answers = two_of_three(client, family)
    press(client, record, "record", answers | part(family[0], recommended="open_case"))
    response = decide(signed_in(council.front_door_manager), record, (family[0], "referral"), (family[1], "no_further_action"))
    assert response.status_code == 422
    decide(signed_in(council.front_door_manager), record, (family[0], "open_case"), (family[1], "no_further_action"))
    assert not Record.objects.filter(kind="front_door.referral").exists()
    told = Task.objects.filter(record=record, what__startswith="Read today", due_on=TODAY)
    assert {task.worker.name if task.worker else task.team.name for task in told} == {"Social Worker", "Assessment North"}
    assert page(signed_in(council.social_worker).get(f"/record/{record.reference}/"))


def test_a_second_contact_while_a_referral_waits_makes_no_second_referral(council, family):
    record = sent_for_decision(signed_in(council.screener), family)
    decide(signed_in(council.front_door_manager), record, (family[0], "referral"), (family[1], "no_further_action"))
    client = signed_in(council.screener)
    again, answers = two_of_three(client, family)
    response = press(client, again, "record", answers)
    assert response.status_code == 422
    assert "waiting for a decision on a referral" in page(response)
