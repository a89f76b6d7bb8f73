"""Turns the geometry of a family into SVG. No styles within: scss/_drawings.scss colours it, print and contrast modes too."""

from markupsafe import Markup, escape

from goldthread.ground.design.boxes import Box
from goldthread.ground.design.genogram import LINE, SYMBOL, Drawing, Union, home_lines

HALF = SYMBOL / 2
KEY_WORDS = {
    "male": "square, male",
    "female": "circle, female",
    "other": "diamond, another or not known",
    "unborn": "triangle, not yet born",
    "dead": "crossed, has died",
    "separated": "one stroke, separated",
    "divorced": "two strokes, divorced",
    "unsure": "dotted line, not confirmed",
    "home": "outline, living there tonight",
    "subject": "gold, the child this page is about",
}


def drawn(drawing: Drawing, id: str, title: str, description: str) -> Markup:
    """The whole drawing with its title, its description and a key of the marks it uses."""
    width, height = drawing.size
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="group" aria-labelledby="{escape(id)}-name {escape(id)}-words" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}">',
        f'<title id="{escape(id)}-name">{escape(title)}</title><desc id="{escape(id)}-words">{escape(description)} Marks: {key_words(drawing)}.</desc>',
    ]
    parts += [home_svg(words, boxes) for words, boxes in drawing.homes()]
    parts += [union_svg(drawing, i) for i in range(len(drawing.unions))]
    parts += [member_svg(drawing, key) for key in drawing.person]
    return Markup("".join(parts) + "</svg>")  # noqa: S704  every part was escaped where it was made


def home_svg(words: str, boxes: list[Box]) -> str:
    """One outline round people who live at one place, its words at the foot where no line passes."""
    foot, lines = boxes[-1], home_lines(words)
    first = foot.top + foot.height - 6 - LINE * (len(lines) - 1)
    said = [
        f'<text class="gt-kin-home-words" x="{foot.left + 8:.1f}" y="{first + LINE * n:.1f}">{escape(line)}</text>'
        for n, line in enumerate(lines)
    ]
    return f'<g><title>Living tonight: {escape(words)}</title><path class="gt-kin-home" d="{outline(boxes)}"/>{"".join(said)}</g>'


def outline(boxes: list[Box]) -> str:
    """A path down the right sides of boxes that stand on one another and up their left sides, with rounded corners."""
    right: list[tuple[float, float]] = []
    left: list[tuple[float, float]] = []
    for i, box in enumerate(boxes):
        top, foot = box.top, box.top + box.height
        if i:
            above = boxes[i - 1]
            neck_left, neck_right = max(above.left, box.left), min(above.left + above.width, box.left + box.width)
            right += [(neck_right, above.top + above.height), (neck_right, top)]
            left += [(neck_left, above.top + above.height), (neck_left, top)]
        right += [(box.left + box.width, top), (box.left + box.width, foot)]
        left += [(box.left, top), (box.left, foot)]
    return rounded([point for point, after in zip(right, [*right[1:], None], strict=True) if point != after] + left[::-1])


def rounded(points: list[tuple[float, float]], radius: float = 8) -> str:
    """A closed path through `points` whose corners are turned by curves."""
    corners = [p for i, p in enumerate(points) if p != points[i - 1]]
    parts: list[str] = []
    for i, (x, y) in enumerate(corners):
        ends = []
        for a, b in (corners[i - 1], corners[(i + 1) % len(corners)]):
            length = max(abs(a - x), abs(b - y)) or 1
            reach = min(radius, length / 2)
            ends.append((x + (a - x) / length * reach, y + (b - y) / length * reach))
        (x1, y1), (x2, y2) = ends
        parts.append(f"{'L' if parts else 'M'}{x1:.1f} {y1:.1f}Q{x:.1f} {y:.1f} {x2:.1f} {y2:.1f}")
    return "".join(parts) + "Z"


def key_words(drawing: Drawing) -> str:
    """The marks this drawing uses, in words."""
    used = [person.sex if person.sex in ("male", "female") else "other" for person in drawing.person.values() if not person.is_unborn]
    used += ["unborn" for person in drawing.person.values() if person.is_unborn] + [
        "dead" for person in drawing.person.values() if person.is_dead
    ]
    used += [union.state for union in drawing.unions] + ["home" for _ in drawing.family.homes]
    used += ["subject" for person in drawing.person.values() if person.is_subject]
    return "; ".join(words for mark, words in KEY_WORDS.items() if mark in used)


def line(*points: tuple[float, float], kind: str = "") -> str:
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return f'<path class="gt-kin-line{kind}" d="{path}"/>'


def union_svg(drawing: Drawing, i: int) -> str:
    """The line between two partners, its strokes, and the way down to their children."""
    union = drawing.unions[i]
    kind = " gt-kin-line--unsure" if union.state == "unsure" else ""
    drop = drawing.drop_x(i)
    parts = [f"<g><title>{escape(union.words)}</title>" if union.words else "<g>"]
    if len(union.partners) == 1:
        y = drawing.y(union.partners[0])
        if union.children:
            parts.append(line((drawing.x(union.partners[0]) + HALF, y), (drop, y), kind=kind))
    elif drawing.are_beside(union):
        a, b = sorted(union.partners, key=drawing.x)
        y = drawing.y(a)
        parts.append(line((drawing.x(a) + HALF, y), (drawing.x(b) - HALF, y), kind=kind))
        parts.append(strokes(union, (drawing.x(a) + HALF + drop) / 2, y))
    else:
        y = min(drawing.y(p) for p in union.partners) - HALF - 8 - 12 * drawing.overhead[i]
        a, b = sorted(union.partners, key=drawing.x)
        parts.append(
            line((drawing.x(a), drawing.y(a) - HALF), (drawing.x(a), y), (drawing.x(b), y), (drawing.x(b), drawing.y(b) - HALF), kind=kind)
        )
        parts.append(strokes(union, drawing.x(a) + HALF, y))
    if union.children:
        along = drawing.sibling_y(i)
        xs = [drawing.x(child) for child in union.children]
        parts.append(line((drop, y), (drop, along), kind=kind))
        parts.append(line((min([*xs, drop]), along), (max([*xs, drop]), along), kind=kind))
        parts += [line((x, along), (x, drawing.y(child) - HALF), kind=kind) for x, child in zip(xs, union.children, strict=True)]
    return "".join(parts) + "</g>"


def strokes(union: Union, x: float, y: float) -> str:
    """One stroke through the line for a separation, two for a divorce."""
    count = {"separated": 1, "divorced": 2}.get(union.state, 0)
    return "".join(
        f'<path class="gt-kin-slash" d="M{x + 6 * n - 4:.1f} {y + 8:.1f}L{x + 6 * n + 4:.1f} {y - 8:.1f}"/>' for n in range(count)
    )


def member_svg(drawing: Drawing, key: str) -> str:
    """A symbol with the age in it and the name and notes below, as one link where there is somewhere to go."""
    person = drawing.person[key]
    x, y = drawing.x(key), drawing.y(key)
    whole = ", ".join(
        part for part in (person.name, person.relation_words, person.age, *person.notes, "has died" if person.is_dead else "") if part
    )
    parts = [f"<title>{escape(whole)}</title>", shape(drawing, key)]
    if person.is_dead:
        parts.append(f'<path class="gt-kin-cross" d="M{x - HALF:.1f} {y - HALF:.1f}l{SYMBOL} {SYMBOL}m0 -{SYMBOL}l-{SYMBOL} {SYMBOL}"/>')
    if person.age and not person.is_unborn and not person.is_dead:
        parts.append(f'<text class="gt-kin-age" x="{x:.1f}" y="{y + 1:.1f}">{escape(person.age)}</text>')
    top = y + HALF + LINE
    parts += [
        f'<text class="{kind}" x="{x:.1f}" y="{top + LINE * n:.1f}">{escape(words)}</text>'
        for n, (kind, words) in enumerate(drawing.lines(key))
    ]
    if person.href:
        return f'<a class="gt-kin-link" href="{escape(person.href)}">{"".join(parts)}</a>'
    return f"<g>{''.join(parts)}</g>"


def shape(drawing: Drawing, key: str) -> str:
    """Square, circle, diamond or triangle."""
    person = drawing.person[key]
    x, y = drawing.x(key), drawing.y(key)
    kind = "gt-kin gt-kin--child" if person.is_subject else "gt-kin"
    if person.is_unborn:
        return f'<path class="{kind}" d="M{x:.1f} {y - HALF:.1f}l{HALF:.1f} {SYMBOL}h-{SYMBOL}z"/>'
    if person.sex == "male":
        return f'<rect class="{kind}" x="{x - HALF + 1:.1f}" y="{y - HALF + 1:.1f}" width="{SYMBOL - 2}" height="{SYMBOL - 2}"/>'
    if person.sex == "female":
        return f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{HALF - 1:.1f}"/>'
    return f'<path class="{kind}" d="M{x:.1f} {y - HALF:.1f}l{HALF:.1f} {HALF:.1f}l-{HALF:.1f} {HALF:.1f}l-{HALF:.1f} -{HALF:.1f}z"/>'
