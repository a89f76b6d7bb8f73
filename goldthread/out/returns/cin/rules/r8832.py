"""A referral with no further action has no child protection plan."""

from goldthread.out.returns.cin.examples import a_protection_plan, fails, nfa, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        if details.ReferralNFA:
            for plan in details.ChildProtectionPlans:
                yield plan, "CPPstartDate"


RULE = Rule(
    "8832",
    ERROR,
    "ChildProtectionPlans",
    "Child Protection details provided for a referral with no further action.",
    ("ReferralNFA",),
    check,
    needs="ChildProtectionPlans",
    examples=(
        fails("a plan", sound(CINdetails=[nfa(ChildProtectionPlans=[a_protection_plan("2025-06-24")])])),
        passes("none", sound(CINdetails=[nfa()])),
        passes("further action", sound(ChildProtectionPlans=[a_protection_plan("2025-06-24")])),
    ),
)
