"""A child protection plan that has ended did so in the census year."""

from goldthread.out.returns.cin.examples import a_protection_plan, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_outside


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        for plan in details.ChildProtectionPlans:
            if is_outside(plan.CPPendDate, census):
                yield plan, "CPPendDate"


RULE = Rule(
    "8930",
    ERROR,
    "ChildProtectionPlans",
    "Child Protection Plan End Date must fall within the census year",
    (
        "CPPendDate",
        "ReferenceDate",
    ),
    check,
    needs="ChildProtectionPlans",
    examples=(
        fails("the day before the year", sound(ChildProtectionPlans=[a_protection_plan("2024-06-24", "2025-03-31")])),
        fails("the day after the year", sound(ChildProtectionPlans=[a_protection_plan("2025-06-24", "2026-04-01")])),
        passes("its first day", sound(ChildProtectionPlans=[a_protection_plan("2024-06-24", "2025-04-01")])),
        passes("its last day", sound(ChildProtectionPlans=[a_protection_plan("2025-06-24", "2026-03-31")])),
    ),
)
