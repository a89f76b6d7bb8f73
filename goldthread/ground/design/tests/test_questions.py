"""A question is drawn the same way whatever asks it."""

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.ground.design.questions import KINDS, Question, as_question
from goldthread.ground.design.tests import library_questions
from goldthread.ground.design.tests.drawing import draw

ASK = '{% from "design/components/questions.jinja" import question %}{{ question(field) }}'
OPTIONS = [("a", "Apple"), ("b", "Pear", "green ones")]


def asked(**given):
    return html5lib.parseFragment(draw(ASK, field={"name": "q", "id": "q", "label": "Which?", **given}), namespaceHTMLElements=False)


def find(fragment, tag, **attributes):
    return [e for e in fragment.iter(tag) if all(e.get(k) == v for k, v in attributes.items())]


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_leads_to_a_field_of_the_question_whatever_its_kind(kind):
    fragment = asked(kind=kind, options=OPTIONS if kind in ("one", "many") else (), error="Say which")
    field = next(e for e in fragment.iter() if e.get("id") == "q")
    assert field.tag in ("input", "textarea", "select")
    assert "Say which" in "".join(fragment.itertext())


@pytest.mark.parametrize("kind", KINDS)
def test_every_box_of_a_question_has_a_label(kind):
    fragment = asked(kind=kind, options=OPTIONS if kind in ("one", "many") else (), has_time=True)
    labelled = {label.get("for") for label in fragment.iter("label")}
    boxes = [e for tag in ("input", "textarea", "select") for e in fragment.iter(tag)]
    assert boxes and {box.get("id") for box in boxes} <= labelled


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_what_was_typed_comes_back_as_it_was_typed(typed):
    [area] = find(asked(kind="words", value=typed), "textarea")
    assert (area.text or "") == typed
    [box] = find(asked(kind="line", value=typed), "input")
    assert (box.get("value") or "") == typed


def test_lines_and_indents_in_long_words_are_kept():
    typed = "\nFirst.\n    indented\n\n  last  \n"
    [area] = find(asked(kind="words", value=typed), "textarea")
    assert area.text == typed


def test_a_half_typed_date_is_kept():
    fragment = asked(kind="day", value={"day": "12", "month": "3", "year": ""})
    assert [box.get("value") for box in fragment.iter("input")] == ["12", "3", ""]
    assert [box.get("name") for box in fragment.iter("input")] == ["q-day", "q-month", "q-year"]


def test_a_time_is_asked_only_where_the_question_has_one():
    assert len(find(asked(kind="day"), "input")) == 3
    assert find(asked(kind="day", has_time=True), "input", name="q-time")


def test_seven_options_are_laid_out_and_eight_are_a_list_to_type_into():
    assert len(find(asked(kind="one", options=[(str(n), str(n)) for n in range(7)]), "input", type="radio")) == 7
    fragment = asked(kind="one", options=[(str(n), str(n)) for n in range(8)], value="3")
    assert [option.get("value") for option in fragment.iter("option") if option.get("selected") is not None] == ["3"]


def test_a_conditional_question_says_in_words_when_it_is_asked():
    fragment = asked(kind="line", when={"name": "nfa", "values": ["yes", "unsure"], "words": "there is no further action"})
    [outer] = [e for e in fragment.iter("div") if e.get("data-question") == "q"]
    assert (outer.get("data-when-name"), outer.get("data-when-values"), outer.get("hidden")) == ("nfa", "yes|unsure", None)
    assert "Only if there is no further action" in "".join(fragment.itertext())


def test_a_locked_question_shows_its_answer_in_words_and_offers_no_box():
    fragment = asked(kind="one", options=OPTIONS, value="b", locked=True)
    assert "Pear" in "".join(fragment.itertext())
    assert not find(fragment, "input")


def test_what_is_already_known_stands_with_its_question():
    assert "Seen on 3 March" in "".join(asked(kind="yes_no", known=["Seen on 3 March"]).itertext())


def test_an_unknown_kind_or_name_is_refused():
    with pytest.raises(ValueError, match="kind"):
        Question("q", "q", "colour", "Which?")
    with pytest.raises(TypeError):
        as_question({"name": "q", "id": "q", "kind": "line", "label": "Which?", "lable": "Which?"})


def outline(element):
    """What a browser makes of it: tags, attributes with classes in any order, words without their spacing."""
    attributes = {name: " ".join(sorted(value.split())) if name == "class" else value for name, value in element.attrib.items()}
    words = " ".join((element.text or "").split()) if element.tag != "textarea" else element.text
    return element.tag, attributes, words, [(outline(child), " ".join((child.tail or "").split())) for child in element]


SAME = [
    {"kind": "words", "value": "Some <words>\n\n  and more", "rows": 6},
    {"kind": "line", "value": 'A "quoted" & marked line'},
    {"kind": "number", "value": "3", "suffix": "children"},
    {"kind": "number", "value": ""},
    {"kind": "day", "value": {"day": "12", "month": "3", "year": ""}},
    {"kind": "day", "has_time": True, "value": ""},
    {"kind": "yes_no", "value": "no"},
    {"kind": "one", "options": OPTIONS, "value": "b"},
    {"kind": "many", "options": OPTIONS, "value": ["a", "b"]},
    {"kind": "one", "options": [(str(n), f"Number {n}", "hint" if n == 3 else "") for n in range(9)], "value": "3"},
]


@pytest.mark.parametrize("more", [{}, {"hint": "A hint"}, {"error": "Say which"}, {"hint": "A hint", "error": "Say which"}])
@pytest.mark.parametrize("given", SAME)
def test_a_question_is_drawn_exactly_as_the_govuk_library_draws_it(given, more):
    ours = next(e for e in asked(**given, **more).iter("div") if (e.get("class") or "").startswith("govuk-form-group"))
    library = library_questions.drawn(Question(**{"name": "q", "id": "q", "label": "Which?", **given, **more}))
    assert outline(ours) == outline(html5lib.parseFragment(library, namespaceHTMLElements=False)[0])
