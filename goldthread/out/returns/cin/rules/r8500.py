"""Every child has an id."""

from goldthread.out.returns.cin.examples import fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_missing


def check(child: Child, census: CensusYear) -> Places:
    if is_missing(child.ChildIdentifiers, "LAchildID"):
        yield child.ChildIdentifiers, "LAchildID"


RULE = Rule(
    "8500",
    ERROR,
    "ChildIdentifiers",
    "LA Child ID missing",
    ("LAchildID",),
    check,
    examples=(
        fails("none", sound(LAchildID=None)),
        passes("one sign", sound(LAchildID="1")),
    ),
)
