"""How soon it is written: counted by hand, and every figure opening to as many as it says."""

from datetime import date, datetime, timedelta

import pytest
from django.utils.timezone import make_aware

from goldthread.core.agencies.actions import allocate
from goldthread.core.records.actions import begin_record, write_note
from goldthread.core.records.models import CASE_NOTE, FairCopy, Record
from goldthread.face.web.tests.pages import signed_in, sound
from goldthread.ground.audit.models import Reading
from goldthread.out.insight.lag import ALL, BY, KIND, MONTH, TEAM, Asked, behind, lag
from goldthread.out.insight.lag_pages import in_days
from goldthread.pathway.tests.people import child
from goldthread.practice.front_door.models import Contact

pytestmark = pytest.mark.django_db
JUNE = date(2026, 6, 10)
YEAR = date(2026, 4, 1), date(2026, 10, 31)


def note(council, one, on: date, after: int) -> Record:
    """Written so many days after it happened, at eleven in the evening."""
    record = write_note(children=[one.pk], words="Seen.", kind="other", happened_on=on, by=council.social_worker).record
    written = make_aware(datetime.combine(on + timedelta(days=after), datetime.min.time())) + timedelta(hours=23)
    Record.objects.filter(pk=record.pk).update(recorded_at=written)
    return record


def contact(council, one, on: date, after: int | None, *, held: bool = False) -> Record:
    record = begin_record(kind=Contact.kind(), children=[one.pk], by=council.screener, happened_on=on)
    if after is not None:
        made = make_aware(datetime.combine(on + timedelta(days=after), datetime.min.time())) + timedelta(hours=9)
        FairCopy.objects.create(
            record=record, version=1, step="record", content={}, definition_version=1, sha256="", held_from=made if held else None,
            held_until=made if held else None,
        )  # fmt: skip
        FairCopy.objects.filter(record=record).update(made_at=made)
    return record


@pytest.fixture
def told(council):
    """Five notes and three contacts about one child, of June and of July."""
    one = child("Maya", date(2019, 3, 4))
    allocate(child=one.pk, team=council.assessment, worker=None, on=date(2026, 1, 5))
    notes = [note(council, one, JUNE, days) for days in (0, 0, 1, 4, 9)]
    contacts = [contact(council, one, date(2026, 7, 8), days) for days in (0, None)] + [
        contact(council, one, date(2026, 7, 8), 2, held=True)
    ]
    return one, notes, contacts


def line(by: str, key: str) -> dict[str, int]:
    return next(one.counts for one in lag(Asked(*YEAR, by)) if one.key == key)


def test_by_kind_notes_and_contacts_stand_apart_with_how_soon(council, told):
    assert line(KIND, CASE_NOTE) == {"written": 5, "same_day": 2, "next_day": 1, "days": 1, "later": 1, "held": 0, "unfinished": 0}
    assert line(KIND, Contact.kind()) == {"written": 2, "same_day": 1, "next_day": 0, "days": 1, "later": 0, "held": 1, "unfinished": 1}
    assert line(KIND, ALL)["written"] == 7
    medians = {one.key: one.median for one in lag(Asked(*YEAR, KIND))}
    assert (medians[CASE_NOTE], medians[Contact.kind()], medians[ALL]) == (1.0, 1.0, 1.0)


def test_by_month_and_by_the_team_that_answered_that_day(council, told):
    assert (line(MONTH, "2026-06")["written"], line(MONTH, "2026-07")["written"]) == (5, 2)
    assert line(TEAM, str(council.assessment.pk))["written"] == 7


def test_eleven_in_the_evening_is_still_the_same_day(council, told):
    assert line(KIND, CASE_NOTE)["same_day"] == 2


def test_every_figure_opens_to_as_many_as_it_says(council, told):
    for by in BY:
        for one in lag(Asked(*YEAR, by)):
            for column, count in one.counts.items():
                assert len(behind(Asked(*YEAR, by), one.key, column)) == count, (by, one.key, column)


def test_what_was_withdrawn_or_came_from_a_file_is_not_counted(council, told):
    _, notes, _ = told
    Record.objects.filter(pk=notes[0].pk).update(state="void", void_why="Twice")
    Record.objects.filter(pk=notes[1].pk).update(origin="imported", source_hash="x")
    assert line(KIND, CASE_NOTE)["same_day"] == 0


def test_the_report_opens_to_the_records_of_whoever_may_see_them_and_counts_the_others(council, told):
    one, notes, _ = told
    days = "from=2026-04-01&until=2026-10-31"
    client = signed_in(council.assessment_manager)
    assert "Half within" in sound(client, f"/dashboard/written/?{days}")
    html = sound(client, f"/dashboard/written/records/?{days}&by=kind&line={CASE_NOTE}&column=later")
    assert notes[4].reference in html and "9 days later" in html and str(one) in html
    assert Reading.objects.filter(act="list", people__contains=[one.pk]).exists()
    stranger = signed_in(council.other_worker)
    html = sound(stranger, f"/dashboard/written/records/?{days}&by=kind&line={CASE_NOTE}&column=later")
    assert notes[4].reference not in html and str(one) not in html
    assert "1 is about children you have no reason to see" in html
    assert client.get("/dashboard/written/records/?column=nothing").status_code == 404


def test_the_middle_is_said_in_days():
    assert [in_days(one) for one in (None, 0.0, 1.0, 2.5)] == ["n/a", "The same day", "1 day", "2.5 days"]
