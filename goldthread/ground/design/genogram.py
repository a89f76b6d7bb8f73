"""A family drawn by the server: people, unions and homes as plain values in, SVG out, and the same as table rows.

Squares, circles and diamonds are people; a triangle is a child not yet born; a cross is a death. Whatever a mark says
is also said in words, in the drawing's key and in the table, which is the drawing's equal and not its footnote.
"""

from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup, escape

from goldthread.ground.design.boxes import Box, enclosing, shared, stacked
from goldthread.ground.design.family_layout import Places, stand

APART = 132
SYMBOL = 38
LINE = 15
LETTERS = 17
MARGIN = 26

Sex = Literal["female", "male", "other", "unknown"]
State = Literal["together", "separated", "divorced", "unsure"]
HAS_ENDED = {"separated": "separated", "divorced": "divorced"}


@dataclass(frozen=True)
class Member:
    """Someone in the family. `age` is short (“9”, “31 wk”); `notes` are lines below the name (“PR: Ama, Kwesi”).

    `responsibility_words` is whose parental responsibility an adult holds; “–” for a child; empty says “Not recorded”.
    """

    key: str
    name: str
    sex: Sex = "unknown"
    age: str = ""
    is_dead: bool = False
    is_unborn: bool = False
    is_subject: bool = False
    href: str | None = None
    notes: tuple[str, ...] = ()
    born_words: str = ""
    relation_words: str = ""
    responsibility_words: str = ""
    tonight_words: str = ""


@dataclass(frozen=True)
class Union:
    """One or two parents and their children together. `words` says what it is: “Separated since 2022”."""

    partners: tuple[str, ...]
    children: tuple[str, ...] = ()
    state: State = "together"
    words: str = ""


@dataclass(frozen=True)
class Home:
    """People who live at one place tonight; drawn as an outline with its words."""

    words: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Family:
    """Everyone to be drawn, elder siblings first."""

    people: tuple[Member, ...]
    unions: tuple[Union, ...] = ()
    homes: tuple[Home, ...] = ()


def as_table(family: Family) -> list[list[object]]:
    """Rows for the macro `family_table`: name, born, who they are, parental responsibility, living tonight."""
    homes = {key: home.words for home in family.homes for key in home.members}
    return [
        [
            {"words": person.name, "href": person.href},
            person.born_words or ("Not yet born" if person.is_unborn else None),
            f"{person.relation_words}{' (died)' if person.is_dead else ''}" or None,
            person.responsibility_words or "Not recorded",
            "–" if person.is_dead or person.is_unborn else person.tonight_words or homes.get(person.key),
        ]
        for person in family.people
    ]


