"""Buttons are GOV.UK's."""

import html5lib
import pytest

from goldthread.ground.design.tests.drawing import draw
from goldthread.ground.design.tests.test_questions import outline

OURS = "{% from 'design/components/buttons.jinja' import button %}{{ button(**given) }}"
LIBRARY = "{% from 'govuk_frontend_jinja/components/button/macro.html' import govukButton %}{{ govukButton(options) }}"


@pytest.mark.parametrize(
    ("given", "options"),
    [
        ({"text": "Save & leave"}, {"text": "Save & leave", "preventDoubleClick": True}),
        ({"text": "Go", "href": "/x?a=1&b=2"}, {"text": "Go", "href": "/x?a=1&b=2"}),
        (
            {"text": "This", "kind": "second", "name": "verdict", "value": "this"},
            {"text": "This", "classes": "govuk-button--secondary", "name": "verdict", "value": "this", "preventDoubleClick": True},
        ),
        ({"text": "Danger", "kind": "danger", "href": "/d"}, {"text": "Danger", "classes": "govuk-button--warning", "href": "/d"}),
    ],
)
def test_a_button_is_drawn_exactly_as_the_govuk_library_draws_it(given, options):
    ours, library = (
        html5lib.parseFragment(html, namespaceHTMLElements=False)[0] for html in (draw(OURS, given=given), draw(LIBRARY, options=options))
    )
    assert outline(ours) == outline(library)


def test_a_button_says_of_whom_to_those_who_only_hear_it():
    button = html5lib.parseFragment(draw(OURS, given={"text": "Open", "of": "for Ama <Boateng>"}), namespaceHTMLElements=False)
    assert "".join(button.itertext()).split() == ["Open", "for", "Ama", "<Boateng>"]
