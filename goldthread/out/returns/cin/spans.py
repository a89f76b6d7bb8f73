"""Spans of days that follow one another, and those that do not."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple, TypeVar

from goldthread.out.returns.cin.items import Part, Section47
from goldthread.out.returns.cin.rule import is_missing

P = TypeVar("P", bound=Part)


class Span(NamedTuple):
    """`end` is None while it runs."""

    start: date | None
    end: date | None
    part: Part


def overlapping(spans: Iterable[Span], *, may_touch: bool) -> Iterator[Part]:
    """Each that begins while an earlier one runs; `may_touch`: on the very day it ended. One without a start is passed over."""
    found = [(span.start, span.end or date.max, span.part) for span in spans if span.start]
    if len(found) < 2:
        return
    found.sort(key=lambda span: span[:2])
    latest = found[0][1]
    for start, end, part in found[1:]:
        if start < latest or (start == latest and not may_touch):
            yield part
        latest = max(latest, end)


def later_ones(parts: Iterable[P], start: str) -> list[P]:
    """All but the one that began first, wherever they stand in the file."""
    return sorted(parts, key=lambda part: getattr(part, start) or date.min)[1:]


def awaits_conference(enquiry: Section47) -> bool:
    """No conference is told, and nothing says that none is required."""
    is_open = not enquiry.ICPCnotRequired and "ICPCnotRequired" not in enquiry.unreadable
    return is_open and is_missing(enquiry, "DateOfInitialCPC")
