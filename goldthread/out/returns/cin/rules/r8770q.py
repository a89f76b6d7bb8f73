"""A child of school age with a referral that led to action has a pupil number, or a reason for none that such a child can have."""

from datetime import date

from goldthread.out.returns.cin.code_sets import UPN_UNKNOWN
from goldthread.out.returns.cin.examples import fails, nfa, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import QUERY, SINCE_2025, UNTIL_2024, Places, Rule, is_missing

REASONS = UPN_UNKNOWN - {"UN1"}  # UN1: not of school age


def check(child: Child, census: CensusYear) -> Places:
    if _is_asked(child, census) and child.ChildIdentifiers.UPNunknown not in REASONS:
        yield child.ChildIdentifiers, "UPNunknown"


def check_any_reason(child: Child, census: CensusYear) -> Places:
    if _is_asked(child, census) and child.ChildIdentifiers.UPNunknown not in UPN_UNKNOWN:
        yield child.ChildIdentifiers, "UPNunknown"


def _is_asked(child: Child, census: CensusYear) -> bool:
    """Without a number, and four by the 31 August before the reference date."""
    identifiers = child.ChildIdentifiers
    born_on = identifiers.PersonBirthDate
    if not is_missing(identifiers, "UPN") or born_on is None or born_on > date(census.year - 5, 8, 31):
        return False
    return any(details.ReferralNFA is False for details in child.CINdetails)


UNTIL = Rule(
    "8770Q",
    QUERY,
    "ChildIdentifiers",
    "UPN is missing and no reason is given for a child who is of school age.",
    (
        "UPN",
        "UPNunknown",
    ),
    check_any_reason,
    years=UNTIL_2024,
    uncertain="What the rule asked before 2024-25 is not known; any reason is taken to do.",
    examples=(
        fails("no reason", sound(UPN=None), year=2024),
        passes("a reason", sound(UPN=None, UPNunknown="UN1"), year=2024),
    ),
)

RULE = Rule(
    "8770Q",
    QUERY,
    "ChildIdentifiers",
    "UPN is missing or reason UPN is missing or is UN1 for a child who is of school age.",
    (
        "UPN",
        "UPNunknown",
    ),
    check,
    years=SINCE_2025,
    uncertain="School age has no end here; a child counts whose referrals did not all end in no further action.",
    examples=(
        fails("four on 31 August", sound(UPN=None, PersonBirthDate="2021-08-31")),
        fails("not of school age as the reason", sound(UPN=None, UPNunknown="UN1")),
        passes("four on 1 September", sound(UPN=None, PersonBirthDate="2021-09-01")),
        passes("a reason", sound(UPN=None, UPNunknown="UN2")),
        passes("no further action", sound(UPN=None, CINdetails=[nfa()])),
    ),
)
