"""Charts and family drawings."""

from itertools import combinations

import html5lib
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.ground.design import charts, genogram
from goldthread.ground.design.examples_drawn import family
from goldthread.ground.design.family_layout import stand
from goldthread.ground.design.genogram import Drawing, Family, Home, Member, Union


@st.composite
def families(draw) -> Family:
    """Up to 25 people in up to four generations, with several unions each, half-siblings and lone parents."""
    size = draw(st.integers(1, 25))
    generation = sorted(draw(st.lists(st.integers(0, 3), min_size=size, max_size=size)))
    people = tuple(
        Member(
            f"p{i}",
            draw(st.sampled_from(["Ama", "Siobhán O’Connor", "Bartholomew Featherstonehaugh-Cholmondeley", "Li"])),
            draw(st.sampled_from(["female", "male", "other", "unknown"])),
            is_unborn=draw(st.booleans()),
            notes=draw(st.sampled_from([(), ("PR: all the children of both unions",)])),
        )
        for i in range(size)
    )
    unions, taken = [], set()
    for _ in range(draw(st.integers(0, 10))):
        level = draw(st.integers(0, 2))
        elders = [f"p{i}" for i in range(size) if generation[i] == level]
        younger = [f"p{i}" for i in range(size) if generation[i] > level and f"p{i}" not in taken]
        if elders:
            partners = draw(st.lists(st.sampled_from(elders), min_size=1, max_size=2, unique=True))
            children = draw(st.lists(st.sampled_from(younger), max_size=5, unique=True)) if younger else []
            taken.update(children)
            unions.append(Union(tuple(partners), tuple(children), draw(st.sampled_from(["together", "separated", "divorced", "unsure"]))))
    homes = draw(st.lists(st.lists(st.sampled_from([p.key for p in people]), max_size=6, unique=True), max_size=3))
    return Family(people, tuple(unions), tuple(Home(f"{n} Ash Road", tuple(members)) for n, members in enumerate(homes)))


@settings(max_examples=150, deadline=None)
@given(families())
def test_nobody_in_a_family_stands_upon_anybody_else(family):
    drawing = Drawing(family)
    symbols = [drawing.symbol_box(key) for key in drawing.person]
    words = [drawing.words_box(key) for key in drawing.person]
    assert not [1 for a, b in combinations(symbols, 2) if a.meets(b)]
    assert not [1 for a, b in combinations(words, 2) if a.meets(b)]
    assert not [1 for i, a in enumerate(symbols) for j, b in enumerate(words) if i != j and a.meets(b)]


@settings(max_examples=60, deadline=None)
@given(families())
def test_everyone_stands_inside_the_drawing(family):
    drawing = Drawing(family)
    width, height = drawing.size
    for key in drawing.person:
        for box in (drawing.symbol_box(key), drawing.words_box(key)):
            assert box.left >= 0 and box.top >= 0 and box.left + box.width <= width and box.top + box.height <= height


@settings(max_examples=60, deadline=None)
@given(families())
def test_parents_stand_above_their_children_and_every_drawing_is_sound(family):
    drawing = Drawing(family)
    for union in drawing.unions:
        assert all(drawing.places.rank[parent] < drawing.places.rank[child] for parent in union.partners for child in union.children)
    html5lib.HTMLParser(strict=True).parseFragment(genogram.draw(family, "f", "A family"))
    assert len(genogram.as_table(family)) == len(family.people)


def test_partners_stand_level_even_when_only_one_has_parents_in_the_drawing():
    places = stand(["gran", "mum", "dad", "child"], [(("gran",), ("mum",)), (("dad", "mum"), ("child",))])
    assert places.rank == {"gran": 0, "mum": 1, "dad": 1, "child": 2}


def test_data_that_makes_someone_their_own_ancestor_is_still_drawn():
    places = stand(["a", "b"], [(("a",), ("b",)), (("b",), ("a",))])
    assert set(places.rank) == {"a", "b"}


def test_a_mother_of_half_siblings_stands_between_their_fathers():
    drawing = Drawing(family())
    assert drawing.x("kofi") < drawing.x("abena") < drawing.x("daniel")


def test_a_drawing_says_in_words_every_mark_it_uses():
    svg = str(genogram.draw(family(), "f", "The family of Ama Boateng"))
    for words in (
        "two strokes, divorced",
        "crossed, has died",
        "triangle, not yet born",
        "Living tonight: 12 Ash Road",
        "PR: Ama, Kwesi",
        'href="#ama"',
    ):
        assert words in svg


def test_names_are_safe_in_a_drawing():
    svg = str(genogram.draw(Family((Member("x", "<script>alert(1)</script>"),)), "f", "<b>"))
    assert "<script" not in svg and "<b>" not in svg


def test_a_chart_says_its_numbers_to_those_who_do_not_see_it():
    svg = str(charts.bars([charts.Bar("Police", 412), charts.Bar("Schools", 3.5)], "c", "Contacts"))
    assert '<title id="c-name">Contacts</title>' in svg and "Police 412; Schools 3.5" in svg and 'role="img"' in svg


def test_a_chart_whose_bars_open_is_not_a_mere_picture():
    assert 'role="group"' in charts.bars([charts.Bar("Police", 4, "/police")], "c", "Contacts")


def test_an_empty_chart_is_drawn_without_dividing_by_nothing():
    for svg in (
        charts.bars([], "a", "A"),
        charts.run([], "b", "B"),
        charts.distribution([], "c", "C"),
        charts.run([charts.Point("x", None)], "d", "D"),
    ):
        assert svg.startswith("<svg")


@given(st.floats(0.001, 1e9))
def test_a_scale_rises_in_round_steps_and_reaches_the_highest(highest):
    step = charts.step_of(highest)
    assert step * 4 >= highest * 0.999 and step <= highest * 2.6


def test_a_missing_month_leaves_a_gap_in_the_line():
    svg = str(charts.run([charts.Point("a", 1), charts.Point("b", None), charts.Point("c", 2)], "c", "C"))
    assert svg.split('class="gt-draw-line" d="')[1].split('"')[0].count("M") == 2
