"""The board, the record as written, putting it right, and what a draft keeps."""

import json
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldthread.core.records.actions import take_off_child
from goldthread.core.records.models import Draft, Record
from goldthread.ground.access.actions import restrict
from goldthread.ground.audit.models import Reading
from goldthread.practice.front_door import board
from goldthread.practice.front_door.tests.calls import (
    CALL,
    TODAY,
    day,
    decide,
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


def test_somebody_with_no_duty_at_the_front_door_cannot_open_the_call_or_the_board(council, family):
    record = sent_for_decision(signed_in(council.screener), family)
    other = signed_in(council.other_worker)
    assert other.get(f"/record/{record.reference}/").status_code == 404
    assert other.get("/front-door/").status_code == 404
    assert Reading.objects.filter(act="refused", user_id=council.other_worker.pk).count() == 2


def test_a_protected_caller_is_in_no_headline_list_or_print_and_no_other_workers_page(council, family):
    client = signed_in(council.screener)
    open_to_a_worker(council, family[0])
    record, answers = two_of_three(client, family)
    answers |= part(family[0], recommended="open_case") | {"caller_is_protected": "yes", "source": "1B"}
    press(client, record, "record", answers)
    decide(signed_in(council.front_door_manager), record, (family[0], "open_case"), (family[1], "referral"))
    for one in Record.objects.all():
        assert "neighbour" not in one.headline.lower()
        assert "Penhaligon" not in one.headline
    assert "Penhaligon" in page(client.get(f"/record/{record.reference}/")), "the front door may ring back"
    worker = page(signed_in(council.social_worker).get(f"/record/{record.reference}/"))
    printed = page(client.get(f"/record/{record.reference}/?print=1"))
    board = page(client.get("/front-door/"))
    for shown in (worker, printed, board):
        assert "Penhaligon" not in shown
        assert "Head teacher" not in shown
    assert "Withheld: who told us is protected." in worker
    assert "neighbours" not in board


def test_an_autosaved_draft_takes_a_half_typed_day_and_gives_it_back(council):
    client = signed_in(council.screener)
    record = take_call(client)
    url = f"/record/{record.reference}/record/draft"
    body = {
        "revision": 0,
        "tab": "a",
        "answers": {"caller_words": "Half a sen", "received_on": {"day": "12", "month": "", "year": "", "time": ""}},
    }
    first = client.post(url, body, content_type="application/json")
    assert first.json()["revision"] == 1
    assert Draft.objects.get(record=record).answers["received_on-day"] == "12"
    late = client.post(url, body, content_type="application/json")
    assert late.status_code == 200, "the same page, whose answer to the first save was lost on the way"
    other = client.post(url, {**body, "tab": "b"}, content_type="application/json")
    assert other.status_code == 409
    assert other.json()["answers"]["received_on"] == {"day": "12", "month": "", "year": "", "time": ""}


def board_queries(client):
    with CaptureQueriesContext(connection) as captured:
        response = client.get("/front-door/")
    return response, [
        q["sql"]
        for q in captured
        if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "SELECT set_config", "SELECT coalesce(current", 'SELECT "dated_edition"'))
    ]


def test_the_board_has_a_card_for_each_call_danger_first_with_its_clock_and_earlier_contacts(council, family):
    client = signed_in(council.screener)
    sent_for_decision(client, family)
    again = take_call(client)
    client.post(f"/front-door/contact/{again.reference}/danger/", {"what": "Being hit now"})
    shown = page(client.get("/front-door/"))
    assert "Maya Adeyemi and Leo Adeyemi" in shown
    assert "Immediate danger" in shown
    assert "Local" in shown
    assert "From: School" in shown
    filtered = page(client.get("/front-door/?only=danger"))
    assert "Maya Adeyemi and Leo Adeyemi" not in filtered
    assert "Showing:" in filtered


def test_a_long_column_shows_its_first_cards_and_leads_to_the_rest_page_by_page(council, family, monkeypatch):
    monkeypatch.setattr(board, "IN_A_COLUMN", 2)
    monkeypatch.setattr(board, "ON_A_PAGE", 2)
    client = signed_in(council.screener)
    for _ in range(5):
        take_call(client)
    whole = page(client.get("/front-door/"))
    assert "All 5 of this column" in whole and whole.count("gt-card__heading") == 2
    second = page(client.get("/front-door/?column=new&page=2"))
    assert "3 to 4 of 5" in second and "page=3" in second
    assert page(client.get("/front-door/?column=new&page=3")).count("gt-card__heading") == 1
    assert "Nothing on this page, of 5" in page(client.get("/front-door/?column=new&page=9"))


def test_the_board_asks_the_same_few_queries_however_many_cards_there_are(council, family):
    client = signed_in(council.screener)
    sent_for_decision(client, family)
    board_queries(client)  # the rules are read once and kept
    _, few = board_queries(client)
    for _ in range(6):
        take_call(client)
    _, many = board_queries(client)
    assert len(many) == len(few), "\n".join(many)
    about_the_board = [sql for sql in many if "django_session" not in sql and "access_user" not in sql.split("WHERE")[0]]
    assert len(about_the_board) <= 12, "\n".join(sql[:140] for sql in about_the_board)


