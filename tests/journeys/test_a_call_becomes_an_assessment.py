"""A newcomer takes a call about two of three siblings and has it screened, decided, allocated, assessed and authorised."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from goldthread.core.records.models import FairCopy, Record
from goldthread.core.work.models import Clock
from goldthread.ground.design.tests import browser
from tests.journeys.from_a_call import assess, authorise, decide, recommend, take_the_call

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not browser.is_built(), reason="the front end is not built: make front-end"),
]


def test_a_newcomer_walks_a_call_to_an_authorised_assessment_with_nothing_typed_twice(newcomer, family):
    reference = take_the_call(newcomer)
    recommend(newcomer, reference)
    decide(newcomer, reference)
    record = assess(newcomer)
    authorise(newcomer, record)

    record.refresh_from_db()
    assert record.state == Record.AGREED
    assert {link.child_id for link in record.children.all()} == {family["Siobhán"].pk, family["Niall"].pk}, "the baby was not referred"
    clocks = Clock.objects.filter(
        is_current=True, key__in=["contact.screen", "referral.decide", "assessment.complete", "assessment.complete.census"]
    )
    assert clocks.count() == 8
    assert all(clock.met_on is not None and clock.met_on <= clock.due_on for clock in clocks)
    assert FairCopy.objects.filter(record=record).count() == 2

    newcomer.sign_in_as("Social Worker")
    newcomer.go("/search/?q=Shivon+Oconnor+12/3/14")
    newcomer.sees("Siobhán")
    newcomer.follow("Siobhán")
    newcomer.sees("I fell over the cot in the dark.")
    newcomer.does_not_see("I make my own breakfast.")
    newcomer.sign_in_as("Front Door Manager")
    newcomer.go("/dashboard/")
    newcomer.sees("Referrals")
    newcomer.go("/dashboard/FD04/")
    newcomer.sees("Siobhán")


def test_a_census_is_imported_and_its_children_are_counted(newcomer, family, tmp_path: Path):
    from goldthread.out.exchange.cin.actions import import_file
    from goldthread.out.insight.indicators import INDICATORS
    from goldthread.out.insight.queries import figure
    from tests.cin_files.generator import write_census

    path = tmp_path / "cin.xml"
    with path.open("wb") as out:
        tally = write_census(out, year=2026, children=60, seed=7)
    import_file(path, say=lambda line: None)
    counted = figure(INDICATORS["FD04"], date(2000, 1, 1), date(2026, 3, 31)).total.counting
    assert counted == tally["referrals"]
    newcomer.sign_in_as("Front Door Manager")
    newcomer.go("/dashboard/?from=2000-01-01&until=2026-03-31")
    expect(newcomer.page.locator("body")).to_contain_text(f"{counted:,}")
