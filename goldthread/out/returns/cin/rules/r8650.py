"""A primary need is one of the census’s own codes."""

from goldthread.out.returns.cin.code_sets import PRIMARY_NEED
from goldthread.out.returns.cin.examples import fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        if details.PrimaryNeedCode is not None and details.PrimaryNeedCode not in PRIMARY_NEED:
            yield details, "PrimaryNeedCode"


RULE = Rule(
    "8650",
    ERROR,
    "CINdetails",
    "Primary Need Code invalid",
    ("PrimaryNeedCode",),
    check,
    examples=(
        fails("no such code", sound(PrimaryNeedCode="N10")),
        passes("the last code", sound(PrimaryNeedCode="N9")),
        passes("none", sound(PrimaryNeedCode=None)),
    ),
)
