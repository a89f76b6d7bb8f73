"""The referral has a date, and not one after the census year."""

from goldthread.out.returns.cin.examples import fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_before, is_missing


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        if is_missing(details, "CINreferralDate") or is_before(census.reference_date, details.CINreferralDate):
            yield details, "CINreferralDate"


RULE = Rule(
    "8600",
    ERROR,
    "CINdetails",
    "Child referral date missing or after data collection period",
    ("CINreferralDate",),
    check,
    examples=(
        fails("no referral date", sound(CINreferralDate=None)),
        fails("the day after the census year", sound(CINreferralDate="2026-04-01")),
        passes("its last day", sound(CINreferralDate="2026-03-31")),
    ),
)
