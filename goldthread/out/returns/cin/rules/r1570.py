"""An id has at most twenty signs."""

from goldthread.out.returns.cin.examples import fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, SINCE_2025, Places, Rule


def check(child: Child, census: CensusYear) -> Places:
    if len(child.ChildIdentifiers.LAchildID or "") > 20:
        yield child.ChildIdentifiers, "LAchildID"


RULE = Rule(
    "1570",
    ERROR,
    "ChildIdentifiers",
    "LA Child ID must not be longer than 20 characters",
    ("LAchildID",),
    check,
    years=SINCE_2025,
    examples=(
        fails("twenty-one", sound(LAchildID="C" * 21)),
        passes("twenty", sound(LAchildID="C" * 20)),
    ),
)
