"""A child has at most one open episode of need, no further action aside."""

from goldthread.out.returns.cin.examples import fails, nfa, passes, referral, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_missing
from goldthread.out.returns.cin.spans import later_ones


def check(child: Child, census: CensusYear) -> Places:
    if len(child.CINdetails) > 1:
        running = [details for details in child.CINdetails if details.ReferralNFA is False and is_missing(details, "CINclosureDate")]
        for details in later_ones(running, "CINreferralDate"):
            yield details, "CINclosureDate"


RULE = Rule(
    "8815",
    ERROR,
    "CINdetails",
    "More than one open CIN Details episode (a module with no CIN Closure Date) has been provided for this child and case is not a referral with no further action.",
    (
        "ReferralNFA",
        "CINclosureDate",
    ),
    check,
    examples=(
        fails("two", sound(CINdetails=[referral(), referral("2025-09-01")])),
        passes("one of two closed", sound(CINdetails=[referral(CINclosureDate="2025-09-01"), referral("2025-09-01")])),
        passes("the other was no further action", sound(CINdetails=[nfa("2025-05-02"), referral()])),
    ),
)
