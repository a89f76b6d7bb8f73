"""Where one is signed in, signing out elsewhere, and falling asleep by duty."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from goldthread.face.web.own_sessions import browser_in_words
from goldthread.face.web.tests.pages import a_new_phrase, by_phrase, signed_in, sound, with_an_app
from goldthread.ground.audit.models import Change
from goldthread.ground.boot.settings import settings as product

PHRASE = "four good words here"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"


@pytest.mark.parametrize(
    ("says", "words"), [(FIREFOX, "Firefox on Windows"), (EDGE, "Edge on Windows"), (IPHONE, "Safari on iPhone"), ("", "A browser")]
)
def test_a_browser_is_told_in_words(says, words):
    assert browser_in_words(says) == words


def two_places(user):
    with_an_app(user)
    desk, telephone = Client(headers={"user-agent": FIREFOX}), Client(headers={"user-agent": IPHONE}, REMOTE_ADDR="10.0.0.9")
    for client in (desk, telephone):
        by_phrase(client, user.username, PHRASE)
        assert client.get("/").status_code == 200
    return desk, telephone


def test_every_place_is_listed_and_those_elsewhere_are_signed_out_with_a_line_in_the_trail(council):
    amina = council.users["amina"]
    desk, telephone = two_places(amina)
    html = sound(desk, "/sign-in/yours/")
    assert "Firefox on Windows, this one" in html and "Safari on iPhone" in html and "10.0.0.9" in html and "last heard" in html
    desk.post("/sign-in/yours/sessions/end/")
    assert desk.get("/").status_code == 200 and telephone.get("/").status_code == 302
    assert "Safari on iPhone" not in sound(desk, "/sign-in/yours/")
    gone = Change.objects.get(table="usersessions_usersession", op="D")
    assert (gone.actor, gone.purpose) == (f"user:{amina.pk}", "signed out elsewhere")
    assert gone.was["ip"] == "10.0.0.9" and gone.was["session_key"].startswith("hidden")


def test_an_administrator_signs_somebody_out_everywhere_and_nobody_else_may(council):
    clients = two_places(council.users["amina"])
    address = f"/set-up/workers/{council.workers['amina'].pk}/sign-out/"
    assert signed_in(council.users["ben"]).post(address).status_code == 404
    joan = signed_in(council.users["joan"])
    assert "signed out in 2 places" in joan.post(address, follow=True).content.decode()
    assert [client.get("/").status_code for client in clients] == [302, 302]


def test_whoever_has_left_or_is_given_another_phrase_is_out_at_once(council):
    clients = two_places(council.users["amina"])
    joan = signed_in(council.users["joan"])
    a_new_phrase(joan, signed_in(council.users["clare"]), council.workers["amina"])
    assert [client.get("/").status_code for client in clients] == [302, 302]
    assert Change.objects.filter(table="usersessions_usersession", op="D").count() == 2


def test_an_administrator_falls_asleep_sooner_than_a_social_worker(council, monkeypatch, time_machine):
    monkeypatch.setattr(product, "idle_minutes_by_duty", "administrator:15")
    clients = {}
    time_machine.move_to("2026-11-24T10:00:00Z", tick=False)
    for name in ("amina", "joan"):
        with_an_app(council.users[name])
        clients[name] = Client()
        by_phrase(clients[name], name, PHRASE)
        assert clients[name].get("/").status_code == 200
    time_machine.move_to("2026-11-24T10:20:00Z", tick=False)
    assert (clients["joan"].get("/").status_code, clients["amina"].get("/").status_code) == (302, 200)


def test_after_a_working_day_somebody_who_never_stopped_signs_in_again(council, time_machine):
    with_an_app(council.users["amina"])
    client, start = Client(), datetime(2026, 11, 24, 6, tzinfo=UTC)
    time_machine.move_to(start, tick=False)
    by_phrase(client, "amina", PHRASE)
    answers = []
    for minutes in range(0, 15 * 60, 20):
        time_machine.move_to(start + timedelta(minutes=minutes), tick=False)
        answers.append(client.get("/").status_code)
    assert answers == [200] * 43 + [302] * 2, "after fourteen hours, whatever they did meanwhile"
    by_phrase(client, "amina", PHRASE)
    assert client.get("/").status_code == 200


def test_each_sign_in_has_a_new_key_and_the_one_before_it_opens_nothing(council):
    with_an_app(council.users["amina"])
    client = Client()
    keys = []
    for _ in range(2):
        by_phrase(client, "amina", PHRASE)
        keys.append(client.cookies["sessionid"].value)
        assert client.get("/").status_code == 200
        client.post("/sign-out/")
    assert len(set(keys)) == 2
    client.cookies["sessionid"] = keys[0]
    assert client.get("/").status_code == 302
