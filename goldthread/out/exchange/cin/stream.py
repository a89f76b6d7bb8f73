"""Reads XML that may be broken or mean harm, in a few megabytes whatever the file's size, and knows every line.

The parser is Python's expat and not lxml: libxml2 keeps an element's line in 16 bits, so past line 65,535 (about
2,000 children) a fault could not be pointed at. Nothing outside the file is ever fetched; a document type, and with
it every entity, is refused before it is read.
"""

import codecs
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

from goldthread.out.exchange.cin.census import FileRefused
from goldthread.out.exchange.cin.values import shown

LARGEST_FILE = 1024**3  # the largest authority's file is under 100 MB
LARGEST_CHILD = 2 * 1024**2  # the longest real child is a few tens of kilobytes
DEEPEST = 24  # the census is seven deep
PIECE = 128 * 1024
UTF_8 = {"utf-8", "utf8", "us-ascii", "ascii"}
OTHER_KINDS = {
    b"PK\x03\x04": "a zip file or spreadsheet",
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"\x1f\x8b": "a compressed file",
}


@dataclass(slots=True)
class Node:
    """An element as read: its own text, and the elements inside it. Words outside any element have no name."""

    name: str
    line: int
    text: str
    parts: list["Node"]


def open_safely(path: Path) -> BinaryIO:
    """The file, opened; FileRefused when it is not an ordinary file of a possible size."""
    try:
        found = path.stat()  # before opening: a pipe would wait for a writer
        if sentence := _unreadable(path, found):
            raise FileRefused(sentence)
        return path.open("rb")
    except FileNotFoundError:
        raise FileRefused(f"There is no file {path}.") from None
    except OSError as problem:
        raise FileRefused(f"{path.name} cannot be opened: {problem.strerror}.") from None


def _unreadable(path: Path, found: os.stat_result) -> str | None:
    if stat.S_ISDIR(found.st_mode):
        return f"{path.name} is a folder, not a file."
    if not stat.S_ISREG(found.st_mode):
        return f"{path.name} is not an ordinary file."
    if found.st_size > LARGEST_FILE:
        return (
            f"The file is {found.st_size / 1024**3:.1f} GB; a census of a whole authority is under 0.1 GB, and nothing over 1 GB is read."
        )
    return None if found.st_size else "The file is empty."


