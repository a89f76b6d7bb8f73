"""Duties that come round again: what met what is told by the days alone."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from goldthread.core.work.chains import Fate, Link, fates

START = date(2026, 3, 2)
days = st.integers(min_value=0, max_value=400).map(lambda n: START + timedelta(days=n))
chains = st.lists(days, min_size=1, max_size=12).map(sorted)


def met(links):
    return [fate.met_on for fate in fates(links)]


def test_a_visit_meets_what_ran_before_it_and_begins_the_next():
    assert met([Link(date(2026, 3, 2)), Link(date(2026, 3, 12)), Link(date(2026, 3, 20))]) == [date(2026, 3, 12), date(2026, 3, 20), None]


def test_a_visit_written_down_late_takes_its_place_and_leaves_no_false_alarm():
    before = [Link(date(2026, 3, 2)), Link(date(2026, 3, 20))]
    late = Link(date(2026, 3, 12))
    assert met(sorted([*before, late])) == [date(2026, 3, 12), date(2026, 3, 20), None]


def test_when_the_plan_ends_the_last_running_stops_even_for_a_visit_written_down_afterwards():
    ended = Link(date(2026, 3, 2), date(2026, 6, 1), "The plan ended.")
    assert fates([ended, Link(date(2026, 4, 1))]) == [
        Fate(date(2026, 4, 1), date(2026, 6, 1), "The plan ended."),
        Fate(None, date(2026, 6, 1), "The plan ended."),
    ]


def test_a_second_plan_is_another_duty_and_meets_nothing_of_the_first():
    first = Link(date(2026, 3, 2), date(2026, 6, 1), "The plan ended.")
    assert fates([first, Link(date(2026, 9, 1))]) == [Fate(None, date(2026, 6, 1), "The plan ended."), Fate(None, None, None)]


@given(chains)
def test_at_most_the_last_is_open_and_each_other_is_met_on_the_day_the_next_began(started):
    found = met([Link(day) for day in started])
    assert found == [*started[1:], None]


@given(chains, days)
def test_reckoning_again_changes_nothing(started, ended):
    links = [Link(day, ended, "Over") if day < ended else Link(day) for day in started]
    once = fates(links)
    again = [Link(link.started_on, fate.stopped_on, fate.stopped_why) for link, fate in zip(links, once, strict=True)]
    assert fates(again) == once


@given(chains, days)
def test_an_end_told_to_the_first_link_reaches_every_one_begun_before_it_and_none_after(started, ended):
    links = [Link(started[0], ended, "Over"), *(Link(day) for day in started[1:])]
    if started[0] >= ended:
        return
    for link, fate in zip(links, fates(links), strict=True):
        assert (fate.stopped_on == ended) == (link.started_on < ended)
        assert fate.met_on is None or fate.stopped_on is None or fate.met_on < fate.stopped_on


@given(chains, st.data())
def test_taking_a_visit_back_leaves_the_chain_as_if_it_had_never_been(started, data):
    gone = data.draw(st.integers(min_value=0, max_value=len(started) - 1))
    left = [day for place, day in enumerate(started) if place != gone]
    assert met([Link(day) for day in left]) == ([*left[1:], None] if left else [])
