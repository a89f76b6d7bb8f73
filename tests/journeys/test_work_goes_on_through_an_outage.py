"""The server goes away in the middle of a form, and comes back: nothing typed is lost, and the record says that it came late."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from goldthread.core.records.models import Draft
from goldthread.face.web.sessions import HEARD
from goldthread.ground.audit.acting import acting
from goldthread.ground.boot.actions import mark_demo
from goldthread.ground.design.tests import browser
from goldthread.pathway.tests.people import small_council
from tests.journeys.door import Door
from tests.journeys.walking import Newcomer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not browser.is_built(), reason="the front end is not built: make front-end"),
]
WORDS = "[name='caller_words']"


@pytest.fixture
def door(live_server) -> Iterator[Door]:
    with acting(system="test"):
        mark_demo(authority="Borough of Wexcombe", la_code="999", ons_code="E09999999", size="journey")
        small_council()
    door = Door(live_server.url)
    yield door
    door.shut()


@pytest.fixture
def screener(page, door) -> Newcomer:
    """Has a call open, and the page that stands in is on this computer."""
    someone = Newcomer(page, door.address)
    someone.sign_in_as("Screener")
    page.wait_for_function("navigator.serviceWorker.ready.then((there) => there.active && caches.keys()).then((kept) => kept.length)")
    someone.go("/front-door/")
    someone.press("Take a call")
    someone.write("caller_words", "A boy of about six.")
    someone.wait_until_saved()
    return someone


def type_into_nothing(screener: Newcomer, door: Door, words: str = "A boy of about six, alone since noon.") -> None:
    door.shut()
    screener.write("caller_words", words)
    expect(screener.page.locator("[data-draft-kept]").first).to_contain_text("kept on this computer, encrypted, since")


def test_the_page_reloads_without_a_server_and_goes_on_and_all_of_it_is_sent_when_the_server_is_back(screener, door):
    page = screener.page
    type_into_nothing(screener, door)
    page.reload()
    screener.sees("The server cannot be reached. This is your form as it was kept on this computer")
    expect(page.locator(WORDS)).to_have_value("A boy of about six, alone since noon.")
    page.locator(WORDS).fill("A boy of about six, alone since noon. He says he is cold.")
    page.wait_for_timeout(2500)
    page.reload()
    expect(page.locator(WORDS)).to_have_value("A boy of about six, alone since noon. He says he is cold.")
    door.open()
    expect(page.locator("[data-away]")).to_have_count(0, timeout=40_000)
    expect(page.locator(WORDS)).to_have_value("A boy of about six, alone since noon. He says he is cold.")
    assert Draft.objects.get().answers["caller_words"] == "A boy of about six, alone since noon. He says he is cold."
    screener.does_not_see("kept on this computer")


def test_another_page_says_that_the_server_is_away_names_what_is_kept_and_leads_back_by_itself(screener, door):
    page, form = screener.page, screener.page.url
    type_into_nothing(screener, door)
    page.goto(door.address + "/search/")
    screener.sees("Goldthread cannot be reached")
    assert page.get_by_role("link", name="Contact").get_attribute("href") in form
    assert browser.axe(page) == []
    door.open()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Search", timeout=30_000)


def test_whoever_signed_out_left_no_word_to_read_on_that_computer(screener, door):
    page, form = screener.page, screener.page.url
    type_into_nothing(screener, door)
    page.goto("about:blank")
    door.open()
    page.goto(door.address + "/conflicts/mine/")
    page.evaluate("document.querySelector('form[data-sign-out]').requestSubmit()")
    page.get_by_role("button", name="Sign out all the same").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sign in")
    door.shut()
    page.goto(form)
    screener.sees("Goldthread cannot be reached")
    assert page.locator("[data-away]").inner_text() == ""


def test_a_press_into_nothing_leaves_the_page_as_it_was_typed_and_the_words_come_back_with_it(screener, door):
    page = screener.page
    screener.go("/conflicts/mine/")
    first = page.locator("main form[method=post] :is(input[type=text], textarea)").first
    first.fill("My sister’s children")
    door.shut()
    page.locator("main form[method=post]").first.locator("button[type=submit]").click()
    screener.sees("The server did not answer, so this may not have been sent.")
    expect(first).to_have_value("My sister’s children")
    door.open()
    screener.go("/conflicts/mine/")
    expect(first).to_have_value("My sister’s children")
    screener.sees("stands here again")


def test_who_slept_signs_in_again_in_the_page_and_the_form_goes_on(screener):
    page = screener.page
    for session in Session.objects.all():
        held = session.get_decoded() | {HEARD: 0}
        session.session_data = Session.objects.encode(held)
        session.save()
    screener.write("caller_words", "A boy of about six, in a red coat.")
    box = page.get_by_role("dialog", name="Sign in again")
    expect(box).to_be_visible(timeout=10_000)
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", level=1)).to_contain_text("Sign in")
    expect(frame.get_by_role("banner")).to_have_count(0)
    frame.get_by_role("button", name="Screener").click()
    expect(box).to_have_count(0, timeout=20_000)
    screener.wait_until_saved()
    assert Draft.objects.get().answers["caller_words"] == "A boy of about six, in a red coat."
    assert Draft.objects.get().held_from is None, "a session that slept is no outage"


def test_the_server_knows_since_when_the_words_waited(screener, door):
    page = screener.page
    Draft.objects.update(begun_at=timezone.now() - timedelta(hours=2))
    type_into_nothing(screener, door)
    page.evaluate("document.querySelector('form[data-draft-url]').draft.heldSince -= 40 * 60 * 1000")
    door.open()
    expect(page.locator("[data-draft-kept]").first).to_contain_text("The server has taken what was kept", timeout=30_000)
    draft = Draft.objects.get()
    assert timedelta(minutes=39) < draft.held_until - draft.held_from < timedelta(minutes=43)
