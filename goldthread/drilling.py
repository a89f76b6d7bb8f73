"""The drill: the newest backup is brought back on a server of its own, looked through, and thrown away again.

A backup that nobody has brought back is a hope. What is looked at: is every row there that was there when it was written, is the
audit trail whole, do fair copies and letters read as they were sealed; how long it took, and how much would have been lost.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import psycopg
from psycopg import IsolationLevel

from goldthread.ground.boot.account import account_for
from goldthread.ground.boot.at_work import set_up_django
from goldthread.ground.boot.backup import Written, owner_url, restore, row_counts, written_with
from goldthread.ground.boot.database import at_hand
from goldthread.ground.boot.drills import Drilled, keep
from goldthread.ground.boot.postgres import THROWAWAY, embedded
from goldthread.ground.boot.repository import Repository, brought_back
from goldthread.ground.boot.settings import settings
from goldthread.ground.boot.trouble import Trouble

SAMPLE = 500


@dataclass
class Found:
    """What a drill came to. `written_at` is the instant of the last change in it, ISO 8601. `wrong` is empty where the backup is whole; `lost` is
    how many changes the database in use has that it has not, None where that did not answer.
    """

    backup: str
    written_at: str
    lost: int | None
    seconds: float = 0.0
    rows: int = 0
    seals: int = 0
    copies: int = 0
    letters: int = 0
    wrong: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The report, a sentence a line."""
        lost = "how many, the database in use did not say" if self.lost is None else f"{self.lost:,} so far"
        return [
            f"{self.backup}, which ends at {self.written_at}, was brought back and looked through in {self.seconds:.0f} seconds.",
            f"Counted: {self.rows:,} rows. Read again: {self.seals:,} seals of the trail, {self.copies:,} fair copies, {self.letters:,} letters.",
            f"Lost would be the changes written since: {lost}.",
            *(self.wrong or ["Nothing is missing and nothing was altered. What was brought back for this is thrown away again."]),
        ]


def newest_in(folder: Path) -> Path:
    """Trouble where no backup lies there."""
    files = sorted(folder.glob("*.dump"), key=lambda file: file.stat().st_mtime)
    if not files:
        raise Trouble(f"There is no backup in {folder.absolute()}: write one with “goldthread backup”, or name the file.")
    return files[-1]


def drill(file: Path, *, say: Callable[[str], None]) -> Found:
    """Bring this backup back on a fresh server and look through it. Nothing of it stays; the database in use is only asked how far it is.

    Trouble where there is no such backup, or where nothing says what was in it.
    """
    written = written_with(file)
    found = Found(str(file), written.at, changes_since(written))
    with timed(found), on_a_fresh_server():
        say("Bringing it back …")
        try:
            restore(file, replace=False)
        except Trouble as trouble:
            found.wrong.append(str(trouble))
        else:
            say("Looking through it …")
            counts = look_through(found)
            for table, count in written.rows.items():
                if counts.get(table, 0) < count:
                    found.wrong.append(
                        f"{table} had {count:,} rows when the backup was written, and has {counts.get(table, 0):,} brought back."
                    )
    return found


