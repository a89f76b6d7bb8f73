"""What is typed into the search box, read as a person would."""

import datetime as dt

import pytest

from goldthread.core.people.asking import read, read_day

TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize("typed", [
    "12/3/14", "12/03/2014", "12.3.14", "12-3-2014", "2014-03-12", "12 March 2014", "12th Mar 2014", "12 mar 14", "March 12, 2014", "12032014",
    "12th of March 2014", "dob 12/3/14", "D.O.B: 12/3/14", "born on 12 March 2014",
])  # fmt: skip
def test_a_date_is_read_in_every_style_used_in_britain(typed):
    asked = read(typed, TODAY)
    assert asked.day == dt.date(2014, 3, 12)
    assert asked.words == []


@pytest.mark.parametrize(
    ("typed", "day"), [("1/2/79", dt.date(1979, 2, 1)), ("1/2/27", dt.date(2027, 2, 1)), ("1/2/28", dt.date(1928, 2, 1)), ("31/2/14", None)]
)
def test_two_figures_of_a_year_reach_into_next_year_and_no_further(typed, day):
    assert read_day(typed, TODAY) == day


def test_a_month_a_year_and_an_age_are_read():
    assert read("March 2014", TODAY).month == (2014, 3)
    assert read("3/2014", TODAY).month == (2014, 3)
    assert read("Smith 2014", TODAY).years == (2014,)
    assert read("Smith aged 7", TODAY).years == (2018, 2019)
    assert read("Smith 7 years old", TODAY).years == (2018, 2019)


def test_numbers_postcodes_telephones_and_references_are_told_apart():
    asked = read("943 476 5919 N1 9GU 020 7946 0123 C000000006 BCDF2345", TODAY)
    assert asked.postcode == "n19gu"
    assert asked.phone == "02079460123"
    assert {"9434765919", "c000000006"} <= set(asked.numbers)
    assert asked.references == ["BCDF2345"]


def test_a_particle_goes_with_the_name_after_it():
    assert [word.tokens for word in read("Sean O Connor", TODAY).words] == [("sean",), ("oconnor", "connor")]
    assert [word.tokens for word in read("Abdul Rahman Khan", TODAY).words] == [("abdulrahman", "rahman"), ("khan",)]


def test_two_names_may_be_one_name_written_apart():
    assert [word.joined for word in read("Maxamed Abdi Rahman", TODAY).words] == [
        ("maxamedabdi",),
        ("maxamedabdi", "abdirahman"),
        ("abdirahman",),
    ]


def test_what_is_not_understood_is_taken_for_a_name():
    assert [word.shown for word in read("Siobhán 31/2/14", TODAY).words] == ["Siobhán", "31/2/14"]


def test_nothing_typed_is_nothing_asked():
    assert read("  ", TODAY).is_empty
