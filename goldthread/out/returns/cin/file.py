"""Writes a whole census, batch by batch, to a file that appears only once it is whole."""

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.db import connection, transaction

from goldthread.out.exchange.models import CensusChild
from goldthread.out.returns.cin import as_xml
from goldthread.out.returns.cin.asked import Asked
from goldthread.out.returns.cin.cohort import candidates, standing_for
from goldthread.out.returns.cin.facts import read
from goldthread.out.returns.cin.items import Child
from goldthread.out.returns.cin.tally import Tally
from goldthread.out.returns.cin.written import Writer

BATCH = 1_000  # children read at once
Reach = Callable[[int, int], None]  # how many have been read, of how many


@dataclass(frozen=True)
class Written:
    sha256: str
    size: int
    tally: Tally


def children(asked: Asked, tally: Tally, reach: Reach = lambda done, total: None) -> Iterator[Child]:
    """Every child of the census, the one longest known first."""
    duplicates = standing_for()
    keys = candidates(asked, duplicates)
    told = CensusChild.objects.filter(authority=asked.census.authority).values_list("person", flat=True)
    first_told = set(told.filter(year=asked.census.year)) - set(told.filter(year=asked.census.year - 1))
    writer = Writer(asked, tally, first_told)
    reach(0, len(keys))
    for start in range(0, len(keys), BATCH):
        facts = read(keys[start : start + BATCH], duplicates, asked.authorities)
        yield from (child for life in facts.lives if (child := writer.child(life, facts)) is not None)
        reach(min(start + BATCH, len(keys)), len(keys))


def write_census(asked: Asked, out: BinaryIO, reach: Reach = lambda done, total: None) -> Written:
    """Write the census to an open file, from one moment's view of the records."""
    seal, tally, size = hashlib.sha256(), Tally(), 0
    with one_moment():
        for piece in _pieces(asked, tally, reach):
            words = piece.encode()
            out.write(words)
            seal.update(words)
            size += len(words)
    return Written(seal.hexdigest(), size, tally)


def _pieces(asked: Asked, tally: Tally, reach: Reach) -> Iterator[str]:
    yield as_xml.head(asked)
    for child in children(asked, tally, reach):
        yield as_xml.written(child)
    yield as_xml.FOOT


@contextmanager
def one_moment() -> Iterator[None]:
    """Whatever is written meanwhile is not seen. Inside somebody's transaction that one holds."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A file beside its place, moved there when all of it is written; after a failure nothing is left, and what stood there stands."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("xb", buffering=1 << 20) as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        beside.replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            beside.unlink()
        raise


def write_manifest(path: Path, manifest: dict[str, Any]) -> None:
    with whole(path) as out:
        out.write(json.dumps(manifest, indent=1).encode() + b"\n")
