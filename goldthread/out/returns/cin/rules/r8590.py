"""Every child has at least one episode of need."""

from goldthread.out.returns.cin.examples import fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule


def check(child: Child, census: CensusYear) -> Places:
    if not child.CINdetails:
        yield child, "CINdetails"


RULE = Rule(
    "8590",
    ERROR,
    "ChildIdentifiers",
    "Child does not have a recorded CIN episode.",
    ("LAchildID",),
    check,
    examples=(
        fails("none", sound(CINdetails=[])),
        passes("one", sound()),
    ),
)
