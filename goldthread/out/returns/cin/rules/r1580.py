"""An id is letters and digits only."""

import re

from goldthread.out.returns.cin.examples import fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, SINCE_2025, Places, Rule

ALLOWED = re.compile(r"[0-9A-Za-z]+")


def check(child: Child, census: CensusYear) -> Places:
    key = child.ChildIdentifiers.LAchildID
    if key and not ALLOWED.fullmatch(key):
        yield child.ChildIdentifiers, "LAchildID"


RULE = Rule(
    "1580",
    ERROR,
    "ChildIdentifiers",
    "LA Child ID must not contain any non-alphanumeric characters",
    ("LAchildID",),
    check,
    years=SINCE_2025,
    examples=(
        fails("a stroke", sound(LAchildID="C-12"), year=2025),
        fails("a space inside", sound(LAchildID="C 12")),
        passes("letters and digits", sound(LAchildID="Ca12")),
    ),
)