def test_correcting_keeps_the_earlier_version_and_asks_why(council, family):
    client = signed_in(council.screener)
    record = sent_for_decision(client, family)
    url = f"/record/{record.reference}/put-right/record/"
    shown = page(client.get(url))
    assert "Bruises on both of her arms" in shown
    answers = CALL | day("received_on", TODAY) | {"caller_words": "Maya had bruises on one arm."}
    answers |= part(family[0], worry="Bruises on one arm only", recommended="referral", recommended_why="Unexplained")
    answers |= part(family[1], worry="Silent and frightened in class", recommended="referral", recommended_why="May have seen it")
    refused = client.post(url, {**answers, "revision": 0})
    assert refused.status_code == 422
    assert "Maya had bruises on one arm." in page(refused)
    assert client.post(url, {**answers, "revision": 1, "correction_why": "The head rang again"}).status_code == 302
    assert not record.drafts.exists()
    shown = page(client.get(f"/record/{record.reference}/"))
    assert "The head rang again" in shown
    assert "Maya came in with bruises" in page(client.get(f"/record/{record.reference}/?version=1"))


def test_a_correction_is_kept_as_it_is_typed_and_changes_nothing_until_it_is_made(council, family):
    client = signed_in(council.screener)
    record = sent_for_decision(client, family)
    url = f"/record/{record.reference}/put-right/record/"
    page(client.get(url))
    assert not record.drafts.filter(step__startswith="correct").exists(), "looking is not correcting"
    typed = {"caller_words": "Maya had bruises on one", "received_on": {"day": "12", "month": "3", "year": ""}}
    saved = client.post(f"{url}draft", json.dumps({"revision": 0, "answers": typed}), content_type="application/json")
    assert saved.status_code == 200 and saved.json()["revision"] == 1
    looks = Reading.objects.filter(what=f"record {record.reference}").count()
    client.post(f"{url}draft", json.dumps({"revision": 0, "answers": typed}), content_type="application/json")
    assert Reading.objects.filter(what=f"record {record.reference}").count() == looks, "saving is no look"
    shown = page(client.get(url))
    assert "Maya had bruises on one" in shown and "Maya came in with bruises" not in shown
    shown = page(client.get(f"/record/{record.reference}/"))
    assert "Maya came in with bruises" in shown and "begun: what was typed is kept" in shown
    late = client.post(f"{url}draft", json.dumps({"revision": 0, "answers": {"caller_words": "Mine"}}), content_type="application/json")
    assert late.status_code == 409 and late.json()["answers"]["caller_words"] == "Maya had bruises on one"
    assert client.post(url, {"revision": 1, "press": "save", "caller_words": "Maya had bruises"}).status_code == 302
    assert "Maya had bruises" in page(client.get(url))
    client.post(url, {"press": "discard"})
    assert "Maya came in with bruises" in page(client.get(url))
    client.force_login(council.other_worker)
    assert client.post(f"{url}draft", "{}", content_type="application/json").status_code == 404


def test_a_child_is_taken_off_with_a_reason_and_a_trace(council, family):
    client = signed_in(council.screener)
    record = sent_for_decision(client, family)
    url = f"/record/{record.reference}/put-right/take-off/"
    assert client.post(url, {"child": family[1].reference}).status_code == 422
    page(client.get(url))
    client.post(url, {"child": family[1].reference, "reason": "wrong_child", "why": "It was about a cousin of the same name"})
    assert record.children.get(child=family[1]).removed_why.startswith("Written on the wrong child")
    assert "It was about a cousin" in page(client.get(f"/record/{record.reference}/"))


def test_a_restricted_child_taken_off_is_neither_named_nor_read_of_in_their_own_part(council, family):
    client = signed_in(council.screener)
    record = sent_for_decision(client, family)
    assert "Silent and frightened in class" in page(client.get(f"/record/{record.reference}/"))
    take_off_child(record=record, child=family[1].pk, why="It was about a cousin of Leo Adeyemi", by=council.screener)
    restrict(person=family[1].pk, why="A member of staff", lead_name="Pat Lead", lead_phone="1", by=council.front_door_manager)
    shown = page(client.get(f"/record/{record.reference}/"))
    assert "Taken off a child’s file." in shown and "Bruises on both of her arms" in shown
    assert "Silent and frightened in class" not in shown and "Leo Adeyemi" not in shown


def test_a_withdrawn_record_stays_marked_with_its_reason(council, family):
    client = signed_in(council.screener)
    record = sent_for_decision(client, family)
    url = f"/record/{record.reference}/put-right/withdraw/"
    page(client.get(url))
    assert client.post(url, {"reason": "duplicate"}).status_code == 422
    client.post(url, {"reason": "duplicate", "why": "The same call was written down twice"})
    assert "Withdrawn" in page(client.get(f"/record/{record.reference}/"))
    assert "Maya Adeyemi" not in page(client.get("/front-door/"))


def test_a_version_written_in_summer_is_told_in_englands_time(council, family):
    record = sent_for_decision(signed_in(council.screener), family)
    record.fair_copies.update(made_at=datetime(2026, 7, 1, 11, 0, tzinfo=UTC))
    assert "1 July 2026 at 12:00" in page(signed_in(council.screener).get(f"/record/{record.reference}/"))


def test_a_manager_sends_the_contact_back_and_the_writer_finds_every_answer_and_the_words(council, family):
    record = sent_for_decision(signed_in(council.screener), family)
    manager = signed_in(council.front_door_manager)
    assert press(manager, record, "decide", {"send_back_words": ""}, "send_back").status_code == 422
    press(manager, record, "decide", {"send_back_words": "What does the school nurse say?"}, "send_back")
    shown = page(signed_in(council.screener).get(f"/record/{record.reference}/record/"))
    assert "What does the school nurse say?" in shown
    assert "Bruises on both of her arms" in shown
    assert "Sent back" in page(manager.get("/front-door/"))
