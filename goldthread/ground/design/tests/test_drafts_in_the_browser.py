"""A form that saves itself: nothing typed is lost, nothing is overwritten in silence."""

import json
import re

import pytest
from playwright.sync_api import expect

from goldthread.ground.design.tests import browser
from goldthread.ground.design.tests.drawing import draw

pytestmark = pytest.mark.browser

FORM = """{% extends "design/page.jinja" %}{% from "design/components/questions.jinja" import question %}
{% from "design/components/drafts.jinja" import draft_form %}{% set heading = "A form" %}
{% block content %}{% call draft_form("/draft", 7, "", action="/posted", unsaved=unsaved) %}
{{ question({"name": "worry", "id": "worry", "kind": "words", "label": "What is the worry?", "value": "First."}) }}
{{ question({"name": "seen", "id": "seen", "kind": "many", "label": "Who was seen?", "options": [("ama", "Ama"), ("esi", "Esi")], "value": ["ama"]}) }}
{{ question({"name": "on", "id": "on", "kind": "day", "label": "On what day?", "has_time": true}) }}
{{ question({"name": "nfa", "id": "nfa", "kind": "yes_no", "label": "No further action?"}) }}
<button type="submit" name="press" value="submit">Submit</button>
{% endcall %}{% endblock %}"""
OWN = {"worry": "First.", "seen": ["ama"], "on-day": "", "on-month": "", "on-year": "", "on-time": "", "nfa": ""}


class Server:
    """Keeps a draft as the kernel does: an older revision is met with 409 and what is held."""

    def __init__(self):
        self.revision, self.held, self.requests, self.fails, self.others = 7, dict(OWN), [], 0, []

    def __call__(self, route):
        sent = json.loads(route.request.post_data)
        self.requests.append(sent)
        if self.fails:
            self.fails -= 1
            return route.abort()
        answer = {"open_by": self.others}
        if sent["revision"] != self.revision:
            taken = {"revision": self.revision, "answers": self.whole(), "saved_by": "B. Osei", "saved_at": "14:40"}
            return route.fulfill(status=409, json=answer | taken)
        self.held.update(sent["answers"])
        self.revision += 1
        return route.fulfill(json=answer | {"revision": self.revision, "saved_at": "14:32"})

    def whole(self):
        day = {name[3:]: value for name, value in self.held.items() if name.startswith("on-")}
        return {name: value for name, value in self.held.items() if not name.startswith("on-")} | {"on": day}

    def saved_by_someone_else(self, **answers):
        self.held.update(answers)
        self.revision += 1
        self.others = ["B. Osei"]


@pytest.fixture
def server():
    return Server()


@pytest.fixture
def form(context, server):
    if not browser.is_built():
        pytest.skip("the style sheet is not built: make front-end")
    pages = {
        "/form": draw(FORM, unsaved=False),
        "/unsaved": draw(FORM, unsaved=True),
        "/elsewhere": "<h1>Elsewhere</h1>",
        "/posted": "<h1>Posted</h1>",
    }
    browser.give(context, pages, {"/draft": server})
    page = context.new_page()
    page.goto(f"{browser.HOME}/form")
    page.wait_for_function("document.querySelector('form[data-draft-url]').draft")
    return page


def status(page):
    return page.locator("[data-draft-status]")


def test_what_is_typed_is_saved_within_two_seconds_of_a_pause_and_says_when(form, server):
    form.get_by_label("What is the worry?").fill("He is hungry.")
    expect(status(form)).to_have_text("Saved at 14:32", timeout=2000)
    assert server.requests == [{"revision": 7, "tab": server.requests[0]["tab"], "answers": {"worry": "He is hungry."}}]


def test_only_what_changed_is_sent_and_a_day_goes_box_by_box(form, server):
    form.get_by_label("Esi").check()
    form.get_by_label("Day", exact=True).fill("12")
    form.get_by_label("Time, if known").fill("2.30pm")
    form.get_by_label("No", exact=True).check()
    expect(status(form)).to_have_text("Saved at 14:32", timeout=3000)
    assert server.requests[-1]["answers"] == {"seen": ["ama", "esi"], "on-day": "12", "on-time": "2.30pm", "nfa": "no"}


def test_leaving_at_once_still_saves(context):
    """Over a real connection: what is sent on leaving outlives the page that sent it."""
    if not browser.is_built():
        pytest.skip("the style sheet is not built: make front-end")
    with browser.serving({"/form": draw(FORM, unsaved=False), "/elsewhere": "<h1>Elsewhere</h1>"}) as (home, posted):
        page = context.new_page()
        page.goto(f"{home}/form")
        page.wait_for_function("document.querySelector('form[data-draft-url]').draft")
        page.get_by_label("What is the worry?").fill("Gone in a moment.")
        page.goto(f"{home}/elsewhere")
        page.wait_for_timeout(500)
        assert [json.loads(body)["answers"] for body in posted] == [{"worry": "Gone in a moment."}]


