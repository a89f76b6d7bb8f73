"""The first run of an empty database; the administrator makes a team, a post and a worker; the worker signs in and sees My work."""

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from goldthread.ground.boot.models import Installation
from goldthread.ground.design.tests import browser
from tests.journeys.walking import Newcomer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not browser.is_built(), reason="the front end is not built: make front-end"),
]
OWN = "otter lantern gravel spoon"


def set_up_the_authority(newcomer: Newcomer) -> None:
    newcomer.go("/")
    for name, words in (
        ("authority", "Borough of Wexcombe"),
        ("la_code", "202"),
        ("ons_code", "E09000007"),
        ("name", "Joan Abara"),
        ("username", "joan"),
    ):
        newcomer.write(name, words)
    newcomer.write("pass_phrase", "seven grey herons wading")
    newcomer.write("again", "seven grey herons wading")
    newcomer.press("Set up")
    newcomer.sees("set up its teams and workers")
    newcomer.set_up_an_app()


def add_a_team_with_a_post(newcomer: Newcomer) -> None:
    newcomer.follow("Set-up")
    newcomer.sees("No team is open for: assessment")
    newcomer.follow("Add a team") if newcomer.page.get_by_role("link", name="Add a team").count() else newcomer.press("Add a team")
    newcomer.write("service_name", "Assessment and family help")
    newcomer.page.locator("input[name='name']").fill("Assessment North")
    newcomer.choose("purpose", "assessment")
    newcomer.press("Add the team")
    newcomer.sees("Nobody answers for this team")
    newcomer.press("Add a post")
    newcomer.write("title", "Social worker")
    newcomer.choose("is_manager", "no")
    newcomer.press("Add the post")
    newcomer.sees("Social worker is added")


def add_the_worker(newcomer: Newcomer) -> str:
    """The temporary phrase, as the administrator reads it out."""
    newcomer.go("/set-up/workers/add/")
    newcomer.page.locator("input[name='name']").fill("Amina Mensah")
    newcomer.write("profession", "Social worker")
    newcomer.page.get_by_label("Social worker, Assessment North").check()
    newcomer.day("from_on", localdate())
    newcomer.write("username", "amina.mensah")
    newcomer.press("Add the worker")
    newcomer.sees("Tell Amina Mensah the temporary pass phrase")
    return newcomer.page.locator("dd[data-private]").first.inner_text().split()[0]


def test_an_empty_database_is_set_up_until_a_social_worker_sees_my_work(page, live_server):
    newcomer = Newcomer(page, live_server.url)
    set_up_the_authority(newcomer)
    assert Installation.objects.get().is_demo is False
    add_a_team_with_a_post(newcomer)
    phrase = add_the_worker(newcomer)
    page.context.clear_cookies()
    newcomer.go("/sign-in/")
    newcomer.write("username", "amina.mensah")
    newcomer.write("pass_phrase", phrase)
    page.get_by_role("button", name="Sign in", exact=True).click()
    newcomer.sees("Choose your pass phrase")
    newcomer.write("pass_phrase", OWN)
    newcomer.write("again", OWN)
    newcomer.press("Keep it and go in")
    newcomer.set_up_an_app()
    expect(page.get_by_role("heading", level=1)).to_contain_text("My work")
    newcomer.sees("Amina Mensah")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert browser.axe(page) == []
