"""A passkey made at the first sign-in, and the sign-in with it alone; in a real browser with an authenticator of its own."""

import pytest
from playwright.sync_api import expect

from goldthread.ground.access.models import SignInTry
from goldthread.ground.access.queries import FROM_ONE_PLACE
from goldthread.ground.audit.acting import acting
from goldthread.ground.boot.actions import set_up
from goldthread.ground.design.tests import browser
from goldthread.pathway.tests.people import small_council
from tests.journeys.walking import Newcomer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not browser.is_built(), reason="the front end is not built: make front-end"),
]
PHRASE = "otter lantern gravel spoon"


@pytest.fixture
def screener(db):
    with acting(system="test"):
        set_up(authority="Borough of Wexcombe", la_code="202", ons_code="E09000007")
        user = small_council().screener
        user.set_password(PHRASE)
        user.save()
    return user


def with_an_authenticator(page):
    """As a telephone or laptop has one built in, whose owner always touches it."""
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    made = wire.send("WebAuthn.addVirtualAuthenticator", {"options": options | {"automaticPresenceSimulation": True}})
    return wire, made["authenticatorId"]


def by_phrase(newcomer, user):
    newcomer.go("/sign-in/?next=/search/")
    newcomer.write("username", user.username)
    newcomer.write("pass_phrase", PHRASE)
    newcomer.page.get_by_role("button", name="Sign in", exact=True).click()
    newcomer.page.wait_for_load_state()


def sign_out(newcomer):
    """The page first asks whether anything is kept in this browser, and leaves after that."""
    newcomer.press("Sign out")
    expect(newcomer.page.get_by_role("button", name="Sign out")).to_have_count(0)


def test_a_passkey_is_made_at_the_first_sign_in_and_signs_in_alone_even_while_somebody_guesses(page, live_server, screener):
    newcomer = Newcomer(page, live_server.url)
    wire, authenticator = with_an_authenticator(page)
    by_phrase(newcomer, screener)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Set up a second step")
    assert browser.axe(page) == []
    newcomer.press("Add a passkey")
    newcomer.write("name", "Laptop")
    newcomer.press("Make the passkey")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Your recovery codes")
    assert browser.axe(page) == []
    page.get_by_role("button", name="go on").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Search")
    sign_out(newcomer)
    with acting(system="test"):
        for _ in range(FROM_ONE_PLACE):
            SignInTry.objects.create(username=screener.username, user=None, address="127.0.0.1", how="pass_phrase", worked=False)
    newcomer.go("/sign-in/?next=/search/")
    newcomer.press("Sign in with a passkey")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Search")
    assert SignInTry.objects.filter(worked=True, how=SignInTry.PASSKEY, user=screener).exists()
    sign_out(newcomer)
    with acting(system="test"):
        SignInTry.objects.filter(worked=False).delete()
    by_phrase(newcomer, screener)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Second step")
    newcomer.press("Use your passkey")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Search")
    sign_out(newcomer)
    wire.send("WebAuthn.clearCredentials", {"authenticatorId": authenticator})
    newcomer.go("/sign-in/")
    newcomer.press("Sign in with a passkey")
    newcomer.sees("You can try again")
