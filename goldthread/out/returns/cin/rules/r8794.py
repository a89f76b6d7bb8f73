"""No disability is given twice."""

from goldthread.out.returns.cin.examples import fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule


def check(child: Child, census: CensusYear) -> Places:
    given = child.ChildCharacteristics.Disabilities
    if len(given) > len(set(given)):
        yield child.ChildCharacteristics, "Disability"


RULE = Rule(
    "8794",
    ERROR,
    "Disabilities",
    "Child has two or more disabilities with the same code",
    ("Disability",),
    check,
    examples=(
        fails("twice", sound(Disabilities=["AUT", "LD", "AUT"])),
        passes("each once", sound(Disabilities=["AUT", "LD"])),
    ),
)
