"""From a call to an authorised assessment, step by step, as a newcomer walks it: for every journey that goes on from there."""

import re
from datetime import date

from django.utils.timezone import localdate

from goldthread.core.records.models import Record
from tests.journeys.walking import Newcomer

WORDS = "Siobhán came to school with a bruised arm. Niall says nobody got up this morning. Their baby brother is at home."


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
    for nth, says in enumerate(("I want somebody in the mornings.", "I see them on Sundays.")):
        newcomer.choose("took_part", "yes", nth)
        newcomer.write("views", says, nth)
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
