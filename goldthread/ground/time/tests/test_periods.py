"""Months, weeks, and hours across a change of the clocks."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.ground.time.periods import LONDON, add_hours, add_months, add_weeks, add_years, london_day, start_of_day

days = st.dates(date(1950, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("start", "months", "due"),
    [
        (date(2026, 3, 10), 3, date(2026, 6, 10)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 5, 31), -3, date(2026, 2, 28)),
    ],
)
def test_a_month_keeps_its_day_number_or_ends_with_the_month(start: date, months: int, due: date) -> None:
    assert add_months(start, months) == due


@given(days, st.integers(0, 60))
def test_months_never_run_backwards_nor_skip_a_month(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


@given(days, days, st.integers(0, 60))
def test_a_later_start_is_never_due_earlier(one: date, other: date, months: int) -> None:
    first, second = sorted((one, other))
    assert add_months(first, months) <= add_months(second, months)


def test_a_week_is_seven_days_and_a_year_is_twelve_months() -> None:
    assert add_weeks(date(2026, 3, 10), 6) == date(2026, 4, 21)
    assert add_years(date(2024, 2, 29), 1) == date(2025, 2, 28)


def test_seventy_two_hours_across_the_spring_change_end_an_hour_later_by_the_clock() -> None:
    taken = datetime(2026, 3, 27, 22, 0, tzinfo=LONDON)
    assert add_hours(taken, 72).astimezone(LONDON) == datetime(2026, 3, 30, 23, 0, tzinfo=LONDON)


def test_seventy_two_hours_across_the_autumn_change_end_an_hour_earlier_by_the_clock() -> None:
    taken = datetime(2026, 10, 23, 22, 0, tzinfo=LONDON)
    assert add_hours(taken, 72).astimezone(LONDON) == datetime(2026, 10, 26, 21, 0, tzinfo=LONDON)


def test_the_hour_that_happens_twice_is_told_apart() -> None:
    first = datetime(2026, 10, 25, 1, 30, tzinfo=LONDON)
    assert add_hours(first.replace(fold=1), 0) - add_hours(first, 0) == timedelta(hours=1)


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        add_hours(datetime(2026, 3, 27, 22, 0), 72)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1)), st.integers(0, 2000))
def test_hours_are_elapsed_time(naive: datetime, hours: int) -> None:
    moment = naive.replace(tzinfo=UTC)
    assert add_hours(moment.astimezone(LONDON), hours) - moment == timedelta(hours=hours)


def test_a_summer_night_belongs_to_the_day_in_england() -> None:
    assert london_day(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == date(2026, 7, 2)
    assert start_of_day(date(2026, 7, 2)) == datetime(2026, 7, 1, 23, 0, tzinfo=UTC)
