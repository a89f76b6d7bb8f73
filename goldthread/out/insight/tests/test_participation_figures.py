"""Who took part in initial conferences, of those invited: small sets counted by hand, and many counted another way."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldthread.core.agencies.actions import create_agency
from goldthread.core.agencies.models import Worker
from goldthread.core.records.models import Record
from goldthread.ground.audit.acting import acting
from goldthread.ground.codes.code_lists import codes
from goldthread.out.insight.indicators import INDICATORS
from goldthread.out.insight.participation_indicators import C21
from goldthread.out.insight.queries import behind, figure
from goldthread.out.insight.tests.meetings import discussion, seat
from goldthread.out.insight.tests.protecting import YEAR, conference, conference_here
from goldthread.out.insight.tests.protecting import told as told_of
from goldthread.pathway.meeting.actions import invite
from goldthread.pathway.meeting.models import Arrangement, Invitee
from goldthread.pathway.tests.people import child
from goldthread.practice.protection.conferences.transfer_in_conference import TransferInConference
from goldthread.practice.protection.tests.conferring import called, held, prepare

pytestmark = pytest.mark.django_db

JUNE = date(2025, 6, 2)
KEYS = [one.key for one in C21]


@pytest.fixture
def maya(council):
    return child("Maya", date(2016, 5, 2))


@pytest.fixture
def leo(council):
    return child("Leo", date(2019, 8, 30))


def counted(key: str, window: tuple[date, date] = YEAR) -> tuple[int, int, int]:
    """Took part, of how many known, and not known."""
    total = figure(INDICATORS[key], *window).total
    return total.counting, total.known, total.unknown


def told(window: tuple[date, date] = YEAR) -> dict[str, tuple[int, int, int]]:
    """The rows that count anything."""
    return {key: found for key in KEYS if any(found := counted(key, window))}


def asked(kind: str, attended: str | None = None, **more) -> list:
    return seat(JUNE, kind, agency_kind=kind, invited=True, **({"attended": attended} if attended else {}), **more)


def test_each_kind_of_agency_has_a_line_of_its_own_and_every_kind_there_is_has_one(maya):
    titles = [one.title for one in C21]
    assert titles[:4] == ["Children’s social care", "Police", "Health", "Education"]
    assert titles[-2:] == ["Other agencies", "All agencies"]
    for number, (kind, _) in enumerate(codes("agency.kind").choices()):
        conference_here([maya], JUNE + timedelta(days=number), asked(kind, "video"))
    total = counted("C21")
    assert total == (len(codes("agency.kind").choices()),) * 2 + (0,)
    assert sum(counted(key)[1] for key in KEYS if key != "C21") == total[1], "one line each, and no kind without"


@pytest.mark.parametrize(("attended", "expected"), [("in_person", (1, 1, 0)), ("telephone", (1, 1, 0)), ("video", (1, 1, 0)), ("report", (0, 1, 0)), ("not", (0, 1, 0)), (None, (0, 0, 1))])  # fmt: skip
def test_taking_part_is_being_there_and_what_nobody_wrote_down_is_not_known(maya, attended, expected):
    conference_here([maya], JUNE, asked("police", attended))
    assert told() == {"C21POLICE": expected, "C21": expected}


def test_an_agency_counts_once_for_each_child_by_whoever_of_it_came_and_two_schools_are_two(maya, leo):
    school, nursery = create_agency(name="Mill Lane", kind="school"), create_agency(name="Little Owls", kind="nursery")
    head = seat(JUNE, "Head", agency=school, invited=True, attended="not")
    lead = seat(JUNE, "Safeguarding lead", agency=school, attended="video")
    conference_here([maya, leo], JUNE, head, lead, seat(JUNE, "Manager", agency=nursery, invited=True, attended="not"))
    assert told() == {"C21EDUCATION": (2, 4, 0), "C21": (2, 4, 0)}


def test_whoever_was_not_invited_is_left_out_family_the_chair_and_those_left_out_too(maya):
    mother, chair = child("Grace", date(1990, 1, 1)), Worker.objects.get(name="Social Worker")
    dropped = seat(JUNE, "Police", agency_kind="police", left_out_at="2025-06-02T12:00Z", left_out_why="Held at night")
    record = conference_here(
        [maya], JUNE, dropped, seat(JUNE, "GP", agency_kind="gp", attended="video"),
        seat(JUNE, "Mother", person=mother, invited=True, attended="in_person"),
        seat(JUNE, "Chair", worker=chair, agency_kind="local_authority", invited=True, attended="in_person"),
    )  # fmt: skip
    assert told() == {"C21SOCIAL_CARE": (1, 1, 0), "C21": (1, 1, 0)}
    Arrangement.objects.create(record=record, chair=chair)
    assert told() == {}


def test_only_initial_conferences_that_were_held_here_and_stand_are_counted_transfer_in_too(maya):
    discussion([maya], JUNE, asked("police", "video"))
    conference(maya, JUNE)
    for on in (date(2025, 3, 31), date(2025, 4, 1), date(2026, 3, 31), date(2026, 4, 1)):
        conference_here([maya], on, asked("police", "video"))
    for state in (Record.VOID, Record.DRAFT):
        record = conference_here([maya], JUNE, asked("police", "video"))
        Record.objects.filter(pk=record.pk).update(state=state, void_why="A test" if state == Record.VOID else None)
    assert counted("C21POLICE") == (2, 2, 0)
    told_of(TransferInConference, maya, JUNE, {"held_on": JUNE}, beside=asked("police", "not"))
    assert counted("C21POLICE") == (2, 3, 0)
    assert counted("C06")[0] == 4, "the one from a file is a conference too: nobody knows who was invited to it"


def test_a_conference_walked_through_is_counted_as_its_list_says(db):
    with acting(None, system="test"):
        scene, record, _ = called()
        prepare(scene, record)
        listed = record.invitees.filter(left_out_at=None, person=None, worker=None)
        for invitee in listed:
            invite(invitee=invitee, how="telephone", by=scene.council.social_worker)
        today, agencies = (localdate(), localdate()), listed.count()
        assert told(today) == {}, "it has not been held"
        held(scene, record, [])
    assert agencies and counted("C21", today) == (2 * agencies, 2 * agencies, 0), "two children, and everybody came"


def test_each_line_opens_to_its_children_and_adds_up_to_all(council):
    people = [child("Maya", date(2016, 5, 2)), child("Leo", date(2019, 8, 30))]
    agencies = [create_agency(name=kind, kind=kind) for kind in ("police", "gp", "school", "housing", "court")]
    seats = st.tuples(st.sampled_from(agencies), st.sampled_from([None, *Invitee.ATTENDED]), st.booleans())
    held_ones = st.tuples(st.integers(0, 60), st.sampled_from([people[:1], people]), st.lists(seats, max_size=5))
    line_of = {"police": "C21POLICE", "gp": "C21HEALTH", "school": "C21EDUCATION", "housing": "C21HOME", "court": "C21OTHER"}
    expected: dict[str, list[int]] = {key: [0, 0, 0] for key in KEYS}

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(held_ones, min_size=1, max_size=3))
    def holds(conferences):
        for after, about, rows in conferences:
            on = JUNE + timedelta(days=after)
            made = [
                seat(on, "One", agency=who, **({"attended": way} if way else {}), **({"invited": True} if was else {}))
                for who, way, was in rows
            ]
            conference_here(about, on, *made)
            for who in {row[0].pk: row[0] for row in rows}.values():
                ways = [way for one, way, _ in rows if one == who and way]
                if any(was for one, _, was in rows if one == who):
                    place = [0, 0, 1] if not ways else [int(bool({"in_person", "telephone", "video"} & set(ways))), 1, 0]
                    for key in (line_of[who.kind], "C21"):
                        expected[key] = [was + len(about) * more for was, more in zip(expected[key], place, strict=True)]
        for one in C21:
            total = figure(one, *YEAR).total
            assert [total.counting, total.known, total.unknown] == expected[one.key], one.key
            assert total.counting <= total.known
            for which, number in ((True, total.counting), (False, total.known - total.counting), (None, total.unknown)):
                shown, withheld = behind(one, *YEAR, council.screener, which)
                assert len(shown) + withheld == number, (one.key, which)

    holds()


def test_the_dashboard_has_a_table_of_who_took_part_and_a_line_opens_to_the_child(council, maya, client):
    conference_here([maya], JUNE, asked("police", "video"), asked("gp"), asked("school", "not"))
    client.force_login(council.screener)
    days = {"from": "2025-04-01", "until": "2026-03-31"}
    page = client.get("/dashboard/", days).content.decode()
    assert "Who took part in initial conferences</caption>" in page
    for heading in ("Counted", "Out of", "Not known"):
        assert f">{heading}</th>" in page.split("Who took part in initial conferences</caption>")[1].split("</thead>")[0].replace(
            "\n", ""
        ).replace("  ", "")
    opened = client.get("/dashboard/C21POLICE/", days).content.decode()
    assert "Maya" in opened
    assert "Who took part in initial conferences: Police" in opened
    assert "of conferences from a file nobody knows who was invited" in opened
    assert "Maya" in client.get("/dashboard/C21HEALTH/", days | {"which": "not-known"}).content.decode()
