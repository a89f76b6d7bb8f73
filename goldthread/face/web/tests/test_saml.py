"""Signing in by a provider that speaks SAML, against a small one of our own: the good round, and who may come in by it."""

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.utils.timezone import localdate
from lxml import etree

from goldthread.core.agencies.models import SignIn
from goldthread.core.agencies.setting_up.actions import know_by_provider
from goldthread.face.web.tests import saml_provider as provider
from goldthread.face.web.tests.pages import a_code_of, signed_in, sound, with_an_app
from goldthread.ground.access.models import SignInTry
from goldthread.ground.audit.acting import acting
from goldthread.ground.boot.settings import settings as product
from goldthread.ground.boot.single_sign_on import providers

ANSWER = "/sign-in/with/council/answer/"


@pytest.fixture
def connected(council, monkeypatch, settings, tmp_path):
    connect(monkeypatch, settings, tmp_path, provider.OURS)
    with acting(council.users["joan"]):
        know_by_provider(worker=council.workers["amina"], by=council.users["joan"], subject="amina-at-council")
    return council


def connect(monkeypatch, settings, folder, *keys, **changed):
    file = folder / "provider.pem"
    file.write_bytes(b"".join(key.certificate for key in keys))
    set_to = {
        "saml_entity_id": provider.NAME,
        "saml_sign_on_url": provider.TAKES,
        "saml_certificates": str(file),
        "saml_name": "Wexcombe sign-in",
        "saml_second_step": f"urn:wexcombe:badge, {provider.MFA}",
    }
    for name, value in (set_to | changed).items():
        monkeypatch.setattr(product, name, value)
    settings.SOCIALACCOUNT_PROVIDERS = providers(product)


def asks(client, **query):
    """The number of the question that this browser is sent to the provider with."""
    going = client.get("/sign-in/with/", query)
    assert going.status_code == 302 and going.headers["Location"].startswith(provider.TAKES + "&SAMLRequest=")
    return provider.asked_in(going.headers["Location"]).get("ID")


def arrives(answer):
    """As the provider's page sends it, from another site: no cookie comes along, none is given, and no token of ours is in it."""
    posted = Client(enforce_csrf_checks=True).post(ANSWER, {"SAMLResponse": provider.sent(answer)})
    assert posted.status_code == 303 and not posted.cookies
    return posted.headers["Location"]


def comes_back(client, answer):
    return client.get(arrives(answer))


def is_out(client):
    return client.get("/team/").headers.get("Location", "").startswith("/sign-in/")


def test_the_right_person_is_let_in_and_goes_where_they_were_going(connected):
    client = Client()
    assert "Sign in with Wexcombe sign-in" in sound(client, "/sign-in/")
    assert comes_back(client, provider.signed(asks(client, next="/team/"))).headers["Location"] == "/team/"
    assert client.get("/team/").status_code == 200, "the provider says that it has asked for a second step"
    tried = SignInTry.objects.get()
    assert (tried.how, tried.worked, tried.user) == (SignInTry.PROVIDER, True, connected.users["amina"])
    assert SocialAccount.objects.get().extra_data == {"shown": [provider.MFA]}, "nothing else of what it said is kept"


def test_the_question_names_us_and_asks_for_nothing_else(connected):
    asked = provider.asked_in(Client().get("/sign-in/with/").headers["Location"])
    assert asked.get("AssertionConsumerServiceURL") == f"{provider.HERE}/answer/"
    assert asked.get("Destination") == provider.TAKES
    assert [child.text for child in asked] == [f"{provider.HERE}/metadata/"]


def test_what_the_council_gives_to_its_provider_is_read_without_signing_in(connected):
    page = Client().get("/sign-in/with/council/metadata/")
    described = etree.fromstring(page.content)
    assert described.get("entityID") == f"{provider.HERE}/metadata/" and page.headers["Content-Type"] == "application/samlmetadata+xml"
    [service] = described.iter("{urn:oasis:names:tc:SAML:2.0:metadata}AssertionConsumerService")
    assert service.get("Location") == f"{provider.HERE}/answer/" and service.get("Binding").endswith(":HTTP-POST")
    assert described[0].get("WantAssertionsSigned") == "true"


def test_a_provider_that_asked_for_no_second_step_leaves_it_to_us(connected):
    client = Client()
    comes_back(client, provider.signed(asks(client), shown=provider.PHRASE))
    assert client.get("/team/").headers["Location"] == "/sign-in/yours/", "none is set up"
    with_an_app(connected.users["amina"])
    client = Client()
    asked = asks(client, next="/team/")
    assert comes_back(client, provider.signed(asked, shown=provider.PHRASE)).headers["Location"] == "/sign-in/second-step/"
    assert client.post("/sign-in/second-step/", {"code": a_code_of("amina")}).headers["Location"] == "/team/"


