"""A child protection plan does not end before it began."""

from goldthread.out.returns.cin.examples import a_protection_plan, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_before


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        for plan in details.ChildProtectionPlans:
            if is_before(plan.CPPendDate, plan.CPPstartDate):
                yield plan, "CPPendDate"


RULE = Rule(
    "8925",
    ERROR,
    "ChildProtectionPlans",
    "Child Protection Plan End Date earlier than Start Date",
    (
        "CPPstartDate",
        "CPPendDate",
    ),
    check,
    needs="ChildProtectionPlans",
    examples=(
        fails("the day before", sound(ChildProtectionPlans=[a_protection_plan("2025-06-24", "2025-06-23")])),
        passes("that day, which is rule 8840", sound(ChildProtectionPlans=[a_protection_plan("2025-06-24", "2025-06-24")])),
    ),
)
