"""The laws of working days, and England's bank holidays as they fell."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.ground.time.working_days import DayNought, england, united_kingdom

days = st.dates(date(1901, 1, 1), date(2199, 12, 31))
few = st.integers(0, 400)
ENGLAND = england()


def walked(day: date, n: int) -> date:
    """The plain way, one day at a time: what the arithmetic must agree with."""
    step = 1 if n > 0 else -1
    while n:
        day += timedelta(days=step)
        n -= step * ENGLAND.is_working_day(day)
    return day


@given(days, st.integers(1, 60))
def test_the_arithmetic_agrees_with_walking_through_the_days(day: date, n: int) -> None:
    assert ENGLAND.add(day, n) == walked(day, n)
    assert ENGLAND.add(day, -n) == walked(day, -n)


@given(days, st.integers(-400, 400), st.sampled_from(DayNought))
def test_a_working_day_clock_never_lands_on_a_day_off(day: date, n: int, day_nought: DayNought) -> None:
    assert ENGLAND.is_working_day(ENGLAND.add(day, n, day_nought))


@given(days, st.integers(1, 400), st.sampled_from(DayNought))
def test_adding_and_counting_undo_each_other(day: date, n: int, day_nought: DayNought) -> None:
    assert ENGLAND.between(day, ENGLAND.add(day, n, day_nought), day_nought) == n


@given(days, st.integers(-400, 400))
def test_from_a_working_day_going_and_coming_back_is_the_same_day(day: date, n: int) -> None:
    start = ENGLAND.add(day, 0)
    assert ENGLAND.add(ENGLAND.add(start, n), -n) == start


@given(days, days, few)
def test_a_later_start_is_never_due_earlier(one: date, other: date, n: int) -> None:
    first, second = sorted((one, other))
    assert ENGLAND.add(first, n) <= ENGLAND.add(second, n)


@given(days, few)
def test_more_days_are_never_due_earlier(day: date, n: int) -> None:
    assert ENGLAND.add(day, n) < ENGLAND.add(day, n + 1) or (n == 0 and not ENGLAND.is_working_day(day))


@given(days, days, days)
def test_counting_over_two_stretches_is_counting_over_the_whole(a: date, b: date, c: date) -> None:
    assert ENGLAND.between(a, b) + ENGLAND.between(b, c) == ENGLAND.between(a, c)


@given(days, days)
def test_counting_backwards_is_the_same_number_below_nought(a: date, b: date) -> None:
    assert ENGLAND.between(a, b) == -ENGLAND.between(b, a)


@given(days, st.integers(1, 400))
def test_counting_the_trigger_as_day_one_is_due_a_working_day_sooner(day: date, n: int) -> None:
    start = ENGLAND.add(day, 0)
    assert ENGLAND.add(start, n + 1, DayNought.FIRST) == ENGLAND.add(start, n)


def test_a_trigger_on_a_saturday_has_monday_as_day_one_on_either_reading() -> None:
    saturday, monday = date(2026, 3, 7), date(2026, 3, 9)
    assert ENGLAND.add(saturday, 1) == ENGLAND.add(saturday, 1, DayNought.FIRST) == ENGLAND.add(saturday, 0) == monday


def test_dates_a_person_mistyped_are_counted_and_not_refused() -> None:
    assert ENGLAND.add(date(202, 3, 12), 1) > date(202, 3, 12)
    assert ENGLAND.add(date(9998, 1, 1), 45) < date(9999, 1, 1)


BANK_HOLIDAYS = {
    2019: "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
    2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
    2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
    2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
    2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
    2029: "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26",
    2030: "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
}


@pytest.mark.parametrize("year", BANK_HOLIDAYS)
def test_every_bank_holiday_on_a_weekday_is_known(year: int) -> None:
    known = [f"{day:%m-%d}" for day in ENGLAND.named if day.year == year and day.weekday() < 5]
    assert known == BANK_HOLIDAYS[year].split()


@pytest.mark.parametrize(
    ("day", "is_working", "why"),
    [
        (date(2020, 5, 4), True, "the early May holiday moved to VE day"),
        (date(2020, 5, 8), False, "VE day's 75th anniversary"),
        (date(2022, 6, 2), False, "the spring holiday moved for the Platinum Jubilee"),
        (date(2022, 6, 3), False, "the Platinum Jubilee"),
        (date(2022, 5, 30), True, "where the spring holiday would have been"),
        (date(2022, 9, 19), False, "the Queen's funeral"),
        (date(2023, 5, 8), False, "the coronation"),
        (date(2012, 6, 5), False, "the Diamond Jubilee"),
        (date(2011, 4, 29), False, "a royal wedding"),
        (date(2002, 6, 3), False, "the Golden Jubilee"),
        (date(1999, 12, 31), False, "the millennium"),
        (date(2026, 11, 30), True, "Saint Andrew's day is not England's"),
    ],
)
def test_the_one_off_days_fell_where_they_fell(day: date, is_working: bool, why: str) -> None:
    assert ENGLAND.is_working_day(day) is is_working, why


def test_information_requests_skip_the_holidays_of_every_part_of_the_united_kingdom() -> None:
    assert not united_kingdom().is_working_day(date(2026, 7, 13))  # Northern Ireland's, for the twelfth
    assert not united_kingdom().is_working_day(date(2026, 11, 30))  # Scotland's
    assert ENGLAND.add(date(2026, 11, 27), 1) == date(2026, 11, 30)
    assert united_kingdom().add(date(2026, 11, 27), 1) == date(2026, 12, 1)


def test_a_day_can_be_made_a_holiday_or_made_ordinary() -> None:
    calendar = ENGLAND.changed([(date(2031, 6, 9), True, "A new day"), (date(2031, 8, 25), False, "")])
    assert not calendar.is_working_day(date(2031, 6, 9)) and calendar.named[date(2031, 6, 9)] == "A new day"
    assert calendar.is_working_day(date(2031, 8, 25)) and not ENGLAND.is_working_day(date(2031, 8, 25))
    assert calendar.add(date(2031, 6, 6), 1) == date(2031, 6, 10)
