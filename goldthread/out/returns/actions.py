"""Writing a return: to a file for whoever asks at a keyboard, or in the background for whoever asks on the page."""

import errno
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from django.db import connection
from django.utils import timezone
from django.utils.timezone import localdate

from goldthread.ground.audit.acting import acting
from goldthread.ground.boot.progress import Progress
from goldthread.ground.boot.trouble import Trouble
from goldthread.out.returns.cin.asked import Asked, asked, in_words
from goldthread.out.returns.cin.file import Written, whole, write_census, write_manifest
from goldthread.out.returns.models import ReturnPiece, ReturnRun, ReturnWork

PIECE = 1 << 20  # bytes, compressed
HEARD = "UPDATE returns_returnwork SET done = %s, total = %s, heard_at = now() WHERE run_id = %s"


def begin_return(*, year: int, authority: str, at: date | None, by: Any, file_name: str = "") -> ReturnRun:
    """A census is asked for. Trouble, in a sentence, where there is none to be written."""
    wanted = asked(year=year, authority=authority, at=at, today=localdate())
    with acting(by, system="export", purpose=_purpose(year)):
        run = ReturnRun.objects.create(
            year=year, authority=authority, at=wanted.at, by=by, file_name=file_name or f"cin-{year}-{authority}.xml"
        )
        ReturnWork.objects.create(run=run)
    return run


def export_file(path: Path, *, year: int, authority: str, at: date | None, say: Callable[[str], None], by: Any = None) -> dict[str, Any]:
    """Write a census to this file, and beside it what was counted and left out; says the latter again. Trouble where it cannot be written."""
    if path.is_dir() or not path.parent.is_dir():
        raise Trouble(f"{path} cannot be written: {'it is a folder' if path.is_dir() else f'there is no folder {path.parent}'}.")
    run = begin_return(year=year, authority=authority, at=at, by=by, file_name=path.name)
    progress = Progress("children", 0, say)

    def reach(done: int, total: int) -> None:
        progress.total = total
        progress.reach(done)

    with _ended(run), _room_for(path), whole(path) as out:
        written = _write(run, out, reach)
        progress.end()
        manifest = written.tally.manifest(_asked(run), _about(run, written))
        write_manifest(path.with_name(f"{path.name}.manifest.json"), manifest)
    with acting(by, system="export", purpose=_purpose(year)):
        _finish(run, written, manifest)
    return manifest


def write_asked(run: ReturnRun) -> None:
    """Write a census that somebody asked for on the page, and keep it. One that ended already, in whatever way, stays as it is."""
    if not run.is_going:
        return
    with _ended(run), tempfile.TemporaryFile() as out:
        written = _write(run, out, lambda done, total: None)
        out.seek(0)
        with acting(run.by, system="export", purpose=_purpose(run.year)):
            pieces = (ReturnPiece(run=run, number=number, content=content) for number, content in enumerate(_compressed(out)))
            for piece in pieces:
                piece.save(force_insert=True)
            _finish(run, written, written.tally.manifest(_asked(run), _about(run, written)))


def _write(run: ReturnRun, out: BinaryIO, reach: Callable[[int, int], None]) -> Written:
    with _heard(run) as tell:

        def both(done: int, total: int) -> None:
            reach(done, total)
            tell(done, total)

        return write_census(_asked(run), out, both)


def _asked(run: ReturnRun) -> Asked:
    return asked(year=run.year, authority=run.authority, at=run.at, today=localdate())


def _about(run: ReturnRun, written: Written) -> dict[str, Any]:
    return {"name": run.file_name, "sha256": written.sha256, "size": written.size}


def _purpose(year: int) -> str:
    return f"Return: children in need census of {in_words(year)}"


def _finish(run: ReturnRun, written: Written, manifest: dict[str, Any]) -> None:
    run.sha256, run.size, run.finished_at = written.sha256, written.size, timezone.now()
    run.children, run.left_out = written.tally.counts["children"], written.tally.left_out_in_all
    run.save(update_fields=["sha256", "size", "finished_at", "children", "left_out"])
    ReturnWork.objects.filter(run=run).update(manifest=manifest)


@contextmanager
def _heard(run: ReturnRun) -> Iterator[Callable[[int, int], None]]:
    """Says how far it has come where others see it at once: beside the one moment of the records that is being read."""
    other = connection if connection.in_atomic_block else connection.copy()

    def tell(done: int, total: int) -> None:
        with other.cursor() as cursor:
            cursor.execute(HEARD, [done, total, run.pk])

    try:
        yield tell
    finally:
        if other is not connection:
            other.close()


@contextmanager
def _ended(run: ReturnRun) -> Iterator[None]:
    """What was refused says why; what broke off says that it did."""
    try:
        yield
    except BaseException as failure:
        run.refused = str(failure) if isinstance(failure, Trouble) else None
        run.broken_off_at = None if run.refused else timezone.now()
        if connection.is_usable():
            with acting(run.by, system="export", purpose=_purpose(run.year)):
                run.save(update_fields=["refused", "broken_off_at"])
        raise


@contextmanager
def _room_for(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as failure:
        if failure.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Trouble(f"The disk is full: {path} was not written. Free some space and try again.") from failure
        if failure.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise Trouble(f"{path} cannot be written: {failure.strerror}.") from failure
        raise


def _compressed(source: BinaryIO) -> Iterator[bytes]:
    """The file as pieces of one gzip stream."""
    packer, waiting = zlib.compressobj(level=6, wbits=31), bytearray()
    while words := source.read(PIECE):
        waiting += packer.compress(words)
        if len(waiting) >= PIECE:
            yield bytes(waiting)
            waiting.clear()
    yield bytes(waiting) + packer.flush()
