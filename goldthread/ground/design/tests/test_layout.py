"""The page round every page."""

import html5lib
import pytest
from jinja2 import UndefinedError

from goldthread.ground.design import frame
from goldthread.ground.design.tests.drawing import draw

PAGE = '{% extends "design/page.jinja" %}{% set heading = "A quiet page" %}{% block content %}<p>Words</p>{% endblock %}'


@pytest.fixture
def framed(monkeypatch):
    monkeypatch.setattr(frame, "_provider", frame.bare)
    return lambda **parts: frame.provided_by(lambda request: frame.Frame(**parts))


def test_the_title_begins_with_the_one_h1_and_ends_with_the_service(framed):
    page = html5lib.parse(draw(PAGE), namespaceHTMLElements=False)
    assert page.find(".//title").text == "A quiet page – Goldthread"
    assert ["".join(h1.itertext()).strip() for h1 in page.iter("h1")] == ["A quiet page"]


def test_a_page_parses_strictly(framed):
    framed(
        authority_name="Northmere",
        is_demo=True,
        navigation=[frame.NavigationItem("My work", "/work", True, 8)],
        search_url="/search",
        user_name="A. Mensah",
        user_role="social worker",
        sign_out_url="/out",
    )
    html5lib.HTMLParser(strict=True).parse(draw(PAGE))


def test_a_misspelt_name_stops_the_page():
    with pytest.raises(UndefinedError):
        draw("{{ chidl.name }}")


def test_a_page_without_a_heading_is_refused(framed):
    with pytest.raises(UndefinedError):
        draw('{% extends "design/page.jinja" %}')


def test_a_demonstration_says_so_on_every_page(framed):
    framed(is_demo=True)
    assert "Invented people" in draw(PAGE)
    framed()
    assert "Invented people" not in draw(PAGE)


def test_a_page_holds_no_inline_script_or_style(framed):
    page = html5lib.parse(draw(PAGE), namespaceHTMLElements=False)
    assert not [script for script in page.iter("script") if not script.get("src")]
    assert not list(page.iter("style")) and not [element for element in page.iter() if element.get("style")]


def test_the_library_of_govuk_components_may_ask_for_options_nobody_gave():
    button = draw("{% from 'govuk_frontend_jinja/components/button/macro.html' import govukButton %}{{ govukButton({'text': 'Save'}) }}")
    assert "govuk-button" in button and "Save" in button
