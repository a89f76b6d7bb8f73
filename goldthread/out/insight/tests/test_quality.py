"""How good the records behind a figure are is said beside it, of all of them."""

from datetime import date

import pytest

from goldthread.core.records.models import Record
from goldthread.face.web.tests.pages import signed_in, sound
from goldthread.out.insight.declaration import Indicator, Says
from goldthread.out.insight.indicators import INDICATORS
from goldthread.out.insight.quality import Quality, known_words, quality
from goldthread.out.insight.queries import Count
from goldthread.out.insight.tests.test_figures import YEAR, referral
from goldthread.out.insight.tests.test_lag import contact
from goldthread.pathway.tests.people import child

pytestmark = pytest.mark.django_db
CONTACTS = Indicator(
    "T1",
    "Contacts",
    Says.SHARE,
    "contacts",
    "contacts",
    "A test",
    "High",
    """SELECT l.id, l.child_id, r.id, r.happened_on, CASE WHEN r.happened_on > '2025-07-01' THEN true END
    FROM records_record r JOIN records_recordchild l ON l.record_id = r.id
    WHERE r.kind = 'front_door.contact' AND r.happened_on BETWEEN %(from_on)s AND %(until_on)s""",
)


def test_what_came_from_a_file_and_what_is_not_known_is_counted(council):
    maya = child("Maya", date(2016, 5, 2))
    for day in (date(2025, 6, 3), date(2025, 9, 3), date(2025, 12, 3)):
        last = referral(maya, day)
    Record.objects.filter(pk=last.pk).update(origin="imported", source_hash="x")
    assert quality(INDICATORS["FD04"], *YEAR) == Quality(3, 0, 1, 0, 0)


def test_a_contact_written_six_days_after_is_late_and_five_days_after_is_not(council):
    maya = child("Maya", date(2016, 5, 2))
    for after in (0, 5, 6, None):
        contact(council, maya, date(2025, 9, 8), after)
    contact(council, maya, date(2025, 6, 8), 0)
    assert quality(CONTACTS, *YEAR) == Quality(5, 1, 0, 4, 1)


def test_every_figure_can_say_how_good_its_records_are(council):
    referral(child("Maya", date(2016, 5, 2)), date(2025, 6, 3))
    for indicator in INDICATORS.values():
        found = quality(indicator, *YEAR)
        assert found.events >= found.unknown and found.late <= found.timed, indicator.key


def test_it_stands_beside_the_figure(council):
    referral(child("Maya", date(2016, 5, 2)), date(2025, 6, 3))
    html = sound(signed_in(council.screener), "/dashboard/FD04/?from=2025-04-01&until=2026-03-31")
    assert "Known of all; all were written here." in html


def test_all_is_said_of_all_only():
    assert known_words(Count(1, 999, 1)) == "Known of 99%, not of 1"
    assert known_words(Count(1, 10, 0)) == "Known of all"
    assert Quality(0, 0, 0, 0, 0).words == ""
    said = Quality(1000, 3, 1, 200, 199).words
    assert said == (
        "Known of 99%, not of 3; 1 (1%) came from a file; of 200 contacts, visits and meetings among them, 199 (99%) written more than 5 days after."
    )
