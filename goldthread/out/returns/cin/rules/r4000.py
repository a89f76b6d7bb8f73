"""A referral with no further action has no child in need plan."""

from goldthread.out.returns.cin.examples import a_cin_plan, fails, nfa, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        if details.ReferralNFA and details.CINPlanDates:
            yield details.CINPlanDates[0], "CINPlanStartDate"


RULE = Rule(
    "4000",
    ERROR,
    "CINplanDates",
    "CIN Plan details provided for a referral with no further action",
    ("ReferralNFA",),
    check,
    needs="CINPlanDates",
    examples=(
        fails("a plan", sound(CINdetails=[nfa(CINPlanDates=[a_cin_plan("2025-07-03")])])),
        passes("none", sound(CINdetails=[nfa()])),
        passes("a plan after further action", sound(CINPlanDates=[a_cin_plan("2025-07-03")])),
    ),
)
