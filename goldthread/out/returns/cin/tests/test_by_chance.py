"""Any sound child is clean under the rules of every year; one thing broken is seen by the rules that say so, and by no other."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.out.exchange.cin.stream import Stream
from goldthread.out.returns.cin.as_xml import FOOT, written
from goldthread.out.returns.cin.examples import census_of
from goldthread.out.returns.cin.judging import failures_of, failures_of_return
from goldthread.out.returns.cin.reading import Reader
from goldthread.out.returns.cin.rule import EVERY_YEAR
from goldthread.out.returns.cin.rules import rules_of
from goldthread.out.returns.cin.tests.lives import BREAKS, of_everything, sound_children

A_FEW, SOME = settings(max_examples=15, deadline=None), settings(max_examples=60, deadline=None)


def codes(child, year):
    return {failure.code for failure in failures_of(child, census_of(year))}


def read_again(child, year):
    """The child as read from what is written of it."""
    stream, reader = Stream(lambda name: name == "Child"), Reader(year)
    (node,) = stream.read(BytesIO(f"<Message><Children>{written(child)}{FOOT}".encode()))
    read = reader.child(node)
    assert reader.faults == []
    return read


@pytest.mark.parametrize("year", EVERY_YEAR)
@SOME
@given(data=st.data())
def test_a_sound_child_is_clean(year, data):
    child = data.draw(sound_children(year))
    assert codes(child, year) == set()
    assert codes(read_again(child, year), year) == set()


@pytest.mark.parametrize("broken", BREAKS, ids=lambda broken: broken.says)
@A_FEW
@given(data=st.data())
def test_one_thing_broken_is_seen_by_the_rules_that_say_so(broken, data):
    year = data.draw(st.sampled_from(broken.years))
    child = broken.broken(data.draw(of_everything(year)))
    assert codes(child, year) == broken.codes
    assert codes(read_again(child, year), year) == broken.codes


@A_FEW
@given(data=st.data())
def test_one_child_in_two_is_two_ids_and_two_numbers(data):
    child = data.draw(of_everything(2026))
    of_each = [rule for rule in rules_of(2026) if rule.code in ("1520", "8510")]
    found = list(failures_of_return([child, child], census_of(2026), of_each))
    assert [failure.code for failure in found] == ["1520", "8510"]