def test_a_failed_connection_is_said_plainly_and_tried_again(form, server):
    server.fails = 1
    form.get_by_label("What is the worry?").fill("He is hungry.")
    expect(status(form)).to_contain_text("Not saved", timeout=3000)
    expect(status(form)).to_contain_text("Your words are still here")
    expect(status(form)).to_have_text("Saved at 14:32", timeout=5000)
    assert server.held["worry"] == "He is hungry."


def test_what_only_the_other_changed_is_taken_and_said(form, server):
    server.saved_by_someone_else(nfa="yes")
    form.get_by_label("What is the worry?").fill("He is hungry.")
    expect(form.locator("[data-draft-conflict]")).to_contain_text("Changed by B. Osei: No further action?", timeout=3000)
    expect(form.get_by_label("Yes", exact=True)).to_be_checked()
    expect(status(form)).to_have_text("Saved at 14:32", timeout=3000)
    assert (server.held["worry"], server.held["nfa"]) == ("He is hungry.", "yes")


def test_where_both_wrote_both_versions_stand_until_the_writer_chooses(form, server):
    server.saved_by_someone_else(worry="She is cold.")
    form.get_by_label("What is the worry?").fill("He is hungry.")
    panel = form.locator("[data-draft-conflict]")
    expect(panel).to_contain_text("You both answered “What is the worry?”", timeout=3000)
    expect(panel).to_contain_text("She is cold.")
    expect(form.get_by_label("What is the worry?")).to_have_value("He is hungry.")
    form.wait_for_timeout(1500)
    assert server.held["worry"] == "She is cold."
    panel.get_by_role("button", name="Keep both").click()
    expect(status(form)).to_have_text("Saved at 14:32", timeout=3000)
    assert server.held["worry"] == "She is cold.\n\nHe is hungry."
    expect(panel).to_be_hidden()


def test_taking_theirs_and_keeping_yours(form, server):
    for press, kept in (("Take B. Osei’s", "Theirs"), ("Keep yours", "Mine")):
        server.saved_by_someone_else(worry=f"Theirs {server.revision}")
        form.get_by_label("What is the worry?").fill(f"Mine {server.revision}")
        form.get_by_role("button", name=press).click(timeout=3000)
        expect(form.locator("[data-draft-conflict]")).to_be_hidden()
        form.wait_for_timeout(1700)
        assert server.held["worry"].startswith(kept)


def test_the_second_is_told_who_has_it_open(form, server):
    server.others = ["B. Osei", "C. Lindqvist"]
    form.get_by_label("What is the worry?").fill("He is hungry.")
    expect(form.locator("[data-draft-others]")).to_have_text("Open also by B. Osei, C. Lindqvist", timeout=3000)


def test_a_form_that_shows_what_the_draft_does_not_hold_sends_it(form, server):
    server.held = {}
    form.goto(f"{browser.HOME}/unsaved")
    form.get_by_label("Esi").check()
    expect(status(form)).to_have_text("Saved at 14:32", timeout=3000)
    assert server.held == {"worry": "First.", "seen": ["ama", "esi"]}


def test_the_post_waits_for_a_save_on_its_way_and_carries_the_new_revision(form, server):
    form.get_by_label("What is the worry?").fill("He is hungry.")
    expect(status(form)).to_have_text("Saved at 14:32", timeout=3000)
    expect(form.locator("input[name=revision]")).to_have_value("8")
    with form.expect_navigation(url=re.compile("posted")):
        form.get_by_role("button", name="Submit").click()


def test_a_form_that_somebody_submitted_says_so_and_keeps_the_words(form, context):
    context.route("**/draft", lambda route: route.fulfill(status=410, json={"problem": "This form is no longer open."}))
    form.get_by_label("What is the worry?").fill("He is hungry.")
    expect(status(form)).to_contain_text("Not saved. This form is no longer open.", timeout=3000)
    expect(form.get_by_label("What is the worry?")).to_have_value("He is hungry.")


LONG_LIST = FORM.replace(
    '<button type="submit"',
    '{{ question({"name": "source", "id": "source", "kind": "one", "label": "Who is it?", "value": "3", "options": people}) }}<button type="submit"',
)
PEOPLE = [(str(number), f"Person {number}") for number in range(1, 12)]


def test_an_answer_from_a_long_list_is_saved_as_its_code_and_never_as_the_words_in_the_box(context, server):
    if not browser.is_built():
        pytest.skip("the style sheet is not built: make front-end")
    browser.give(context, {"/form": draw(LONG_LIST, unsaved=False, people=PEOPLE)}, {"/draft": server})
    page = context.new_page()
    page.goto(f"{browser.HOME}/form")
    expect(page.locator("input#source")).to_have_value("Person 3")
    page.get_by_label("What is the worry?").fill("He is hungry.")
    expect(status(page)).to_have_text("Saved at 14:32", timeout=2000)
    assert server.requests[-1]["answers"] == {"worry": "He is hungry."}
    page.locator("input#source").fill("Person 7")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(status(page)).to_have_text("Saved at 14:32", timeout=3000)
    page.wait_for_timeout(1500)
    assert server.requests[-1]["answers"] == {"source": "7"}
