"""Signing in by the council's provider, end to end against a real small one."""

from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from oidc_provider_mock import User as ProvidersUser
from oidc_provider_mock import run_server_in_thread

from goldthread.core.agencies.setting_up.actions import know_by_provider
from goldthread.face.web import single_sign_on
from goldthread.face.web.tests.pages import a_code_of, signed_in, sound, with_an_app
from goldthread.ground.access.models import SignInTry
from goldthread.ground.audit.acting import acting
from goldthread.ground.audit.models import Change
from goldthread.ground.boot.settings import settings as product
from goldthread.ground.boot.single_sign_on import providers

CLAIMS = {"email": "amina.mensah@wexcombe.example"}


@pytest.fixture(scope="module")
def provider():
    people = [
        ProvidersUser(sub="amina-at-council", claims=CLAIMS),
        ProvidersUser(sub="amina-with-two-steps", claims=CLAIMS | {"amr": ["pwd", "mfa"]}),
    ]
    with run_server_in_thread(require_nonce=True, user_claims=people) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def connected(council, provider, monkeypatch, settings):
    connect(monkeypatch, settings, provider)
    return council


def connect(monkeypatch, settings, issuer):
    for name, value in {
        "oidc_issuer": issuer,
        "oidc_client_id": "goldthread",
        "oidc_client_secret": "wexcombe",
        "oidc_name": "Wexcombe sign-in",
        "oidc_second_step": "mfa",
    }.items():
        monkeypatch.setattr(product, name, value)
    settings.SOCIALACCOUNT_PROVIDERS = providers(product)


def known_as(council, subject, name="amina"):
    with acting(council.users["joan"]):
        know_by_provider(worker=council.workers[name], by=council.users["joan"], subject=subject)


def sent_back(client, subject, **query):
    """To the provider and back: the address the browser is sent to by it."""
    going = client.get("/sign-in/with/", query)
    assert going.status_code == 302, going
    assert {"state", "nonce", "code_challenge"} <= set(parse_qs(urlsplit(going.headers["Location"]).query))
    answer = requests.post(going.headers["Location"], data={"sub": subject}, allow_redirects=False, timeout=5)
    return urlsplit(answer.headers["Location"])


def comes_back(client, came):
    return client.get(f"{came.path}?{came.query}")


def test_the_right_person_is_let_in_and_goes_where_they_were_going(connected):
    known_as(connected, "amina-with-two-steps")
    client = Client()
    assert "Sign in with Wexcombe sign-in" in sound(client, "/sign-in/")
    came = sent_back(client, "amina-with-two-steps", next="/team/")
    assert comes_back(client, came).headers["Location"] == "/team/"
    assert client.get("/team/").status_code == 200, "the provider says that it has asked for a second step"
    tried = SignInTry.objects.get()
    assert (tried.how, tried.worked, tried.user) == (SignInTry.PROVIDER, True, connected.users["amina"])


def test_a_provider_that_asked_for_no_second_step_leaves_it_to_us(connected):
    known_as(connected, "amina-at-council")
    client = Client()
    comes_back(client, sent_back(client, "amina-at-council"))
    assert client.get("/team/").headers["Location"] == "/sign-in/yours/", "none is set up"
    with_an_app(connected.users["amina"])
    client = Client()
    assert comes_back(client, sent_back(client, "amina-at-council", next="/team/")).headers["Location"] == "/sign-in/second-step/"
    assert client.post("/sign-in/second-step/", {"code": a_code_of("amina")}).headers["Location"] == "/team/"


def test_somebody_whom_no_administrator_has_entered_is_refused_in_plain_words_and_nobody_is_made(connected):
    before = len(connected.users)
    client = Client()
    assert comes_back(client, sent_back(client, "a-stranger")).headers["Location"] == "/sign-in/"
    html = sound(client, "/sign-in/")
    assert "knows you, but you have no sign-in here by it" in html and "a-stranger" in html
    assert not SocialAccount.objects.exists() and len(connected.users) == before
    tried = SignInTry.objects.get()
    assert (tried.username, tried.worked, tried.how) == ("a-stranger", False, SignInTry.PROVIDER)


def test_an_answer_brought_to_another_browser_opens_nothing(connected):
    known_as(connected, "amina-with-two-steps")
    came = sent_back(Client(), "amina-with-two-steps")
    other = Client()
    assert comes_back(other, came).headers["Location"] == "/sign-in/"
    assert other.get("/team/").status_code == 302
    assert "Start again from here" in sound(other, "/sign-in/")
    assert SignInTry.objects.get().worked is False


def test_a_token_with_another_number_opens_nothing(connected):
    known_as(connected, "amina-with-two-steps")
    client = Client()
    came = sent_back(client, "amina-with-two-steps")
    session = client.session
    session["single_sign_on_nonce"] = "another"
    session.save()
    assert comes_back(client, came).headers["Location"] == "/sign-in/"
    assert client.get("/team/").status_code == 302


