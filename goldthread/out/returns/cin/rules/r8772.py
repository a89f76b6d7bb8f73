"""The reason UN7 is for children whose every referral ended in no further action."""

from goldthread.out.returns.cin.examples import fails, nfa, passes, referral, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule


def check(child: Child, census: CensusYear) -> Places:
    if child.ChildIdentifiers.UPNunknown == "UN7" and any(details.ReferralNFA is False for details in child.CINdetails):
        yield child.ChildIdentifiers, "UPNunknown"


RULE = Rule(
    "8772",
    ERROR,
    "ChildIdentifiers",
    "UPN unknown reason is UN7 (Referral with no further action) but at least one CIN details is a referral going on to further action",
    (
        "UPNunknown",
        "ReferralNFA",
    ),
    check,
    examples=(
        fails("one of two went on", sound(UPN=None, UPNunknown="UN7", CINdetails=[nfa("2025-05-02"), referral()])),
        passes("no further action", sound(UPN=None, UPNunknown="UN7", CINdetails=[nfa()])),
    ),
)
