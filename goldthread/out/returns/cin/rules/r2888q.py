"""In some child of the return more than one disability is recorded."""

from collections.abc import Iterator
from typing import Self

from goldthread.out.returns.cin.examples import fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import QUERY, Rule, Spot


class OneDisabilityEach:
    def __init__(self, census: CensusYear) -> None:
        self.most = 0

    def see(self, child: Child) -> None:
        if child.ChildCharacteristics.Disabilities:
            self.most = max(self.most, len(set(child.ChildCharacteristics.Disabilities) - {"NONE"}))

    def merge(self, later: Self) -> None:
        self.most = max(self.most, later.most)

    def end(self) -> Iterator[Spot]:
        if self.most == 1:
            yield Spot(0, "", "Disability", "one code a child")


RULE = Rule(
    "2888Q",
    QUERY,
    "Disabilities",
    "Only one disability code is recorded per child and multiple disabilities should be recorded where possible.",
    ("Disability",),
    whole=OneDisabilityEach,
    uncertain="A return in which no child has a disability is not asked.",
    examples=(
        fails("one each", sound(Disabilities=["AUT"]), sound(Disabilities=["LD"]), sound()),
        passes("two in one child", sound(Disabilities=["AUT", "LD"]), sound(Disabilities=["LD"])),
        passes("no disability at all", sound()),
    ),
)
