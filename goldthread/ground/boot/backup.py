"""Backup and restore, by PostgreSQL's own pg_dump and pg_restore, of the version that fits the server."""

import json
import os
import shutil
import subprocess
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import psycopg
from psycopg import IsolationLevel, pq, sql
from psycopg.conninfo import conninfo_to_dict

from goldthread.ground.boot.account import major_version, packaged_programs
from goldthread.ground.boot.roles import bring_up_to_date
from goldthread.ground.boot.settings import settings
from goldthread.ground.boot.trouble import Trouble

# Tables, functions and the rest; the database itself and its roles stay.
EMPTY = "DROP OWNED BY CURRENT_USER CASCADE"


@dataclass(frozen=True)
class Written:
    """What stands beside a backup: the instant it shows, and how many rows each table had then."""

    at: str
    rows: dict[str, int]


def backup(file: Path) -> None:
    """Write the whole database to a file only its writer can read; it appears under its name when it is complete.

    Beside it, as NAME.json, what was in it at that very instant: `goldthread drill` compares.
    """
    if file.exists():
        raise Trouble(f"{file} exists already: name another file.")
    writer = program("pg_dump", newer_will_do=True)
    making = file.with_name(file.name + ".part")
    making.touch(mode=0o600)
    try:
        with psycopg.connect(owner_url()) as connection:
            connection.isolation_level, connection.read_only = IsolationLevel.REPEATABLE_READ, True
            snapshot, at = connection.execute("SELECT pg_export_snapshot(), now()").fetchone() or ("", None)
            command = [writer, "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={making}"]
            done = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False)
            if done.returncode != 0:
                raise Trouble(f"The backup was not written: {said(done.stderr)}")
            written = Written(at.isoformat() if at else "", row_counts(connection))
        beside(file).write_text(json.dumps(asdict(written), indent=1), encoding="utf-8")
        making.rename(file)
    finally:
        making.unlink(missing_ok=True)


def beside(file: Path) -> Path:
    return file.with_name(file.name + ".json")


def written_with(file: Path) -> Written:
    """What was in a backup. Trouble where there is no such file, or nothing beside it that can be read."""
    if not file.is_file():
        raise Trouble(f"There is no file {file}.")
    try:
        return Written(**json.loads(beside(file).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as refused:
        raise Trouble(f"{beside(file)} does not say what was in the backup: drill one that “goldthread backup” wrote.") from refused


def row_counts(connection: psycopg.Connection) -> dict[str, int]:
    """Rows of every table, counted."""
    tables = connection.execute(
        "SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY 1"
    ).fetchall()
    counts = {}
    for (table,) in tables:
        row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
        counts[str(table)] = int(row[0]) if row else 0
    return counts


def restore(file: Path, *, replace: bool) -> None:
    """Read a backup into an empty database, or with `replace` in place of what is there: all of it, or nothing."""
    if not file.is_file():
        raise Trouble(f"There is no file {file}.")
    if (count := tables()) and not replace:
        raise Trouble(
            f"The database is not empty (it has {count} tables): --replace throws away what is in it and puts the backup in its place."
        )
    reader = [program("pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(file)]
    writer = [program("psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null", "--file=-"]
    with (
        subprocess.Popen(reader, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as reading,
        subprocess.Popen(writer, stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()) as writing,
    ):
        # Emptying and filling are one transaction, closed only once the whole file was read: a torn file changes nothing.
        whole = feed(reading, writing)
        complaints = [stream.read().decode(errors="replace") for stream in (reading.stderr, writing.stderr) if stream]
    if not whole or writing.returncode != 0:
        raise Trouble(f"The backup was not restored, and the database is as it was: {said(''.join(complaints))}")
    bring_up_to_date(verbosity=0)


def feed(reading: "subprocess.Popen[bytes]", writing: "subprocess.Popen[bytes]") -> bool:
    assert reading.stdout and writing.stdin
    try:
        writing.stdin.write(f"BEGIN; {EMPTY};\n".encode())
        shutil.copyfileobj(reading.stdout, writing.stdin)
        whole = reading.wait() == 0
        if whole:
            writing.stdin.write(b"\nCOMMIT;\n")
        writing.stdin.close()
    except BrokenPipeError:
        reading.stdout.close()
        return False
    return whole


def empty() -> None:
    """Throw away everything the owner's role has made in the database."""
    with psycopg.connect(owner_url(), autocommit=True) as connection:
        connection.execute(EMPTY)


def tables() -> int:
    with psycopg.connect(owner_url()) as connection:
        found = connection.execute(
            "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        ).fetchone()
        return int(found[0]) if found else 0


def owner_url() -> str:
    if not settings.database_owner_url:
        raise Trouble("DATABASE_OWNER_URL is not set: give the address of the same database as the role that owns its tables.")
    return settings.database_owner_url


def environment() -> dict[str, str]:
    """The owner's address as libpq's variables: a pass phrase on a command line could be read by every user of the machine."""
    names = {option.keyword.decode(): option.envvar.decode() for option in pq.Conninfo.get_defaults() if option.envvar}
    given = {names[key]: str(value) for key, value in conninfo_to_dict(owner_url()).items() if key in names}
    return {**{name: value for name, value in os.environ.items() if not name.startswith("PG")}, **given}


def program(name: str, *, newer_will_do: bool = False) -> str:
    """PostgreSQL's program of the server's version; pg_dump also reads older servers than itself."""
    with psycopg.connect(owner_url()) as connection:
        wanted = connection.info.server_version // 10000
    places = [*Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), *([Path(path)] if (path := shutil.which(name)) else [])]
    with suppress(Trouble):
        places.append(packaged_programs() / name)
    by_version = {major_version(place): str(place) for place in places}
    fit = [version for version in by_version if version == wanted or (newer_will_do and version > wanted)]
    if not fit:
        raise Trouble(f"The server is PostgreSQL {wanted}, and {name} of that version is not installed here.")
    return by_version[min(fit)]


def said(complaint: str) -> str:
    """The line that says what went wrong."""
    lines = [line.strip() for line in complaint.splitlines() if line.strip()]
    if "No space left on device" in complaint:
        return "the disk is full."
    return next((line for line in lines if "error" in line.lower()), lines[-1] if lines else "no reason was given.")
