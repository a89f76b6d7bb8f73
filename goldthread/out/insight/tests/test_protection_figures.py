"""Each figure of protection on small sets counted by hand, with their dates."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils.timezone import localdate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldthread.core.people.models import Person
from goldthread.core.records.models import Record
from goldthread.core.work.actions import Running, meet, stop_clocks, wind
from goldthread.ground.access.actions import restrict
from goldthread.ground.time.working_days import add_working_days
from goldthread.out.insight.declaration import Part
from goldthread.out.insight.indicators import INDICATORS
from goldthread.out.insight.plan_indicators import C16, C17
from goldthread.out.insight.queries import _starts, behind, figure
from goldthread.out.insight.shown import definition
from goldthread.out.insight.tests.meetings import discussion, seat
from goldthread.out.insight.tests.protecting import YEAR, conference, enquiry, plan, review
from goldthread.pathway.tests.people import child
from goldthread.practice.protection.conferences import core_group

pytestmark = pytest.mark.django_db

JUNE = date(2025, 6, 2)  # a Monday


@pytest.fixture
def maya(council):
    return child("Maya", date(2016, 5, 2))


@pytest.fixture
def leo(council):
    return child("Leo", date(2019, 8, 30))


def counted(key: str, until: date = YEAR[1], since: date = YEAR[0]) -> tuple[int, int, int]:
    """Counted, of how many known, and not known."""
    total = figure(INDICATORS[key], since, until).total
    return total.counting, total.known, total.unknown


def test_a_strategy_discussion_counts_once_for_each_child_it_is_about(maya, leo):
    discussion([maya, leo], JUNE)
    discussion([maya], date(2025, 3, 31))
    assert counted("C01") == (2, 2, 0)


def test_a_discussion_is_whole_with_social_care_the_police_and_health_who_took_part_themselves(maya):
    def held(day: int, health: str | None) -> None:
        on = JUNE + timedelta(days=day)
        came = [seat(on, "Somebody", agency_kind="police", required=role, attended="telephone") for role in ("social_care", "police")]
        nurse = [seat(on, "School nurse", agency_kind="school_nursing", required="health", attended=health)] if health else []
        discussion([maya], on, *came, *nurse)

    held(0, "video")
    held(1, "report")
    held(2, "not")
    held(3, None)
    discussion([maya], JUNE + timedelta(days=4))
    assert counted("C02") == (1, 4, 1), "of the last nobody wrote down who came"


def test_enquiries_are_counted_by_their_start_on_both_ends_of_the_window(maya):
    for on in (date(2025, 3, 31), date(2025, 4, 1), date(2026, 3, 31), date(2026, 4, 1)):
        enquiry(maya, on)
    assert counted("C03") == (2, 2, 0)


def test_enquiries_led_to_a_conference_or_to_none_and_those_still_open_are_not_known(maya, leo):
    enquiry(maya, JUNE, date(2025, 6, 20))
    enquiry(leo, JUNE, none_on=date(2025, 6, 13))
    enquiry(maya, date(2025, 9, 1), none_on=date(2025, 9, 10))
    enquiry(leo, date(2026, 3, 2))
    assert counted("C05") == (1, 3, 1)
    assert counted("C05N") == (2, 2, 0)


def test_an_enquiry_is_past_its_time_the_day_after_the_fifteenth_working_day_with_no_conference_and_no_decision(maya, leo):
    enquiry(maya, JUNE)
    enquiry(leo, JUNE, none_on=date(2025, 6, 13))
    fifteenth = add_working_days(JUNE, 15)
    assert counted("C23", JUNE) == (0, 2, 0), "nothing was decided about either on its first day"
    assert counted("C23", fifteenth) == (0, 1, 0)
    assert counted("C23", fifteenth + timedelta(days=1)) == (1, 1, 0)


def test_an_enquiry_whose_conference_came_late_was_past_its_time_until_that_day(maya):
    enquiry(maya, JUNE, date(2025, 7, 14))
    assert counted("C23", date(2025, 7, 13)) == (1, 1, 0)
    assert counted("C23", date(2025, 7, 14)) == (0, 0, 0)


@pytest.mark.parametrize(("days", "on_time"), [(15, 1), (16, 0)])
def test_a_conference_is_on_time_at_fifteen_working_days_of_the_enquiry(maya, days, on_time):
    enquiry(maya, JUNE, add_working_days(JUNE, days))
    assert counted("C07") == (on_time, 1, 0)


def test_the_two_bases_are_kept_apart_and_a_file_without_a_strategy_day_counts_on_one_alone(maya, leo):
    sixteenth = add_working_days(JUNE, 16)
    enquiry(maya, add_working_days(JUNE, 1), sixteenth, strategy_on=JUNE)
    enquiry(leo, add_working_days(JUNE, 1), sixteenth)
    assert counted("C07") == (2, 2, 0)
    assert counted("C07S") == (0, 1, 0)


def test_a_conference_led_to_a_plan_that_begins_on_its_day(maya, leo):
    conference(maya, JUNE)
    plan(maya, JUNE)
    conference(leo, JUNE)
    plan(leo, date(2025, 9, 1))
    assert counted("C06") == (2, 2, 0)
    assert counted("C08") == (1, 2, 0)


def test_children_on_a_plan_are_those_whose_plan_has_begun_and_not_ended_by_the_end_of_the_day(maya, leo):
    plan(maya, JUNE, date(2025, 12, 1))
    plan(leo, date(2025, 11, 30))
    days = (date(2025, 6, 1), JUNE, date(2025, 11, 30), date(2025, 12, 1))
    assert [counted("C09", day)[0] for day in days] == [0, 1, 2, 1]


def test_each_month_of_a_stock_is_the_number_at_its_last_day_and_the_figure_is_that_of_the_last(maya, leo):
    plan(maya, JUNE, date(2025, 7, 31))
    plan(leo, date(2025, 7, 15))
    months = figure(INDICATORS["C09"], YEAR[0], date(2025, 8, 10)).months
    assert [months[date(2025, month, 1)].counting for month in (4, 5, 6, 7, 8)] == [0, 0, 1, 1, 1]
    assert counted("C09", date(2025, 8, 10)) == (1, 1, 0)


def test_plans_begin_and_end_in_the_window(maya, leo):
    plan(maya, date(2024, 6, 3), JUNE)
    plan(leo, JUNE)
    assert (counted("C10"), counted("C10E")) == ((1, 1, 0), (1, 1, 0))


def test_a_plan_is_not_the_first_whenever_and_wherever_the_one_before_was(maya, leo):
    plan(maya, JUNE, before=1)
    plan(leo, JUNE, before=0)
    plan(child("Zoe", date(2020, 1, 1)), JUNE, before=None)
    assert counted("C11") == (1, 2, 1)


def test_a_plan_again_within_two_years_counts_to_the_day(maya, leo):
    for one, ended_on in ((maya, date(2023, 6, 2)), (leo, date(2023, 6, 1))):
        plan(one, date(2022, 1, 10), ended_on)
        plan(one, JUNE, before=1)
    plan(child("Zoe", date(2020, 1, 1)), JUNE, before=1)
    plan(child("Ada", date(2020, 1, 1)), JUNE, before=0)
    assert counted("C12") == (1, 3, 1), "nobody here knows when Zoe’s plan elsewhere ended"


def test_a_plan_of_two_years_to_the_day_lasted_two_years_and_one_of_a_day_less_did_not(maya, leo):
    plan(maya, date(2023, 6, 2), JUNE)
    plan(leo, date(2023, 6, 3), JUNE)
    assert counted("C13") == (1, 2, 0)


def test_a_child_has_been_on_a_plan_for_two_years_from_the_day_on_which_it_has_run_two_years(maya):
    plan(maya, date(2023, 6, 2))
    assert (counted("C14", date(2025, 6, 1)), counted("C14", JUNE)) == ((0, 1, 0), (1, 1, 0))


def test_each_length_falls_into_one_band(council):
    for number, ended_on in enumerate((date(2025, 9, 2), date(2025, 9, 3), date(2025, 12, 2), date(2025, 12, 3))):
        plan(child(f"Child {number}", date(2016, 5, 2)), JUNE, ended_on)
    for number, began_on in enumerate((date(2024, 6, 2), date(2024, 6, 1), date(2023, 6, 3), date(2023, 6, 2))):
        plan(child(f"Older {number}", date(2012, 5, 2)), began_on, JUNE)
    assert [counted(one.key)[0] for one in C16] == [1, 2, 2, 2, 1]
    assert counted("C10E")[0] == 8


def test_children_on_plans_are_split_by_category_and_the_split_adds_up(maya, leo):
    plan(maya, JUNE, category="EMO")
    plan(leo, JUNE, category=None)
    plan(child("Zoe", date(2020, 1, 1)), JUNE, date(2025, 9, 1), category="NEG")
    assert {one.key: n for one in C17 if (n := counted(one.key)[0])} == {"C17EMO": 1, "C17X": 1}
    assert counted("C09")[0] == 2


@pytest.mark.parametrize(
    ("reviews", "on_day", "expected"),
    [
        ([], date(2025, 9, 1), (0, 0, 0)),  # not three months yet
        ([], date(2025, 9, 2), (1, 1, 0)),  # due today
        ([], date(2025, 9, 3), (0, 1, 0)),
        ([date(2025, 9, 2)], date(2026, 3, 2), (1, 1, 0)),  # the next is due today
        ([date(2025, 9, 2)], date(2026, 3, 3), (0, 1, 0)),
        ([date(2025, 9, 3)], date(2025, 10, 1), (0, 1, 0)),  # the first was a day late: late ever after
        ([date(2025, 8, 1), date(2026, 2, 1)], date(2026, 3, 3), (1, 1, 0)),
        ([date(2025, 8, 1), date(2026, 2, 2)], date(2026, 3, 3), (0, 1, 0)),
    ],
)
def test_a_plan_is_reviewed_on_time_within_three_months_and_then_six_ever_since_it_began(maya, reviews, on_day, expected):
    plan(maya, JUNE)
    review(maya, date(2025, 5, 1))
    for held_on in reviews:
        review(maya, held_on)
    assert counted("C15", on_day) == expected


def core_group_waits(held: Record, one: Person, since: date) -> None:
    """As a conference here leaves it, that decided on a plan."""
    wind(record=held, children=[one.pk], runnings=[Running(core_group.FIRST, since, is_met_elsewhere=True)])


@pytest.mark.parametrize(("days", "on_time"), [(10, 1), (11, 0)])
def test_a_first_core_group_is_on_time_at_ten_working_days_of_the_conference(maya, days, on_time):
    held = conference(maya, JUNE)
    core_group_waits(held, maya, JUNE)
    meet(key=core_group.FIRST, children=[maya.pk], on=add_working_days(JUNE, days), by_record=conference(maya, JUNE))
    assert counted("C20") == (on_time, 1, 0)


def test_a_first_core_group_that_has_not_met_counts_against_once_its_time_has_run_out_and_not_where_the_plan_ended_before(maya, leo):
    today = localdate()
    window = (today, today - timedelta(days=60))
    core_group_waits(conference(maya, today - timedelta(days=30)), maya, today - timedelta(days=30))
    core_group_waits(conference(leo, today), leo, today)
    assert counted("C20", *window) == (0, 1, 1), "the time of the second has not run out"
    ended = conference(leo, today - timedelta(days=40))
    core_group_waits(ended, leo, today - timedelta(days=40))
    stop_clocks(record=ended, on=today - timedelta(days=38), why="The family left the country.")
    assert counted("C20", *window) == (0, 1, 2)


def test_what_was_withdrawn_is_counted_nowhere(maya):
    for record in (
        enquiry(maya, JUNE, date(2025, 6, 20)),
        conference(maya, JUNE),
        plan(maya, JUNE, date(2025, 9, 1)),
        discussion([maya], JUNE),
    ):
        Record.objects.filter(pk=record.pk).update(state=Record.VOID, void_why="A test")
    found = {key: counted(key) for key in INDICATORS if key.startswith("C")}
    assert {key: told for key, told in found.items() if any(told)} == {}


def test_every_figure_says_what_it_counts_whose_definition_it_is_and_how_sure_we_are(council):
    for one in INDICATORS.values():
        words = definition(figure(one, *YEAR))
        assert one.counted in words
        assert one.source in words
        assert one.confidence.lower() in words
        assert one.part in Part


def test_every_figure_opens_to_as_many_as_it_says_at_any_time(council, maya, leo):
    days = st.dates(date(2024, 1, 1), date(2026, 3, 31))
    lasting = st.one_of(st.none(), st.integers(1, 1000))
    happened = st.tuples(st.sampled_from(["enquiry", "none", "conference", "plan", "review", "discussion"]), st.booleans(), days, lasting)

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(happened, min_size=1, max_size=6), days, st.integers(0, 400))
    def holds(told, until, length):
        for what, is_maya, on, lasts in told:
            one = maya if is_maya else leo
            later = on + timedelta(days=lasts) if lasts else None
            if what in ("enquiry", "none"):
                enquiry(one, on, later if what == "enquiry" else None, strategy_on=on, none_on=later if what == "none" else None)
            elif what == "plan":
                plan(child("Somebody", date(2012, 1, 1)), on, later, before=lasts and lasts % 3)
            elif what == "discussion":
                discussion([maya, leo], on)
            else:
                {"conference": conference, "review": review}[what](one, on)
        window = (until - timedelta(days=length), until)
        for one in INDICATORS.values():
            total = figure(one, *window).total
            for which, number in ((True, total.counting), (False, total.known - total.counting), (None, total.unknown)):
                shown, withheld = behind(one, *window, council.screener, which)
                assert len(shown) + withheld == number, (one.key, window, which)

    holds()


def test_a_restricted_child_is_counted_among_those_on_plans_and_not_shown(council, maya, leo):
    plan(maya, JUNE)
    plan(leo, JUNE)
    restrict(person=leo.pk, why="Adoption", lead_name="Ruth Lamb", lead_phone="020 7946 0100", by=council.screener)
    shown, withheld = behind(INDICATORS["C09"], *YEAR, council.screener)
    assert (counted("C09")[0], [row.person for row in shown], withheld) == (2, [maya], 1)


def test_the_dashboard_is_grouped_by_the_part_of_the_journey_and_says_the_day_of_a_stock(council, maya, client):
    plan(maya, JUNE, category="EMO")
    client.force_login(council.screener)
    page = client.get("/dashboard/", {"from": "2025-04-01", "until": "2026-03-31"}).content.decode()
    places = [page.index(f">{part}</h2>") for part in Part]
    assert places == sorted(places)
    assert "the end of 31 March 2026, asked at" in page
    assert "Emotional abuse" in page


@pytest.mark.parametrize("key", ["C03", "C04", "C05", "C06", "C21", "C07", "C08", "C23", "C09", "C10", "C12", "C15"])
def test_a_figure_finds_its_records_by_index_and_reads_no_great_table_from_end_to_end(council, maya, key):
    """With sequential reading forbidden, whatever is still read so has no index for it; plans themselves are few."""
    one = INDICATORS[key]
    starts = _starts(one, *YEAR) if one.rule_key else []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {one.sql_as_at()}", one.parameters(*YEAR, starts))
        lines = "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute("SET LOCAL enable_seqscan = on")
    for table in ("records_record ", "records_recordchild ", "work_clock "):
        assert f"Seq Scan on {table}" not in lines, lines
