"""Of the children who have been born, at most 2% have no sex recorded."""

from collections.abc import Iterator
from typing import Self

from goldthread.out.returns.cin.examples import fails, passes, sound, unborn
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import QUERY, SINCE_2025, UNTIL_2024, Rule, Spot


class WithoutSex:
    element = "Sex"
    unknown: tuple[str | None, ...] = (None, "U")

    def __init__(self, census: CensusYear) -> None:
        self.born = self.without = 0

    def see(self, child: Child) -> None:
        identifiers = child.ChildIdentifiers
        if identifiers.PersonBirthDate is not None:
            self.born += 1
            self.without += getattr(identifiers, self.element) in self.unknown

    def merge(self, later: Self) -> None:
        self.born += later.born
        self.without += later.without

    def end(self) -> Iterator[Spot]:
        if self.without * 100 > self.born * 2:
            yield Spot(0, "", self.element, f"{self.without} of {self.born}")


class WithoutGender(WithoutSex):
    element = "GenderCurrent"
    unknown = (None, "0")


UNTIL = Rule(
    "2886Q",
    QUERY,
    "ChildIdentifiers",
    "Percentage of children with no gender recorded is more than 2% (excluding unborns)",
    ("GenderCurrent",),
    whole=WithoutGender,
    years=UNTIL_2024,
    uncertain="The wording before 2024-25 is ours; 9, indeterminate, is taken to be recorded.",
    examples=(
        fails("2 of 99", *[sound(Sex=None, GenderCurrent="0")] * 2, *[sound(Sex=None, GenderCurrent="2")] * 97, year=2024),
        passes("2 of 100", *[sound(Sex=None, GenderCurrent="0")] * 2, *[sound(Sex=None, GenderCurrent="9")] * 98, year=2024),
    ),
)

RULE = Rule(
    "2886Q",
    QUERY,
    "ChildIdentifiers",
    "Percentage of children with no sex recorded is more than 2% (excluding unborns)",
    ("Sex",),
    whole=WithoutSex,
    years=SINCE_2025,
    uncertain="The DfE’s list names ExpectedPersonBirthDate as the field; the failure is told at Sex.",
    examples=(
        fails("2 of 99", sound(Sex=None), sound(Sex="U"), *[sound()] * 97),
        passes("2 of 100", sound(Sex=None), sound(Sex="U"), *[sound()] * 98),
        passes("the unborn are not counted", *[unborn("2026-06-01")] * 3, sound()),
    ),
)
