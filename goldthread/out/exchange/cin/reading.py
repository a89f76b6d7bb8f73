"""Reads a children in need census file: the whole is checked first, then the children come one by one.

    census = CensusFile.open(path, expected_authority="318")    # FileRefused, in one sentence
    for found in census:                                        # a Child or a Fault, in the file's order
        ...

Memory stays flat whatever the size of the file; only the children's ids are kept, to notice one given twice.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from goldthread.out.exchange.cin.census import CHILD_REFUSED, QUERY, VALUE_UNKNOWN, Child, Fault, FileRefused, Header, Identifiers
from goldthread.out.exchange.cin.checks import Notes
from goldthread.out.exchange.cin.header import read_header, refuse_other_than
from goldthread.out.exchange.cin.parts import note_stray_text, note_unknown_element, read_part
from goldthread.out.exchange.cin.shape import CHILD
from goldthread.out.exchange.cin.stream import Node, Stream, open_safely


@dataclass
class CensusFile:
    """A file that is sound XML, of the right kind, authority and year; its children are read on iteration."""

    path: Path
    header: Header
    sha256: str
    size: int
    children: int  # how many Child elements it holds

    @classmethod
    def open(cls, path: Path, *, expected_authority: str | None = None, expected_year: int | None = None) -> "CensusFile":
        """Check the file from end to end. FileRefused when any of it cannot be trusted: then nothing of it may be used."""
        with open_safely(path) as source:
            census = _checked(path, source)
        refuse_other_than(census.header, authority=expected_authority, year=expected_year)
        return census

    def __iter__(self) -> Iterator[Child | Fault]:
        return self.read()

    def read(self, on_bytes: Callable[[int], None] | None = None) -> Iterator[Child | Fault]:
        """Each child followed by its faults. `on_bytes` is told how much of the file has been read, for a progress bar."""
        seal = hashlib.sha256()
        stream = Stream(lambda name: name not in ("Header", "Children"))
        children = _Children(self.header)

        def on_piece(piece: bytes) -> None:
            seal.update(piece)
            if on_bytes:
                on_bytes(stream.bytes_read)

        with open_safely(self.path) as source:
            for node in stream.read(source, on_piece):
                yield from children.read(node)
        if seal.hexdigest() != self.sha256:
            raise FileRefused("The file was changed while it was read.")


def _checked(path: Path, source: BinaryIO) -> CensusFile:
    seal = hashlib.sha256()
    stream = Stream(lambda name: name == "Header")
    header: Header | None = None
    for node in stream.read(source, seal.update):
        if header is not None:
            raise FileRefused("The file has two headers: two files may have been joined.", node.line)
        header = read_header(node)
    if stream.has_header_late:
        raise FileRefused("The header stands after the children; it must stand before them.")
    if header is None:
        raise FileRefused("The file has no header, so nobody can say whose census of which year it is.")
    if not stream.children:
        raise FileRefused("The file holds no children.")
    return CensusFile(path, header, seal.hexdigest(), stream.bytes_read, stream.children)


class _Children:
    """Reads the elements under Children one after another, remembering whom it has met."""

    def __init__(self, header: Header) -> None:
        self.header = header
        self._line_of_id: dict[str, int] = {}
        self._line_of_upn: dict[str, int] = {}

    def read(self, node: Node) -> Iterator[Child | Fault]:
        notes = Notes(self.header.year, self.header.reference_date)
        if node.name == "Child":
            notes.la_child_id = _stated(node, "LAchildID").text.strip() or None
            child = self._child(node, notes)
            if child is not None:
                yield child
        elif node.name:
            note_unknown_element(node, "the list of children", notes)
        else:
            note_stray_text(node, notes)
        yield from notes.faults

    def _child(self, node: Node, notes: Notes) -> Child | None:
        child = read_part(node, CHILD, notes)
        if not isinstance(child, Child):
            if not any(fault.severity == CHILD_REFUSED for fault in notes.faults):
                wrong = "ChildIdentifiers is missing: nobody can say which child this is."
                notes.add(node.line, "ChildIdentifiers", wrong, "Give it in the system the file came from.", CHILD_REFUSED)
            return None
        if self._is_met_before(node, child.identifiers, notes):
            return None
        self._forget_upn_of_another(node, child.identifiers, notes)
        if not child.details:
            wrong = "The child has no CINdetails, so nothing says why it is in the census."
            notes.add(node.line, "CINdetails", wrong, "Give the referral. The child's own facts are imported.", QUERY)
        child.sha256 = _seal(node)
        return child

    def _is_met_before(self, node: Node, identifiers: Identifiers, notes: Notes) -> bool:
        """Rule 8510: of two children with one id the first stands; whose the second is, nobody can say."""
        first = self._line_of_id.get(identifiers.la_child_id or "")
        if first is None:
            self._line_of_id[identifiers.la_child_id or ""] = node.line
            return False
        wrong = f"Another child with this id stands at line {first}. This one is not imported."
        notes.add(
            _stated(node, "LAchildID").line,
            "LAchildID",
            wrong,
            "Correct the id, or join the two in the system the file came from.",
            CHILD_REFUSED,
        )
        return True

    def _forget_upn_of_another(self, node: Node, identifiers: Identifiers, notes: Notes) -> None:
        """Rule 1520: a pupil number belongs to one child."""
        if identifiers.upn is None:
            return
        first = self._line_of_upn.get(identifiers.upn)
        if first is None:
            self._line_of_upn[identifiers.upn] = node.line
            return
        wrong = f"The child at line {first} has the same pupil number. Here it is left unknown."
        notes.add(_stated(node, "UPN").line, "UPN", wrong, "Find out from the school whose it is.", VALUE_UNKNOWN)
        identifiers.upn = None
        identifiers.unsound += ("UPN",)


def _stated(node: Node, name: str) -> Node:
    """The first such element among the child's identifiers, or an empty one in its place."""
    found = (inner for block in node.parts if block.name == "ChildIdentifiers" for inner in block.parts if inner.name == name)
    return next(found, Node(name, node.line, "", []))


def _seal(node: Node) -> str:
    """The hash of the element's names and words in their order: spacing, comments and the place in the file leave it as it is."""
    words: list[str] = []
    _spell(node, words)
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def _spell(node: Node, words: list[str]) -> None:
    words.append(f"<{node.name}>{node.text.strip()}")
    for inner in node.parts:
        _spell(inner, words)
    words.append("/")
