"""Periods of which a child has one at a time: what can be true at once."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from goldthread.pathway.episodes.periods import Told, standing_among

START = date(2024, 1, 1)
days = st.integers(min_value=0, max_value=900).map(lambda n: START + timedelta(days=n))


@st.composite
def periods(draw):
    found = []
    for record in range(draw(st.integers(min_value=0, max_value=8))):
        started_on = draw(days)
        ended_on = draw(st.one_of(st.none(), st.integers(min_value=0, max_value=300).map(lambda n, s=started_on: s + timedelta(days=n))))
        found.append(Told(draw(st.integers(min_value=1, max_value=2)), record, started_on, ended_on))
    return found


def holds_on(period, day):
    return period.started_on <= day and (period.ended_on is None or day < period.ended_on)


def test_two_running_plans_cannot_both_be_true_and_the_first_told_stands():
    assert standing_among([Told(1, 10, date(2026, 1, 5)), Told(1, 11, date(2026, 3, 2))]) == {10}


def test_a_plan_may_begin_on_the_day_another_ended():
    assert standing_among([Told(1, 10, date(2026, 1, 5), date(2026, 3, 2)), Told(1, 11, date(2026, 3, 2))]) == {10, 11}


def test_a_brothers_plan_is_his_own():
    assert standing_among([Told(1, 10, date(2026, 1, 5)), Told(2, 11, date(2026, 1, 5))]) == {10, 11}


@given(periods())
def test_what_stands_never_tells_of_two_at_once_and_nothing_is_left_out_that_could_stand(told):
    standing = [one for one in told if one.record in standing_among(told)]
    shared = [(a, b) for a in standing for b in standing if a is not b and a.child == b.child and a.overlaps(b)]
    assert shared == []
    for one in told:
        if one not in standing:
            assert any(one.child == other.child and one.overlaps(other) for other in standing)


@given(periods(), days)
def test_on_any_day_a_child_is_in_one_period_at_most(told, day):
    kept = standing_among(told)
    for child in (1, 2):
        assert sum(holds_on(one, day) for one in told if one.record in kept and one.child == child) <= 1


@given(periods())
def test_two_overlap_just_when_there_is_a_day_on_which_both_hold(told):
    for one in told:
        for other in told:
            both = any(holds_on(one, day) and holds_on(other, day) for day in (one.started_on, other.started_on))
            assert one.overlaps(other) == both
