"""Each indicator on records whose answer is known by hand."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from goldthread.core.agencies.actions import create_worker
from goldthread.core.people.models import Person
from goldthread.core.records.models import Record
from goldthread.ground.access.actions import restrict
from goldthread.ground.access.models import User
from goldthread.ground.time.working_days import add_working_days
from goldthread.out.insight.indicators import INDICATORS
from goldthread.out.insight.queries import behind, figure
from goldthread.pathway.batch import Done, Entry, record_many
from goldthread.pathway.tests.people import child
from goldthread.practice.family_help.assessment import AssessmentChild, ChildAndFamilyAssessment
from goldthread.practice.front_door.referral import Referral, ReferralChild

pytestmark = pytest.mark.django_db

YEAR = (date(2025, 4, 1), date(2026, 3, 31))


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def referral(one: Person, received_on: date, decided_on: date | None = None) -> Record:
    decided_on = decided_on or received_on
    values: dict[str, Any] = {
        "received_on": received_on,
        "decided_on": decided_on,
        "source": "6",
        "reason": "A worry",
        "why": "No",
        "is_nfa": True,
    }
    each = {(ReferralChild, one.pk): {"worry": "A worry"}}
    return record_many(
        Referral, [Entry([one], values, received_on, at(received_on), each=each, done=[Done("decide", None, at(decided_on))])]
    )[0]


def assessment(one: Person, started_on: date, authorised_on: date, referred_on: date) -> Record:
    values: dict[str, Any] = {
        "referred_on": referred_on,
        "started_on": started_on,
        "authorised_on": authorised_on,
        "authorising_words": "Agreed",
    }
    values |= {"why_now": "A worry", "home_and_family": "At home", "analysis": "Well enough"}
    own = {
        "is_seen": True,
        "seen_on": started_on,
        "is_seen_alone": True,
        "childs_words": "Hello",
        "daily_life": "School",
        "factors": ["21"],
    }
    own |= {"analysis": "Well", "outcome": "no_further_action", "authorised_outcome": "no_further_action"}
    done = [Done("write", None, at(authorised_on)), Done("authorise", None, at(authorised_on))]
    entry = Entry([one], values, started_on, at(started_on), each={(AssessmentChild, one.pk): own}, done=done)
    return record_many(ChildAndFamilyAssessment, [entry])[0]


def count(key: str) -> tuple[int, int, int]:
    total = figure(INDICATORS[key], *YEAR).total
    return total.counting, total.known, total.unknown


def test_referrals_are_counted_one_for_each_child_in_the_window(council):
    maya = child("Maya", date(2016, 5, 2))
    for day in (date(2025, 3, 31), date(2025, 4, 1), date(2026, 3, 31), date(2026, 4, 1)):
        referral(maya, day)
    assert count("FD04") == (2, 2, 0)


def test_a_referral_exactly_twelve_months_after_another_is_a_re_referral_and_a_day_later_is_not(council):
    maya, leo = child("Maya", date(2016, 5, 2)), child("Leo", date(2019, 8, 30))
    referral(maya, date(2024, 6, 3))
    referral(maya, date(2025, 6, 3))
    referral(leo, date(2024, 6, 3))
    referral(leo, date(2025, 6, 4))
    assert count("FD06") == (1, 2, 0)


def test_a_referral_withdrawn_or_taken_off_the_child_is_not_counted(council):
    maya = child("Maya", date(2016, 5, 2))
    referral(maya, date(2025, 6, 3))
    Record.objects.filter(pk=referral(maya, date(2025, 7, 3)).pk).update(state=Record.VOID, void_why="A test")
    assert count("FD04")[0] == 1
    assert count("FD06") == (0, 1, 0)


@pytest.mark.parametrize(("days", "on_time"), [(0, 1), (1, 1), (2, 0)])
def test_a_referral_is_decided_on_time_within_one_working_day(council, days, on_time):
    received_on = date(2025, 6, 6)  # a Friday
    referral(child("Maya", date(2016, 5, 2)), received_on, add_working_days(received_on, days))
    assert count("FD09") == (on_time, 1, 0)


@pytest.mark.parametrize(("days", "on_time"), [(45, 1), (46, 0)])
def test_an_assessment_is_on_time_at_forty_five_working_days_on_both_bases(council, days, on_time):
    started_on = date(2025, 6, 6)
    maya = child("Maya", date(2016, 5, 2))
    assessment(maya, started_on, add_working_days(started_on, days), referred_on=started_on - timedelta(days=1))
    assert count("FD12") == (on_time, 1, 0)
    assert count("FD12R") == (0, 1, 0), "from the referral a day earlier it is late either way" if days == 45 else ""


def test_a_share_of_nothing_is_not_nought(council):
    assert figure(INDICATORS["FD06"], *YEAR).words == "n/a"


def test_a_figure_counts_a_restricted_child_and_does_not_show_it(council):
    maya, leo = child("Maya", date(2016, 5, 2)), child("Leo", date(2019, 8, 30))
    referral(maya, date(2025, 6, 3))
    referral(leo, date(2025, 6, 3))
    restrict(person=leo.pk, why="Adoption", lead_name="Ruth Lamb", lead_phone="020 7946 0100", by=council.screener)
    assert count("FD04")[0] == 2
    shown, withheld = behind(INDICATORS["FD04"], *YEAR, council.screener)
    assert ([row.person for row in shown], withheld) == ([maya], 1)


def test_an_analyst_reads_a_mark_the_age_and_the_month_and_of_a_restricted_child_the_count_alone(council, client):
    maya, leo = child("Maya", date(2016, 5, 2)), child("Leo", date(2018, 8, 3))
    for day in (date(2025, 4, 10), date(2025, 9, 17)):
        referral(maya, day)
    referral(leo, date(2025, 5, 4))
    restrict(person=leo.pk, why="Adoption", lead_name="Ruth Lamb", lead_phone="020 7946 0100", by=council.screener)
    analyst = User.objects.create(username="analyst")
    create_worker(name="Jonah Prewett", user=analyst, from_on=date(2020, 1, 6), duties=["analyst"])
    client.force_login(analyst)
    asked = {"from": "2025-04-01", "until": "2026-03-31"}
    lines = client.get("/dashboard/FD04/", asked | {"as": "csv"}).content.decode().split()
    first, second = (line.split(",") for line in lines[1:])
    assert (lines[0], first[1] == second[1]) == ("month,mark,age,counted", True), "the same child, the same mark"
    assert (first[0], first[2], second[0], second[2]) == ("2025-09", "9", "2025-04", "8")
    page = client.get("/dashboard/FD04/", asked).content.decode()
    assert f"{first[1]}, aged 9" in page and "1 more is counted" in page
    for told in (maya.reference, "Maya", "Leo", "/record/"):
        assert told not in page + "".join(lines)


def test_the_months_add_up_to_the_figure_and_empty_months_are_there(council):
    maya = child("Maya", date(2016, 5, 2))
    for month in (4, 4, 9):
        referral(maya, date(2025, month, 3))
    months = figure(INDICATORS["FD04"], *YEAR).months
    assert len(months) == 12
    assert [months[date(2025, m, 1)].counting for m in (4, 5, 9)] == [2, 0, 1]


def test_the_dashboard_draws_every_figure_and_each_opens(council, client):
    referral(child("Maya", date(2016, 5, 2)), date(2025, 6, 3))
    client.force_login(council.screener)
    page = client.get("/dashboard/", {"from": "2025-04-01", "until": "2026-03-31"})
    assert page.status_code == 200
    for key in INDICATORS:
        assert f"/dashboard/{key}/?" in page.content.decode()
    opened = client.get("/dashboard/FD04/", {"from": "2025-04-01", "until": "2026-03-31"})
    assert "Maya" in opened.content.decode()
    listed = client.get("/dashboard/FD04/", {"from": "2025-04-01", "until": "2026-03-31", "as": "csv"})
    assert listed.content.decode().splitlines()[1].startswith("2025-06-03,")


def test_a_worker_without_reason_sees_the_number_and_not_the_child(council, client):
    referral(child("Maya", date(2016, 5, 2)), date(2025, 6, 3))
    client.force_login(council.other_worker)
    page = client.get("/dashboard/FD04/", {"from": "2025-04-01", "until": "2026-03-31"}).content.decode()
    assert "Maya" not in page
    assert "1 more is counted" in page
