"""The child’s ethnicity is given, in the census’s own code."""

from goldthread.out.returns.cin.code_sets import ETHNICITY
from goldthread.out.returns.cin.examples import fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule


def check(child: Child, census: CensusYear) -> Places:
    if child.ChildCharacteristics.Ethnicity not in ETHNICITY:
        yield child.ChildCharacteristics, "Ethnicity"


RULE = Rule(
    "4220",
    ERROR,
    "ChildCharacteristics",
    "Ethnicity is missing or invalid",
    ("Ethnicity",),
    check,
    examples=(
        fails("none", sound(Ethnicity=None)),
        fails("in small letters", sound(Ethnicity="wbri")),
        passes("not yet obtained", sound(Ethnicity="NOBT")),
    ),
)
