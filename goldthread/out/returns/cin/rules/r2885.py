"""A plan that began in the year began on the day of an initial conference of the same episode of need."""

from goldthread.out.returns.cin.examples import a_protection_plan, a_section_47, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child, CINdetails, Section47
from goldthread.out.returns.cin.rule import ERROR, Places, Rule


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        if not details.ChildProtectionPlans:
            continue
        held: list[CINdetails | Section47] = [details, *details.Section47]
        days = {part.DateOfInitialCPC for part in held}
        if any("DateOfInitialCPC" in part.unreadable for part in held):
            continue
        for plan in details.ChildProtectionPlans:
            if census.holds(plan.CPPstartDate) and plan.CPPstartDate not in days:
                yield plan, "CPPstartDate"


RULE = Rule(
    "2885",
    ERROR,
    "ChildProtectionPlans",
    "Child protection plan shown as starting a different day to the initial child protection conference.",
    (
        "CPPstartDate",
        "DateOfInitialCPC",
    ),
    check,
    needs="ChildProtectionPlans",
    uncertain="A plan that began in the year in an episode without any initial conference is taken to fail.",
    examples=(
        fails(
            "the day after",
            sound(Section47=[a_section_47("2025-06-05", "2025-06-24")], ChildProtectionPlans=[a_protection_plan("2025-06-25")]),
        ),
        fails("no conference at all", sound(ChildProtectionPlans=[a_protection_plan("2025-06-24")])),
        passes(
            "the same day",
            sound(Section47=[a_section_47("2025-06-05", "2025-06-24")], ChildProtectionPlans=[a_protection_plan("2025-06-24")]),
        ),
        passes(
            "a conference without an enquiry", sound(DateOfInitialCPC="2025-06-24", ChildProtectionPlans=[a_protection_plan("2025-06-24")])
        ),
        passes("a plan of the year before", sound(ChildProtectionPlans=[a_protection_plan("2025-03-31")])),
    ),
)
