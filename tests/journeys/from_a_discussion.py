"""From a strategy discussion to a plan and a visit, step by step, as a newcomer walks it."""

import re
from datetime import date, timedelta

from django.utils.timezone import localdate
from playwright.sync_api import Locator, expect

from goldthread.core.people.models import Person
from goldthread.core.records.models import Record
from goldthread.ground.time.queries import calendar
from tests.journeys.walking import Newcomer

CAUSE = "Siobhán has a new bruise, the shape of a hand. Niall says that Dad did it."
NURSE_SAYS = "I saw the same bruise on the other arm in September."
FOUND = "Two bruises of different ages, one the shape of a hand. Cormac says that she fell; the doctor does not think so."
CONTINGENCY = "If Cormac comes to the house, Aoife rings 999 and then us, at night too."


def reference(newcomer: Newcomer) -> str:
    found = re.search(r"/record/(\w+)/", newcomer.page.url)
    assert found
    return found.group(1)


def the_only(kind: str) -> Record:
    return Record.objects.get(kind=f"protection.{kind}", step__isnull=False)


def row(newcomer: Newcomer, who: str, table: str = "invitees") -> Locator:
    return newcomer.page.locator(f"#{table} tr", has=newcomer.page.get_by_role("link", name=who, exact=True))


def press_at(newcomer: Newcomer, who: str, words: str, table: str = "invitees") -> None:
    """One press in the line of somebody who is in the list."""
    row(newcomer, who, table).get_by_role("button", name=re.compile(f"^{re.escape(words)}")).first.click()
    newcomer.page.wait_for_load_state()


def holds(newcomer: Newcomer, name: str, value: str, nth: int = 0) -> None:
    """It stands in the form already: nobody types it again."""
    expect(newcomer.question(name).nth(nth)).to_have_value(value)


def holds_day(newcomer: Newcomer, name: str, when: date) -> None:
    for part, value in (("day", when.day), ("month", when.month), ("year", when.year)):
        holds(newcomer, f"{name}-{part}", str(value))


def discuss(newcomer: Newcomer, family: dict[str, Person]) -> str:
    """The social worker opens it from the child's page and asks who must come; the manager holds it by telephone. Its reference."""
    newcomer.sign_in_as("Social Worker")
    newcomer.go(f"/child/{family['Siobhán'].reference}/")
    newcomer.follow("Start or close")
    newcomer.page.get_by_role("link", name=re.compile("strategy discussion")).click()
    newcomer.page.get_by_label("Niall O’Connor").check()
    newcomer.write("cause", CAUSE)
    newcomer.press("Begin")
    discussion = reference(newcomer)
    for who in ("Police, nobody named yet", "Comfort Boadu", "Dr Salim Haq"):
        press_at(newcomer, who, "Rang them")
    newcomer.follow("Police, nobody named yet")
    newcomer.write("name", "DC Priya Nair")
    newcomer.page.locator("button[value=describe]").click()
    press_at(newcomer, "DC Priya Nair", "Comes")
    press_at(newcomer, "DC Priya Nair", "Telephone")
    newcomer.follow("Comfort Boadu")
    newcomer.write("words", NURSE_SAYS)
    newcomer.choose("onward", "family_may_know")
    newcomer.press("Keep what they bring")
    press_at(newcomer, "Comfort Boadu", "Report")
    newcomer.sees("Has not answered: Dr Salim Haq (GP)")
    return discussion


def decide_on_an_enquiry(newcomer: Newcomer, discussion: str) -> None:
    newcomer.sign_in_as("Assessment Manager")
    newcomer.sees("Hold the strategy discussion")
    newcomer.go(f"/record/{discussion}/meeting/")
    for who, how in (("Social Worker", "Telephone"), ("Assessment Manager", "Telephone"), ("Ruth Lamb", "No"), ("Dr Salim Haq", "No")):
        press_at(newcomer, who, how)
    newcomer.sees("Not quorate yet: Health")
    newcomer.press("Record what was decided")
    holds(newcomer, "cause", CAUSE)
    newcomer.sees(NURSE_SAYS)
    newcomer.day("held_on", localdate())
    newcomer.choose("held_how", "telephone")
    newcomer.write("why_inquorate", "The nurse sent what she knows; the GP could not be reached, and the children cannot wait.")
    newcomer.write("known", "Two injuries, two explanations.")
    newcomer.choose("is_known_by_family", "no")
    newcomer.write("why_not_known", "Cormac may speak to the children first.")
    newcomer.write("family_may_be_told", "The social worker tells Aoife at school, after the children are seen.")
    newcomer.choose("agreed_with_police", "yes")
    for nth, why in enumerate(("The bruises", "He lives with the same danger")):
        newcomer.choose("decision", "section_47", nth)
        newcomer.write("decision_why", why, nth)
        newcomer.choose("enquiry_by", "joint", nth)
        newcomer.write("who_sees", "Social Worker and DC Nair", nth)
        newcomer.day("see_by_on", localdate(), nth)
        newcomer.choose("medical", "needed" if nth == 0 else "not_needed", nth)
        newcomer.write("tonight", "Both sleep at their aunt’s. Cormac stays away.", nth)
    newcomer.press("Record what was decided")


