"""What was imported, and what was wrong with it."""

import csv
from datetime import datetime
from typing import IO

from django.db.models import Max, QuerySet

from goldthread.ground.design.words import counted
from goldthread.out.exchange.models import ImportFault, ImportRun

COLUMNS = ("line", "la_child_id", "element", "severity", "what_is_wrong", "what_to_do")


def runs() -> QuerySet[ImportRun]:
    """Every import, the newest first."""
    return ImportRun.objects.select_related("same_as").order_by("-started_at", "-pk")


def last_import_ended_at() -> datetime | None:
    """When an import last ended, well or broken off."""
    ends = ImportRun.objects.aggregate(finished=Max("finished_at"), broken_off=Max("broken_off_at"))
    return max((at for at in ends.values() if at), default=None)


def counted_in_words(run: ImportRun) -> list[str]:
    """What a run did, in two sentences."""
    return [
        f"{run.children:,} children in the file: {run.children_new:,} new, {run.children_changed:,} changed, "
        f"{run.children_unchanged:,} unchanged, {run.children_refused:,} refused.",
        f"{run.records_new:,} records new, {run.records_changed:,} changed. {counted(run.faults_found, 'fault')}.",
    ]


def faults_of(run: ImportRun) -> QuerySet[ImportFault]:
    """The faults of a run in the file's order; of the very same file imported before, those found then."""
    return ImportFault.objects.filter(run=run.same_as_id or run.pk).order_by("line", "pk")


def write_faults(run: ImportRun, out: IO[str]) -> int:
    """The faults as a CSV file that a spreadsheet opens without taking a value for a formula. Returns how many."""
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    written = 0
    for row in faults_of(run).values_list(*COLUMNS).iterator():
        writer.writerow([_safe(cell) for cell in row])
        written += 1
    return written


def _safe(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" else cell
