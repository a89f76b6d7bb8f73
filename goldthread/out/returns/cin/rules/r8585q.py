"""A case closed because the child died has the date of death."""

from goldthread.out.returns.cin.examples import fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import QUERY, Places, Rule, is_missing


def check(child: Child, census: CensusYear) -> Places:
    if is_missing(child.ChildIdentifiers, "PersonDeathDate"):
        for details in child.CINdetails:
            if details.ReasonForClosure == "RC2":
                yield details, "ReasonForClosure"


RULE = Rule(
    "8585Q",
    QUERY,
    "CINdetails",
    "CIN episode shows Died as the Closure Reason, however child has no recorded Date of Death",
    (
        "ReasonForClosure",
        "PersonDeathDate",
    ),
    check,
    examples=(
        fails("no date", sound(CINclosureDate="2025-12-01", ReasonForClosure="RC2")),
        passes("a date", sound(PersonDeathDate="2025-12-01", CINclosureDate="2025-12-01", ReasonForClosure="RC2")),
        passes("another reason", sound(CINclosureDate="2025-12-01", ReasonForClosure="RC7")),
    ),
)
