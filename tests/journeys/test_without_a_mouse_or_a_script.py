"""The same work with JavaScript off, and with the keyboard alone: nothing of the product needs either a script or a mouse."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from goldthread.core.people.actions import create_person, relate
from goldthread.core.people.facts import Name
from goldthread.core.people.models import Person
from goldthread.core.records.models import Draft, Record
from goldthread.ground.audit.acting import acting
from goldthread.ground.boot.actions import mark_demo
from goldthread.ground.design.tests import browser
from goldthread.pathway.tests.people import Council, small_council
from goldthread.practice.front_door.actions import take_call
from tests.journeys.walking import Newcomer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not browser.is_built(), reason="the front end is not built: make front-end"),
]


@pytest.fixture
def council() -> Council:
    with acting(system="test"):
        mark_demo(authority="Borough of Wexcombe", la_code="999", ons_code="E09999999", size="journey")
        return small_council()


@pytest.fixture
def child(council) -> Person:
    with acting(system="test"):
        child = create_person(names=[Name(given="Siobhán", family="O’Connor")], born_on=date(2014, 3, 12), sex="F")
        mother = create_person(names=[Name(given="Aoife", family="O’Connor")], recorded_as_adult=True, sex="F")
        relate(person=child, other=mother, kind="mother", has_parental_responsibility=True)
    return child


@pytest.fixture
def plain(new_context, live_server) -> Iterator[Newcomer]:
    """Somebody whose browser runs no script."""
    yield Newcomer(new_context(java_script_enabled=False).new_page(), live_server.url)


def take_the_call(plain: Newcomer, child: Person) -> str:
    plain.sign_in_as("Screener")
    plain.go("/front-door/")
    plain.press("Take a call")
    plain.write("caller_words", "She came to school with a bruised arm.")
    plain.press("Save and stay here")
    expect(plain.page.get_by_role("status").first).to_contain_text(re.compile(r"Saved at \d\d:\d\d"))
    assert plain.question("caller_words").input_value() == "She came to school with a bruised arm."
    plain.press("Say who it is about")
    plain.page.locator("button[name=role][value=child]").click()
    plain.write("given", "Shivon")
    plain.write("family", "Oconnor")
    plain.day("born", date(2014, 3, 12))
    plain.press("Look for them")
    plain.press("This is them")
    plain.press("Back to the contact")
    found = re.search(r"/record/(\w+)/", plain.page.url)
    assert found
    return found.group(1)


def test_a_call_becomes_a_referral_and_an_assessment_without_javascript(plain, child):
    reference = take_the_call(plain, child)
    conditional = plain.page.locator(".gt-question--only-if").first
    expect(conditional).to_be_visible()
    expect(conditional.locator(".gt-only-if")).to_contain_text("Only if")
    plain.choose("how", "telephone")
    plain.choose("danger_now", "no")
    plain.write("safe_now", "She is at school until half past three.")
    plain.choose("source", "2A")
    plain.write("caller_name", "Ruth Lamb")
    plain.write("caller_agency", "St Bride’s Primary")
    plain.choose("caller_is_protected", "no")
    plain.choose("family_told", "yes")
    plain.choose("lawful_basis", "public_task")
    plain.write("worry", "A bruise nobody explains")
    plain.press("Send for a decision")
    plain.sees("There is a problem")
    assert plain.question("worry").input_value() == "A bruise nobody explains", "nothing typed is lost"
    plain.choose("recommended", "referral")
    plain.write("recommended_why", "An injury")
    plain.press("Send for a decision")

    plain.sign_in_as("Front Door Manager")
    plain.go(f"/record/{reference}/decide/")
    plain.choose("decision", "referral")
    plain.write("decision_why", "An unexplained injury")
    plain.press("Record the decision")
    referral = Record.objects.get(kind="front_door.referral")
    plain.go(f"/record/{referral.reference}/decide/")
    plain.choose("is_nfa", "no")
    plain.choose("response", "assessment")
    plain.choose("primary_need", "N1")
    plain.write("why", "She may be coming to harm at home.")
    plain.press("Record the decision")

    plain.sign_in_as("Assessment Manager")
    plain.follow("Allocate")
    plain.page.get_by_label("Social Worker", exact=True).check()
    plain.press("Allocate")
    plain.sign_in_as("Social Worker")
    assessment = Record.objects.get(kind="family_help.child_and_family_assessment")
    plain.go(f"/record/{assessment.reference}/write/")
    plain.write("home_and_family", "Aoife is alone with her; her sister helps.")
    plain.press("Save and stay here")
    assert Draft.objects.get(record=assessment).answers["home_and_family"] == "Aoife is alone with her; her sister helps."
    plain.press("Send for authorisation")
    plain.sees("There is a problem")
    assert plain.question("home_and_family").input_value() == "Aoife is alone with her; her sister helps."


class Keys:
    """Nothing but the keyboard. Whatever has the focus must be seen to have it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def tab_to(self, name: str, most: int = 60) -> None:
        """Tab until the thing of that name has the focus."""
        met = []
        for _ in range(most):
            self.page.keyboard.press("Tab")
            met.append(self.words())
            assert self.is_seen(), f"nothing shows that “{met[-1]}” has the focus"
            if met[-1].startswith(name):
                return
        raise AssertionError(f"Tab never came to “{name}”, but to {met}")

    def words(self) -> str:
        return self.page.evaluate(
            """() => { const one = document.activeElement;
              return (one.getAttribute("aria-label") || (one.labels && one.labels[0] && one.labels[0].textContent) || one.textContent || one.name || "").trim(); }"""
        )

    def is_seen(self) -> bool:
        """In the window, not under anything that stays in sight, and drawn otherwise than without the focus."""
        return self.page.evaluate(
            """() => { const one = document.activeElement, box = one.getBoundingClientRect();
              const drawn = [one, one.nextElementSibling, one.querySelector("*")].filter(Boolean).map((part) => [getComputedStyle(part), getComputedStyle(part, "::before")]).flat();
              const marked = drawn.some((style) => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none");
              const at = document.elementFromPoint(Math.max(0, box.left + Math.min(8, box.width / 2)), box.top + Math.min(8, box.height / 2));
              const inSight = box.bottom > 0 && box.top < innerHeight && (!at || at === one || one.contains(at) || at.contains(one) || !at.closest(".gt-identity, .gt-draft"));
              return marked && inSight; }"""
        )

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, words: str) -> None:
        self.page.keyboard.type(words)