def test_a_second_step_is_also_believed_where_entra_says_it(connected, monkeypatch):
    monkeypatch.setattr(product, "saml_second_step", "http://schemas.microsoft.com/claims/multipleauthn")
    methods = ["http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/password", product.saml_second_step]
    client = Client()
    said = {"http://schemas.microsoft.com/claims/authnmethodsreferences": methods}
    comes_back(client, provider.signed(asks(client), shown=provider.PHRASE, attributes=said))
    assert client.get("/team/").status_code == 200


def test_somebody_whom_no_administrator_has_entered_is_refused_in_plain_words_and_nobody_is_made(connected):
    client = Client()
    assert comes_back(client, provider.signed(asks(client), name="a-stranger")).headers["Location"] == "/sign-in/"
    html = sound(client, "/sign-in/")
    assert "Wexcombe sign-in knows you, but you have no sign-in here by it" in html and "a-stranger" in html
    assert SocialAccount.objects.get().uid == "amina-at-council"
    tried = SignInTry.objects.get()
    assert (tried.username, tried.worked, tried.how) == ("a-stranger", False, SignInTry.PROVIDER)


def test_nobody_is_matched_by_an_e_mail_address(connected):
    with acting(system="test"):
        connected.users["joan"].email = "joan@wexcombe.example"
        connected.users["joan"].save()
    client = Client()
    address = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
    said = {"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress": ["joan@wexcombe.example"]}
    comes_back(client, provider.signed(asks(client), name="joan@wexcombe.example", format=address, attributes=said))
    assert is_out(client) and SocialAccount.objects.count() == 1


def test_whoever_has_gone_is_not_let_in_by_the_provider(connected):
    with acting(system="test"):
        connected.users["amina"].is_active = False
        connected.users["amina"].save()
    client = Client()
    comes_back(client, provider.signed(asks(client)))
    assert is_out(client)
    assert "This sign-in is not in use today" in sound(client, "/sign-in/")


def test_a_worker_whose_sign_in_has_ended_is_not_let_in_by_the_provider(connected):
    with acting(system="test"):
        SignIn.objects.filter(user=connected.users["amina"]).update(until_on=localdate())
    client = Client()
    comes_back(client, provider.signed(asks(client)))
    assert is_out(client)
    assert "This sign-in is not in use today" in sound(client, "/sign-in/")


def test_a_file_of_certificates_that_is_gone_is_said_in_one_sentence(connected, monkeypatch):
    monkeypatch.setattr(product, "saml_certificates", "/nowhere/provider.pem")
    client = Client()
    assert client.get("/sign-in/with/").headers["Location"] == "/sign-in/"
    assert "Wexcombe sign-in cannot be used today. Sign in here." in sound(client, "/sign-in/")


def test_a_person_may_be_known_by_an_attribute_said_once(connected, monkeypatch):
    monkeypatch.setattr(product, "saml_claim", "urn:wexcombe:payroll")
    client = Client()
    answer = provider.signed(asks(client), name="somebody", attributes={"urn:wexcombe:payroll": [" amina-at-council\n"]})
    comes_back(client, answer)
    assert client.get("/team/").status_code == 200
    for said in ({}, {"urn:wexcombe:payroll": ["amina-at-council", "joan-at-council"]}, {"urn:wexcombe:payroll": [""]}):
        client = Client()
        comes_back(client, provider.signed(asks(client), name="amina-at-council", attributes=said))
        assert is_out(client), "never by NameID in its place"


def test_two_certificates_are_believed_while_the_provider_changes_them(connected, monkeypatch, settings, tmp_path):
    connect(monkeypatch, settings, tmp_path, provider.OURS, provider.NEXT)
    for key in (provider.OURS, provider.NEXT):
        client = Client()
        comes_back(client, provider.signed(asks(client), key))
        assert client.get("/team/").status_code == 200
    connect(monkeypatch, settings, tmp_path, provider.NEXT)
    client = Client()
    comes_back(client, provider.signed(asks(client), provider.OURS))
    assert is_out(client), "the old one is taken out"


