"""A kind of letter: whom it may go to, which facts each of them may have, and its words.

A letter is built from nothing. Its words stand in a text file; what stands in curly brackets is a fact, and a fact is only there
for those whom the kind allows it. Nothing is ever taken out of a letter that was written for somebody else.

    # The title
    @ whole split          the paragraphs below are for these; `@ everyone` for all
    A paragraph with {children} in it, left out where a fact in it is not known.
    ## A heading
    - an item of a list
    {decisions}            a fact that is a list of its own stands alone
"""

import re
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from goldthread.core.documents.models import Addressee
from goldthread.core.documents.queries import Forbidden
from goldthread.core.documents.typeset import Block
from goldthread.core.people.models import Person
from goldthread.core.records.models import Record

EVERYONE = "everyone"
BRACKETS = re.compile(r"\{(\w+)\}")
OWN = ("own_time", "come_to", "reach_us", "own_words")  # what may be asked about one person’s letter, columns of Addressee


@dataclass(frozen=True)
class Recipient:
    """Somebody who may get this kind of letter, and as what (`standing`, a key of the kind's `allowed`). `none`: why they get none."""

    person: Person
    standing: str
    none: str = ""


@dataclass
class Facts:
    """What a fact may be read from: the record, one recipient, and the children whom somebody decided they may be told of."""

    record: Record
    recipient: Recipient
    addressee: Addressee
    children: list[Person]
    today: date
    worker: Any = None  # the social worker who answers for the children
    has_secrets: bool = False  # somebody here lives where another must not know
    must_not: Forbidden = field(default_factory=Forbidden)
    free: list[str] = field(default_factory=list)  # what somebody wrote, to be searched for what must not be in it
    left_out: list[str] = field(default_factory=list)  # said to whoever sends it, never on paper
    kept: dict[str, Any] = field(default_factory=dict)  # what several facts read, read once

    def once(self, name: str, read: Callable[[], Any]) -> Any:
        """What `read` answers, asked of the database once a letter."""
        if name not in self.kept:
            self.kept[name] = read()
        return self.kept[name]

    def written(self, words: str | None) -> str | None:
        """Words that somebody typed: they are searched before they go."""
        if words:
            self.free.append(words)
        return words or None

    def may_say(self, words: str) -> bool:
        """Whether these words name nobody and no place that this letter must not."""
        return self.must_not.in_words(words) is None


Value = str | list[Block] | None
Fact = Callable[[Facts], Value]


@dataclass(frozen=True)
class Paragraph:
    """Words as they stand in the file, and for whom."""

    shape: str
    words: str
    standings: frozenset[str]

    @property
    def facts(self) -> list[str]:
        return BRACKETS.findall(self.words)


class LetterKind:
    """Declared in a room's `letters/`; `register` it there."""

    name: ClassVar[str]
    title: ClassVar[str]
    shared_for: ClassVar[str] = "telling_family"  # codes sharing.purpose
    of: ClassVar[Any]  # the process, or the archetype of several, whose records it is about
    words: ClassVar[Path]
    facts: ClassVar[dict[str, Fact]]
    allowed: ClassVar[dict[str, tuple[str, ...]]]  # the allow-list of each standing
    needed: ClassVar[dict[str, dict[str, str]]]  # without this fact there is no letter; what to do about it
    asks: ClassVar[dict[str, tuple[str, ...]]] = {}  # of OWN, what is asked before one is written, by standing

    @classmethod
    def is_due(cls, record: Record) -> str:
        """Empty when letters of this kind may go now; else why not."""
        return ""

    @classmethod
    @abstractmethod
    def recipients(cls, record: Record) -> list[Recipient]:
        """Whom it may go to; and whoever gets none, with the reason."""

    @classmethod
    def hidden(cls, record: Record, recipient: Recipient) -> list[str]:
        """Further words that must not stand in this recipient's letter, whoever typed them: when the others meet, say."""
        return []

    @classmethod
    def went(cls, addressee: Addressee, how: str, by: Any, on: date) -> None:
        """What else is written down once it has gone, or somebody was told in person (`how`: a way, or “in_person”), on that day."""

    @classmethod
    def came(cls, addressee: Addressee, what: str, by: Any, on: date) -> None:
        """What else is written down when it arrived, was acknowledged, or came back and they have it in no other way."""


