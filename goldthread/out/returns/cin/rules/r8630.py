"""No case is closed before it was referred."""

from goldthread.out.returns.cin.examples import fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_before


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        if is_before(details.CINclosureDate, details.CINreferralDate):
            yield details, "CINclosureDate"


RULE = Rule(
    "8630",
    ERROR,
    "CINdetails",
    "CIN Closure Date is before CIN Referral Date for the same CIN episode",
    (
        "CINreferralDate",
        "CINclosureDate",
    ),
    check,
    examples=(
        fails("the day before", sound(CINclosureDate="2025-06-01")),
        passes("that day", sound(CINclosureDate="2025-06-02")),
    ),
)
