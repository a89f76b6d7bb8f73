"""No child protection plan begins before the referral."""

from goldthread.out.returns.cin.examples import a_protection_plan, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_before


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        for plan in details.ChildProtectionPlans:
            if is_before(plan.CPPstartDate, details.CINreferralDate):
                yield plan, "CPPstartDate"


RULE = Rule(
    "1105",
    ERROR,
    "ChildProtectionPlans",
    "The child protection plan start date cannot be before the referral date",
    (
        "CPPstartDate",
        "CINreferralDate",
    ),
    check,
    needs="ChildProtectionPlans",
    examples=(
        fails("the day before", sound(ChildProtectionPlans=[a_protection_plan("2025-06-01")])),
        passes("the day of the referral", sound(ChildProtectionPlans=[a_protection_plan("2025-06-02")])),
    ),
)