def test_a_call_is_taken_and_found_again_by_the_keyboard_alone(page, live_server, council, child):
    newcomer, keys = Newcomer(page, live_server.url), Keys(page)
    newcomer.sign_in_as("Screener")
    with acting(council.screener):
        take_call(by=council.screener, children=(child.pk,))
    newcomer.go("/front-door/")
    keys.tab_to("Skip to main content")
    keys.press("Enter")
    keys.tab_to("Take a call")
    keys.press("Enter")
    page.wait_for_url(re.compile("/record/.*/record/"))
    keys.tab_to("Immediate danger")
    keys.tab_to("What are they telling us?")
    keys.write("She came to school with a bruised arm.")
    newcomer.wait_until_saved()
    keys.tab_to("Send for a decision", most=90)

    newcomer.go("/front-door/")
    keys.press("j")
    assert keys.is_seen()
    keys.press("j", "k", "Enter")
    page.wait_for_url(re.compile("/record/"))
    newcomer.go("/")
    keys.press("j")
    assert keys.is_seen() and page.evaluate("document.activeElement.closest('[data-row]') !== null")
    keys.press("Enter")
    page.wait_for_url(re.compile("/record/"))
    keys.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    keys.write("Shivon Oconnor")
    keys.press("Enter")
    newcomer.sees("Siobhán")
