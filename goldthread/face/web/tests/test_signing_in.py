"""Signing in, staying signed in, and losing nothing when away."""

import re

import pytest
from django.test import Client

from goldthread.core.records.drafts import open_draft
from goldthread.face.web.tests.busy import small_council
from goldthread.face.web.tests.pages import by_phrase, signed_in, sound, with_an_app
from goldthread.ground.access.models import SignInTry
from goldthread.ground.access.queries import FROM_ONE_PLACE
from goldthread.ground.audit.acting import acting

PHRASE = "four good words here"


def try_in(client, username="amina", phrase=PHRASE, **more):
    return by_phrase(client, username, phrase, **more)


@pytest.fixture(autouse=True)
def everybody_has_an_app(request):
    """So that a sign-in here is a pass phrase and a code; setting one up is told in test_second_step.py."""
    for name in {"council", "busy"} & set(request.fixturenames):
        for user in request.getfixturevalue(name).users.values():
            with_an_app(user)


def test_the_right_pass_phrase_and_a_code_lead_to_my_work_and_are_written_down(council):
    client = Client()
    response = try_in(client)
    assert response.headers["Location"] == "/"
    assert client.get("/").status_code == 200
    tries = SignInTry.objects.order_by("pk")
    assert [(tried.how, tried.worked, tried.user, tried.address) for tried in tries] == [
        (SignInTry.PASS_PHRASE, True, council.users["amina"], "127.0.0.1"),
        (SignInTry.RECOVERY, True, council.users["amina"], "127.0.0.1"),
    ]


def test_a_wrong_pass_phrase_says_the_same_whether_or_not_there_is_such_a_person(council):
    wrong = try_in(Client(), phrase="no")
    nobody = try_in(Client(), username="nobody", phrase="no")
    assert wrong.status_code == nobody.status_code == 422
    assert "do not go together" in wrong.content.decode()
    assert list(SignInTry.objects.values_list("worked", flat=True)) == [False, False]


def test_guessing_is_stopped_for_a_while_even_with_the_right_phrase_but_not_for_others(council):
    for _ in range(FROM_ONE_PLACE):
        try_in(Client(), phrase="no")
    assert try_in(Client()).status_code == 429
    assert try_in(Client(), username="ben").status_code == 302
    assert try_in(Client(REMOTE_ADDR="10.0.0.9")).status_code == 302, "the worker on duty elsewhere is never locked out by it"


def test_where_they_were_going_is_kept_but_never_another_site(council):
    assert try_in(Client(), next="/team/").headers["Location"] == "/team/"
    assert try_in(Client(), next="https://example.org/").headers["Location"] == "/"


def test_signing_out_ends_it(council):
    client = signed_in(council.users["amina"])
    client.post("/sign-out/")
    assert client.get("/").status_code == 302


def test_somebody_away_too_long_is_asked_again_and_what_they_typed_is_offered_back(busy, time_machine):
    time_machine.move_to("2026-11-24T10:00:00Z", tick=False)
    record = busy.records[0]
    with acting(busy.users["amina"]):
        open_draft(record=record, step="write", by=busy.users["amina"])
    address = f"/record/{record.reference}/write/"
    client = Client()
    try_in(client)
    assert client.get(address).status_code == 200
    time_machine.move_to("2026-11-24T11:00:00Z", tick=False)
    typed = {"analysis": "A long afternoon’s thinking", "revision": "0", "press": "save"}
    assert client.post(address, typed).headers["Location"] == "/sign-in/"
    assert "What you typed is kept" in client.get("/sign-in/").content.decode()
    assert try_in(client).headers["Location"] == "/sign-in/kept/"
    html = sound(client, "/sign-in/kept/")
    assert "A long afternoon’s thinking" in html and f'action="{address}"' in html
    client.post(address, typed)
    assert client.get("/sign-in/kept/").status_code == 302, "once sent, it is no longer offered"


def test_what_was_typed_is_never_offered_to_somebody_else_on_the_same_machine(busy, time_machine):
    time_machine.move_to("2026-11-24T10:00:00Z", tick=False)
    client = Client()
    try_in(client)
    client.get("/")
    time_machine.move_to("2026-11-24T11:00:00Z", tick=False)
    client.post(f"/record/{busy.records[0].reference}/write/", {"analysis": "Secret", "revision": "0"})
    assert try_in(client, username="ines").headers["Location"] == "/"
    assert "Secret" not in client.get("/sign-in/kept/", follow=True).content.decode()


def test_a_form_opened_before_the_last_sign_in_is_offered_again_when_our_own_page_sent_it(busy):
    client = Client(enforce_csrf_checks=True)
    with acting(busy.users["amina"]):
        client.force_login(busy.users["amina"])
    ours = client.post("/team/cover/", {"words": "Typed"}, headers={"origin": "http://testserver"})
    theirs = client.post("/team/cover/", {"words": "Typed"}, headers={"origin": "http://evil.example"})
    assert (ours.status_code, theirs.status_code) == (403, 403)
    assert "Typed" in ours.content.decode() and "Typed" not in theirs.content.decode()


@pytest.fixture
def demo(db):
    with acting(None, system="test"):
        return small_council(is_demo=True)


def test_a_demo_on_this_machine_lists_everybody_by_role_and_lets_them_in_with_one_press(demo):
    client = Client(headers={"host": "127.0.0.1"})
    html = sound(client, "/sign-in/")
    for worker in demo.workers.values():
        assert worker.name in html
    assert client.post("/sign-in/as/clare/").headers["Location"] == "/"


@pytest.mark.parametrize("more", [{"REMOTE_ADDR": "10.0.0.9"}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, {"HTTP_HOST": "testserver"}])
def test_one_press_is_refused_from_anywhere_else(demo, more):
    client = Client(**{"HTTP_HOST": "127.0.0.1", **more})
    assert client.post("/sign-in/as/clare/").status_code == 404
    assert "Go in as" not in client.get("/sign-in/").content.decode()


def test_one_press_is_refused_where_real_children_are(council):
    assert Client(headers={"host": "127.0.0.1"}).post("/sign-in/as/clare/").status_code == 404


def test_a_pass_phrase_is_masked_and_may_be_pasted_or_filled_in_by_a_manager(council):
    box = re.search(r'<input[^>]*name="pass_phrase"[^>]*>', Client().get("/sign-in/").content.decode())
    assert box is not None and 'type="password"' in box[0] and 'autocomplete="current-password"' in box[0]
    assert "maxlength" not in box[0] and "paste" not in box[0]