def drill_repository(repository: Repository, *, say: Callable[[str], None]) -> Found:
    """The same with the newest backup of a repository of pgBackRest, and every change that the repository holds since.

    Rows are compared with the database in use, where it answers: what is there more must be what its trail has more. Trouble where
    there is no backup, or pgBackRest refuses.
    """
    in_use = owner_url()
    with tempfile.TemporaryDirectory(prefix="goldthread-drill-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        account = account_for(folder / "none yet")
        found = Found(repository.newest(account), "", None)
        with timed(found):
            say("Bringing it back …")
            with brought_back(repository, folder) as here, speaking_to(here.app, here.owner):
                say("Looking through it …")
                look_through(found)
                compare(found, in_use)
                with psycopg.connect(here.owner) as connection:
                    row = connection.execute("SELECT max(at) FROM audit_change").fetchone()
                found.written_at = row[0].isoformat() if row and row[0] else ""
    return found


@contextmanager
def timed(found: Found) -> Iterator[None]:
    """How long it took; kept for `goldthread health`, with whether the backup was whole."""
    began = time.monotonic()
    yield
    found.seconds = round(time.monotonic() - began, 1)
    keep(Drilled(datetime.now(UTC).isoformat(), found.backup, found.written_at, found.seconds, is_whole=not found.wrong))


def compare(found: Found, in_use: str) -> None:
    """Each table’s rows, less what the trail says was added to it and taken away, are as many here as in the database in use."""
    with psycopg.connect(settings.database_owner_url) as connection:
        here = unexplained(connection)
        changes = _changes(connection)
    try:
        with psycopg.connect(in_use, connect_timeout=10) as connection:
            connection.isolation_level, connection.read_only = IsolationLevel.REPEATABLE_READ, True
            there = unexplained(connection)
            found.lost = _changes(connection) - changes
    except psycopg.Error:
        return
    for table, count in there.items():
        if table not in here:
            found.wrong.append(f"{table} is in the database in use, and was not brought back.")
        elif here[table] != count:
            found.wrong.append(
                f"{table} has {abs(here[table] - count):,} rows {'more' if here[table] > count else 'fewer'} than the trail of the database in use explains."
            )


def unexplained(connection: psycopg.Connection) -> dict[str, int]:
    """By table that is in the trail: its rows, less those that the trail has added and not taken away."""
    counts = row_counts(connection)
    trailed = connection.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'audit_insert'").fetchall()
    by_trail: dict[str, int] = dict(
        connection.execute(
            "SELECT \"table\", count(*) FILTER (WHERE op = 'I') - count(*) FILTER (WHERE op = 'D') FROM audit_change GROUP BY 1"
        )
    )
    return {table: counts[table] - by_trail.get(table, 0) for (quoted,) in trailed for table in [quoted.strip('"')]}


def _changes(connection: psycopg.Connection) -> int:
    row = connection.execute("SELECT count(*) FROM audit_change").fetchone()
    return int(row[0]) if row else 0


def changes_since(written: Written) -> int | None:
    """How many changes the database in use has written since; None where it does not answer, as after a loss."""
    named = settings.database_url, settings.database_owner_url
    with suppress(psycopg.Error, Trouble):
        try:
            with at_hand(), psycopg.connect(settings.database_url, connect_timeout=10) as connection:
                row = connection.execute("SELECT count(*) FROM audit_change WHERE at > %s", [written.at]).fetchone()
                return int(row[0]) if row else None
        finally:
            settings.database_url, settings.database_owner_url = named
    return None


@contextmanager
def on_a_fresh_server() -> Iterator[None]:
    """An empty embedded server in a folder of its own; it goes with the block."""
    with tempfile.TemporaryDirectory(prefix="goldthread-drill-") as folder:
        Path(folder).chmod(0o755)  # the account that runs the server passes through; its own folder within is private
        with embedded(Path(folder), options=THROWAWAY) as urls, speaking_to(urls.app, urls.owner):
            yield


@contextmanager
def speaking_to(app: str, owner: str) -> Iterator[None]:
    """Django set up to speak to these addresses, once in the life of the process."""
    settings.database_url, settings.database_owner_url = app, owner
    set_up_django()
    try:
        yield
    finally:
        from django.db import connections

        connections.close_all()


def look_through(found: Found) -> dict[str, int]:
    """Every table's rows, which it returns, the whole trail against its seals, the newest fair copies and as many by chance, the newest letters."""
    from goldthread.core.documents.models import Sealed
    from goldthread.core.records.models import FairCopy
    from goldthread.ground.access.second_steps.queries import unreadable
    from goldthread.ground.audit.verifying import verify
    from goldthread.pathway.fair_copy import seal

    with psycopg.connect(settings.database_owner_url) as connection:
        counts = row_counts(connection)
    found.rows = sum(counts.values())
    if closed := unreadable():
        found.wrong.append(
            f"{closed} apps and sets of recovery codes are encrypted by a key that is not here: keep field-keys, apart from backups."
        )
    trail = verify()
    found.seals = len(trail.days)
    if not trail.is_whole:
        found.wrong += [words for day in trail.days for words in day.wrong] + trail.wrong
    copies = FairCopy.objects.only("record_id", "version", "content", "sha256")
    for copy in {one.pk: one for one in (*copies.order_by("-pk")[:SAMPLE], *copies.order_by("?")[:SAMPLE])}.values():
        found.copies += 1
        if seal(copy.content) != copy.sha256:
            found.wrong.append(f"Version {copy.version} of record {copy.record_id} does not read as it was sealed.")
    for letter in Sealed.objects.select_related("letter").order_by("-pk")[:SAMPLE]:
        found.letters += 1
        if sha256(bytes(letter.pdf)).hexdigest() != letter.letter.sha256:
            found.wrong.append(f"Letter {letter.letter.reference} is not the one that was sealed.")
    return counts
