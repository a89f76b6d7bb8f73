"""Who comes to meetings: figures counted by hand, and every figure opening to as many as it says."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldthread.core.agencies.actions import allocate, create_agency
from goldthread.core.agencies.models import Worker
from goldthread.core.records.models import Record
from goldthread.ground.access.actions import restrict
from goldthread.ground.audit.models import Reading
from goldthread.out.insight.attendance import ALL, BY, COLUMNS, Asked, attendance, places_behind
from goldthread.out.insight.tests.meetings import at, discussion, seat
from goldthread.pathway.meeting.models import Invitee
from goldthread.pathway.meeting.reports.models import Report
from goldthread.pathway.tests.people import child

pytestmark = pytest.mark.django_db

JUNE, JULY = date(2026, 6, 10), date(2026, 7, 8)
YEAR = (date(2026, 4, 1), date(2027, 3, 31))
DAYS = {"from": "2026-04-01", "until": "2027-03-31"}
PAGE, MEETINGS = "/dashboard/attendance/", "/dashboard/attendance/meetings/"
SOON, LATE = timedelta(hours=1), timedelta(hours=3)


@pytest.fixture
def police(council):
    return create_agency(name="Mereside Police", kind="police")


@pytest.fixture
def surgery(council):
    return create_agency(name="Loomgate Surgery", kind="gp")


@pytest.fixture
def maya(council):
    return child("Maya", date(2016, 5, 2))


def counts(by: str = "agency", **more: object) -> dict[str, dict[str, int]]:
    """By line: what is counted, without the noughts."""
    return {line.key: {k: n for k, n in line.counts.items() if n} for line in attendance(Asked(*YEAR, by=by, **more))}


def report(record: Record, *, asked: bool = True, due_on: date | None = None, received_on: date | None = None) -> None:
    """From the first in the list who has none yet."""
    one = record.invitees.filter(report=None).order_by("pk")[0]
    noted_at = at(received_on) if received_on else None
    Report.objects.create(
        invitee=one, asked_at=at(JUNE) if asked else None, due_on=due_on, received_on=received_on, received_noted_at=noted_at
    )


def of(agency) -> str:
    return f"agency-{agency.pk}"


def test_an_agency_is_followed_from_the_invitation_to_its_own_file(maya, police):
    came = seat(JUNE, "Police", agency=police, invited=True, answered_after=SOON, attended="telephone", brought="Two calls", sent=True, acknowledged=True, filed=True)  # fmt: skip
    discussion([maya], JUNE, came)
    every = ("listed", "invited", "answered", "took_part", "telephone", "brought", "sent", "acknowledged", "filed")
    assert counts() == {of(police): dict.fromkeys(every, 1)}


def test_ways_of_coming_are_told_apart_and_a_report_alone_is_not_coming(maya, police, surgery):
    for number, way in enumerate(("in_person", "video", "telephone", "report", "not")):
        day = JUNE + timedelta(days=number)
        discussion([maya], day, seat(day, "Police", agency=police, attended=way), seat(day, "GP", agency=surgery))
    assert counts()[of(police)] == {"listed": 5, "in_person": 1, "video": 1, "telephone": 1, "report": 1, "not": 1}
    assert counts()[of(surgery)] == {"listed": 5}, "nobody wrote down whether they came"


def test_two_from_one_agency_take_one_place_by_whoever_came_furthest(maya, police):
    sergeant = seat(JUNE, "Sergeant", agency=police, invited=True, attended="not")
    constable = seat(JUNE, "Constable", agency=police, attended="video", brought="One call")
    discussion([maya], JUNE, sergeant, constable)
    assert counts() == {of(police): {"listed": 1, "invited": 1, "took_part": 1, "video": 1, "brought": 1}}


@pytest.mark.parametrize(
    ("answered_after", "attended", "late"),
    [
        (SOON, "telephone", 0),
        (timedelta(hours=2), "not", 0),
        (LATE, "telephone", 1),
        (None, "not", 1),
        (None, None, 1),
        (None, "report", 0),
    ],
)
def test_no_answer_in_time_is_none_within_two_hours_unless_they_came_or_wrote(maya, police, answered_after, attended, late):
    came = {"attended": attended} if attended else {}
    discussion([maya], JUNE, seat(JUNE, "Police", agency=police, invited=True, answered_after=answered_after, **came))
    assert counts()[of(police)].get("late", 0) == late


def test_somebody_rung_in_the_night_was_not_invited_and_is_not_silent(maya, police):
    discussion([maya], JUNE, seat(JUNE, "Police", agency=police, attended="telephone"))
    assert counts() == {of(police): {"listed": 1, "telephone": 1}}


def test_our_own_and_a_seat_nobody_is_named_for_have_lines_of_their_own(maya, police):
    worker = Worker.objects.get(name="Social Worker")
    ours = seat(JUNE, "Social worker", worker=worker, agency_kind="local_authority", attended="telephone")
    discussion([maya], JUNE, ours, seat(JUNE, "Health", agency_kind="gp"))
    assert counts() == {
        "ours": {"listed": 1, "telephone": 1},
        "kind-gp": {"listed": 1},
        ALL: {"listed": 2, "telephone": 1},
    }


def test_family_and_those_left_out_are_not_counted(maya, police):
    mother = child("Grace", date(1990, 1, 1))
    left = seat(JUNE, "Police", agency=police, left_out_at="2026-06-10T12:00Z", left_out_why="Held at night")
    discussion([maya], JUNE, left, seat(JUNE, "Mother", person=mother, attended="in_person"))
    assert counts() == {}


def test_only_meetings_that_were_held_and_stand_are_counted_on_both_ends_of_the_days(maya, police):
    for day in (date(2026, 3, 31), date(2026, 4, 1), date(2027, 3, 31), date(2027, 4, 1)):
        discussion([maya], day, seat(day, "Police", agency=police))
    void = discussion([maya], JUNE, seat(JUNE, "Police", agency=police))
    Record.objects.filter(pk=void.pk).update(state=Record.VOID, void_why="A test")
    draft = discussion([maya], JUNE, seat(JUNE, "Police", agency=police))
    Record.objects.filter(pk=draft.pk).update(state=Record.DRAFT)
    assert counts()[of(police)]["listed"] == 2


def test_months_come_in_order_and_add_up(maya, police):
    for day in (JULY, JUNE, JUNE):
        discussion([maya], day, seat(day, "Police", agency=police, attended="video"))
    assert list(counts("month").items()) == [
        ("2026-06", {"listed": 2, "video": 2}),
        ("2026-07", {"listed": 1, "video": 1}),
        (ALL, {"listed": 3, "video": 3}),
    ]


def test_a_meeting_stands_under_the_team_that_answered_for_a_child_that_day(council, maya, police):
    leo = child("Leo", date(2019, 8, 30))
    allocate(child=leo.pk, team=council.assessment, worker=None, on=JUNE + timedelta(days=1))
    allocate(child=maya.pk, team=council.front_door, worker=None, on=JUNE)
    discussion([maya, leo], JUNE, seat(JUNE, "Police", agency=police))
    discussion([maya, leo], JULY, seat(JULY, "Police", agency=police))
    discussion([child("Zoe", date(2020, 1, 1))], JULY, seat(JULY, "Police", agency=police))
    front_door, assessment = str(council.front_door.pk), str(council.assessment.pk)
    assert {key: line["listed"] for key, line in counts("team").items()} == {front_door: 2, assessment: 1, "none": 1}
    assert counts("agency", team=assessment)[of(police)]["listed"] == 1
    assert counts("agency", team="none")[of(police)]["listed"] == 1


def test_every_figure_of_every_split_opens_to_as_many_as_it_says(council):
    police, surgery = (create_agency(name=name, kind=kind) for name, kind in (("Police", "police"), ("Surgery", "gp")))
    people = [child("Maya", date(2016, 5, 2)), child("Leo", date(2019, 8, 30))]
    allocate(child=people[0].pk, team=council.front_door, worker=None, on=JUNE)
    allocate(child=people[1].pk, team=council.assessment, worker=None, on=JUNE)
    ways = st.sampled_from([None, *Invitee.ATTENDED])
    seats = st.tuples(
        st.sampled_from([police, surgery]), ways, st.booleans(), st.sampled_from([None, SOON, LATE]), st.booleans(), st.booleans()
    )
    held = st.tuples(st.integers(0, 60), st.sampled_from([people[:1], people[1:], people]), st.lists(seats, max_size=4))

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(held, min_size=1, max_size=4))
    def holds(meetings):
        for after, about, rows in meetings:
            day = JUNE + timedelta(days=after)
            made = []
            for agency, attended, invited, answered, sent, brought in rows:
                values = {"attended": attended} if attended else {}
                values |= {"invited": True, "answered_after": answered} if invited else {}
                made.append(seat(day, "Somebody", agency=agency, sent=sent, acknowledged=sent, brought="It" if brought else "", **values))
            discussion(about, day, *made)
        for by in BY:
            asked = Asked(*YEAR, by=by)
            for line in attendance(asked):
                for column in COLUMNS:
                    assert len(places_behind(asked, line.key, column)) == line.counts[column], (by, line.key, column)

    holds()


def test_the_report_asks_the_database_as_often_for_one_meeting_as_for_many(council, maya, police, client):
    client.force_login(council.screener)

    def asked(address: str) -> int:
        client.get(address, DAYS)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address, DAYS).status_code == 200
        return len(caught)

    discussion([maya], JUNE, seat(JUNE, "Police", agency=police))
    once = asked(PAGE), asked(MEETINGS)
    for number in range(12):
        agency = create_agency(name=f"School {number}", kind="school")
        one = child(f"Child {number}", date(2015, 1, 1))
        discussion([one], JUNE, seat(JUNE, "Lead", agency=agency), seat(JUNE, "Police", agency=police))
    assert (asked(PAGE), asked(MEETINGS)) == once
    assert once == (14, 17)


@pytest.mark.parametrize("by", BY)
def test_the_report_is_one_query(maya, police, by, django_assert_num_queries):
    discussion([maya], JUNE, seat(JUNE, "Police", agency=police))
    with django_assert_num_queries(1):
        attendance(Asked(*YEAR, by=by))


def test_a_figure_opens_to_its_meetings_and_the_look_is_written_down(council, maya, police, client):
    record = discussion([maya], JUNE, seat(JUNE, "Police", agency=police, attended="video"))
    client.force_login(council.screener)
    page = client.get(PAGE, DAYS).content.decode()
    assert "Mereside Police" in page
    opened = client.get(MEETINGS, DAYS | {"line": of(police), "column": "video"}).content.decode()
    assert "By video: Mereside Police" in opened
    assert f"/record/{record.reference}/meeting/" in opened
    assert "Maya" in opened
    assert Reading.objects.order_by("-pk").values_list("act", "people")[0] == ("list", [maya.pk])


def test_a_meeting_about_a_restricted_child_is_counted_and_not_shown(council, maya, police, client):
    discussion([maya], JUNE, seat(JUNE, "Police", agency=police, attended="video"))
    restrict(person=maya.pk, why="Adoption", lead_name="Ruth Lamb", lead_phone="020 7946 0100", by=council.screener)
    client.force_login(council.screener)
    assert counts()[of(police)]["video"] == 1
    opened = client.get(MEETINGS, DAYS | {"line": of(police), "column": "video"}).content.decode()
    assert "Maya" not in opened
    assert "1 is at meetings you have no reason to see" in opened
    assert Reading.objects.order_by("-pk").values_list("people", flat=True)[0] == []


def test_a_worker_without_reason_sees_the_number_and_not_the_meeting(council, maya, police, client):
    record = discussion([maya], JUNE, seat(JUNE, "Police", agency=police))
    client.force_login(council.other_worker)
    opened = client.get(MEETINGS, DAYS | {"line": of(police), "column": "listed"}).content.decode()
    assert record.reference not in opened
    assert "1 place counted" in opened


def test_a_figure_there_is_not_is_not_found(council, client):
    client.force_login(council.screener)
    assert client.get(MEETINGS, {"column": "nonsense"}).status_code == 404
    assert client.get(MEETINGS, {"by": "month", "line": "nonsense"}).status_code == 404


@pytest.mark.parametrize(
    ("asked", "due_on", "received_on", "expected"),
    [
        (True, JUNE, JUNE, {"report_asked": 1, "report_on_time": 1}),
        (True, JUNE, JUNE + timedelta(days=1), {"report_asked": 1, "report_late": 1}),
        (True, JUNE, None, {"report_asked": 1, "report_missing": 1}),
        (True, date(2099, 1, 1), None, {"report_asked": 1}),  # not due yet
        (True, None, JUNE, {"report_asked": 1}),  # nobody knew when the meeting is
        (False, JUNE, JUNE, {"report_on_time": 1}),  # it came unasked
    ],
)
def test_a_report_is_on_time_on_the_day_it_is_due_late_the_day_after_and_missing_once_that_day_is_over(
    maya, police, asked, due_on, received_on, expected
):
    record = discussion([maya], JUNE, seat(JUNE, "Police", agency=police))
    report(record, asked=asked, due_on=due_on, received_on=received_on)
    assert counts()[of(police)] == {"listed": 1} | expected


def test_an_agency_whose_report_came_on_time_is_on_time_whatever_became_of_its_second(maya, police):
    record = discussion([maya], JUNE, seat(JUNE, "Sergeant", agency=police), seat(JUNE, "Constable", agency=police))
    report(record, due_on=JUNE)
    report(record, due_on=JUNE, received_on=JUNE)
    assert counts()[of(police)] == {"listed": 1, "report_asked": 1, "report_on_time": 1}


def test_those_invited_who_took_part_are_a_share_of_those_invited(maya, police, client, council):
    for number, way in enumerate(("in_person", "report", "not")):
        day = JUNE + timedelta(days=number)
        discussion([maya], day, seat(day, "Police", agency=police, invited=True, attended=way))
    discussion([maya], JULY, seat(JULY, "Police", agency=police, attended="telephone"))  # rung in the night, not invited
    found = counts()[of(police)]
    assert (found["invited"], found["took_part"]) == (3, 1)
    client.force_login(council.screener)
    page = client.get(PAGE, DAYS).content.decode()
    assert "33%" in page
    assert "n/a" in page, "of no reports none is on time"
