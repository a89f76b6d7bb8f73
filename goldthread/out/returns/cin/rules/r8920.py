"""No child protection plan ends after the child’s death."""

from goldthread.out.returns.cin.examples import a_protection_plan, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_before


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        for plan in details.ChildProtectionPlans:
            if is_before(child.ChildIdentifiers.PersonDeathDate, plan.CPPendDate):
                yield plan, "CPPendDate"


RULE = Rule(
    "8920",
    ERROR,
    "ChildProtectionPlans",
    "Child Protection Plan cannot end after the child’s Date of Death",
    (
        "PersonDeathDate",
        "CPPendDate",
    ),
    check,
    needs="ChildProtectionPlans",
    examples=(
        fails("the day after", sound(PersonDeathDate="2025-11-30", ChildProtectionPlans=[a_protection_plan("2025-06-24", "2025-12-01")])),
        passes("that day", sound(PersonDeathDate="2025-12-01", ChildProtectionPlans=[a_protection_plan("2025-06-24", "2025-12-01")])),
    ),
)