def read_words(path: Path, standings: Iterable[str]) -> tuple[str, list[Paragraph]]:
    """The title, and the paragraphs. ValueError for a line that says who it is for in a word nobody knows."""
    known, found, title = frozenset(standings), [], ""
    whom = known
    for part in re.split(r"\n\s*\n", path.read_text(encoding="utf-8").strip()):
        lines = part.split("\n")
        if lines[0].startswith("# "):
            title = lines.pop(0)[2:].strip()
        if lines and lines[0].startswith("@ "):
            named = frozenset(lines.pop(0)[2:].split())
            whom = known if named == {EVERYONE} else named
            if strange := whom - known:
                raise ValueError(f"{path.name}: nobody is “{', '.join(sorted(strange))}” in this letter.")
        if not lines:
            continue
        if lines[0].startswith("## "):
            found.append(Paragraph("heading", lines[0][3:], whom))
        elif lines[0].startswith("- "):
            items = re.split(r"(?:^|\n)- ", "\n".join(lines))
            found += [Paragraph("list", " ".join(item.split()), whom) for item in items if item.strip()]
        else:
            found.append(Paragraph("paragraph", " ".join(lines), whom))
    return title, found


_kinds: dict[str, type[LetterKind]] = {}
_words: dict[str, tuple[str, list[Paragraph]]] = {}


def register(kind: type[LetterKind]) -> type[LetterKind]:
    """Refused at the start of the product, not on a letter: ValueError for a declaration that does not hold, TypeError where it does not say whom it may go to."""
    title, paragraphs = read_words(kind.words, kind.allowed)
    if problem := next(problems_of(kind, paragraphs), None):
        raise ValueError(f"{kind.name}: {problem}")
    if getattr(kind.recipients, "__isabstractmethod__", False):
        raise TypeError(f"{kind.name}: `recipients` must say whom it may go to.")
    _kinds[kind.name], _words[kind.name] = kind, (title, paragraphs)
    return kind


def problems_of(kind: type[LetterKind], paragraphs: list[Paragraph]) -> Iterator[str]:
    """What does not hold: words with a fact their reader may not have, and whatever is said of a fact, a question or a reader nobody knows."""
    for standing, allowed in kind.allowed.items():
        used = {name for one in paragraphs if standing in one.standings for name in one.facts}
        if strange := used - set(allowed):
            yield f"“{standing}” may not have {', '.join(sorted(strange))}."
        if missing := set(allowed) - set(kind.facts):
            yield f"no fact {', '.join(sorted(missing))}."
    for name, of in (("needed", kind.needed), ("asks", kind.asks)):
        if nobody := set(of) - set(kind.allowed):
            yield f"`{name}`: nobody is “{', '.join(sorted(nobody))}” in this letter."
    for standing, needed in kind.needed.items():
        if strange := set(needed) - set(kind.allowed.get(standing, ())):
            yield f"`needed`: “{standing}” may not have {', '.join(sorted(strange))}."
    for asked in kind.asks.values():
        if strange := set(asked) - set(OWN):
            yield f"`asks`: nothing is called {', '.join(sorted(strange))}."


def kinds_of(definition: type) -> list[type[LetterKind]]:
    return [kind for kind in _kinds.values() if issubclass(definition, kind.of)]


def kind_named(name: str) -> type[LetterKind] | None:
    return _kinds.get(name)


def words_of(kind: type[LetterKind]) -> tuple[str, list[Paragraph]]:
    return _words[kind.name]
