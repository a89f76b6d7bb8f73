"""The header’s reference date is 31 March of its year. A return written from the records has no header yet, and is not asked."""

from collections.abc import Iterator
from typing import Self

from goldthread.out.returns.cin.examples import fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Rule, Spot


class ReferenceDay:
    """Nothing but the header is looked at."""

    def __init__(self, census: CensusYear) -> None:
        self.census = census

    def see(self, child: Child) -> None:
        return

    def merge(self, later: Self) -> None:
        return

    def end(self) -> Iterator[Spot]:
        stated = self.census.ReferenceDate
        if stated is not None and stated != str(self.census.reference_date):
            yield Spot(0, "", "ReferenceDate", stated)


RULE = Rule(
    "100",
    ERROR,
    "Header",
    "Reference Date is incorrect",
    ("ReferenceDate",),
    whole=ReferenceDay,
    examples=(
        fails("the day before", sound(), reference_date="2026-03-30"),
        fails("none given", sound(), reference_date=""),
        passes("31 March", sound(), reference_date="2026-03-31"),
        passes("no file", sound()),
    ),
)
