"""Importing a census file.

Each batch of children is one transaction, and the run a row of its own. Killed at any moment, the import leaves whole
children and a run that never finished; run again, it passes over what is there and goes on. The very same file, once
finished, is not read a second time.
"""

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils import timezone

from goldthread.core.people.identifier_systems import la_child_id_system
from goldthread.core.records.models import Record
from goldthread.core.work.actions import stop_every
from goldthread.core.work.models import Clock
from goldthread.ground.audit.acting import acting
from goldthread.ground.boot.progress import Progress
from goldthread.ground.boot.queries import installation
from goldthread.out.exchange.cin.actions.crew import Crew
from goldthread.out.exchange.cin.actions.writing import Writer, no_longer
from goldthread.out.exchange.cin.census import CHILD_REFUSED, Child, Fault, FileRefused, Header
from goldthread.out.exchange.cin.reading import CensusFile
from goldthread.out.exchange.models import CensusChild, ImportFault, ImportRun
from goldthread.out.exchange.queries import counted_in_words

Say = Callable[[str], None]
BATCH = 1_000  # children in one transaction
WRITERS = 2
MOST_FAULTS_KEPT = 20_000  # of one file; the rest are counted
MOST_FAULTS_SAID = 40
ONE_AT_A_TIME = 8_102_331  # the advisory lock of an import


@dataclass(frozen=True)
class ImportReport:
    """What an import did: the run with its counts, and the first of its faults."""

    run: ImportRun
    faults: tuple[ImportFault, ...] = ()

    @property
    def lines(self) -> list[str]:
        """For a person at a keyboard."""
        run = self.run
        if run.same_as is not None:
            return [f"This very file was imported on {run.same_as.started_at:%d %B %Y}. Nothing has changed."]
        found = counted_in_words(run)
        found += [
            f"  line {fault.line}, child {fault.la_child_id or 'unknown'}, {fault.element}: {fault.what_is_wrong} {fault.what_to_do} [{fault.severity}]"
            for fault in self.faults
        ]
        if run.faults_found > len(self.faults):
            found.append(f"  … and {run.faults_found - len(self.faults):,} more.")
        return found


def import_file(
    path: Path | str, *, say: Say, by: Any = None, expected_la: str | None = None, expected_year: int | None = None
) -> ImportReport:
    """Import a children in need census of 2021-22 to 2026-27. FileRefused, with nothing written of it, when it cannot be trusted.

    An authority's database takes its own census only; a demo takes any. Inside somebody's transaction everything is
    written in that transaction; otherwise a thousand children at a time, on two connections.
    """
    path = Path(path)
    with _alone(), _few_collections():
        _note_broken_off(by)
        try:
            census = CensusFile.open(path, expected_authority=expected_la or _own_authority(), expected_year=expected_year)
        except FileRefused as refusal:
            with acting(by, system="import"):
                ImportRun.objects.create(file_name=path.name, by=by, refused=refusal.sentence)
            raise
        report = _import(census, say, by)
    for line in report.lines:
        say(line)
    return report


def _import(census: CensusFile, say: Say, by: Any) -> ImportReport:
    header = census.header
    seen = ImportRun.objects.filter(sha256=census.sha256, authority=header.authority, finished_at__isnull=False, same_as=None).first()
    with acting(by, system="import"):
        run = ImportRun.objects.create(
            file_name=census.path.name,
            sha256=census.sha256,
            size=census.size,
            year=header.year,
            authority=header.authority,
            by=by,
            same_as=seen,
            finished_at=timezone.now() if seen else None,
        )
    if seen:
        return ImportReport(run)
    say(f"Reading the census of {header.year_in_words}, authority {header.authority}: {census.children:,} children.")
    crew = Crew(Writer(run, header, _system(header), by), 0 if connection.in_atomic_block else WRITERS)
    try:
        said = _hand_over_all(census, crew, Progress("children", census.children, say))
    finally:
        written = crew.finish()
    with acting(by, system="import"):
        _stop_what_is_not_mentioned(header)
        for name, count in {**written, "children": census.children, "children_refused": said["children_refused"]}.items():
            setattr(run, name, count)
        run.faults_found = written["faults_found"] + said["faults_found"]
        run.finished_at = timezone.now()
        run.save()
    return ImportReport(run, tuple(run.faults.order_by("line", "pk")[:MOST_FAULTS_SAID]))


def _hand_over_all(census: CensusFile, crew: Crew, progress: Progress) -> Counter[str]:
    """Read the file to its end, a batch at a time. Counts the faults, of which only the first many are kept."""
    said: Counter[str] = Counter()
    children: list[Child] = []
    faults: list[Fault] = []
    for found in census:
        if isinstance(found, Fault):
            said["faults_found"] += 1
            said["children_refused"] += found.severity == CHILD_REFUSED
            if said["faults_found"] <= MOST_FAULTS_KEPT:
                faults.append(found)
            continue
        if len(children) == BATCH:
            crew.hand_over(children, faults)
            children, faults = [], []
        children.append(found)
        said["children"] += 1
        if said["children"] % 200 == 0:
            progress.reach(said["children"])
    crew.hand_over(children, faults)
    progress.reach(census.children)
    progress.end()
    return said


def _stop_what_is_not_mentioned(header: Header) -> None:
    """A census holds every child in need of its year: what ran in an earlier one and is not in this one does not run any more."""
    if CensusChild.objects.filter(authority=header.authority, year__gt=header.year).exists():
        return
    said = CensusChild.objects.filter(authority=header.authority).values_list("person", flat=True)
    # Named, not joined: a server that has not counted its tables lately would go through the census once for each clock.
    gone = set(said.filter(year__lt=header.year)) - set(said.filter(year=header.year))
    clocks = Clock.objects.filter(child__in=gone, record__origin=Record.IMPORTED)
    stop_every(clocks=clocks, on=header.reference_date, why=no_longer(header))


def _own_authority() -> str | None:
    """The authority whose census alone is taken. A demo takes any: its own borough is invented, and so has no census."""
    here = installation()
    return None if here is None or here.is_demo else here.la_code


def _system(header: Header) -> str:
    """Who issued the children's ids: this council itself, or another by its number."""
    here = installation()
    return la_child_id_system("own" if here is not None and here.la_code == header.authority else header.authority)


@contextmanager
def _alone() -> Iterator[None]:
    """One import at a time: two would make the same children twice. FileRefused while another is at work."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ONE_AT_A_TIME])
        if not cursor.fetchone()[0]:
            raise FileRefused("Another file is being imported now. Try again when it is done.")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])


@contextmanager
def _few_collections() -> Iterator[None]:
    """Millions of small objects and hardly a cycle among them: looking for cycles as often as usual takes a fifth of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(200_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _note_broken_off(by: Any) -> None:
    """Nobody else is importing, so a run without an end was killed."""
    left = ImportRun.objects.filter(finished_at=None, broken_off_at=None, refused=None)
    if left.exists():
        with acting(by, system="import"):
            left.update(broken_off_at=timezone.now())
