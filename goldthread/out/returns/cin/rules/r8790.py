"""NONE stands alone among disabilities."""

from goldthread.out.returns.cin.examples import fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule


def check(child: Child, census: CensusYear) -> Places:
    given = child.ChildCharacteristics.Disabilities
    if "NONE" in given and any(code != "NONE" for code in given):
        yield child.ChildCharacteristics, "Disability"


RULE = Rule(
    "8790",
    ERROR,
    "Disabilities",
    "Disability information includes both None and other values",
    ("Disability",),
    check,
    examples=(
        fails("with another", sound(Disabilities=["NONE", "AUT"])),
        passes("alone", sound(Disabilities=["NONE"])),
        passes("two others", sound(Disabilities=["AUT", "LD"])),
    ),
)
