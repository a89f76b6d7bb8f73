"""Returns that were written, how far those at work have come, and their files."""

import zlib
from collections.abc import Iterator
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from goldthread.out.returns.models import ReturnRun

SILENT_FOR = timedelta(minutes=10)  # nothing heard of for so long: the worker was stopped, or never ran


def runs() -> QuerySet[ReturnRun]:
    """Every return, the newest first."""
    return ReturnRun.objects.select_related("work", "by").order_by("-asked_at", "-pk")


def is_silent(run: ReturnRun) -> bool:
    return run.is_going and timezone.now() - run.work.heard_at > SILENT_FOR


def is_kept(run: ReturnRun) -> bool:
    """Whether its file is kept here: one written at a keyboard lies where it was written."""
    return run.finished_at is not None and run.pieces.exists()


def file_of(run: ReturnRun) -> Iterator[bytes]:
    """The written file, piece by piece."""
    unpacker = zlib.decompressobj(wbits=31)
    for content in run.pieces.order_by("number").values_list("content", flat=True).iterator(chunk_size=1):
        yield unpacker.decompress(bytes(content))
    yield unpacker.flush()
