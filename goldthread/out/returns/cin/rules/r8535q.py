"""A child does not die before birth."""

from goldthread.out.returns.cin.examples import fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import QUERY, Places, Rule, is_before


def check(child: Child, census: CensusYear) -> Places:
    if is_before(child.ChildIdentifiers.PersonDeathDate, child.ChildIdentifiers.PersonBirthDate):
        yield child.ChildIdentifiers, "PersonDeathDate"


RULE = Rule(
    "8535Q",
    QUERY,
    "ChildIdentifiers",
    "Child’s date of death should not be prior to the date of birth",
    (
        "PersonDeathDate",
        "PersonBirthDate",
    ),
    check,
    examples=(
        fails("the day before", sound(PersonBirthDate="2025-06-02", PersonDeathDate="2025-06-01")),
        passes("that day", sound(PersonBirthDate="2025-06-02", PersonDeathDate="2025-06-02")),
    ),
)
