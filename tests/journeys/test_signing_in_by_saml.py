"""Signing in by the council's provider of SAML, which is another site: a real browser keeps our cookies back when it sends the answer."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from goldthread.face.web.tests import saml_provider as provider
from goldthread.ground.access.actions import know_by
from goldthread.ground.access.models import SignInTry
from goldthread.ground.audit.acting import acting
from goldthread.ground.boot.actions import set_up
from goldthread.ground.boot.settings import settings as product
from goldthread.ground.boot.single_sign_on import PROVIDER, providers
from goldthread.ground.design.tests import browser
from goldthread.pathway.tests.people import small_council
from tests.journeys.walking import Newcomer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not browser.is_built(), reason="the front end is not built: make front-end"),
]
PAGE = '<!doctype html><title>Wexcombe</title><form method="post" action="{to}"><input type="hidden" name="SAMLResponse" value="{answer}"><button>It is me</button></form>'


class Provider(BaseHTTPRequestHandler):
    """Its page has one button, which sends the answer to the question that the browser brought."""

    def do_GET(self) -> None:
        asked = provider.asked_in(self.path)
        to, us = asked.get("AssertionConsumerServiceURL"), asked[0].text
        answer = provider.signed(asked.get("ID"), audience=us, recipient=to, destination=to)
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE.format(to=to, answer=provider.sent(answer)).encode())

    def log_message(self, *words: object) -> None:
        """Says nothing."""


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """By number, where the product is reached by name: to a browser these are two sites."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/saml"
    server.shutdown()
    server.server_close()


@pytest.fixture
def screener(db, elsewhere, monkeypatch, settings, tmp_path):
    with acting(system="test"):
        set_up(authority="Borough of Wexcombe", la_code="202", ons_code="E09000007")
        user = small_council().screener
        know_by(user=user, provider=PROVIDER, subject="amina-at-council")
    file = tmp_path / "provider.pem"
    file.write_bytes(provider.OURS.certificate)
    for name, value in {
        "saml_entity_id": provider.NAME,
        "saml_sign_on_url": elsewhere,
        "saml_certificates": str(file),
        "saml_name": "Wexcombe sign-in",
        "saml_second_step": provider.MFA,
    }.items():
        monkeypatch.setattr(product, name, value)
    settings.SOCIALACCOUNT_PROVIDERS = providers(product)
    return user


def test_the_answer_comes_without_our_cookies_and_the_browser_that_asked_is_let_in(page, live_server, screener, elsewhere):
    newcomer = Newcomer(page, live_server.url)
    newcomer.go("/sign-in/?next=/search/")
    assert browser.axe(page) == []
    page.get_by_role("button", name="Sign in with Wexcombe sign-in").click()
    expect(page.get_by_role("button", name="It is me")).to_be_visible()
    assert page.url.startswith(elsewhere)
    with page.expect_request("**/sign-in/with/council/answer/") as sent:
        page.get_by_role("button", name="It is me").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Search")
    assert "cookie" not in sent.value.all_headers(), "a Lax cookie stays away from what another site sends"
    assert SignInTry.objects.get().user == screener
    newcomer.press("Sign out")
    expect(page.get_by_role("button", name="Sign out")).to_have_count(0)
