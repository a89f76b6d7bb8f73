"""Periods of which a child may have one at a time: which of those told of cannot both be true. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Told:
    """One period, of the child and in the record with these keys. None: still running."""

    child: int
    record: int
    started_on: date
    ended_on: date | None = None

    def overlaps(self, other: "Told") -> bool:
        """A day in both. One that ended on the day it began holds on no day."""
        mine, theirs = self.ended_on or date.max, other.ended_on or date.max
        return max(self.started_on, other.started_on) < min(mine, theirs)


def standing_among(told: Iterable[Told]) -> set[int]:
    """Records of those that can all be true, the first told going before the rest."""
    taken: dict[int, list[Told]] = defaultdict(list)
    for one in told:
        if not any(one.overlaps(other) for other in taken[one.child]):
            taken[one.child].append(one)
    return {one.record for rows in taken.values() for one in rows}
