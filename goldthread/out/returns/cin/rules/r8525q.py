"""Of the dates of birth and of expected birth exactly one is given."""

from goldthread.out.returns.cin.examples import fails, passes, sound, unborn
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import QUERY, Places, Rule, is_missing


def check(child: Child, census: CensusYear) -> Places:
    identifiers = child.ChildIdentifiers
    if is_missing(identifiers, "PersonBirthDate") == is_missing(identifiers, "ExpectedPersonBirthDate"):
        yield identifiers, "PersonBirthDate"


RULE = Rule(
    "8525Q",
    QUERY,
    "ChildIdentifiers",
    "Either Date of Birth or Expected Date of Birth must be provided (but not both)",
    (
        "PersonBirthDate",
        "ExpectedPersonBirthDate",
    ),
    check,
    examples=(
        fails("neither", sound(PersonBirthDate=None)),
        fails("both", sound(ExpectedPersonBirthDate="2026-04-01")),
        passes("born", sound()),
        passes("unborn", unborn("2026-04-01")),
        passes("told already as a fault of form", sound(PersonBirthDate=None, unreadable=("PersonBirthDate",))),
    ),
)
