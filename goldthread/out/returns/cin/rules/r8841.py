"""A review is held after the day the plan began."""

from goldthread.out.returns.cin.examples import a_protection_plan, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        for plan in details.ChildProtectionPlans:
            for review in plan.Reviews:
                if plan.CPPstartDate and review.CPPreviewDate and review.CPPreviewDate <= plan.CPPstartDate:
                    yield review, "CPPreviewDate"


RULE = Rule(
    "8841",
    ERROR,
    "ChildProtectionPlans",
    "The review date cannot be on the same day or before the Child protection Plan start date.",
    (
        "CPPstartDate",
        "CPPreviewDate",
    ),
    check,
    needs="ChildProtectionPlans",
    examples=(
        fails("that day", sound(ChildProtectionPlans=[a_protection_plan("2025-06-24", None, "2025-06-24")])),
        passes("the next day", sound(ChildProtectionPlans=[a_protection_plan("2025-06-24", None, "2025-06-25")])),
    ),
)
