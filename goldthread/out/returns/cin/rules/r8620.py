"""A case that was closed was closed in the census year."""

from goldthread.out.returns.cin.examples import fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_outside


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        if is_outside(details.CINclosureDate, census):
            yield details, "CINclosureDate"


RULE = Rule(
    "8620",
    ERROR,
    "CINdetails",
    "CIN Closure Date present and does not fall within the Census year",
    ("CINclosureDate",),
    check,
    examples=(
        fails("the day before the year", sound(CINclosureDate="2025-03-31")),
        fails("the day after the year", sound(CINclosureDate="2026-04-01")),
        passes("its first day", sound(CINclosureDate="2025-04-01")),
        passes("its last day", sound(CINclosureDate="2026-03-31")),
    ),
)