@pytest.mark.parametrize(("key", "way"), [(provider.OURS, "RSA_SHA512"), (provider.CURVED, "ECDSA_SHA256")], ids=["RSA", "curve"])
def test_longer_digests_and_curves_are_believed(connected, monkeypatch, settings, tmp_path, key, way):
    connect(monkeypatch, settings, tmp_path, key)
    client = Client()
    comes_back(client, provider.signed(asks(client), key, way, "SHA512"))
    assert client.get("/team/").status_code == 200


def test_an_answer_signed_as_a_whole_besides_is_believed(connected):
    client = Client()
    comes_back(client, provider.sign(provider.signed(asks(client))))
    assert client.get("/team/").status_code == 200


def test_two_questions_of_one_browser_are_each_answered(connected):
    client = Client()
    first, second = asks(client, next="/team/"), asks(client, next="/search/")
    assert comes_back(client, provider.signed(first)).headers["Location"] == "/team/"
    assert comes_back(client, provider.signed(second)).status_code == 302


def test_an_answer_that_came_with_a_sleeping_session_is_not_kept_as_if_it_had_been_typed(connected):
    client = signed_in(connected.users["amina"])
    session = client.session
    session["heard_at"] = 1
    session.save()
    asked = asks(client, next="/team/")
    posted = client.post(ANSWER, {"SAMLResponse": provider.sent(provider.signed(asked))})
    assert client.get(posted.headers["Location"]).headers["Location"] == "/team/"
    assert "kept" not in client.session


def test_whoever_sends_answers_without_end_must_wait_and_nothing_is_looked_at(connected, monkeypatch):
    monkeypatch.setattr("goldthread.ground.access.queries.ONE_ADDRESS", 2)
    client = Client()
    for _ in range(2):
        comes_back(client, b"<nothing/>")
    assert SignInTry.objects.filter(worked=False).count() == 2
    assert comes_back(client, provider.signed(asks(client))).headers["Location"] == "/sign-in/"
    assert "Too many tries have failed" in sound(client, "/sign-in/")
    assert SignInTry.objects.count() == 2 and is_out(client)


def test_without_a_provider_there_is_no_such_way_in(council):
    assert Client().post(ANSWER, {"SAMLResponse": ""}).status_code == 404
    assert Client().get("/sign-in/with/council/finish/any/").status_code == 404
    assert Client().get("/sign-in/with/council/metadata/").status_code == 404


def test_only_by_the_one_provider_and_only_sent(connected):
    assert Client().post("/sign-in/with/another/answer/", {"SAMLResponse": ""}).status_code == 404
    assert Client().get(ANSWER).status_code == 405
    assert Client().get("/sign-in/with/council/back/?code=1&state=1").status_code == 404, "not by OpenID Connect as well"


def test_where_its_packages_cannot_be_loaded_only_saml_stops(connected, monkeypatch):
    for module in ("goldthread.face.web.saml", "goldthread.ground.boot.single_sign_on"):
        monkeypatch.setattr(f"{module}.why_not", lambda: "Nobody can sign in by SAML.")
    client = Client()
    assert "Sign in with" not in sound(client, "/sign-in/").replace("Sign in with a passkey", "")
    assert client.get("/sign-in/with/").headers["Location"] == "/sign-in/"
    assert "Wexcombe sign-in cannot be used today. Sign in here." in sound(client, "/sign-in/")
    assert client.post(ANSWER, {"SAMLResponse": ""}).status_code == 404


def test_an_administrator_is_told_by_what_the_provider_knows_people(connected):
    page = sound(signed_in(connected.users["joan"]), f"/set-up/workers/{connected.workers['amina'].pk}/single-sign-on/")
    assert "The provider’s “NameID”, letter for letter" in page and "amina-at-council" in page


def test_by_https_its_cookies_are_those_of_every_page(connected, settings):
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    client, here = Client(), provider.HERE.replace("http:", "https:")
    asked = provider.asked_in(client.get("/sign-in/with/", secure=True).headers["Location"])
    answer = provider.signed(asked.get("ID"), audience=f"{here}/metadata/", recipient=f"{here}/answer/", destination=f"{here}/answer/")
    posted = Client().post(ANSWER, {"SAMLResponse": provider.sent(answer)}, secure=True)
    assert not posted.cookies and client.get(posted.headers["Location"], secure=True).headers["Location"] == "/"
    assert client.get("/team/", secure=True).status_code == 200
    assert {*client.cookies} <= {"__Host-sessionid", "__Host-csrftoken"}
    kept = client.cookies["__Host-sessionid"]
    assert (kept["samesite"], kept["secure"], kept["path"], kept["domain"]) == ("Lax", True, "/", "")
