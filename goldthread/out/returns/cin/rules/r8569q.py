"""A referral with no further action came at most one working day before the census year."""

from goldthread.ground.time.working_days import england
from goldthread.out.returns.cin.examples import fails, nfa, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import QUERY, Places, Rule, is_before


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        if details.ReferralNFA and is_before(details.CINreferralDate, england().add(census.first_day, -1)):
            yield details, "CINreferralDate"


RULE = Rule(
    "8569Q",
    QUERY,
    "CINdetails",
    "A case with referral date before one working day prior to the collection start date must not be flagged as a no further action case",
    ("ReferralNFA",),
    check,
    examples=(
        fails("the Sunday before, 1 April 2025 being a Tuesday", sound(CINdetails=[nfa("2025-03-30")])),
        fails("the Wednesday before Maundy Thursday 2024", sound(CINdetails=[nfa("2024-03-27")]), year=2025),
        passes("the Monday before", sound(CINdetails=[nfa("2025-03-31")])),
        passes("Maundy Thursday 2024, the last working day before Easter Monday 1 April", sound(CINdetails=[nfa("2024-03-28")]), year=2025),
        passes("long ago, with further action", sound(CINreferralDate="2024-03-27")),
    ),
)
