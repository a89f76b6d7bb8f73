"""14:32 on a Monday: the primary is away, and a standby is read. Nobody looks without a trace, and nothing is saved."""

import json
from datetime import date, timedelta

import pytest
import time_machine
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.test import Client
from django.utils import timezone

from goldthread.ground.audit import spool
from goldthread.ground.audit.acting import acting
from goldthread.ground.audit.models import Reading, Replay
from goldthread.ground.boot.outages import AWAY, NO_TRACE
from goldthread.ground.boot.settings import settings
from goldthread.ground.boot.standby import ALIAS, PRIMARY
from goldthread.pathway.tests.people import child, small_council

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def council():
    with acting(system="test"):
        return small_council()


@pytest.fixture
def spooled(tmp_path, monkeypatch):
    """This web server's own folder."""
    monkeypatch.setattr(settings, "data_dir", tmp_path)
    return tmp_path / "looks"


@pytest.fixture
def standby(monkeypatch, spooled):
    """A second connection that may write nothing stands in for a standby."""
    second = {
        **connection.settings_dict,
        "OPTIONS": {**connection.settings_dict["OPTIONS"], "options": "-c default_transaction_read_only=on"},
    }
    monkeypatch.setattr(settings, "database_standby_url", "postgresql://app@standby/goldthread")
    connections[ALIAS] = type(connections[DEFAULT_DB_ALIAS])(second, ALIAS)
    yield
    connections[ALIAS].close()
    del connections[ALIAS]
    PRIMARY.answers()


@pytest.fixture
def primary(standby, monkeypatch):
    """Goes away, and comes back."""
    there = connection.settings_dict["HOST"]

    class Switch:
        def goes(self) -> None:
            connection.close()
            monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")

        def comes_back(self) -> None:
            monkeypatch.setitem(connection.settings_dict, "HOST", there)
            PRIMARY.tried = 0.0

    return Switch()


@pytest.fixture
def sam(council):
    with acting(council.screener):
        return child("Sam Okoro", date(2018, 3, 2))


@pytest.fixture
def screen(council, client, sam):
    """The front-door worker's browser, in the middle of the day's work."""
    client.raise_request_exception = False
    with acting(council.screener):
        client.force_login(council.screener)
    assert client.get("/").status_code == 200
    return client


def lines(spooled) -> list[dict]:
    return [json.loads(line) for line in (spooled / "spool").read_text().splitlines()] if (spooled / "spool").exists() else []


def test_summary_alerts_and_whom_to_ring_are_read_and_each_look_stands_on_this_machines_disk(screen, sam, primary, spooled, council):
    primary.goes()
    for path in (
        "/",
        "/search/?q=Sam+Okoro",
        f"/child/{sam.reference}/",
        f"/child/{sam.reference}/alerts/",
        f"/child/{sam.reference}/people/",
    ):
        answer = screen.get(path)
        assert answer.status_code == 200, path
        assert f"Read only since {timezone.localtime():%H:}" in answer.content.decode(), path
    assert "Sam Okoro" in answer.content.decode()
    assert [one["act"] for one in lines(spooled)] == ["list", "search", "view", "view", "view"]
    assert [one["people"] for one in lines(spooled)][2:] == [[sam.pk]] * 3
    assert {one["user_id"] for one in lines(spooled)} == {council.screener.pk}


def test_a_note_cannot_be_begun_there(screen, sam, primary):
    assert "data-quick-note" in screen.get(f"/child/{sam.reference}/").content.decode()
    primary.goes()
    html = screen.get(f"/child/{sam.reference}/").content.decode()
    assert "data-quick-note" not in html and "No note can be kept now" in html


def test_who_may_see_is_decided_by_the_same_words_and_a_try_is_written_down(council, sam, primary, spooled):
    stranger = Client(raise_request_exception=False)
    with acting(council.other_worker):
        stranger.force_login(council.other_worker)
    stranger.get("/")
    primary.goes()
    answer = stranger.get(f"/child/{sam.reference}/")
    assert answer.status_code == 404 and "Sam" not in answer.content.decode()
    assert [(one["act"], one["people"]) for one in lines(spooled)] == [("refused", [sam.pk])]
    assert Client().get(f"/child/{sam.reference}/").headers["Location"].startswith("/sign-in/")


def test_where_the_look_cannot_be_written_down_nobody_looks(screen, sam, primary, spooled):
    spooled.write_text("a file where the folder should be")
    primary.goes()
    answer = screen.get(f"/child/{sam.reference}/")
    assert answer.status_code == 503 and NO_TRACE.heading in answer.content.decode()
    assert "Sam" not in answer.content.decode()


def test_whatever_else_is_asked_says_that_nothing_can_be_saved(screen, sam, primary):
    primary.goes()
    screen.get("/")
    for answer in (
        screen.get(f"/child/{sam.reference}/note/"),
        screen.get("/set-up/"),
        screen.post(f"/child/{sam.reference}/quick-note/", {"words": "x"}),
    ):
        assert answer.status_code == 503 and "nothing can be saved now" in answer.content.decode()
    told = screen.post("/record/none/record/draft", "{}", content_type="application/json", headers={"accept": "application/json"})
    assert told.status_code == 503 and "waits in your browser" in told.json()["problem"]


def test_whoever_signs_out_is_signed_out_in_this_browser(screen, sam, primary):
    primary.goes()
    assert "You are signed out in this browser" in screen.post("/sign-out/").content.decode()
    assert screen.get(f"/child/{sam.reference}/").status_code == 302


def test_back_again_each_look_is_in_the_log_once_with_its_own_moment(screen, sam, primary, spooled):
    primary.goes()
    screen.get(f"/child/{sam.reference}/")
    (look,) = lines(spooled)
    kept = (spooled / "spool").read_bytes()
    primary.comes_back()
    assert "Read only" not in screen.get("/").content.decode()
    written = Reading.objects.get(purpose=spool.FROM_STANDBY)
    assert (written.at.isoformat(), written.act, written.people) == (look["at"], "view", [sam.pk])
    assert spool.waiting() == []
    # Killed between the commit and the file's end: the file is there again, and its looks are not taken twice.
    (spooled / f"{Replay.objects.get().spool}.jsonl").write_bytes(kept)
    assert spool.replay() == 0 and spool.waiting() == []
    assert Reading.objects.filter(purpose=spool.FROM_STANDBY).count() == 1


def test_a_line_that_was_never_finished_spoils_none_after_it(screen, sam, primary, spooled):
    spooled.mkdir()
    (spooled / "spool").write_bytes(b'{"actor": "user:1", "wh')
    primary.goes()
    screen.get(f"/child/{sam.reference}/")
    primary.comes_back()
    assert spool.replay() == 1
    assert Reading.objects.filter(people=[sam.pk], purpose=spool.FROM_STANDBY).count() == 1


def test_somebody_who_left_their_desk_falls_asleep_all_the_same(screen, sam, primary):
    primary.goes()
    assert screen.get(f"/child/{sam.reference}/").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=20)):
        assert screen.get(f"/child/{sam.reference}/").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=45)):
        assert screen.get(f"/child/{sam.reference}/").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=80)):
        assert screen.get(f"/child/{sam.reference}/").status_code == 302


def test_without_a_standby_the_page_says_what_it_said(screen, sam, monkeypatch):
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
    answer = screen.get(f"/child/{sam.reference}/")
    assert answer.status_code == 503 and AWAY.heading in answer.content.decode()
