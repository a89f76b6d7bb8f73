"""A case that was closed says why."""

from goldthread.out.returns.cin.examples import fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_missing


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        if details.CINclosureDate is not None and is_missing(details, "ReasonForClosure"):
            yield details, "ReasonForClosure"


RULE = Rule(
    "8805",
    ERROR,
    "CINdetails",
    "A CIN case cannot have a CIN closure date without a Reason for Closure",
    (
        "CINclosureDate",
        "ReasonForClosure",
    ),
    check,
    examples=(
        fails("no reason", sound(CINclosureDate="2025-12-01")),
        passes("a reason", sound(CINclosureDate="2025-12-01", ReasonForClosure="RC7")),
        passes("open", sound()),
    ),
)