class Drawing:
    """The geometry of one family, worked out once; `svg()` draws it."""

    def __init__(self, family: Family) -> None:
        known = {person.key for person in family.people}
        self.family = family
        self.person = {person.key: person for person in family.people}
        self.unions = [
            Union(tuple(p for p in u.partners if p in known), tuple(c for c in u.children if c in known), u.state, u.words)
            for u in family.unions
        ]
        self.unions = [u for u in self.unions if u.partners]
        self.places: Places = stand([p.key for p in family.people], [(u.partners, u.children) for u in self.unions])
        self.order = {key: i for row in self.places.rows for i, key in enumerate(row)}
        self.overhead = self._overhead()
        self.level = self._sibling_levels()
        self.tops, self.feet = self._heights()

    def x(self, key: str) -> float:
        """The middle of a person's symbol."""
        return MARGIN + APART / 2 + self.places.across[key] * APART

    def y(self, key: str) -> float:
        """The middle of a person's symbol."""
        return self.tops[self.places.rank[key]] + SYMBOL / 2

    def lines(self, key: str) -> list[tuple[str, str]]:
        """(class, words) of each line below a symbol."""
        person = self.person[key]
        age_below = (
            (person.age,) if person.is_unborn and person.age else (f"died at {person.age}",) if person.is_dead and person.age else ()
        )
        notes = (*age_below, *person.notes)
        return [("gt-kin-name", part) for part in wrapped(person.name)] + [("gt-kin-words", part) for n in notes for part in wrapped(n, 20)]

    def symbol_box(self, key: str) -> Box:
        return Box(self.x(key) - SYMBOL / 2, self.y(key) - SYMBOL / 2, SYMBOL, SYMBOL)

    def words_box(self, key: str) -> Box:
        lines = self.lines(key)
        widest = max((len(words) * (7.0 if kind == "gt-kin-name" else 5.9) for kind, words in lines), default=0)
        return Box(self.x(key) - widest / 2, self.y(key) + SYMBOL / 2 + 3, widest, LINE * len(lines))

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        width = 2 * MARGIN + APART * (1 + max(self.places.across.values(), default=0))
        return round(width), round((self.feet or [0])[-1] + 6)

    def are_beside(self, union: Union) -> bool:
        """True where a plain line between the two symbols crosses nobody."""
        if len(union.partners) != 2:
            return False
        a, b = union.partners
        return self.places.rank[a] == self.places.rank[b] and abs(self.order[a] - self.order[b]) == 1

    def _overhead(self) -> dict[int, int]:
        """For each union whose partners do not stand side by side, how many lines above the symbols it runs."""
        spans: dict[int, list[tuple[float, float, int]]] = {}
        for i, union in enumerate(self.unions):
            if len(union.partners) == 2 and not self.are_beside(union):
                xs = sorted(self.x(p) for p in union.partners)
                spans.setdefault(max(self.places.rank[p] for p in union.partners), []).append((xs[0], xs[1], i))
        return {i: level for found in spans.values() for i, level in stacked(found).items()}

    def drop_x(self, i: int) -> float:
        """Where a union's line to its children starts down, always between two people's words."""
        union = self.unions[i]
        xs = [self.x(p) for p in union.partners]
        if len(xs) == 1:
            earlier = [u for u in self.unions[:i] if u.partners == union.partners and u.children]
            return xs[0] + APART / 2 - 4 * (len(earlier) % 3)
        if self.are_beside(union):
            return sum(xs) / 2
        lower = max(union.partners, key=lambda p: (self.places.rank[p], self.x(p)))
        return self.x(lower) - APART / 2 + 4 - 4 * (self.overhead.get(i, 0) % 3)

    def _sibling_levels(self) -> dict[int, int]:
        spans: dict[int, list[tuple[float, float, int]]] = {}
        for i, union in enumerate(self.unions):
            if union.children:
                xs = [self.x(child) for child in union.children] + [self.drop_x(i)]
                rank = min(self.places.rank[child] for child in union.children)
                spans.setdefault(rank, []).append((min(xs), max(xs), i))
        return {i: level for found in spans.values() for i, level in stacked(found).items()}

    def _heights(self) -> tuple[list[float], list[float]]:
        """The top of each generation's symbols and the foot of its words, with room between for the lines that come down."""
        tops: list[float] = []
        feet: list[float] = []
        at_home = {key: len(home_lines(home.words)) for home in self.family.homes for key in home.members}
        for rank, row in enumerate(self.places.rows):
            siblings = [self.level[i] for i in self.level if min(self.places.rank[c] for c in self.unions[i].children) == rank]
            above = 12 + 12 * self._brackets(rank) + (24 + 12 * max(siblings) if siblings else 0)
            tops.append((feet[-1] if feet else MARGIN / 2) + above)
            words = LINE * max((len(self.lines(key)) for key in row), default=0)
            feet.append(tops[-1] + SYMBOL + 6 + words + LINE * max((at_home.get(key, 0) for key in row), default=0) + 6)
        return tops, feet

    def _brackets(self, rank: int) -> int:
        """How many lines run above the symbols of a generation."""
        levels = [level for i, level in self.overhead.items() if max(self.places.rank[p] for p in self.unions[i].partners) == rank]
        return max(levels, default=-1) + 1

    def sibling_y(self, i: int) -> float:
        """The height of the line that joins a union's children."""
        union = self.unions[i]
        rank = min(self.places.rank[child] for child in union.children)
        return self.tops[rank] - 15 - 12 * self._brackets(rank) - 12 * self.level[i]

    def homes(self) -> list[tuple[str, list[Box]]]:
        """Each home's outline as boxes standing on one another: one outline where its people are neighbours, else several."""
        drawn: list[tuple[str, list[Box]]] = []
        for home in self.family.homes:
            stacks: list[tuple[int, list[Box]]] = []
            for run in self._runs({key for key in home.members if key in self.person}):
                rank = self.places.rank[run[0]]
                box = enclosing([self._around(key) for key in run])
                above = next((stack for reached, stack in stacks if reached == rank - 1 and shared(stack[-1], box) > SYMBOL), None)
                if above is None:
                    stacks.append((rank, [box]))
                else:
                    stacks[[stack for _, stack in stacks].index(above)] = (rank, [*above, box])
            drawn.extend((home.words, stack) for _, stack in stacks)
        return drawn

    def _around(self, key: str) -> Box:
        top = self.y(key) - SYMBOL / 2 - 9
        return Box(self.x(key) - APART / 2 + 3, top, APART - 6, self.feet[self.places.rank[key]] - top)

    def _runs(self, members: set[str]) -> list[list[str]]:
        runs: list[list[str]] = []
        for row in self.places.rows:
            here = [key for key in row if key in members]
            for i, key in enumerate(here):
                if i and self.order[key] == self.order[here[i - 1]] + 1:
                    runs[-1].append(key)
                else:
                    runs.append([key])
        return runs


def wrapped(words: str, letters: int = LETTERS) -> list[str]:
    """Words on at most two lines of `letters`; what does not fit ends in an ellipsis (the whole is in the title)."""
    lines: list[str] = []
    for word in words.split():
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) > 2:
        lines = [lines[0], f"{lines[1]}…"]
    return [line if len(line) <= letters else f"{line[: letters - 1]}…" for line in lines]


def home_lines(words: str) -> list[str]:
    """A home's words on lines no wider than one person, so that no line between people passes through them."""
    return wrapped(words, 19)


def draw(family: Family, id: str, title: str, description: str = "") -> Markup:
    """The SVG of a family; `id` must be unique on the page. Milliseconds for 25 people."""
    from goldthread.ground.design.genogram_svg import drawn

    return drawn(Drawing(family), id, title, description or described(family))


def described(family: Family) -> str:
    """One sentence for those who hear the drawing: “Family of 7 people in 3 generations. The same stands in the table.”"""
    ranks = stand([p.key for p in family.people], [(u.partners, u.children) for u in family.unions]).rank
    generations = len(set(ranks.values()))
    return f"{escape(len(family.people))} people in {generations} generation{'' if generations == 1 else 's'}. The table says the same in words."
