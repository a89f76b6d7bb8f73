"""What may stand in one child of a return only."""

from collections.abc import Iterator
from typing import Self

from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import Spot


class GivenTwice:
    """Each child whose `element`, one of the identifiers, an earlier child has already."""

    element: str

    def __init__(self, census: CensusYear) -> None:
        self.first: dict[str, Spot] = {}
        self.again: list[Spot] = []

    def see(self, child: Child) -> None:
        identifiers = child.ChildIdentifiers
        value = getattr(identifiers, self.element)
        if value:
            self._meet(value, Spot(identifiers.line, identifiers.LAchildID or "", self.element, value, identifiers.record))

    def _meet(self, value: str, where: Spot) -> None:
        if value in self.first:
            self.again.append(where)
        else:
            self.first[value] = where

    def merge(self, later: Self) -> None:
        for value, where in later.first.items():
            self._meet(value, where)
        self.again += later.again

    def end(self) -> Iterator[Spot]:
        return iter(sorted(self.again, key=lambda where: where.line))
