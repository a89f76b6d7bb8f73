"""The child’s sex is given, in the census’s own code."""

from goldthread.out.returns.cin.code_sets import GENDER, SEX
from goldthread.out.returns.cin.examples import fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, SINCE_2025, UNTIL_2024, Places, Rule


def check(child: Child, census: CensusYear) -> Places:
    if child.ChildIdentifiers.Sex not in SEX:
        yield child.ChildIdentifiers, "Sex"


def check_gender(child: Child, census: CensusYear) -> Places:
    if child.ChildIdentifiers.GenderCurrent not in GENDER:
        yield child.ChildIdentifiers, "GenderCurrent"


UNTIL = Rule(
    "4180",
    ERROR,
    "ChildIdentifiers",
    "Gender must be provided and equal 0, 1, 2 or 9",
    ("GenderCurrent",),
    check_gender,
    years=UNTIL_2024,
    uncertain="The wording before 2024-25 is ours; the codes are those of GenderCurrent.",
    examples=(
        fails("a letter", sound(Sex=None, GenderCurrent="F"), year=2024),
        fails("none", sound(Sex=None), year=2023),
        passes("female", sound(Sex=None, GenderCurrent="2"), year=2024),
        passes("not known", sound(Sex=None, GenderCurrent="0"), year=2023),
    ),
)

RULE = Rule(
    "4180",
    ERROR,
    "ChildIdentifiers",
    "Sex must be provided and equal M, F, or U",
    ("Sex",),
    check,
    years=SINCE_2025,
    examples=(
        fails("none", sound(Sex=None), year=2025),
        fails("a code of GenderCurrent", sound(Sex="2")),
        passes("unknown", sound(Sex="U")),
        passes("male", sound(Sex="M"), year=2025),
    ),
)
