"""A child has at most one open child protection plan."""

from goldthread.out.returns.cin.examples import a_protection_plan, fails, passes, referral, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_missing
from goldthread.out.returns.cin.spans import later_ones


def check(child: Child, census: CensusYear) -> Places:
    running = [plan for details in child.CINdetails for plan in details.ChildProtectionPlans if is_missing(plan, "CPPendDate")]
    for plan in later_ones(running, "CPPstartDate"):
        yield plan, "CPPendDate"


RULE = Rule(
    "8935",
    ERROR,
    "ChildProtectionPlans",
    "This child is showing more than one open Child Protection plan, i.e. with no End Date",
    ("CPPendDate",),
    check,
    needs="ChildProtectionPlans",
    examples=(
        fails("two in one episode", sound(ChildProtectionPlans=[a_protection_plan("2025-06-24"), a_protection_plan("2025-09-24")])),
        fails(
            "two in two episodes",
            sound(
                CINdetails=[
                    referral(ChildProtectionPlans=[a_protection_plan("2025-06-24")]),
                    referral("2025-09-01", ChildProtectionPlans=[a_protection_plan("2025-09-24")]),
                ]
            ),
        ),
        passes(
            "one of two ended", sound(ChildProtectionPlans=[a_protection_plan("2025-06-24", "2025-09-23"), a_protection_plan("2025-09-24")])
        ),
    ),
)
