"""What the dashboard counted a little while ago, and what it opens to now."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from goldthread.core.agencies.actions import create_agency
from goldthread.core.people.models import Person
from goldthread.ground.access.actions import restrict
from goldthread.out.exchange.models import ImportRun
from goldthread.out.insight import actions
from goldthread.out.insight.actions import count
from goldthread.out.insight.indicators import INDICATORS
from goldthread.out.insight.jobs import count_the_dashboard
from goldthread.out.insight.kept import KEPT_FOR, kept, said
from goldthread.out.insight.models import CountedMonth, CountedPlaces
from goldthread.out.insight.queries import behind, figure, last_twelve_months
from goldthread.out.insight.tests.meetings import discussion, seat
from goldthread.out.insight.tests.protecting import YEAR, conference, enquiry, plan, review
from goldthread.pathway.tests.people import child

pytestmark = pytest.mark.django_db

JUNE = date(2025, 6, 2)
ASKED = {"from": YEAR[0].isoformat(), "until": YEAR[1].isoformat()}


@pytest.fixture(autouse=True)
def _even_a_few_are_many(monkeypatch):
    monkeypatch.setattr(actions, "MANY", 1)


@pytest.fixture
def maya(council) -> Person:
    maya = child("Maya", date(2016, 5, 2))
    discussion([maya], JUNE)
    enquiry(maya, JUNE, date(2025, 6, 20), strategy_on=JUNE)
    conference(maya, date(2025, 6, 20))
    plan(maya, date(2025, 6, 20), date(2026, 2, 1))
    review(maya, date(2025, 9, 12))
    return maya


def grow_older(by: timedelta) -> None:
    CountedMonth.objects.update(counted_at=timezone.now() - by)


def test_what_is_kept_of_every_indicator_is_what_is_counted_and_what_its_list_holds(council, maya):
    for window in (YEAR, (JUNE, date(2025, 9, 10)), last_twelve_months(timezone.localdate())):
        live = count(*window)
        again = kept(*window)
        assert again is not None
        for now, then in zip(live, again, strict=True):
            assert (then.total, then.months) == (now.total, now.months), now.indicator.key
            for which, number in ((True, then.total.counting), (False, then.total.known - then.total.counting), (None, then.total.unknown)):
                shown, withheld = behind(then.indicator, *window, council.screener, which)
                assert len(shown) + withheld == number, (then.indicator.key, which)


def test_a_restricted_child_is_in_what_is_kept_and_not_in_the_list(council, maya):
    restrict(person=maya.pk, why="Adoption", lead_name="Ruth Lamb", lead_phone="020 7946 0100", by=council.screener)
    count(*YEAR)
    told = {one.indicator.key: one.total for one in kept(*YEAR)}
    assert told["C06"].counting == 1
    assert behind(INDICATORS["C06"], *YEAR, council.screener) == ([], 1)


def test_a_few_events_are_counted_anew_each_time(council, maya, monkeypatch):
    monkeypatch.setattr(actions, "MANY", 10_000)
    count(*YEAR)
    assert kept(*YEAR) is None
    assert not CountedMonth.objects.exists()


def test_nothing_is_said_of_days_that_were_not_counted(council, maya):
    count(*YEAR)
    assert kept(YEAR[0], YEAR[1] - timedelta(days=1)) is None


def test_what_was_counted_a_quarter_of_an_hour_ago_or_yesterday_is_not_said_again(council, maya):
    count(*YEAR)
    assert kept(*YEAR)
    grow_older(KEPT_FOR + timedelta(seconds=1))
    assert kept(*YEAR) is None
    grow_older(timedelta(days=1))
    assert kept(*YEAR) is None


def test_what_was_counted_before_an_import_ended_is_not_said_again(council, maya):
    count(*YEAR)
    ImportRun.objects.create(file_name="cin.xml", finished_at=timezone.now())
    assert kept(*YEAR) is None
    count(*YEAR)
    assert kept(*YEAR)


def test_an_indicator_that_is_new_since_is_counted(council, maya):
    count(*YEAR)
    CountedMonth.objects.filter(key="C06").delete()
    assert kept(*YEAR) is None


def test_counting_again_replaces_what_was_kept(council, maya):
    count(*YEAR)
    first = CountedMonth.objects.count()
    conference(maya, date(2025, 7, 1))
    count(*YEAR)
    assert CountedMonth.objects.count() == first
    assert {one.indicator.key: one.total.counting for one in kept(*YEAR)}["C06"] == 2


def test_a_list_says_what_the_dashboard_said_of_the_year_and_of_each_month(council, maya):
    count(*YEAR)
    june = (date(2025, 6, 1), date(2025, 6, 30))
    for key in ("C06", "C09", "C12"):
        for window in (YEAR, june):
            now = figure(INDICATORS[key], *window)
            assert said(now)[0] == now.total, (key, window)
    assert said(figure(INDICATORS["C06"], JUNE, date(2025, 6, 30))) is None, "no dashboard shows part of a month within its days"


def test_the_page_says_when_it_counted_and_a_list_that_has_changed_since_says_so(council, maya, client):
    client.force_login(council.screener)
    assert "Count again now" not in client.get("/dashboard/", ASKED).content.decode(), "it was counted this moment"
    grow_older(timedelta(minutes=5))
    assert "changed since" not in client.get("/dashboard/C06/", ASKED).content.decode()
    conference(maya, date(2025, 7, 1))
    page = client.get("/dashboard/", ASKED).content.decode()
    at = timezone.localtime(timezone.now() - timedelta(minutes=5))
    if kept(*YEAR) is not None:  # not across midnight
        assert f"Counted at {at:%H:%M}" in page or f"Counted at {at - timedelta(minutes=1):%H:%M}" in page
        listed = client.get("/dashboard/C06/", ASKED).content.decode()
        assert "The dashboard counted 1 at" in listed
        assert "It has changed since." in listed
    answer = client.post(f"/dashboard/count/?from={ASKED['from']}&until={ASKED['until']}")
    assert answer.status_code == 302
    assert "changed since" not in client.get("/dashboard/C06/", ASKED).content.decode()
    assert client.get("/dashboard/count/").status_code == 405


def test_what_is_kept_is_shown_without_counting(council, maya, client, django_assert_max_num_queries):
    client.force_login(council.screener)
    client.get("/dashboard/", ASKED)
    with django_assert_max_num_queries(14):
        first = client.get("/dashboard/", ASKED).content
    with django_assert_max_num_queries(11):
        again = client.get("/dashboard/", ASKED).content
    assert first.count(b"<svg") == again.count(b"<svg") > 20


def test_the_worker_counts_the_usual_days_and_forgets_what_is_old(council, maya):
    count(*YEAR)
    grow_older(timedelta(hours=1))
    count_the_dashboard()
    assert kept(*last_twelve_months(timezone.localdate()))
    assert not CountedMonth.objects.filter(until_on=YEAR[1]).exists()


def test_the_attendance_report_of_many_meetings_says_what_it_counted_and_its_list_what_is_true_now(council, client, monkeypatch):
    monkeypatch.setattr(actions, "MANY_PLACES", 1)
    police, maya = create_agency(name="Mereside Police", kind="police"), child("Maya", date(2016, 5, 2))
    first = date(2026, 6, 10)
    discussion([maya], first, seat(first, "Police", agency=police, attended="video"))
    client.force_login(council.screener)
    days = {"from": "2026-04-01", "until": "2027-03-31"}
    line = f'line=agency-{police.pk}&amp;column=video">1</a>'
    assert line in client.get("/dashboard/attendance/", days).content.decode()
    discussion([maya], first, seat(first, "Police", agency=police, attended="video"))
    assert line in client.get("/dashboard/attendance/", days).content.decode(), "counted a moment ago"
    behind = client.get("/dashboard/attendance/meetings/", days | {"line": f"agency-{police.pk}", "column": "video"}).content.decode()
    assert "2 places counted. The report counted 1 at" in behind
    CountedPlaces.objects.update(counted_at=timezone.now() - timedelta(minutes=16))
    assert 'column=video">2</a>' in client.get("/dashboard/attendance/", days).content.decode()


def test_the_worker_counts_the_attendance_report_in_every_split_before_anybody_asks(council, monkeypatch):
    monkeypatch.setattr(actions, "MANY_PLACES", 1)
    yesterday = timezone.localdate() - timedelta(days=1)
    discussion([child("Maya", date(2016, 5, 2))], yesterday, seat(yesterday, "Police", agency_kind="police", attended="video"))
    count_the_dashboard()
    assert set(CountedPlaces.objects.values_list("asked", flat=True)) == {"agency", "team", "month"}
