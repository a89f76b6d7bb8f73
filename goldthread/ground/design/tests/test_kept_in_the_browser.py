"""While the server is away a form goes on: its words wait encrypted in the browser, for their author alone."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from goldthread.ground.design.tests import browser
from goldthread.ground.design.tests.drawing import draw
from goldthread.ground.design.tests.test_drafts_in_the_browser import FORM, Server, status

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not browser.is_built(), reason="the front end is not built: make front-end")]

HOME = "http://localhost"  # a browser ciphers for https and for its own computer only
WORK = """{% extends "design/page.jinja" %}{% set heading = "My work" %}{% block content %}
<form action="/out" method="post" data-sign-out><button>Sign out</button></form><div data-kept-list></div>{% endblock %}"""
RAW = """async () => {
  const opened = indexedDB.open("goldthread-kept");
  const base = await new Promise((resolve) => { opened.onsuccess = () => resolve(opened.result); });
  const all = (name) => new Promise((resolve) => {
    const asked = base.transaction(name).objectStore(name).getAll();
    asked.onsuccess = () => resolve(asked.result);
  });
  const [forms, keys] = [await all("forms"), await all("keys")];
  base.close();
  const bytes = forms.map((form) => new TextDecoder("latin1").decode(form.sealed));
  const taken = await Promise.all(keys.map((key) => crypto.subtle.exportKey("raw", key).then(() => "taken", () => "refused")));
  return {count: forms.length, said: JSON.stringify(forms) + bytes.join(""), taken, caches: (await caches.keys()).length};
}"""


class Away(Server):
    """As the kernel's, and it can be away; whose page asks is remembered."""

    is_away = False

    def __call__(self, route):
        return route.abort() if self.is_away else super().__call__(route)


@pytest.fixture
def server():
    return Away()


def pages_for(person, revision=7, worry="First."):
    whose = f'<body data-kept-for="{person}" data-kept-hours="72" '
    form = draw(FORM, unsaved=False).replace('data-revision="7"', f'data-revision="{revision}"').replace(">First.<", f">{worry}<")
    pages = {"/form": form, "/": draw(WORK)}
    return {path: page.replace("<body ", whose) for path, page in pages.items()} | {"/out": "<h1>Signed out</h1>"}


def open_form(context, server, person=12, **now):
    browser.give(context, pages_for(person, **now), {"/draft": server})
    page = context.new_page()
    page.goto(f"{HOME}/form")
    page.wait_for_function("document.querySelector('form[data-draft-url]').draft")
    page.wait_for_timeout(300)
    return page


def type_while_away(context, server, words="He is hungry."):
    page = open_form(context, server)
    server.is_away = True
    page.get_by_label("What is the worry?").fill(words)
    expect(page.locator("[data-draft-kept]")).to_contain_text("kept on this computer, encrypted, since", timeout=4000)
    return page


def kept(page):
    return page.evaluate(RAW)["count"]


def test_no_plain_word_lies_in_the_browser_and_its_key_cannot_be_taken_out(context, server):
    raw = type_while_away(context, server).evaluate(RAW)
    assert (raw["count"], raw["taken"], raw["caches"]) == (1, ["refused"], 0)
    assert not [word for word in ("hungry", "worry", "/draft", "A form", "First") if word in raw["said"]]


def test_every_word_typed_while_the_server_is_away_outlives_the_page_and_is_sent_when_it_is_back(context, server):
    page = type_while_away(context, server)
    page.get_by_label("What is the worry?").fill("He is hungry. So is she.")
    page.wait_for_timeout(300)
    page.close()
    server.is_away = False
    page = open_form(context, server)
    expect(page.get_by_label("What is the worry?")).to_have_value("He is hungry. So is she.")
    expect(status(page)).to_have_text("Saved at 14:32", timeout=3000)
    expect(page.locator("[data-draft-kept]")).to_contain_text("the copy here is deleted")
    assert (server.held["worry"], kept(page)) == ("He is hungry. So is she.", 0)


def test_a_page_left_open_sends_by_itself(context, server):
    page = type_while_away(context, server)
    server.is_away = False
    expect(status(page)).to_have_text("Saved at 14:32", timeout=9000)
    page.wait_for_timeout(300)
    assert (server.held["worry"], kept(page)) == ("He is hungry.", 0)


def test_what_somebody_wrote_meanwhile_stands_beside_what_was_kept_until_the_writer_chooses(context, server):
    type_while_away(context, server).close()
    server.is_away = False
    server.saved_by_someone_else(worry="She is cold.")
    page = open_form(context, server, revision=8, worry="She is cold.")
    panel = page.locator("[data-draft-conflict]")
    expect(panel).to_contain_text("You both answered “What is the worry?”", timeout=3000)
    page.wait_for_timeout(500)
    assert (server.held["worry"], kept(page)) == ("She is cold.", 1), "nothing is overwritten, and the copy waits for the choice"
    panel.get_by_role("button", name="Keep both").click()
    expect(status(page)).to_have_text("Saved at 14:32", timeout=3000)
    page.wait_for_timeout(300)
    assert (server.held["worry"], kept(page)) == ("She is cold.\n\nHe is hungry.", 0)


def test_somebody_else_on_this_browser_sees_nothing_of_it_and_its_author_finds_it_again(context, server):
    type_while_away(context, server).close()
    server.is_away = False
    other = open_form(context, server, person=99)
    expect(other.get_by_label("What is the worry?")).to_have_value("First.")
    other.goto(f"{HOME}/")
    other.wait_for_timeout(500)
    assert "kept" not in other.locator("main").inner_text().lower() and kept(other) == 1
    other.get_by_role("button", name="Sign out").click()
    expect(other.get_by_role("heading", name="Signed out")).to_be_visible()
    other.close()
    expect(open_form(context, server).get_by_label("What is the worry?")).to_have_value("He is hungry.")


def test_my_work_names_what_is_kept_and_signing_out_asks_first(context, server):
    page = type_while_away(context, server)
    page.goto(f"{HOME}/")
    expect(page.locator("[data-kept-list]")).to_contain_text("1 form is kept on this computer and not yet sent")
    assert page.get_by_role("link", name="A form").get_attribute("href") == "/form"
    page.get_by_text("Read what is kept").click()
    expect(page.get_by_text("What is the worry?: He is hungry.")).to_be_visible()
    assert browser.axe(page) == []
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("alert")).to_contain_text("Sign in again in this browser within 72 hours")
    page.get_by_role("button", name="Sign out all the same").click()
    expect(page.get_by_role("heading", name="Signed out")).to_be_visible()


def test_a_copy_is_deleted_when_its_hours_are_over(context, server):
    type_while_away(context, server).close()
    page = context.new_page()
    page.clock.set_fixed_time(datetime.now(UTC) + timedelta(hours=71))
    page.goto(f"{HOME}/")
    page.wait_for_timeout(300)
    assert kept(page) == 1
    page.clock.set_fixed_time(datetime.now(UTC) + timedelta(hours=73))
    page.goto(f"{HOME}/")
    expect(page.locator("h1")).to_have_text("My work")
    page.wait_for_timeout(300)
    assert kept(page) == 0


def test_nothing_is_posted_into_nothing_while_the_server_is_away(context, server):
    page = type_while_away(context, server)
    page.get_by_role("button", name="Submit").click()
    page.wait_for_timeout(300)
    assert page.url == f"{HOME}/form"
    expect(page.get_by_label("What is the worry?")).to_have_value("He is hungry.")
