"""At least eight kinds of disability stand in the return. NONE is no disability."""

from collections.abc import Iterator
from typing import Self

from goldthread.out.returns.cin.code_sets import DISABILITY
from goldthread.out.returns.cin.examples import fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import QUERY, Rule, Spot


class KindsOfDisability:
    def __init__(self, census: CensusYear) -> None:
        self.used: set[str] = set()

    def see(self, child: Child) -> None:
        self.used.update(child.ChildCharacteristics.Disabilities)

    def merge(self, later: Self) -> None:
        self.used |= later.used

    def end(self) -> Iterator[Spot]:
        kinds = self.used & DISABILITY - {"NONE"}
        if len(kinds) < 8:
            yield Spot(0, "", "Disability", f"{len(kinds)} codes")


RULE = Rule(
    "2887Q",
    QUERY,
    "Disabilities",
    "Less than 8 disability codes have been used in your return",
    ("Disability",),
    whole=KindsOfDisability,
    uncertain="NONE is not counted among the eight.",
    examples=(
        fails("seven", sound(Disabilities=["MOB", "HAND", "PC", "INC"]), sound(Disabilities=["COMM", "LD", "HEAR", "MOB"]), sound()),
        passes("eight", sound(Disabilities=["MOB", "HAND", "PC", "INC"]), sound(Disabilities=["COMM", "LD", "HEAR", "VIS"])),
    ),
)
