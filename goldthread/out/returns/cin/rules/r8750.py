"""The sex of an unborn child is U."""

from goldthread.out.returns.cin.examples import fails, passes, sound, unborn
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, SINCE_2025, UNTIL_2024, Places, Rule, is_missing


def check(child: Child, census: CensusYear) -> Places:
    if _is_unborn(child) and child.ChildIdentifiers.Sex not in (None, "U"):
        yield child.ChildIdentifiers, "Sex"


def check_gender(child: Child, census: CensusYear) -> Places:
    if _is_unborn(child) and child.ChildIdentifiers.GenderCurrent not in (None, "0"):
        yield child.ChildIdentifiers, "GenderCurrent"


def _is_unborn(child: Child) -> bool:
    identifiers = child.ChildIdentifiers
    return identifiers.ExpectedPersonBirthDate is not None and is_missing(identifiers, "PersonBirthDate")


UNTIL = Rule(
    "8750",
    ERROR,
    "ChildIdentifiers",
    "Gender must equal 0 for an unborn child",
    (
        "GenderCurrent",
        "PersonBirthDate",
        "ExpectedPersonBirthDate",
    ),
    check_gender,
    years=UNTIL_2024,
    uncertain="The wording before 2024-25 is ours.",
    examples=(
        fails("female", unborn("2024-06-01", Sex=None, GenderCurrent="2"), year=2024),
        passes("not known", unborn("2024-06-01", Sex=None, GenderCurrent="0"), year=2024),
    ),
)

RULE = Rule(
    "8750",
    ERROR,
    "ChildIdentifiers",
    "Sex must equal U for an unborn child",
    (
        "Sex",
        "PersonBirthDate",
        "ExpectedPersonBirthDate",
    ),
    check,
    years=SINCE_2025,
    uncertain="A sex that is not given is rule 4180 alone.",
    examples=(
        fails("female", unborn("2026-06-01", Sex="F")),
        passes("unknown", unborn("2026-06-01", Sex="U")),
        passes("female, and born", sound(Sex="F")),
    ),
)
