"""Rates per 10,000 children, on small sets reckoned by hand, and the numbers of children that they are reckoned by."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldthread.ground.audit.models import Change
from goldthread.ground.boot.trouble import Impossible
from goldthread.out.insight import actions
from goldthread.out.insight.actions import count, enter_population, take_back_population
from goldthread.out.insight.declaration import Says
from goldthread.out.insight.indicators import INDICATORS
from goldthread.out.insight.kept import kept
from goldthread.out.insight.models import Population
from goldthread.out.insight.queries import behind, figure
from goldthread.out.insight.shown import definition, drawn
from goldthread.out.insight.tests.protecting import YEAR, enquiry, plan
from goldthread.pathway.tests.people import child

pytestmark = pytest.mark.django_db

JUNE = date(2025, 6, 2)
SOURCE = "ONS mid-year estimate, ages 0 to 17"
DAYS = {"from": "2025-04-01", "until": "2026-03-31"}


@pytest.fixture
def maya(council):
    return child("Maya", date(2016, 5, 2))


@pytest.fixture
def leo(council):
    return child("Leo", date(2019, 8, 30))


@pytest.fixture
def enter(council):
    return lambda mid_year, children: enter_population(mid_year=mid_year, children=children, source=SOURCE, by=council.screener)


def said(key: str, window: tuple[date, date] = YEAR) -> str:
    return figure(INDICATORS[key], *window).words


def test_two_enquiries_a_year_among_eight_thousand_children_are_two_and_a_half_for_ten_thousand(maya, enter):
    enter(2025, 8_000)
    for on in (date(2025, 3, 31), date(2025, 4, 1), date(2026, 3, 31), date(2026, 4, 1)):
        enquiry(maya, on)
    assert said("C04") == "2.5"


def test_a_year_is_counted_whole_whatever_the_first_day_so_that_no_quarter_passes_for_a_year(maya, enter):
    enter(2025, 8_000)
    for on in (date(2025, 4, 1), date(2025, 12, 31), date(2026, 1, 1)):
        enquiry(maya, on)
    quarter = (date(2026, 1, 1), date(2026, 3, 31))
    assert (said("C03", quarter), said("C04", quarter)) == ("1", "3.8"), "3 for 8,000 are 3.75 for 10,000"
    assert said("C04", (date(2020, 1, 1), YEAR[1])) == "3.8"


@pytest.mark.parametrize(
    ("last", "first"),
    [
        (date(2026, 3, 31), date(2025, 4, 1)),
        (date(2026, 3, 30), date(2025, 3, 31)),
        (date(2024, 2, 29), date(2023, 3, 1)),
        (date(2025, 2, 28), date(2024, 3, 1)),
    ],
)
def test_the_year_to_a_day_begins_the_day_after_that_day_of_the_year_before(maya, enter, last, first):
    enter(2020, 10_000)
    enquiry(maya, first - timedelta(days=1))
    enquiry(maya, last + timedelta(days=1))
    assert said("C04", (last, last)) == "0.0"
    enquiry(maya, first)
    enquiry(maya, last)
    assert said("C04", (last, last)) == "2.0"


def test_over_a_year_the_rate_opens_to_the_children_the_number_opens_to(council, maya, leo, enter):
    enter(2025, 8_000)
    for on in (date(2025, 4, 1), JUNE, date(2026, 3, 31)):
        enquiry(maya, on)
    enquiry(leo, JUNE)
    plan(maya, JUNE, date(2025, 9, 1))
    plan(leo, JUNE)
    for number, rate in (("C03", "C04"), ("C09", "C09R")):
        shown, _ = behind(INDICATORS[number], *YEAR, council.screener)
        again, _ = behind(INDICATORS[rate], *YEAR, council.screener)
        assert [(row.person, row.on_day, row.record) for row in again] == [(row.person, row.on_day, row.record) for row in shown] != []


def test_three_children_on_plans_among_twelve_thousand_are_two_and_a_half_for_ten_thousand(enter):
    enter(2024, 12_000)
    for number in range(3):
        plan(child(f"Child {number}", date(2016, 5, 2)), JUNE)
    plan(child("Zoe", date(2016, 5, 2)), JUNE, date(2025, 12, 1))
    assert said("C09R") == "2.5"
    assert said("C09R", (YEAR[0], date(2025, 11, 30))) == "3.3", "4 for 12,000"


def test_the_newest_mid_year_that_is_not_after_the_last_day_is_divided_by(maya, enter):
    enter(2024, 10_000)
    enter(2025, 20_000)
    plan(maya, date(2024, 1, 8))
    days = (date(2025, 6, 29), date(2025, 6, 30), date(2026, 3, 31))
    assert [said("C09R", (YEAR[0], day)) for day in days] == ["1.0", "0.5", "0.5"]


def test_each_month_is_divided_by_those_who_lived_here_then(maya, enter):
    enter(2024, 10_000)
    enter(2025, 20_000)
    plan(maya, date(2024, 1, 8))
    rows = drawn(figure(INDICATORS["C09R"], date(2025, 5, 1), date(2025, 7, 31)))["rows"]
    assert [(row[0], row[1]["words"], *row[2:]) for row in rows] == [
        ("May 2025", "1.0", "1", "10,000"),
        ("June 2025", "0.5", "1", "20,000"),
        ("July 2025", "0.5", "1", "20,000"),
    ]


def test_where_no_population_is_entered_the_rate_says_so_and_where_to_enter_it(maya, enter, council, client):
    enquiry(maya, JUNE)
    assert said("C04") == said("C09R") == "n/a"
    client.force_login(council.screener)
    where = "How many children live here has not been entered: an administrator does so under Set-up, “Children living here”."
    for address in ("/dashboard/", "/dashboard/C04/"):
        assert where in client.get(address, DAYS).content.decode(), address
    enter(2026, 8_000)
    assert said("C04") == "n/a", "mid-2026 is after the last day"
    assert "has not been entered for 31 March 2026 or before" in client.get("/dashboard/C04/", DAYS).content.decode()


def test_a_rate_says_of_which_year_and_from_where_its_children_are_and_how_the_year_is_chosen(maya, enter):
    enter(2025, 8_000)
    enquiry(maya, JUNE)
    words = definition(figure(INDICATORS["C04"], *YEAR))
    assert "for every 10,000 children aged 0 to 17" in words
    assert "twelve months up to and with the last day" in words
    assert "newest mid-year’s that is not after the last day: 8,000 in mid-2025" in words
    assert SOURCE in words
    tile = drawn(figure(INDICATORS["C04"], *YEAR))
    assert (tile["number"], tile["of"], tile["note"]) == ("1.3", "1 for 8,000 children", "Children aged 0 to 17 at mid-2025")


def test_a_population_entered_or_taken_back_shows_at_once_on_a_dashboard_that_is_kept(maya, enter, council, monkeypatch):
    monkeypatch.setattr(actions, "MANY", 1)
    enquiry(maya, JUNE)

    def told() -> str:
        return next(one.words for one in kept(*YEAR) if one.indicator.key == "C04")

    count(*YEAR)
    assert told() == "n/a"
    entered = enter(2025, 8_000)
    assert told() == "1.3", "1.25"
    take_back_population(population=entered, by=council.screener)
    assert told() == "n/a"
    enter(2025, 10_000)
    assert told() == "1.0"


def test_an_estimate_is_of_a_day_that_is_past_and_of_a_number_that_can_be(enter, time_machine):
    time_machine.move_to("2026-06-29T12:00Z", tick=False)
    for mid_year, children, what in ((2026, 8_000, "to 2025"), (1990, 8_000, "1991"), (2025, 0, "from 1"), (2025, 2_000_000, "1,000,000")):
        with pytest.raises(Impossible, match=what):
            enter(mid_year, children)
    time_machine.move_to("2026-06-30T12:00Z", tick=False)
    enter(2026, 8_000)


def test_a_mid_year_stands_once_and_what_was_taken_back_stays_with_who_did_it(enter, council):
    first = enter(2025, 8_000)
    with pytest.raises(Impossible, match="entered already"):
        enter(2025, 9_000)
    with pytest.raises(IntegrityError), transaction.atomic():
        Population.objects.create(mid_year=2025, children=9_000, source=SOURCE, entered_by=council.screener)
    take_back_population(population=first, by=council.screener)
    enter(2025, 9_000)
    first.refresh_from_db()
    assert (first.taken_back_by, first.taken_back_at is None) == (council.screener, False)
    assert list(Change.objects.filter(table="insight_population", row=first.pk).order_by("pk").values_list("op", flat=True)) == ["I", "U"]


def test_a_rate_times_its_children_is_what_its_list_holds_at_any_time(council, maya, leo, enter):
    days = st.dates(date(2024, 1, 1), timezone.localdate())

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.tuples(st.booleans(), days), max_size=5), days, st.integers(0, 800), st.integers(1, 200_000))
    def holds(enquiries, until, length, children):
        Population.objects.filter(taken_back_at=None).update(taken_back_at=timezone.now(), taken_back_by=council.screener)
        enter(2020, children)
        for is_maya, on in enquiries:
            enquiry(maya if is_maya else leo, on)
        window = (until - timedelta(days=length), until)
        for one in (one for one in INDICATORS.values() if one.says == Says.RATE):
            now = figure(one, *window)
            shown, withheld = behind(one, *window, council.screener)
            assert now.value(now.total, until) * children / 10_000 == pytest.approx(len(shown) + withheld)
            assert now.total.counting <= now.total.known

    holds()