class Stream:
    """Parses piece by piece; `wanted` says which elements directly under Message or Children are kept as nodes."""

    def __init__(self, wanted: Callable[[str], bool]) -> None:
        self.wanted = wanted
        self.done: list[Node] = []
        self.bytes_read = 0
        self.children = 0  # how many Child elements have begun
        self.has_header_late = False
        self._has_begun = False
        self._depth = 0  # of the elements that are open and not kept
        self._section = ""  # Header or Children
        self._kept: list[Node] = []  # the elements that are open and kept
        self._began = 0  # byte at which the element now open under Message or Children began
        self._parser = parser = expat.ParserCreate(encoding="utf-8")
        parser.buffer_text = True
        parser.XmlDeclHandler = self._declared
        parser.StartDoctypeDeclHandler = self._document_type
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        self._reads_words_outside = wanted("")
        self._listen(self._reads_words_outside)

    def read(self, source: BinaryIO, on_piece: Callable[[bytes], None] | None = None) -> Iterator[Node]:
        """The wanted elements, each as soon as it is whole. FileRefused at the first thing that cannot be trusted."""
        decoder = codecs.getincrementaldecoder("utf-8")()
        while piece := source.read(PIECE):
            if not self.bytes_read:
                _refuse_other_kinds(piece)
            self.bytes_read += len(piece)
            if self.bytes_read > LARGEST_FILE:
                raise FileRefused("The file grew past 1 GB while it was read.")
            self._check_utf_8(decoder, piece)
            if on_piece:
                on_piece(piece)
            self._feed(piece, False)
            self._refuse_endless()
            yield from self.done
            self.done.clear()
        self._feed(b"", True)
        yield from self.done
        self.done.clear()

    def _feed(self, piece: bytes, is_last: bool) -> None:
        try:
            self._parser.Parse(piece, is_last)
        except expat.ExpatError as problem:
            raise _refusal(problem, self._has_begun) from None

    def _check_utf_8(self, decoder: codecs.IncrementalDecoder, piece: bytes) -> None:
        try:
            decoder.decode(piece)
        except UnicodeDecodeError as problem:
            line = self._parser.CurrentLineNumber + piece[: problem.start].count(b"\n")
            raise FileRefused("The file is not in UTF-8, as a census must be. Save it again as UTF-8.", line) from None

    def _refuse_endless(self) -> None:
        """A child, or a single name, comment or attribute, without end: all of it would have to be held at once."""
        is_inside_something = bool(self._kept) or self._depth > 2
        began = self._began if is_inside_something else self._parser.CurrentByteIndex
        if self.bytes_read - max(began, 0) > LARGEST_CHILD:
            line = self._parser.CurrentLineNumber
            raise FileRefused(f"Something near line {line} goes on for more than 2 MB, which no child in a census does.", line)

    def _declared(self, version: str, encoding: str | None, standalone: int) -> None:
        if encoding and encoding.lower() not in UTF_8:
            raise FileRefused(f"The file says it is written in {shown(encoding)}; a census must be in UTF-8. Save it again as UTF-8.", 1)

    def _document_type(self, *_: object) -> None:
        line = self._parser.CurrentLineNumber
        raise FileRefused("The file has a document type (DOCTYPE), which a census never has and which can do harm.", line)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        kept = self._kept
        if kept:
            node = Node(name, self._parser.CurrentLineNumber, "", [])
            kept[-1].parts.append(node)
            kept.append(node)
            if len(kept) > DEEPEST:
                self._refuse_deep()
        else:
            self._start_outside(name, attributes)

    def _start_outside(self, name: str, attributes: dict[str, str]) -> None:
        """An element that is not inside a kept one."""
        if self._depth == 0:
            _refuse_other_roots(name, attributes, self._parser.CurrentLineNumber)
            self._has_begun = True
        elif self._depth == 1 or (self._depth == 2 and self._section == "Children"):
            self._began = self._parser.CurrentByteIndex
            if self._depth == 1:
                self._section = name
                self.has_header_late |= name == "Header" and self.children > 0
            else:
                self.children += name == "Child"
            if self.wanted(name):
                self._kept.append(Node(name, self._parser.CurrentLineNumber, "", []))
                self._listen(True)
                return
        self._depth += 1
        if self._depth > DEEPEST:
            self._refuse_deep()

    def _end(self, name: str) -> None:
        if self._kept:
            node = self._kept.pop()
            if not self._kept:
                self.done.append(node)
                self._listen(self._reads_words_outside)
        else:
            self._depth -= 1

    def _listen(self, does: bool) -> None:
        """Words are heard only where they are wanted: the first look at a file then takes half the time."""
        self._parser.CharacterDataHandler = self._text if does else None

    def _text(self, text: str) -> None:
        if text.isspace():
            return
        if self._kept:
            self._kept[-1].text += text
        elif self._depth == 1 or (self._depth == 2 and self._section == "Children"):
            self.done.append(Node("", self._parser.CurrentLineNumber, text, []))

    def _refuse_deep(self) -> None:
        line = self._parser.CurrentLineNumber
        raise FileRefused("Elements lie one inside another deeper than in any census.", line)


def _refuse_other_kinds(piece: bytes) -> None:
    for mark, kind in OTHER_KINDS.items():
        if piece.startswith(mark):
            raise FileRefused(f"The file is {kind}, not a census in XML.")
    if piece.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in piece[:4]:
        raise FileRefused("The file is in UTF-16 or UTF-32; a census must be in UTF-8. Save it again as UTF-8.", 1)


def _refuse_other_roots(name: str, attributes: dict[str, str], line: int) -> None:
    if name != "Message":
        raise FileRefused(f"The file begins with {shown(name)}; a children in need census begins with Message.", line)
    if "xmlns" in attributes:
        raise FileRefused(f"The file's elements are in the namespace {shown(attributes['xmlns'])}; a census has none.", line)


_REASONS = {
    expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN]: "The file breaks off at line {line}: it is not complete.",
    expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION]: "The file breaks off at line {line}: it is not complete.",
    expat.errors.codes[expat.errors.XML_ERROR_TAG_MISMATCH]: "An element is closed by another's name at line {line}: the file is damaged.",
    expat.errors.codes[expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]: "Something follows the end of the census at line {line}.",
    expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY]: "Line {line} uses an entity that a census cannot have.",
}


def _refusal(problem: expat.ExpatError, has_begun: bool) -> FileRefused:
    if problem.code == expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS]:
        sentence = "The file breaks off at line {line}: it is not complete." if has_begun else "The file holds no XML."
    elif has_begun:
        sentence = _REASONS.get(problem.code, "The file is damaged at line {line}: it is not sound XML there.")
    else:
        sentence = "The file is not XML: it goes wrong at line {line}."
    return FileRefused(sentence.format(line=problem.lineno), problem.lineno)
