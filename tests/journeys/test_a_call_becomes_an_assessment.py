"""A newcomer takes a call about two of three siblings and has it screened, decided, allocated, assessed and authorised."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from goldthread.core.people.actions import create_person, relate
from goldthread.core.people.facts import Name
from goldthread.core.people.models import Person
from goldthread.core.records.models import FairCopy, Record
from goldthread.core.work.models import Clock
from goldthread.ground.audit.acting import acting
from goldthread.ground.boot.actions import mark_demo
from goldthread.ground.design.tests import browser
from goldthread.pathway.tests.people import small_council
from tests.journeys.walking import Newcomer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not browser.is_built(), reason="the front end is not built: make front-end"),
]

WORDS = "Siobhán came to school with a bruised arm. Niall says nobody got up this morning. Their baby brother is at home."


@pytest.fixture
def family() -> dict[str, Person]:
    """Three siblings on file and their mother; the call is about the elder two."""
    with acting(system="test"):
        mark_demo(authority="Borough of Wexcombe", la_code="999", ons_code="E09999999", size="journey")
        small_council()
        mother = create_person(names=[Name(given="Aoife", family="O’Connor")], recorded_as_adult=True, sex="F")
        children = {
            "Siobhán": create_person(names=[Name(given="Siobhán", family="O’Connor")], born_on=date(2014, 3, 12), sex="F"),
            "Niall": create_person(names=[Name(given="Niall", family="O’Connor")], born_on=date(2017, 7, 1), sex="M"),
            "Oisín": create_person(names=[Name(given="Oisín", family="O’Connor")], born_on=date(2025, 9, 30), sex="M"),
        }
        for child in children.values():
            relate(person=child, other=mother, kind="mother", has_parental_responsibility=True)
    return children


@pytest.fixture
def newcomer(page, live_server) -> Newcomer:
    return Newcomer(page, live_server.url)


def take_the_call(newcomer: Newcomer) -> str:
    """The caller's words first; then who it is about, each found on file by what the caller says. The contact's reference."""
    newcomer.sign_in_as("Screener")
    newcomer.go("/front-door/")
    newcomer.press("Take a call")
    newcomer.write("caller_words", WORDS)
    newcomer.wait_until_saved()
    reference = re.search(r"/record/(\w+)/", newcomer.page.url)
    assert reference
    for given, typed, born in (("Siobhán", "Shivon", date(2014, 3, 12)), ("Niall", "Niall", date(2017, 7, 1))):
        newcomer.press("Say who it is about" if given == "Siobhán" else "Add or change people")
        newcomer.page.locator("button[name=role][value=child]").click()
        newcomer.write("given", typed)
        newcomer.write("family", "Oconnor")
        newcomer.day("born", born)
        newcomer.press("Look for them")
        newcomer.sees(given)
        newcomer.press("This is them")
        newcomer.go(f"/record/{reference.group(1)}/record/")
    assert newcomer.question("caller_words").first.input_value() == WORDS, "nothing is typed twice"
    return reference.group(1)


def recommend(newcomer: Newcomer, reference: str) -> None:
    newcomer.go(f"/record/{reference}/record/")
    newcomer.choose("how", "telephone")
    newcomer.choose("danger_now", "no")
    newcomer.write("safe_now", "Both are at school until half past three, with the head teacher.")
    newcomer.choose("source", "2A")
    newcomer.write("caller_name", "Ruth Lamb")
    newcomer.write("caller_agency", "St Bride’s Primary")
    newcomer.choose("caller_is_protected", "no")
    newcomer.choose("family_told", "yes")
    newcomer.choose("lawful_basis", "public_task")
    for nth, (worry, why) in enumerate((("A bruise nobody explains", "An injury"), ("Not got up for school, hungry", "Left to himself"))):
        newcomer.write("worry", worry, nth)
        newcomer.choose("recommended", "referral", nth)
        newcomer.write("recommended_why", why, nth)
    newcomer.press("Send for a decision")


def decide(newcomer: Newcomer, reference: str) -> None:
    """The manager decides on the contact, then on the referral that already holds what it said."""
    newcomer.sign_in_as("Front Door Manager")
    newcomer.go(f"/record/{reference}/decide/")
    newcomer.sees("A bruise nobody explains")
    for nth, why in enumerate(("An unexplained injury", "He may be left alone")):
        newcomer.choose("decision", "referral", nth)
        newcomer.write("decision_why", why, nth)
    newcomer.press("Record the decision")
    referral = Record.objects.get(kind="front_door.referral")
    newcomer.go(f"/record/{referral.reference}/decide/")
    assert newcomer.question("reason").first.input_value() == WORDS
    newcomer.choose("is_nfa", "no")
    newcomer.choose("response", "assessment")
    newcomer.choose("primary_need", "N1")
    newcomer.write("why", "Both children may be coming to harm at home.")
    newcomer.press("Record the decision")


def assess(newcomer: Newcomer) -> Record:
    newcomer.sign_in_as("Assessment Manager")
    newcomer.press("Allocate") if newcomer.page.get_by_role("button", name="Allocate").count() else newcomer.follow("Allocate")
    newcomer.page.get_by_label("Social Worker", exact=True).check()
    newcomer.press("Allocate")
    newcomer.sign_in_as("Social Worker")
    newcomer.sees("45 working days")
    record = Record.objects.get(kind="family_help.child_and_family_assessment")
    newcomer.go(f"/record/{record.reference}/write/")
    newcomer.write("home_and_family", "Aoife is alone with three children; her sister helps at weekends.")
    newcomer.page.locator("[name='analysis']").fill("Love and exhaustion: with help in the mornings this family can manage.")
    for nth, says in enumerate(("I fell over the cot in the dark.", "I make my own breakfast.")):
        newcomer.choose("is_seen", "yes", nth)
        newcomer.day("seen_on", localdate(), nth)
        newcomer.choose("is_seen_alone", "yes", nth)
        newcomer.write("childs_words", says, nth)
        newcomer.write("daily_life", f"Up by alarm, school, tea, bed. ({nth + 1})", nth)
        newcomer.choose("factors", "4B", nth)
        newcomer.page.locator("[name$='-analysis']").nth(nth).fill(f"Cared for, and doing too much for {('herself', 'himself')[nth]}.")
        newcomer.choose("outcome", "child_in_need", nth)
    newcomer.choose("took_part", "yes")
    newcomer.write("views", "I want somebody in the mornings.")
    newcomer.press("Send for authorisation")
    return record


def authorise(newcomer: Newcomer, record: Record) -> None:
    newcomer.sign_in_as("Assessment Manager")
    newcomer.go(f"/record/{record.reference}/authorise/")
    newcomer.sees("I make my own breakfast.")
    newcomer.write("authorising_words", "A clear picture of both children. Plan by next week.")
    for nth in range(2):
        newcomer.choose("authorised_outcome", "child_in_need", nth)
    newcomer.press("Authorise")


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
