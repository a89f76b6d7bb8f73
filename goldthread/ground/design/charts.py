"""Charts drawn by the server as plain SVG: no script, crisp in print, coloured by the style sheet.

Each has a title and a description; the macro `chart` folds the same numbers beneath it as a table. Every function is
pure and takes well under a millisecond.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10
from statistics import median as middle_of

from markupsafe import Markup, escape

WIDTH = 720


@dataclass(frozen=True)
class Bar:
    """One bar; `words` is what stands at its end (the number unless given); `is_quiet` greys what is not complete yet."""

    label: str
    number: float
    href: str | None = None
    words: str = ""
    is_quiet: bool = False


@dataclass(frozen=True)
class Point:
    """One point of a line; None leaves a gap. `note` is said beside a point that stands out."""

    label: str
    number: float | None
    href: str | None = None
    note: str = ""


def step_of(highest: float, steps: int = 4) -> float:
    """A round step (1, 2 or 5 times a power of ten) that reaches `highest` in about `steps`."""
    if highest <= 0:
        return 1
    rough = highest / steps
    scale = 10 ** floor(log10(rough))
    return float(next(scale * factor for factor in (1, 2, 5, 10) if scale * factor >= rough))


def said(number: float) -> str:
    """1,204 or 3.5: no digits that nobody measured."""
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:,.1f}"


def opened(inner: str, href: str | None, words: str) -> str:
    """A mark with its words as a title, leading to the children behind it where it can."""
    titled = f"<title>{escape(words)}</title>{inner}"
    return f'<a href="{escape(href)}">{titled}</a>' if href else f"<g>{titled}</g>"


def sheet(id: str, title: str, description: str, height: float, parts: Sequence[str], *, has_links: bool) -> Markup:
    """The SVG round the marks. A picture unless something in it can be opened; then a group, whose links are heard."""
    role = "group" if has_links else "img"
    return Markup(  # noqa: S704  every part was escaped where it was made
        f'<svg xmlns="http://www.w3.org/2000/svg" role="{role}" aria-labelledby="{escape(id)}-name {escape(id)}-words" '
        f'viewBox="0 0 {WIDTH} {height:.0f}"><title id="{escape(id)}-name">{escape(title)}</title>'
        f'<desc id="{escape(id)}-words">{escape(description)}</desc>{"".join(parts)}</svg>'
    )


def bars(items: Sequence[Bar], id: str, title: str, description: str = "", unit: str = "") -> Markup:
    """Horizontal bars in the order given, each with its label on the left and its number at its end."""
    label_width = min(260.0, 20 + 7.2 * max((len(item.label) for item in items), default=0))
    room = WIDTH - label_width - 80
    highest = max((item.number for item in items), default=0) or 1
    parts = []
    for i, item in enumerate(items):
        y = 4 + 28 * i
        length = room * item.number / highest
        words = item.words or f"{said(item.number)}{unit}"
        kind = " gt-draw-bar--quiet" if item.is_quiet else ""
        bar = f'<rect class="gt-draw-bar{kind}" x="{label_width:.1f}" y="{y}" width="{max(length, 1.5):.1f}" height="18" rx="1.5"/>'
        label = f'<text class="gt-draw-text" x="{label_width - 10:.1f}" y="{y + 13.5}" text-anchor="end">{escape(item.label)}</text>'
        end = f'<text class="gt-draw-text" x="{label_width + length + 8:.1f}" y="{y + 13.5}">{escape(words)}</text>'
        parts.append(opened(label + bar + end, item.href, f"{item.label}: {words}"))
    described = description or "; ".join(f"{item.label} {item.words or said(item.number) + unit}" for item in items)
    return sheet(id, title, described, 28 * len(items) + 2, parts, has_links=any(item.href for item in items))


def run(
    points: Sequence[Point], id: str, title: str, description: str = "", unit: str = "", median: bool = True, target: float | None = None
) -> Markup:
    """A run chart: a line through time with its own median, so that a shift can be told from ordinary ups and downs.

    Points with a note are ringed and the note is written beside them. The scale starts at nought.
    """
    numbers = [p.number for p in points if p.number is not None]
    step = step_of(max([*numbers, target or 0], default=0))
    top_number = step * -(-max([*numbers, target or 0, step]) // step)
    left, right, top, bottom = 48.0, WIDTH - 96.0, 12.0, 226.0
    across = (right - left) / max(len(points) - 1, 1)

    def y(number: float) -> float:
        return bottom - (bottom - top) * number / top_number

    parts = _grid(step, top_number, left, right, y, unit)
    every = max(1, -(-len(points) // 8))
    for i, point in enumerate(points):
        if i % every == 0:
            parts.append(
                f'<text class="gt-draw-soft" x="{left + i * across:.1f}" y="{bottom + 18}" text-anchor="middle">{escape(point.label)}</text>'
            )
    levels = [(target, "target", f"{said(target)}{unit} aim")] if target is not None else []
    if median and numbers:
        levels.append((middle_of(numbers), "median", f"median {said(middle_of(numbers))}{unit}"))
    written = -100.0
    for number, kind, words in sorted(levels, reverse=True):
        written = max(y(number) + 4, written + 14)
        parts.append(_level(number, written, kind, words, left, right, y))
    at = [(left + i * across, y(p.number)) if p.number is not None else None for i, p in enumerate(points)]
    parts.append(f'<path class="gt-draw-line" d="{_path(at)}"/>')
    for point, place in zip(points, at, strict=True):
        if place:
            kind = " gt-draw-dot--marked" if point.note else ""
            dot = f'<circle class="gt-draw-dot{kind}" cx="{place[0]:.1f}" cy="{place[1]:.1f}" r="{5 if point.note else 3}"/>'
            if point.note:
                dot += f'<text class="gt-draw-soft" x="{place[0]:.1f}" y="{place[1] - 11:.1f}" text-anchor="middle">{escape(point.note)}</text>'
            parts.append(
                opened(dot, point.href, f"{point.label}: {said(point.number or 0)}{unit}{', ' + point.note if point.note else ''}")
            )
    described = description or "; ".join(f"{p.label} {'not known' if p.number is None else said(p.number) + unit}" for p in points)
    return sheet(id, title, described, bottom + 26, parts, has_links=any(p.href for p in points))


def distribution(
    items: Sequence[Bar], id: str, title: str, description: str = "", unit: str = "", limit_after: int | None = None
) -> Markup:
    """Upright bars side by side, one to a class (days taken, ages). `limit_after` draws the lawful limit after that many."""
    left, right, top, bottom = 48.0, WIDTH - 8.0, 22.0, 206.0
    step = step_of(max((item.number for item in items), default=0))
    top_number = step * -(-max([item.number for item in items] + [step]) // step)
    across = (right - left) / max(len(items), 1)

    def y(number: float) -> float:
        return bottom - (bottom - top) * number / top_number

    parts = _grid(step, top_number, left, right, y, "")
    for i, item in enumerate(items):
        x = left + i * across + 2
        kind = " gt-draw-bar--quiet" if item.is_quiet else ""
        mark = f'<rect class="gt-draw-bar{kind}" x="{x:.1f}" y="{y(item.number):.1f}" width="{across - 4:.1f}" height="{bottom - y(item.number):.1f}"/>'
        if item.number:
            mark += f'<text class="gt-draw-text" x="{x + across / 2 - 2:.1f}" y="{y(item.number) - 5:.1f}" text-anchor="middle">{escape(item.words or said(item.number))}</text>'
        mark += (
            f'<text class="gt-draw-soft" x="{x + across / 2 - 2:.1f}" y="{bottom + 18}" text-anchor="middle">{escape(item.label)}</text>'
        )
        parts.append(opened(mark, item.href, f"{item.label}{unit}: {said(item.number)}"))
    if limit_after is not None:
        x = left + limit_after * across
        parts.append(
            f'<path class="gt-draw-target" d="M{x:.1f} {top - 10}V{bottom}"/><text class="gt-draw-soft" x="{x + 6:.1f}" y="{top - 4}">limit</text>'
        )
    described = description or "; ".join(f"{item.label}{unit} {said(item.number)}" for item in items)
    return sheet(id, title, described, bottom + 26, parts, has_links=any(item.href for item in items))


def _grid(step: float, top_number: float, left: float, right: float, y, unit: str) -> list[str]:  # type: ignore[no-untyped-def]
    parts = []
    for i in range(round(top_number / step) + 1):
        kind = "gt-draw-grid" if i else "gt-draw-axis"
        parts.append(f'<path class="{kind}" d="M{left:.1f} {y(i * step):.1f}H{right:.1f}"/>')
        parts.append(
            f'<text class="gt-draw-soft" x="{left - 8:.1f}" y="{y(i * step) + 4:.1f}" text-anchor="end">{said(i * step)}{escape(unit)}</text>'
        )
    return parts


def _level(number: float, written_at: float, kind: str, words: str, left: float, right: float, y) -> str:  # type: ignore[no-untyped-def]
    return (
        f'<path class="gt-draw-{kind}" d="M{left:.1f} {y(number):.1f}H{right:.1f}"/>'
        f'<text class="gt-draw-soft" x="{right + 6:.1f}" y="{written_at:.1f}">{escape(words)}</text>'
    )


def _path(places: Sequence[tuple[float, float] | None]) -> str:
    commands, pen_is_down = [], False
    for place in places:
        if place:
            commands.append(f"{'L' if pen_is_down else 'M'}{place[0]:.1f} {place[1]:.1f}")
        pen_is_down = place is not None
    return "".join(commands) or "M0 0"
