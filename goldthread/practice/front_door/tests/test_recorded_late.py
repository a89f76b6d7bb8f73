"""Words that an outage kept in the browser: the record says that they came late, and when they were written."""

from datetime import timedelta

import pytest
from django.utils import timezone

from goldthread.core.records.models import Draft, FairCopy
from goldthread.practice.front_door.tests.calls import page, press, signed_in, take_call, two_of_three

pytestmark = pytest.mark.django_db


def saved(client, record, held, revision):
    body = {"revision": revision, "tab": "a", "held": held, "answers": {"caller_words": "She came with a bruised arm."}}
    return client.post(f"/record/{record.reference}/record/draft", body, content_type="application/json")


def begun_hours_ago(record, hours):
    Draft.objects.filter(record=record).update(begun_at=timezone.now() - timedelta(hours=hours))


def test_a_call_written_while_the_server_was_away_says_so_on_the_screen_and_in_print(council, family):
    client = signed_in(council.screener)
    record, answers = two_of_three(client, family)
    begun_hours_ago(record, 3)
    assert saved(client, record, 40 * 60, Draft.objects.get(record=record).revision).status_code == 200
    press(client, record, "record", answers)
    copy = FairCopy.objects.get(record=record)
    assert copy.held_until - copy.held_from == timedelta(minutes=40)
    for address in (f"/record/{record.reference}/", f"/record/{record.reference}/?print=1"):
        assert "Recorded late because of an outage." in page(client.get(address))


def test_the_blink_of_a_minute_is_not_an_outage(council):
    client = signed_in(council.screener)
    record = take_call(client)
    saved(client, record, 59, 0)
    assert Draft.objects.get(record=record).held_from is None


def test_two_outages_are_told_from_the_first_word_to_the_last_arrival(council):
    client = signed_in(council.screener)
    record = take_call(client)
    begun_hours_ago(record, 5)
    saved(client, record, 7200, 0)
    first = Draft.objects.get(record=record)
    saved(client, record, 600, 1)
    second = Draft.objects.get(record=record)
    assert second.held_from == first.held_from and second.held_until > first.held_until


def test_no_browser_can_say_that_words_are_older_than_their_form(council):
    client = signed_in(council.screener)
    record = take_call(client)
    begun_hours_ago(record, 2)
    saved(client, record, 10**9, 0)
    draft = Draft.objects.get(record=record)
    assert draft.held_from == draft.begun_at


def test_a_save_that_says_nonsense_of_its_wait_is_refused_and_writes_nothing(council):
    client = signed_in(council.screener)
    record = take_call(client)
    assert saved(client, record, "since Tuesday", 0).status_code == 400
    assert Draft.objects.get(record=record).answers.get("caller_words") is None


def test_what_was_written_on_time_says_nothing_of_it(council, family):
    client = signed_in(council.screener)
    record, answers = two_of_three(client, family)
    press(client, record, "record", answers)
    assert "Recorded late" not in page(client.get(f"/record/{record.reference}/"))
