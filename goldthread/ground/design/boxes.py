"""Rectangles and spans that must not lie upon one another."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """A rectangle in the drawing, in pixels from its top left corner."""

    left: float
    top: float
    width: float
    height: float

    def meets(self, other: "Box") -> bool:
        """True where the two share any area."""
        return (
            self.left < other.left + other.width
            and other.left < self.left + self.width
            and self.top < other.top + other.height
            and other.top < self.top + self.height
        )


def enclosing(boxes: Sequence[Box]) -> Box:
    """The least box round all of `boxes`."""
    left, top = min(b.left for b in boxes), min(b.top for b in boxes)
    return Box(left, top, max(b.left + b.width for b in boxes) - left, max(b.top + b.height for b in boxes) - top)


def shared(a: Box, b: Box) -> float:
    """How much of the same width two boxes stand over, in pixels."""
    return min(a.left + a.width, b.left + b.width) - max(a.left, b.left)


def stacked(spans: Sequence[tuple[float, float, int]]) -> dict[int, int]:
    """A level for each (from, to, key) so that no two on one level overlap."""
    ends: list[float] = []
    levels: dict[int, int] = {}
    for start, end, key in sorted(spans):
        level = next((i for i, reached in enumerate(ends) if reached + 6 < start), len(ends))
        ends[level : level + 1] = [end]
        levels[key] = level
    return levels
