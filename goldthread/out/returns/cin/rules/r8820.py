"""One episode of need begins when the other has been closed; the same day will do. No further action is no episode that runs on."""

from goldthread.out.returns.cin.examples import fails, nfa, passes, referral, sound
from goldthread.out.returns.cin.items import CensusYear, Child, CINdetails
from goldthread.out.returns.cin.rule import ERROR, Places, Rule
from goldthread.out.returns.cin.spans import Span, overlapping


def check(child: Child, census: CensusYear) -> Places:
    if len(child.CINdetails) > 1:
        for part in overlapping(map(_span, child.CINdetails), may_touch=True):
            yield part, "CINreferralDate"


def _span(details: CINdetails) -> Span:
    ended_on = details.CINclosureDate or (details.CINreferralDate if details.ReferralNFA else None)
    return Span(details.CINreferralDate, ended_on, details)


RULE = Rule(
    "8820",
    ERROR,
    "CINdetails",
    "The dates on the CIN episodes for this child overlap",
    (
        "CINreferralDate",
        "CINclosureDate",
    ),
    check,
    uncertain="A referral on the very day of the closure before it is taken not to overlap.",
    examples=(
        fails("the day before the other was closed", sound(CINdetails=[referral(CINclosureDate="2025-09-01"), referral("2025-08-31")])),
        fails("no further action while the case is open", sound(CINdetails=[referral(), nfa("2025-08-31")])),
        passes("the day it was closed", sound(CINdetails=[referral(CINclosureDate="2025-09-01"), referral("2025-09-01")])),
        passes("after no further action", sound(CINdetails=[nfa("2025-05-01"), referral()])),
    ),
)