def test_a_provider_that_is_away_is_said_in_one_sentence(council, monkeypatch, settings):
    connect(monkeypatch, settings, "http://localhost:9")
    client = Client()
    assert client.get("/sign-in/with/").headers["Location"] == "/sign-in/"
    assert "Wexcombe sign-in does not answer. Try again in a while, or sign in here." in sound(client, "/sign-in/")


def test_whoever_has_gone_is_not_let_in_by_the_provider(connected):
    known_as(connected, "amina-with-two-steps")
    with acting(system="test"):
        connected.users["amina"].is_active = False
        connected.users["amina"].save()
    client = Client()
    comes_back(client, sent_back(client, "amina-with-two-steps"))
    assert client.get("/team/").status_code == 302


def test_an_administrator_enters_by_what_the_provider_knows_a_person_and_nobody_twice(connected):
    joan, page = signed_in(connected.users["joan"]), f"/set-up/workers/{connected.workers['amina'].pk}/single-sign-on/"
    sound(joan, page)
    joan.post(page, {"subject": "amina-at-council"})
    kept = SocialAccount.objects.get()
    assert (kept.user, kept.uid, kept.provider) == (connected.users["amina"], "amina-at-council", "council")
    assert Change.objects.get(table="socialaccount_socialaccount", op="I").actor == f"user:{connected.users['joan'].pk}"
    twice = joan.post(page.replace(str(connected.workers["amina"].pk), str(connected.workers["ben"].pk)), {"subject": "amina-at-council"})
    assert twice.status_code == 422 and "somebody else’s already" in twice.content.decode()
    joan.post(page, {"subject": ""})
    assert not SocialAccount.objects.exists()


def test_without_a_provider_there_is_no_such_way_in(council):
    assert Client().get("/sign-in/with/").status_code == 404
    assert Client().get("/sign-in/with/council/back/?code=1&state=1").status_code == 404


ISSUER = "https://login.wexcombe.example/realm"
OURS, ANOTHERS = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
SOUND = {"iss": ISSUER, "aud": "goldthread", "sub": "amina-at-council", "iat": 0, "exp": 4102444800}


class Asking:
    """The provider's keys, as it would give them; never anything that a token names."""

    def get_requests_session(self):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def get(self, address):
        assert address == f"{ISSUER}/keys"
        return self

    def raise_for_status(self):
        return None

    def json(self):
        return {"keys": [jwt.algorithms.RSAAlgorithm.to_jwk(OURS.public_key(), as_dict=True) | {"kid": "1", "alg": "RS256"}]}


def read_by_us(monkeypatch, token, issuer=ISSUER):
    monkeypatch.setattr(single_sign_on, "get_adapter", Asking)
    monkeypatch.setattr(single_sign_on.Checked, "openid_config", {"issuer": issuer, "jwks_uri": f"{ISSUER}/keys"})
    app = SimpleNamespace(client_id="goldthread", settings={"server_url": ISSUER})
    return single_sign_on.Checked.__new__(single_sign_on.Checked)._signed(app, token)


def test_a_token_of_the_provider_for_us_is_read(monkeypatch):
    assert read_by_us(monkeypatch, jwt.encode(SOUND, OURS, "RS256", headers={"kid": "1"}))["sub"] == "amina-at-council"


@pytest.mark.parametrize(
    ("claims", "key", "way", "headers"),
    [
        ({}, ANOTHERS, "RS256", {"kid": "1"}),
        ({}, ANOTHERS, "RS256", {"kid": "2", "jku": "https://evil.example/keys"}),
        ({}, None, "none", {}),
        ({}, "the provider's public key as a shared secret", "HS256", {"kid": "1"}),
        ({"iss": "https://evil.example"}, OURS, "RS256", {}),
        ({"aud": "another product"}, OURS, "RS256", {}),
        ({"exp": 1_000_000_000}, OURS, "RS256", {}),
        ({"exp": None}, OURS, "RS256", {}),
        ({"iat": 4102440000}, OURS, "RS256", {}),
        ({"sub": None}, OURS, "RS256", {}),
    ],
    ids=["forged", "key it names itself", "unsigned", "shared secret", "issuer", "audience", "too old", "endless", "not yet", "nobody"],
)
def test_a_token_that_is_not_the_providers_not_for_us_or_not_of_this_time_opens_nothing(monkeypatch, claims, key, way, headers):
    said = {name: value for name, value in (SOUND | claims).items() if value is not None}
    with pytest.raises(jwt.PyJWTError):
        read_by_us(monkeypatch, jwt.encode(said, key, way, headers=headers))


def test_a_provider_that_calls_itself_something_else_than_the_settings_do_is_not_believed(monkeypatch):
    with pytest.raises(jwt.InvalidIssuerError):
        read_by_us(monkeypatch, jwt.encode(SOUND, OURS, "RS256"), issuer="https://login.wexcombe.example/another")
