"""The second step: set up at the first sign-in, asked for at every other, and taken off by an administrator."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from goldthread.face.web.tests.pages import a_code_of, a_new_phrase, by_phrase, code_now, problems_of, signed_in, sound, with_an_app
from goldthread.ground.access.actions import choose_phrase
from goldthread.ground.access.models import SignInTry, User
from goldthread.ground.access.queries import FROM_ONE_PLACE, WITHIN
from goldthread.ground.audit.acting import acting
from goldthread.ground.audit.models import Change
from goldthread.ground.boot.field_keys import new_key
from goldthread.ground.boot.settings import settings

PHRASE = "four good words here"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOON = "2026-11-24T12:00:00Z"


def phrase_alone(client, username="amina", **more):
    return client.post("/sign-in/", {"username": username, "pass_phrase": PHRASE, **more})


def test_a_pass_phrase_alone_opens_one_page_until_a_second_step_is_set_up(council, time_machine):
    time_machine.move_to(NOON, tick=False)
    client = Client()
    phrase_alone(client, next="/team/")
    assert client.get("/team/").headers["Location"] == "/sign-in/yours/"
    html = sound(client, "/sign-in/yours/")
    assert "Set up a second step" in html and "My work" not in html, "no way about before"
    assert client.get("/search/?q=Amara").headers["Location"] == "/sign-in/yours/"
    assert client.get("/away/worker.js").status_code == 200, "asked for by the browser: nobody is going there"
    assert client.post("/api/", {}, content_type="application/json").status_code in (401, 404)
    shown = sound(client, "/sign-in/yours/app/")
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", shown)[1].replace(" ", "")
    assert "did not fit" in client.post("/sign-in/yours/app/", {"code": "000000"}).content.decode()
    assert client.post("/sign-in/yours/app/", {"code": code_now(secret)}).headers["Location"] == "/sign-in/yours/recovery-codes/"
    codes = sound(client, "/sign-in/yours/recovery-codes/")
    assert len(re.findall(r"<code>\d{4} \d{4}</code>", codes)) == 10
    assert 'href="/search/?q=Amara"' in codes, "on to where they were going"
    assert client.get("/team/").status_code == 200
    assert not re.findall(r"<code>\d", sound(client, "/sign-in/yours/recovery-codes/")), "shown once"


def test_the_code_of_the_app_is_asked_for_after_the_pass_phrase_and_works_once(council, time_machine):
    time_machine.move_to(NOON, tick=False)
    with_an_app(council.users["amina"])
    client = Client()
    assert phrase_alone(client, next="/team/").headers["Location"] == "/sign-in/second-step/"
    assert client.get("/team/").status_code == 302, "nobody is signed in between the steps"
    sound(client, "/sign-in/second-step/")
    wrong = client.post("/sign-in/second-step/", {"code": "000000"})
    assert "did not fit" in wrong.content.decode()
    assert client.post("/sign-in/second-step/", {"code": code_now(SECRET)}).headers["Location"] == "/team/"
    assert client.get("/team/").status_code == 200
    other = Client()
    phrase_alone(other)
    assert other.post("/sign-in/second-step/", {"code": code_now(SECRET)}).status_code == 422, "read over a shoulder, it opens nothing"
    assert list(SignInTry.objects.order_by("pk").values_list("how", "worked"))[:3] == [
        ("pass_phrase", True),
        ("code", False),
        ("code", True),
    ]


def test_guessing_codes_is_slowed_down_and_the_slowing_lifts_by_itself(council):
    with_an_app(council.users["amina"])
    client = Client()
    phrase_alone(client)
    for _ in range(FROM_ONE_PLACE):
        client.post("/sign-in/second-step/", {"code": "000000"})
    refused = client.post("/sign-in/second-step/", {"code": a_code_of("amina")})
    assert "Wait a quarter of an hour" in refused.content.decode()
    with acting(system="test"):
        SignInTry.objects.filter(worked=False).update(at=timezone.now() - WITHIN)
    assert client.post("/sign-in/second-step/", {"code": a_code_of("amina")}).headers["Location"] == "/"


def test_a_recovery_code_used_and_a_passkey_taken_off_are_in_the_trail_without_the_secret(council):
    user = council.users["amina"]
    with_an_app(user)
    client = Client()
    by_phrase(client, "amina", PHRASE)
    kept = Authenticator.objects.get(user=user, type="recovery_codes")
    lines = Change.objects.filter(table="mfa_authenticator", row=kept.pk).order_by("pk")
    assert lines.last().actor == f"user:{user.pk}"
    assert any("data" in (line.now or {}) for line in lines.filter(op="U")), "that a code was used"
    assert kept.data["seed"] not in "".join(str(line.now) for line in lines)


def test_where_the_key_is_missing_a_code_opens_nothing_and_the_page_says_why(council, monkeypatch):
    with_an_app(council.users["amina"])
    code = a_code_of("amina")
    monkeypatch.setattr(settings, "field_keys", new_key())
    client = Client()
    phrase_alone(client)
    refused = client.post("/sign-in/second-step/", {"code": code})
    assert refused.status_code == 422 and "the key that they are kept by is missing here" in refused.content.decode()
    assert "10 left" in sound(signed_in(council.users["amina"]), "/sign-in/yours/")


def test_a_session_that_showed_a_pass_phrase_alone_ends_when_the_owner_sets_up_a_second_step_elsewhere(council):
    client = Client()
    phrase_alone(client)
    with_an_app(council.users["amina"])
    assert client.get("/sign-in/yours/passkeys/add/").headers["Location"] == "/sign-in/"
    assert "_auth_user_id" not in client.session


def test_what_protects_the_sign_in_is_changed_only_after_showing_again_that_it_is_you(council, time_machine):
    time_machine.move_to(NOON, tick=False)
    with_an_app(council.users["amina"])
    client = signed_in(council.users["amina"])
    assert client.get("/sign-in/yours/passkeys/add/").headers["Location"].startswith("/sign-in/again/")
    sound(client, "/sign-in/again/code/?next=/sign-in/yours/passkeys/add/")
    html = sound(client, "/sign-in/again/?next=/sign-in/yours/passkeys/add/")
    assert 'value="/sign-in/yours/passkeys/add/"' in html
    refused = client.post("/sign-in/again/", {"password": "no", "next": "/sign-in/yours/passkeys/add/"})
    assert "do not go together" in refused.content.decode()
    allowed = client.post("/sign-in/again/", {"password": PHRASE, "next": "/sign-in/yours/passkeys/add/"})
    assert allowed.headers["Location"] == "/sign-in/yours/passkeys/add/"
    sound(client, "/sign-in/yours/passkeys/add/")
    only = sound(client, "/sign-in/yours/app/remove/")
    assert "your only second step" in only


def test_a_worker_who_has_gone_is_refused_after_the_right_pass_phrase_and_code(council):
    with_an_app(council.users["amina"])
    client = Client()
    phrase_alone(client)
    council.users["amina"].is_active = False
    with acting(system="test"):
        council.users["amina"].save()
    client.post("/sign-in/second-step/", {"code": a_code_of("amina")})
    assert client.get("/team/").status_code == 302


@pytest.mark.parametrize("address", ["/sign-in/signup/", "/accounts/signup/", "/sign-in/password/reset/", "/sign-in/email/"])
def test_nobody_signs_themselves_up_or_asks_for_a_pass_phrase_by_e_mail(council, address):
    assert Client().get(address).status_code == 404


def test_an_administrator_takes_every_second_step_off_somebody_who_has_lost_them_all_and_the_trail_says_how_they_were_known(council):
    with_an_app(council.users["amina"])
    joan, clare = signed_in(council.users["joan"]), signed_in(council.users["clare"])
    a_new_phrase(joan, clare, council.workers["amina"])
    assert Authenticator.objects.filter(user=council.users["amina"]).count() == 2
    with acting(council.users["amina"]):
        choose_phrase(user=User.objects.get(username="amina"), phrase="otter lantern gravel spoon")
    a_new_phrase(joan, clare, council.workers["amina"], lost="everything")
    assert not Authenticator.objects.filter(user=council.users["amina"]).exists()
    gone = Change.objects.filter(table="mfa_authenticator", op="D")
    assert {(line.actor, line.purpose) for line in gone} == {
        (f"user:{council.users['joan'].pk}", "new pass phrase: Rang back on the team’s number")
    }


def test_trying_again_and_again_within_a_minute_is_told_to_wait_on_a_page_of_ours(council):
    with_an_app(council.users["amina"])
    client = signed_in(council.users["amina"])
    answers = [client.post("/sign-in/again/", {"password": "no", "next": "/sign-in/yours/"}) for _ in range(11)]
    assert (answers[0].status_code, answers[-1].status_code) == (422, 429)
    html = answers[-1].content.decode()
    assert "Wait a minute" in html and problems_of(html) == []
