"""Checks a whole return from a file, without a database: `goldthread check cin FILE`.

A long file is read in pieces by several processes. Whatever is refused in a piece is read again from the beginning, whole, so
that the sentence and its line are the file's own.
"""

import gc
import os
import signal
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import BinaryIO, NamedTuple

from goldthread.out.exchange.cin.census import FileRefused, Header
from goldthread.out.exchange.cin.header import read_header, refuse_other_than, stated
from goldthread.out.exchange.cin.stream import Stream, open_safely
from goldthread.out.returns.cin.items import CensusYear
from goldthread.out.returns.cin.judging import Failure, Whole, failures_of
from goldthread.out.returns.cin.pieces import Piece, opened, pieces_of
from goldthread.out.returns.cin.reading import Reader
from goldthread.out.returns.cin.rule import FIRST_YEAR


@dataclass(frozen=True)
class Checked:
    """What the rules say of a return."""

    header: Header
    children: int
    failures: list[Failure]


class Seen(NamedTuple):
    """What was found in a piece."""

    children: int
    failures: list[Failure]
    whole: Whole


def check_file(path: Path, *, year: int | None = None, authority: str | None = None, processes: int | None = None) -> Checked:
    """FileRefused, in one sentence, where the file cannot be trusted."""
    header, census = head_of(path)
    refuse_other_than(header, authority=authority, year=year)
    if header.year < FIRST_YEAR:
        raise FileRefused(f"The census is of {header.year_in_words}; the rules are known from {FIRST_YEAR - 1}-{FIRST_YEAR % 100} on.")
    before = path.stat()
    seen = _seen(path, census, processes or os.cpu_count() or 1)
    after = path.stat()
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise FileRefused("The file was changed while it was read.")
    return Checked(header, seen.children, seen.failures + list(seen.whole.end()))


def head_of(path: Path) -> tuple[Header, CensusYear]:
    """The header is known before any child is judged."""
    stream = Stream(lambda name: name == "Header")
    with open_safely(path) as source:
        for node in stream.read(source):
            if stream.has_header_late:
                raise FileRefused("The header stands after the children; it must stand before them.", node.line)
            header = read_header(node, asks_for_day=False)
            day, _ = stated(node).get("ReferenceDate", ("", 0))
            return header, CensusYear(header.year, header.authority, day)
    raise FileRefused("The file has no header, so nobody can say whose census of which year it is.")


def _seen(path: Path, census: CensusYear, processes: int) -> Seen:
    pieces = pieces_of(path)
    if min(processes, len(pieces)) > 1:
        try:
            return _together([(piece, census) for piece in pieces], min(processes, len(pieces)))
        except (FileRefused, BrokenProcessPool):
            pass  # read whole, it is refused with its own line, or found sound after all; so it is when a process was killed
    with open_safely(path) as source:
        seen = _read(source, census, 0, is_first=True)
    if not seen.children:
        raise FileRefused("The file holds no children.")
    return seen


def _together(jobs: list[tuple[Piece, CensusYear]], processes: int) -> Seen:
    with ProcessPoolExecutor(processes, get_context("fork"), _begin) as pool:
        found = pool.map(_read_piece, jobs)
        try:
            children, failures, whole = next(found)
            for later in found:
                children += later.children
                failures += later.failures
                whole.merge(later.whole)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
    return Seen(children, failures, whole)


def _begin() -> None:
    """In a process for pieces: it stops when the command does, and few of its objects are ever in a cycle."""
    gc.disable()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _read_piece(job: tuple[Piece, CensusYear]) -> Seen:
    piece, census = job
    return _read(opened(piece), census, piece.line_before, is_first=not piece.start)


def _read(source: BinaryIO, census: CensusYear, line_before: int, *, is_first: bool) -> Seen:
    whole, failures, children = Whole(census), list[Failure](), 0
    stream = Stream(lambda name: name != "Children")
    reader = Reader(census.year, line_before)
    headers = 0 if is_first else 1
    for node in stream.read(source):
        if node.name == "Child":
            children += 1
            child = reader.child(node)
            failures += reader.faults
            failures += failures_of(child, census)
            whole.see(child)
        elif node.name == "Header" and not headers:
            headers = 1
        else:
            reader.other(node)
            failures += reader.faults
    return Seen(children, failures, whole)
