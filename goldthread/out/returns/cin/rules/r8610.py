"""A referral that led to further action has a primary need."""

from goldthread.out.returns.cin.examples import fails, nfa, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_missing


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        if details.ReferralNFA is False and is_missing(details, "PrimaryNeedCode"):
            yield details, "PrimaryNeedCode"


RULE = Rule(
    "8610",
    ERROR,
    "CINdetails",
    "Primary Need code is missing for a referral which led to further action.",
    (
        "ReferralNFA",
        "PrimaryNeedCode",
    ),
    check,
    examples=(
        fails("none", sound(PrimaryNeedCode=None)),
        passes("not stated is a code", sound(PrimaryNeedCode="N0")),
        passes("no further action", sound(CINdetails=[nfa()])),
    ),
)
