"""Every component in every state: strict HTML, unique ids, and nothing that axe minds."""

from collections import Counter

import html5lib
import pytest
from django.test import RequestFactory

from goldthread.ground.design import frame, pages
from goldthread.ground.design.tests import browser

NAMES = ["components", "form", "work"]
FRAME = frame.Frame(
    authority_name="Northmere",
    is_demo=True,
    navigation=[frame.NavigationItem("My work", "/work", True, 8), frame.NavigationItem("Front door", "/door")],
    search_url="/search",
    user_name="B. Osei",
    user_role="social worker",
    sign_out_url="/out",
)


@pytest.fixture
def drawn(settings, monkeypatch):
    settings.ROOT_URLCONF = "goldthread.ground.design.tests.urls"
    monkeypatch.setattr(frame, "_provider", lambda request: FRAME)
    return lambda name: getattr(pages, name)(RequestFactory().get("/design/")).content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_a_page_parses_strictly_and_its_ids_are_unique(drawn, name):
    html = drawn(name)
    html5lib.HTMLParser(strict=True).parse(html)
    page = html5lib.parse(html, namespaceHTMLElements=False)
    ids = Counter(element.get("id") for element in page.iter() if element.get("id") and "__row__" not in element.get("id"))
    assert [id for id, count in ids.items() if count > 1] == []
    assert len(list(page.iter("h1"))) == 1


@pytest.mark.parametrize("name", NAMES)
def test_every_reference_to_an_id_finds_it(drawn, name):
    page = html5lib.parse(drawn(name), namespaceHTMLElements=False)
    ids = {element.get("id") for element in page.iter()}
    wanted = {
        id
        for element in page.iter()
        for attribute in ("for", "aria-labelledby", "aria-describedby")
        for id in (element.get(attribute) or "").split()
    }
    assert wanted <= ids


@pytest.mark.parametrize("name", NAMES)
def test_a_page_holds_no_inline_script_or_style(drawn, name):
    page = html5lib.parse(drawn(name), namespaceHTMLElements=False)
    assert not [script for script in page.iter("script") if not script.get("src")]
    assert not [element for element in page.iter() if element.get("style") or any(key.startswith("on") for key in element.attrib)]


def test_the_builders_pages_are_not_shown_where_real_children_are(settings, monkeypatch, rf):
    from django.http import Http404

    settings.DEBUG = False
    monkeypatch.setattr(frame, "_provider", frame.bare)
    with pytest.raises(Http404):
        pages.components(rf.get("/design/"))


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing_and_nothing_runs_off_the_side(drawn, context, name, width):
    if not browser.is_built():
        pytest.skip("the style sheet is not built: make front-end")
    browser.give(context, {"/page": drawn(name)})
    page = context.new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{browser.HOME}/page")
    page.wait_for_load_state("networkidle")
    assert browser.axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints == []
