"""Everything of the database into a folder: a CSV of each table, documents as files, a description, and a sum of each file."""

import getpass
import hashlib
import json
import shutil
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from goldthread.ground.audit.acting import acting
from goldthread.ground.audit.reading import log_reading
from goldthread.ground.boot.backup import owner_url
from goldthread.ground.boot.trouble import Trouble
from goldthread.out.exchange.everything.describing import code_files, described
from goldthread.out.exchange.everything.tables import (
    DESCRIPTION,
    FORM,
    INSTEAD,
    LEFT_OUT,
    PLAIN,
    SUMS,
    Table,
    migrations,
    sequences,
    tables,
)


def write_everything(folder: Path, *, say: Callable[[str], None]) -> None:
    """One snapshot, streamed. The folder appears under its name when it is complete; only its writer can read it."""
    if folder.exists():
        raise Trouble(f"{folder} exists already: name another folder.")
    making = folder.with_name(folder.name + ".part")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(mode=0o700)
    # Written down first: whoever breaks it off may hold half of it.
    with acting(system=f"export-all, {getpass.getuser()}"):
        log_reading(None, "export", "everything")
    try:
        Writing(making, say).write()
        making.rename(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)


class Writing:
    def __init__(self, folder: Path, say: Callable[[str], None]) -> None:
        self.folder, self.say = folder, say
        self.sums: dict[str, str] = {}

    def write(self) -> None:
        with psycopg.connect(owner_url()) as connection:
            connection.execute(PLAIN)
            connection.commit()
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            resources = [self._table(connection, table) for table in tables(connection)]
            for name, content in code_files():
                self._keep(name, [content])
            about = {
                "profile": "tabular-data-package",
                "name": "goldthread-everything",
                "created": datetime.now(UTC).isoformat(timespec="seconds"),
                "goldthread": {
                    "form": FORM,
                    "version": product_version(),
                    "migrations": migrations(connection),
                    "sequences": sequences(connection),
                    "left_out": LEFT_OUT,
                    "left_blank": [f"{table}.{column}" for table, column in INSTEAD],
                },
                "resources": resources,
            }
        self._keep(DESCRIPTION, [json.dumps(about, ensure_ascii=False, indent=1).encode()])
        sums = "".join(f"{self.sums[name]}  {name}\n" for name in sorted(self.sums))
        self._keep(SUMS, [sums.encode()])

    def _table(self, connection: psycopg.Connection[Any], table: Table) -> dict[str, Any]:
        self.say(f"{table.name} …")
        with connection.cursor() as cursor:
            with cursor.copy(sql.SQL("COPY ({}) TO STDOUT (FORMAT csv, HEADER)").format(table.taken())) as copy:
                size = self._keep(table.file, (bytes(piece) for piece in copy))
            rows = cursor.rowcount
        if table.document:
            self._documents(connection, table, table.document)
        return described(table) | {"rows": rows, "bytes": size, "hash": f"sha256:{self.sums[table.file]}"}

    def _documents(self, connection: psycopg.Connection[Any], table: Table, how: tuple[str, str, str, str]) -> None:
        column, key, before, after = how
        asked = sql.SQL("SELECT {}, {} FROM public.{} ORDER BY 1").format(
            sql.Identifier(key), sql.Identifier(column), sql.Identifier(table.name)
        )
        with connection.cursor(binary=True) as cursor:
            for number, content in cursor.stream(asked):
                self._keep(f"{before}{number}{after}", [content])

    def _keep(self, name: str, pieces: Iterable[bytes]) -> int:
        """Write a file as it comes, and remember its sum; how many bytes."""
        path = self.folder / name
        path.parent.mkdir(mode=0o700, exist_ok=True)
        path.touch(mode=0o600)
        digest, size = hashlib.sha256(), 0
        with path.open("wb") as out:
            for piece in pieces:
                out.write(piece)
                digest.update(piece)
                size += len(piece)
        self.sums[name] = digest.hexdigest()
        return size


def product_version() -> str:
    try:
        return version("goldthread")
    except PackageNotFoundError:
        return "not known"
