"""Dates in words."""

from datetime import date, datetime, timedelta

import pytest

from goldthread.ground.time.periods import LONDON
from goldthread.ground.time.words import day_in_words, hours_in_words, in_words, left_in_words, moment_in_words, short_day
from goldthread.ground.time.working_days import england

TUESDAY = date(2026, 3, 3)


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 2, 23), "Tuesday 3 March, 6 working days left"),
        (date(2026, 3, 2), "Tuesday 3 March, 1 working day left"),
        (TUESDAY, "Tuesday 3 March, due today"),
        (date(2026, 3, 6), "Tuesday 3 March, 3 working days late"),
        (date(2025, 12, 31), "Tuesday 3 March 2026, 43 working days left"),
    ],
)
def test_a_due_day_says_how_long_is_left_or_how_late(today: date, words: str) -> None:
    assert in_words(TUESDAY, today, england()) == words


def test_over_a_weekend_plain_days_are_said() -> None:
    friday, sunday = date(2026, 3, 6), date(2026, 3, 8)
    assert left_in_words(friday, sunday, england()) == "2 days late"
    assert left_in_words(sunday, friday, england()) == "2 days left"


def test_a_clock_in_weeks_or_months_is_said_in_days() -> None:
    assert left_in_words(TUESDAY, date(2026, 2, 23), in_working_days=False) == "8 days left"


def test_a_moment_is_said_in_englands_time() -> None:
    moment = datetime.fromisoformat("2026-07-01T13:32:00+00:00")
    assert moment_in_words(moment, date(2026, 7, 2)) == "Wednesday 1 July at 14:32"
    assert short_day(TUESDAY) == "3 March 2026" and day_in_words(TUESDAY) == "Tuesday 3 March 2026"


@pytest.mark.parametrize(("minutes", "words"), [(0, "due now"), (40, "40 minutes left"), (300, "5 hours left"), (-150, "2 hours late")])
def test_hours_are_said_in_hours_and_the_last_two_in_minutes(minutes: int, words: str) -> None:
    now = datetime(2026, 3, 3, 9, 0, tzinfo=LONDON)
    assert hours_in_words(now + timedelta(minutes=minutes), now) == words
