"""The open episode of need is the child’s latest."""

from goldthread.out.returns.cin.examples import fails, nfa, passes, referral, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_before, is_missing


def check(child: Child, census: CensusYear) -> Places:
    if len(child.CINdetails) > 1:
        latest = max((details.CINreferralDate for details in child.CINdetails if details.CINreferralDate), default=None)
        for details in child.CINdetails:
            is_open = details.ReferralNFA is False and is_missing(details, "CINclosureDate")
            if is_open and is_before(details.CINreferralDate, latest):
                yield details, "CINreferralDate"


RULE = Rule(
    "8816",
    ERROR,
    "CINdetails",
    "An open CIN episode is shown and case is not a referral with no further action, but it is not the latest episode.",
    (
        "CINreferralDate",
        "ReferralNFA",
    ),
    check,
    uncertain="A later referral counts even where it led to no further action.",
    examples=(
        fails("a later one has been closed", sound(CINdetails=[referral(), referral("2025-09-01", CINclosureDate="2025-12-01")])),
        passes("the earlier one has been closed", sound(CINdetails=[referral(CINclosureDate="2025-08-01"), referral("2025-09-01")])),
        passes("the earlier one was no further action", sound(CINdetails=[nfa("2025-05-02"), referral()])),
    ),
)