def enquire(newcomer: Newcomer, family: dict[str, Person]) -> Record:
    """The social worker sees both and writes; the manager decides on a conference."""
    newcomer.sign_in_as("Social Worker")
    newcomer.sees("a section 47 enquiry has started")
    enquiry = the_only("section47")
    newcomer.go(f"/record/{enquiry.reference}/see/")
    holds_day(newcomer, "strategy_on", localdate())
    holds_day(newcomer, "started_on", localdate())
    holds(newcomer, "lead", "Social Worker")
    for nth, says in enumerate(("He grabbed me because I was slow.", "I hid under the bed.")):
        newcomer.choose("is_seen", "yes", nth)
        newcomer.day("seen_on", localdate(), nth)
        newcomer.choose("is_seen_alone", "yes", nth)
        newcomer.write("childs_words", says, nth)
    newcomer.press("Keep what the child said")
    newcomer.go(f"/record/{enquiry.reference}/write/")
    newcomer.sees(NURSE_SAYS)
    newcomer.write("consulted", "The police, the nurse, and the school by telephone.")
    newcomer.write("found", FOUND)
    newcomer.write("protective", "Aoife believes them. Their aunt lives next door.")
    for nth, means in enumerate(("She is hit.", "He is frightened.")):
        newcomer.choose("medical", "held" if nth == 0 else "not_needed", nth)
        newcomer.write("meaning", means, nth)
        newcomer.choose("recommended", "substantiated_risk", nth)
    newcomer.day("medical_on", localdate())
    newcomer.write("medical_said", "Not an accident.")
    for nth, says in enumerate(("I did not know.", "She fell.")):
        newcomer.choose("is_told", "yes", nth)
        newcomer.write("says", says, nth)
    newcomer.press("Send for a decision")
    newcomer.sign_in_as("Assessment Manager")
    newcomer.go(f"/record/{enquiry.reference}/decide/")
    newcomer.sees(FOUND)
    newcomer.write("conference_decided_by", "Assessment Manager")
    newcomer.write("why", "Continuing risk while Cormac denies it.")
    for nth in range(2):
        newcomer.choose("outcome", "substantiated_risk", nth)
        newcomer.choose("conference", "yes", nth)
    newcomer.press("Record the decision")
    return enquiry


def prepare_the_conference(newcomer: Newcomer, apart: str, others: tuple[str, ...] = ("Aoife",)) -> str:
    """Arranged under an independent chair; everybody is asked, and each agency for a report; one adult is seen apart. Its reference."""
    conference = the_only("initial_conference").reference
    newcomer.go(f"/record/{conference}/meeting/")
    for who in ("DC Priya Nair", "Comfort Boadu", "Dr Salim Haq", "Ruth Lamb", "Social Worker"):
        expect(row(newcomer, who)).to_have_count(1)
    newcomer.press("Arrange")
    newcomer.day("planned_on", localdate())
    newcomer.page.locator("[name='planned_on-time']").fill("10:00")
    newcomer.choose("how", "in_person")
    newcomer.page.get_by_label("Ada Okafor").check()
    newcomer.press("Keep")
    for who in ("DC Priya Nair", "Comfort Boadu", "Dr Salim Haq", "Ruth Lamb"):
        press_at(newcomer, who, "Rang them")
    newcomer.press("All other agencies have been asked for a report")
    newcomer.press("Prepare")
    holds(newcomer, "worry", FOUND)
    for adult in (*others, apart):
        place = newcomer.page.locator("section.gt-part", has=newcomer.page.get_by_role("heading", name=re.compile(adult)))
        place.locator(f"[name$='-place'][value='{'split' if adult == apart else 'whole'}']").check()
        if adult == apart:
            place.locator("[name$='-place_why']").fill("The children are afraid of him, and the police ask it.")
            place.locator("[name$='-apart']").fill("He speaks with the chair at half past nine and leaves before the others come.")
    for nth in range(newcomer.page.locator("[name$='-takes_part'][value=worker]").count()):
        newcomer.choose("takes_part", "worker", nth)
    newcomer.press("Ready for the conference")
    return conference


