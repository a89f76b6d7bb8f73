"""The child was born on or before the last day of the census year."""

from goldthread.out.returns.cin.examples import fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_before


def check(child: Child, census: CensusYear) -> Places:
    if is_before(census.reference_date, child.ChildIdentifiers.PersonBirthDate):
        yield child.ChildIdentifiers, "PersonBirthDate"


RULE = Rule(
    "8520",
    ERROR,
    "ChildIdentifiers",
    "Date of Birth is after data collection period (must be on or before the end of the census period)",
    (
        "PersonBirthDate",
        "ReferenceDate",
    ),
    check,
    examples=(
        fails("the day after", sound(PersonBirthDate="2026-04-01")),
        passes("that day", sound(PersonBirthDate="2026-03-31")),
    ),
)
