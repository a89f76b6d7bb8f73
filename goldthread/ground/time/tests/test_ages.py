"""Ages by dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.ground.time.ages import age_in_words, age_on, birthday, gestation_weeks, months_on, unborn_in_words

days = st.dates(date(1920, 1, 1), date(2099, 12, 31))


def test_one_born_on_29_february_attains_an_age_on_1_march_in_a_common_year() -> None:
    born = date(2008, 2, 29)
    assert age_on(born, date(2026, 2, 28)) == 17
    assert age_on(born, date(2026, 3, 1)) == 18 and birthday(born, 18) == date(2026, 3, 1)
    assert age_on(born, date(2024, 2, 29)) == 16 and birthday(born, 16) == date(2024, 2, 29)


def test_an_age_is_attained_on_the_birthday_and_not_the_day_before() -> None:
    assert [age_on(date(2010, 6, 15), day) for day in (date(2026, 6, 14), date(2026, 6, 15))] == [15, 16]


def test_an_unborn_child_has_an_age_below_nought() -> None:
    assert age_on(date(2026, 6, 15), date(2026, 3, 1)) == -1


@given(days, st.integers(0, 30))
def test_the_birthday_is_the_first_day_of_that_age(born: date, age: int) -> None:
    day = birthday(born, age)
    assert age_on(born, day) == age
    assert age == 0 or age_on(born, date.fromordinal(day.toordinal() - 1)) == age - 1


@given(days, days)
def test_months_and_years_agree(born: date, day: date) -> None:
    # A leap child completes months on 28 February but years on 1 March.
    if (born.month, born.day) != (2, 29):
        assert months_on(born, day) // 12 == age_on(born, day)


@pytest.mark.parametrize(
    ("day", "weeks"),
    [(date(2026, 3, 14), 40), (date(2026, 1, 10), 31), (date(2026, 3, 28), 42), (date(2025, 6, 7), 0), (date(2025, 6, 6), None)],
)
def test_weeks_of_pregnancy_are_counted_back_from_the_expected_date(day: date, weeks: int | None) -> None:
    assert gestation_weeks(date(2026, 3, 14), day) == weeks


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 3, 9), "not yet born"),
        (date(2026, 3, 10), "born today"),
        (date(2026, 3, 11), "1 day"),
        (date(2026, 4, 14), "5 weeks"),
        (date(2026, 6, 10), "3 months"),
        (date(2027, 5, 11), "14 months"),
        (date(2028, 3, 9), "23 months"),
        (date(2028, 3, 10), "2 years"),
    ],
)
def test_an_age_is_said_as_people_say_it(day: date, words: str) -> None:
    assert age_in_words(date(2026, 3, 10), day) == words


def test_an_unborn_child_is_said_by_the_expected_date_and_weeks() -> None:
    expected = date(2026, 3, 14)
    assert unborn_in_words(expected, date(2026, 1, 10)) == "due 14 March, 31 weeks"
    assert unborn_in_words(expected, date(2025, 12, 30)) == "due 14 March 2026, 29 weeks"
    assert unborn_in_words(expected, date(2026, 3, 17)) == "was due 14 March, 3 days ago"
