"""Every referral says whether it led to no further action. What is neither yes nor no is a fault of form."""

from goldthread.out.returns.cin.examples import fails, nfa, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_missing


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        if is_missing(details, "ReferralNFA"):
            yield details, "ReferralNFA"


RULE = Rule(
    "8568",
    ERROR,
    "CINdetails",
    "RNFA flag is missing or invalid",
    ("ReferralNFA",),
    check,
    examples=(
        fails("not given", sound(ReferralNFA=None)),
        passes("no", sound(ReferralNFA=False)),
        passes("yes", sound(CINdetails=[nfa()])),
        passes("told already as a fault of form", sound(ReferralNFA=None, unreadable=("ReferralNFA",))),
    ),
)
