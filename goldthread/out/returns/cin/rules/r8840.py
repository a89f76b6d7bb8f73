"""A child protection plan does not begin and end on one day."""

from goldthread.out.returns.cin.examples import a_protection_plan, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        for plan in details.ChildProtectionPlans:
            if plan.CPPstartDate is not None and plan.CPPstartDate == plan.CPPendDate:
                yield plan, "CPPendDate"


RULE = Rule(
    "8840",
    ERROR,
    "ChildProtectionPlans",
    "Child Protection Plan cannot start and end on the same day",
    (
        "CPPstartDate",
        "CPPendDate",
    ),
    check,
    needs="ChildProtectionPlans",
    examples=(
        fails("that day", sound(ChildProtectionPlans=[a_protection_plan("2025-06-24", "2025-06-24")])),
        passes("the next day", sound(ChildProtectionPlans=[a_protection_plan("2025-06-24", "2025-06-25")])),
    ),
)
