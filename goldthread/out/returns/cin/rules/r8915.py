"""No child protection plan begins after the child’s death."""

from goldthread.out.returns.cin.examples import a_protection_plan, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_before


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        for plan in details.ChildProtectionPlans:
            if is_before(child.ChildIdentifiers.PersonDeathDate, plan.CPPstartDate):
                yield plan, "CPPstartDate"


RULE = Rule(
    "8915",
    ERROR,
    "ChildProtectionPlans",
    "Child Protection Plan shown as starting after the child’s Date of Death",
    (
        "CPPstartDate",
        "PersonDeathDate",
    ),
    check,
    needs="ChildProtectionPlans",
    examples=(
        fails("the day after", sound(PersonDeathDate="2025-06-23", ChildProtectionPlans=[a_protection_plan("2025-06-24")])),
        passes("that day", sound(PersonDeathDate="2025-06-24", ChildProtectionPlans=[a_protection_plan("2025-06-24")])),
    ),
)
