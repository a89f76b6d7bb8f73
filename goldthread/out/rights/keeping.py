"""Until when a child's record is kept, and why. Pure but for the rules in force.

A child's record is kept whole: until the last day that any of its entries, and the last entry itself, asks for. While work is open nothing
is counted. Care planning regulations 2010, reg 50 (looked-after children) is LAW; the rest is LOCAL (check).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from goldthread.ground.time.queries import Due, due, rule
from goldthread.out.rights.classes import CLASSES, LAST_ENTRY, SEXUAL_ABUSE

NO_BIRTH = "The date of birth is not known: until it is, the record is kept."
OPEN = "Work is open: nothing is counted until it is closed."
EMPTY = "Nothing has been written yet."


@dataclass(frozen=True)
class Life:
    """What decides how long a person's record is kept, from every row that is this person."""

    born_on: date | None
    last_entry: date | None  # when the last thing happened or was written, whichever is later
    classes: frozenset[str] = frozenset()
    of_sexual_abuse: bool = False
    is_open: bool = False


@dataclass(frozen=True)
class Keeping:
    """`until` is the first day on which the record need not be kept any more; None, with `unless` saying why, where there is none."""

    until: date | None
    asked: tuple[Due, ...]  # what each rule asks, the longest first
    unless: str = ""

    def is_past(self, on: date) -> bool:
        return self.until is not None and self.until <= on


def keeping_of(life: Life) -> Keeping:
    """Until when, by the rules in force today."""
    asked = tuple(sorted(_asked(life), key=lambda one: one.on or date.max, reverse=True))
    if life.is_open:
        return Keeping(None, asked, OPEN)
    if life.last_entry is None:
        return Keeping(None, asked, EMPTY)
    if life.born_on is None and _from_birth(life):
        return Keeping(None, asked, NO_BIRTH)
    days = [one.on for one in asked]
    if None in days:
        uncounted = next(one for one in asked if one.on is None)
        return Keeping(None, asked, f"{uncounted.rule.process}: {uncounted.words}")
    return Keeping(max(day for day in days if day is not None), asked)


def _asked(life: Life) -> Iterable[Due]:
    if life.last_entry is not None:
        yield due(rule(LAST_ENTRY), life.last_entry)
    if life.born_on is not None:
        for key in _from_birth(life):
            yield due(rule(key), life.born_on)


def _from_birth(life: Life) -> list[str]:
    keys = [key for code in sorted(life.classes) for key in CLASSES[code].from_birth]
    return [*keys, SEXUAL_ABUSE] if life.of_sexual_abuse else keys
