"""A file cut where children begin, so that each piece can be read by a process of its own.

A piece is read as if it were a file: what precedes it in the file stands for `<Message><Children>`, what follows for the end. If
a cut fell into a comment or inside another element, some piece is not sound XML by itself: the file is then read whole.
"""

import io
import mmap
from pathlib import Path
from typing import NamedTuple

from goldthread.out.exchange.cin.stream import open_safely

SIZE = 4 * 1024**2
BEGINS, HEAD, FOOT = b"<Child>", b"<Message><Children>", b"</Children></Message>"


class Piece(NamedTuple):
    path: Path
    start: int
    stop: int
    line_before: int  # how many lines end before it
    is_last: bool


def pieces_of(path: Path) -> list[Piece]:
    """The file's pieces in their order; one for a small file."""
    with open_safely(path) as source, mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ) as body:
        found: list[Piece] = []
        start = line_before = 0
        while start < len(body):
            stop = body.find(BEGINS, start + SIZE)
            stop = len(body) if stop < 0 else stop
            found.append(Piece(path, start, stop, line_before, stop == len(body)))
            line_before += body[start:stop].count(b"\n")
            start = stop
    return found


def opened(piece: Piece) -> io.BytesIO:
    """The piece's words with what makes them whole."""
    with open_safely(piece.path) as source:
        source.seek(piece.start)
        body = source.read(piece.stop - piece.start)
    return io.BytesIO((HEAD if piece.start else b"") + body + (b"" if piece.is_last else FOOT))
