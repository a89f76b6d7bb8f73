"""A case with a reason for closure says when it was closed."""

from goldthread.out.returns.cin.examples import fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_missing


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        if details.ReasonForClosure is not None and is_missing(details, "CINclosureDate"):
            yield details, "CINclosureDate"


RULE = Rule(
    "8810",
    ERROR,
    "CINdetails",
    "A CIN case cannot have a Reason for Closure without a CIN Closure Date",
    (
        "ReasonForClosure",
        "CINclosureDate",
    ),
    check,
    examples=(
        fails("no date", sound(ReasonForClosure="RC7")),
        passes("a date", sound(CINclosureDate="2025-12-01", ReasonForClosure="RC7")),
        passes("told already as a fault of form", sound(ReasonForClosure="RC7", unreadable=("CINclosureDate",))),
    ),
)
