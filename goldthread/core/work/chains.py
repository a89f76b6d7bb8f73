"""Duties that come round again, such as visits: each running is met by the beginning of the next.

So a thing written down late, or taken back, needs no telling apart: the days alone say what met what. Pure; `actions.link_up`
asks and writes.
"""

from collections.abc import Sequence
from datetime import date
from itertools import zip_longest
from typing import NamedTuple


class Link(NamedTuple):
    """One running: the day it began, and the day the whole duty ended, as far as this link has been told of it."""

    started_on: date
    stopped_on: date | None = None
    stopped_why: str | None = None


class Fate(NamedTuple):
    """What becomes of a link. One that was met before the duty ended keeps the end too: it holds if what met it is taken back."""

    met_on: date | None
    stopped_on: date | None
    stopped_why: str | None


def fates(links: Sequence[Link]) -> list[Fate]:
    """What becomes of each link of one child's chain, given in the order of their days.

    An end reaches the links begun before it, and no further: what begins on that day or later belongs to another duty.
    """
    found: list[Fate] = []
    end: tuple[date | None, str | None] = (None, None)
    for link, following in zip_longest(links, links[1:]):
        if link.stopped_on is not None:
            end = (link.stopped_on, link.stopped_why)
        elif end[0] is not None and link.started_on >= end[0]:
            end = (None, None)
        is_met = following is not None and (end[0] is None or following.started_on < end[0])
        found.append(Fate(following.started_on if following is not None and is_met else None, *end))
    return found
