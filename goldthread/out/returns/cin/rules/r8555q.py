"""Nobody is referred after their death."""

from goldthread.out.returns.cin.examples import fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import QUERY, Places, Rule, is_before


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        if is_before(child.ChildIdentifiers.PersonDeathDate, details.CINreferralDate):
            yield details, "CINreferralDate"


RULE = Rule(
    "8555Q",
    QUERY,
    "CINdetails",
    "Child cannot be referred after its recorded date of death",
    (
        "PersonDeathDate",
        "CINreferralDate",
    ),
    check,
    examples=(
        fails("the day after", sound(PersonDeathDate="2025-06-01")),
        passes("that day", sound(PersonDeathDate="2025-06-02")),
    ),
)