def confer(newcomer: Newcomer, conference: str, came: tuple[str, ...]) -> None:
    """The chair writes down who came and what each thinks; then what was heard and decided, for each child."""
    newcomer.sign_in_as("Ada Okafor")
    newcomer.sees("Record what the initial child protection conference")
    newcomer.go(f"/record/{conference}/meeting/")
    press_at(newcomer, "Comfort Boadu", "Today", "papers")
    for who in came:
        press_at(newcomer, who, "In person")
    for who in ("Dr Salim Haq",):
        press_at(newcomer, who, "No")
    for who in ("DC Priya Nair", "Comfort Boadu", "Ruth Lamb"):
        for child in ("Siobhán O’Connor", "Niall O’Connor"):
            row(newcomer, who, "papers").get_by_role("button", name=re.compile(rf"^Yes\s*: View of {child}")).click()
            newcomer.page.wait_for_load_state()
    for who in ("Social Worker", "Comfort Boadu", "Ruth Lamb", "Aoife O’Connor"):
        press_at(newcomer, who, "Put in", "papers")
    newcomer.press("Record what was decided")
    holds_day(newcomer, "held_on", localdate())
    holds(newcomer, "lead", "Social Worker")
    newcomer.sees("Quorate")
    newcomer.write("good", "Aoife believes her children, and their aunt is next door.")
    newcomer.write("heard", "All saw the same from different sides.")
    newcomer.choose("may_complain", "yes")
    newcomer.day("core_group_on", calendar().add(localdate(), 5))
    newcomer.day("next_on", localdate() + timedelta(days=80))
    for nth, says in enumerate(("I want them safe.", "I never touched her.")):
        newcomer.choose("is_met_by_chair", "yes", nth)
        newcomer.write("says", says, nth)
    for nth, says in enumerate(("I want to go home when he is not there.", "I like it at my aunt’s.")):
        newcomer.write("childs_words", says, nth)
        newcomer.choose("decision", "plan", nth)
        newcomer.choose("category", "PHY", nth)
        newcomer.write("rationale", f"What was found, and what it does to this child ({nth + 1}).", nth)
        newcomer.write("contingency", CONTINGENCY, nth)
    newcomer.press("Record what was decided")


def send_the_decisions(newcomer: Newcomer, conference: str) -> None:
    newcomer.go(f"/record/{conference}/meeting/")
    expect(row(newcomer, "Cormac O’Connor")).to_contain_text("apart from the others")
    newcomer.press("Everyone who came heard the decisions")
    press_at(newcomer, "Cormac O’Connor", "Rang them")
    press_at(newcomer, "Comfort Boadu", "Has them")
    press_at(newcomer, "Comfort Boadu", "Filed today")
    press_at(newcomer, "Dr Salim Haq", "Sent")


def write_the_plan(newcomer: Newcomer) -> Record:
    newcomer.sign_in_as("Social Worker")
    plan = the_only("written_plan")
    newcomer.go(f"/record/{plan.reference}/write/")
    holds(newcomer, "lead", "Social Worker")
    holds(newcomer, "if_unsafe", CONTINGENCY)
    newcomer.choose("made_at", "conference")
    newcomer.write("worry", "Cormac hit Siobhán, and Niall saw it.")
    newcomer.write("must_change", "Nobody hits anybody at home.")
    newcomer.write("how_we_know", "The nurse sees no new bruise; Niall says that he sleeps.")
    newcomer.write("who_helps", "The social worker visits each week. Their aunt takes them to school.")
    newcomer.day("by_on", localdate() + timedelta(days=28))
    newcomer.write("if_not", "We ask a court to decide.")
    for nth, says in enumerate(("No shouting.", "My own bed.")):
        newcomer.write("childs_view", says, nth)
        newcomer.write("visit_within", "5", nth)
    for nth in range(2):
        newcomer.choose("gets_copy", "yes", nth)
    newcomer.press("Agree the plan")
    return plan


def visit_and_find_nobody(newcomer: Newcomer) -> Record:
    visit = the_only("protection_visit")
    newcomer.go(f"/record/{visit.reference}/record/")
    newcomer.day("visited_on", localdate())
    newcomer.choose("place", "home")
    newcomer.choose("was_expected", "no")
    newcomer.write("aim", "To see both children after their first night at home.")
    newcomer.choose("outcome", "nobody_in")
    newcomer.write("what_next", "Rang Aoife: no answer. I go again tomorrow at eight, and the manager knows.")
    newcomer.day("try_again_on", calendar().add(localdate(), 1))
    newcomer.press("Record the visit")
    return visit
