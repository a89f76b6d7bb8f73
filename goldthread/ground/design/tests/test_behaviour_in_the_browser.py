"""What pages do when they have JavaScript, and that they lose nothing without it."""

import pytest
from playwright.sync_api import expect

from goldthread.ground.design.tests import browser
from goldthread.ground.design.tests.drawing import draw

pytestmark = pytest.mark.browser

PAGE = """{% extends "design/page.jinja" %}
{% from "design/components/questions.jinja" import question, repeated %}
{% from "design/components/identity.jinja" import identity_bar %}
{% from "design/components/work_list.jinja" import rows %}
{% from "design/components/quick_note.jinja" import quick_note %}
{% set heading = "Ama Boateng" %}
{% block identity %}{{ identity_bar("Ama Boateng", "9 years", alerts=[{"words": "Visit in pairs"}]) }}{% endblock %}
{% block content %}
{{ rows([{"what": "First", "href": "#first"}, {"what": "Second", "href": "#second"}]) }}
{{ quick_note("/note", "") }}
<form method="post" action="/posted">
{{ question({"name": "nfa", "id": "nfa", "kind": "yes_no", "label": "No further action?"}) }}
{{ question({"name": "why", "id": "why", "kind": "line", "label": "Why not?", "when": {"name": "nfa", "values": ["yes"], "words": "there is none"}}) }}
{{ question({"name": "deep", "id": "deep", "kind": "line", "label": "And then?", "when": {"name": "why", "values": ["x"]}}) }}
{{ question({"name": "on", "id": "on", "kind": "day", "label": "On what day?"}) }}
{{ question({"name": "factor", "id": "factor", "kind": "one", "label": "What factor?", "options": factors}) }}
{{ question({"name": "long", "id": "long", "kind": "words", "label": "In full", "rows": 3}) }}
{% call(row) repeated("visits", "Visits", [0], "__row__", "Add another visit", "Visit") %}
{{ question({"name": "visits-" ~ row ~ "-who", "id": "visits-" ~ row ~ "-who", "kind": "line", "label": "Who went?"}) }}
{% endcall %}
</form>{% endblock %}"""
FACTORS = [
    (str(n), words)
    for n, words in enumerate(["Neglect", "Physical abuse", "Emotional abuse", "Sexual abuse", "Drugs", "Drink", "Money", "Home"])
]


@pytest.fixture
def page(context, monkeypatch):
    from goldthread.ground.design import frame

    if not browser.is_built():
        pytest.skip("the style sheet is not built: make front-end")
    monkeypatch.setattr(frame, "_provider", lambda request: frame.Frame(search_url="/search"))
    browser.give(context, {"/page": draw(PAGE, factors=FACTORS)}, {"/note": lambda route: route.fulfill(json={"said": "Kept at 14:32"})})
    opened = context.new_page()
    opened.goto(f"{browser.HOME}/page")
    opened.wait_for_selector(".autocomplete__input")
    return opened


def test_a_question_appears_under_the_answer_that_calls_it(page):
    why = page.get_by_label("Why not?")
    expect(why).to_be_hidden()
    page.get_by_label("Yes", exact=True).check()
    expect(why).to_be_visible()
    why.fill("x")
    expect(page.get_by_label("And then?")).to_be_visible()
    page.get_by_label("No", exact=True).check()
    expect(why).to_be_hidden()
    expect(page.get_by_label("And then?")).to_be_hidden()
    assert why.input_value() == "x"


def test_an_answer_can_be_taken_back(page):
    page.get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Take this answer back: No further action?").click()
    expect(page.get_by_label("Yes", exact=True)).not_to_be_checked()
    expect(page.get_by_label("Why not?")).to_be_hidden()


def test_today_fills_the_three_boxes(page):
    page.get_by_role("button", name="Today: On what day?").click()
    assert all(page.locator(f"#on{part}").input_value() for part in ("", "-month", "-year"))


def test_a_long_list_finds_by_the_beginnings_of_words(page):
    box = page.get_by_role("combobox", name="What factor?")
    box.fill("ab em")
    page.get_by_role("option", name="Emotional abuse").click()
    assert page.locator("select[name=factor]").input_value() == "2"
    box.fill("Weather")
    box.blur()
    assert page.locator("select[name=factor]").input_value() == ""
    expect(page.get_by_text("“Weather” is not in this list")).to_be_visible()


def test_long_words_grow_so_that_nothing_written_is_out_of_sight(page):
    area = page.get_by_label("In full")
    before = area.bounding_box()["height"]
    area.fill("line\n" * 30)
    assert area.bounding_box()["height"] > before * 3
    assert area.evaluate("area => area.scrollHeight <= area.clientHeight + 2")


def test_rows_are_added_numbered_and_taken_away(page):
    page.get_by_role("button", name="Add another visit").click()
    expect(page.locator("[name=visits-1-who]")).to_be_focused()
    page.get_by_role("button", name="Remove visit 1").click()
    assert [field.get_attribute("name") for field in page.locator("[data-add-another-row] input").all()] == ["visits-1-who"]
    expect(page.locator("[data-add-another-number]").first).to_have_text("1")


def test_escape_twice_covers_what_is_private_and_the_next_page_stays_covered(page):
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.get_by_text("Visit in pairs")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_hidden()
    assert page.title() == "Goldthread"
    page.reload()
    expect(page.get_by_text("Visit in pairs")).to_be_hidden()
    page.get_by_role("button", name="Show screen").click()
    expect(page.get_by_text("Visit in pairs")).to_be_visible()
    assert page.title().startswith("Ama Boateng")


def test_j_and_k_move_through_rows_and_a_stroke_goes_to_search(page):
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Second")).to_be_focused()
    page.keyboard.press("k")
    expect(page.get_by_role("link", name="First")).to_be_focused()
    page.keyboard.press("/")
    page.keyboard.type("j?")
    assert page.locator("[name=q]").input_value() == "j?"


def test_a_question_mark_lists_the_keys(page):
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Next and previous row")
    assert browser.axe(page) == []


def test_a_quick_note_is_kept_where_you_stand(page):
    page.get_by_label("Quick note").fill("Seen at school, cheerful.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-quick-note-status]")).to_have_text("Kept at 14:32")
    assert page.get_by_label("Quick note").input_value() == ""


def test_without_javascript_every_question_is_there_with_its_condition_in_words(browser_name, playwright, context, page):
    plain = context.browser.new_context(java_script_enabled=False)
    browser.give(plain, {"/page": draw(PAGE, factors=FACTORS)})
    opened = plain.new_page()
    opened.goto(f"{browser.HOME}/page")
    expect(opened.get_by_label("Why not?")).to_be_visible()
    expect(opened.get_by_text("Only if there is none")).to_be_visible()
    expect(opened.get_by_label("What factor?")).to_be_visible()
    expect(opened.get_by_role("button", name="Add another visit")).to_be_visible()
    expect(opened.get_by_role("button", name="Cover screen")).to_be_hidden()
    plain.close()


def test_the_focus_is_always_seen(page):
    page.keyboard.press("Tab")
    for _ in range(14):
        page.keyboard.press("Tab")
        style = page.evaluate("(s => s.outlineStyle + s.boxShadow)(getComputedStyle(document.activeElement))")
        assert style != "nonenone"
