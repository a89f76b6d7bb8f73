"""A child who died did so in the census year."""

from goldthread.out.returns.cin.examples import fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import QUERY, Places, Rule, is_outside


def check(child: Child, census: CensusYear) -> Places:
    if is_outside(child.ChildIdentifiers.PersonDeathDate, census):
        yield child.ChildIdentifiers, "PersonDeathDate"


RULE = Rule(
    "8545Q",
    QUERY,
    "ChildIdentifiers",
    "Child’s date of death should be within the census year",
    ("PersonDeathDate",),
    check,
    examples=(
        fails("the day before the year", sound(PersonDeathDate="2025-03-31")),
        fails("the day after the year", sound(PersonDeathDate="2026-04-01")),
        passes("its first day", sound(PersonDeathDate="2025-04-01")),
        passes("its last day", sound(PersonDeathDate="2026-03-31")),
    ),
)
