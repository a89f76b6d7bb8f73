"""A reason for closure is one of the census’s own codes."""

from goldthread.out.returns.cin.code_sets import REASON_FOR_CLOSURE
from goldthread.out.returns.cin.examples import fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        if details.ReasonForClosure is not None and details.ReasonForClosure not in REASON_FOR_CLOSURE:
            yield details, "ReasonForClosure"


RULE = Rule(
    "8640",
    ERROR,
    "CINdetails",
    "CIN Reason for closure code invalid",
    ("ReasonForClosure",),
    check,
    examples=(
        fails("no such code", sound(CINclosureDate="2025-12-01", ReasonForClosure="RC10")),
        passes("the last code", sound(CINclosureDate="2025-12-01", ReasonForClosure="RC9")),
        passes("none", sound()),
    ),
)
