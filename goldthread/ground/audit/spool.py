"""Looks that cannot be written to the reading log yet: on this machine's own disk, a line each, until the primary is back.

A line is on disk before its page is shown; where it cannot be written, the page is not shown. Afterwards each file is taken
into the log in one transaction that also writes down that it was: once, whatever is killed and when.
"""

import fcntl
import json
import logging
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.utils import timezone

from goldthread.ground.audit.actions import take_in
from goldthread.ground.audit.models import Reading
from goldthread.ground.boot.health import LONGEST_WAIT, Finding
from goldthread.ground.boot.outages import NO_TRACE, Unable
from goldthread.ground.boot.settings import settings

FROM_STANDBY = "read from the standby"
log = logging.getLogger("goldthread.looks")


def folder() -> Path:
    return settings.data_dir / "looks"


@contextmanager
def locked(name: str, *, waiting: bool = True) -> Iterator[None]:
    """One process at a time; BlockingIOError where another is at it and we do not wait."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder() / name).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | (0 if waiting else fcntl.LOCK_NB))
        yield


def spool(row: dict[str, Any]) -> None:
    """Write one look down. Unable where it cannot be: then nobody looks."""
    line = json.dumps({**row, "at": timezone.now().isoformat()}, ensure_ascii=False).encode() + b"\n"
    try:
        with locked("writing"), (folder() / "spool").open("a+b", buffering=0) as out:
            _append(out, line)
            _keep_names()
    except OSError as refused:
        raise Unable(NO_TRACE) from refused


def _append(out: IO[bytes], line: bytes) -> None:
    """The whole line on disk, or nothing of it. What a killed process left unfinished was shown to nobody, and ends here."""
    size = out.seek(0, os.SEEK_END)
    if size:
        out.seek(size - 1)
        line = line if out.read(1) == b"\n" else b"\n" + line
    try:
        if out.write(line) != len(line):
            raise OSError("the disk is full")
        os.fsync(out.fileno())
    except OSError:
        out.truncate(size)
        raise


def _keep_names() -> None:
    """That the file is there, and by what name, is on disk too."""
    there = os.open(folder(), os.O_RDONLY)
    try:
        os.fsync(there)
    finally:
        os.close(there)


def replay() -> int:
    """Take into the reading log whatever waits; how many looks. Where another process is at it already, it is left to that one."""
    if not waiting():
        return 0
    try:
        with locked("replaying", waiting=False):
            with locked("writing"):
                if (folder() / "spool").exists():
                    (folder() / "spool").rename(folder() / f"{uuid.uuid4().hex}.jsonl")
                    _keep_names()
            return sum(_take_in(path) for path in sorted(folder().glob("*.jsonl")))
    except BlockingIOError:
        return 0


def waiting() -> list[Path]:
    return [*folder().glob("spool"), *folder().glob("*.jsonl")]


def _take_in(path: Path) -> int:
    taken = take_in(path.stem, list(_looks_in(path)))
    path.unlink()
    return taken


def _looks_in(path: Path) -> Iterator[Reading]:
    """A line that was never finished was shown to nobody: it is said, and left out."""
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            row = json.loads(line)
        except ValueError:
            log.warning("Line %s of %s was never finished: its page was not shown.", number, path.name)
            continue
        purpose = "; ".join(words for words in (row["purpose"], FROM_STANDBY) if words)
        yield Reading(**{**row, "at": datetime.fromisoformat(row["at"]), "purpose": purpose})


def taken_in() -> Finding:
    """Ill where looks have waited on this machine for longer than a primary should be away."""
    oldest = min((path.stat().st_mtime for path in waiting()), default=None)
    late = oldest is not None and timezone.now().timestamp() - oldest > LONGEST_WAIT.total_seconds()
    words = "Looks at the standby wait to be written into the reading log: open any page." if late else "No look waits to be written down."
    return Finding("looks", not late, words)
