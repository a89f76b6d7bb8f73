"""A folder of everything into an empty database of the same layout: all of it, unchanged, or nothing."""

import getpass
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.apps import apps
from psycopg import sql

from goldthread.ground.boot.backup import owner_url
from goldthread.ground.boot.queries import NOT_THEIRS
from goldthread.ground.boot.roles import learn_sizes
from goldthread.ground.boot.trouble import Trouble
from goldthread.out.exchange.everything.tables import DESCRIPTION, FORM, PLAIN, SUMS, Table, migrations, sequences, tables

CHUNK = 1_000_000  # bytes


def read_everything(folder: Path, *, say: Callable[[str], None]) -> None:
    """Days, authors, keys and both trails come over as they are; that they came is one new row, written down as any other."""
    sums = sums_of(folder)
    must_be_whole(folder, sums)
    about = description_of(folder)
    try:
        with psycopg.connect(owner_url()) as connection:
            connection.execute(PLAIN)
            connection.execute("SET lock_timeout = '10s'")
            ours = list(tables(connection))
            must_fit(about, ours, sums, connection)
            with standing_still(connection, ours):
                must_be_empty(connection)
                clear(connection, ours)
                for table in ours:
                    say(f"{table.name} …")
                    fill(connection, folder, table, about)
                for name, (last, called) in about["goldthread"]["sequences"].items():
                    connection.execute("SELECT setval(%s, %s, %s)", [f"public.{name}", last, called])
            note_arrival(connection, about, hashlib.sha256((folder / SUMS).read_bytes()).hexdigest())
    except psycopg.errors.LockNotAvailable:
        raise Trouble(
            "Somebody works with this database: stop “goldthread serve” and “goldthread worker” first. Nothing was changed."
        ) from None
    except (psycopg.errors.IntegrityError, psycopg.errors.DataError) as refused:
        raise Trouble(f"The folder was not imported, and nothing was changed: {str(refused).splitlines()[0]}.") from None
    learn_sizes()


def sums_of(folder: Path) -> dict[str, str]:
    """Name of each file, with its sum."""
    if not (folder / SUMS).is_file():
        raise Trouble(f"There is no file {folder / SUMS}: name a folder that “goldthread export-all” wrote.")
    lines = (line.split("  ", 1) for line in (folder / SUMS).read_text(encoding="utf-8").splitlines())
    return {line[-1]: line[0] for line in lines}


def must_be_whole(folder: Path, sums: dict[str, str]) -> None:
    for name, wanted in sums.items():
        if not (folder / name).is_file():
            raise Trouble(f"{folder / name} is missing: fetch the folder again from where it was written. Nothing was changed.")
        with (folder / name).open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != wanted:
                raise Trouble(f"{folder / name} is damaged (its sum is another): fetch the folder again. Nothing was changed.")


def description_of(folder: Path) -> dict[str, Any]:
    about: dict[str, Any] = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
    if about.get("goldthread", {}).get("form") != FORM:
        raise Trouble(f"{folder} was written in another form than this version reads. Nothing was changed.")
    return about


def must_fit(about: dict[str, Any], ours: list[Table], sums: dict[str, str], connection: psycopg.Connection[Any]) -> None:
    """The same layout of tables, and each of them in the sums."""
    theirs = about["goldthread"]
    if theirs["migrations"] != migrations(connection):
        raise Trouble(
            f"The folder was written by Goldthread {theirs['version']} with another layout of the database than this one: "
            "import it with that version, then bring it up to this one with “goldthread migrate”. Nothing was changed."
        )
    columns = {one["path"]: [field["name"] for field in one["schema"]["fields"]] for one in about["resources"]}
    known = set(sequences(connection))
    for table in ours:
        if columns.get(table.file) != [column.name for column in table.columns] or table.file not in sums:
            raise Trouble(f"{table.file} is not described as this version has it. Nothing was changed.")
    if set(theirs["sequences"]) != known:
        raise Trouble("The description names other sequences than this version has. Nothing was changed.")


@contextmanager
def standing_still(connection: psycopg.Connection[Any], ours: list[Table]) -> Iterator[None]:
    """Inside, no trigger fires and no key is followed; at the end every key is checked at once. No trail is written for what came."""
    names = [table.name for table in ours]
    keys = connection.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND conrelid = ANY (%s::text[]::regclass[]) ORDER BY 1, 2",
        [[f'public."{name}"' for name in names]],
    ).fetchall()
    for name in names:
        connection.execute(sql.SQL("ALTER TABLE public.{} DISABLE TRIGGER USER").format(sql.Identifier(name)))
    for name, key, _ in keys:
        connection.execute(sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(sql.SQL(name), sql.Identifier(key)))
    yield
    for name, key, words in keys:
        connection.execute(sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} {}").format(sql.SQL(name), sql.Identifier(key), sql.SQL(words)))
    for name in names:
        connection.execute(sql.SQL("ALTER TABLE public.{} ENABLE TRIGGER USER").format(sql.Identifier(name)))


def must_be_empty(connection: psycopg.Connection[Any]) -> None:
    """Nothing of an authority's own, and no day sealed."""
    own = [model for model in apps.get_models() if model.__module__.startswith("goldthread.") and model._meta.app_label not in NOT_THEIRS]
    for name in [*(model._meta.db_table for model in own), "audit_seal"]:
        if connection.execute(sql.SQL("SELECT 1 FROM public.{} LIMIT 1").format(sql.Identifier(name))).fetchone():
            raise Trouble(
                f"The database is not empty (there are rows in {name}): everything is imported into a new one only, "
                "before anybody was made in it. Nothing was changed."
            )


def clear(connection: psycopg.Connection[Any], ours: list[Table]) -> None:
    """What every new database is given: the folder brings its own."""
    for table in ours:
        connection.execute(sql.SQL("DELETE FROM public.{}").format(sql.Identifier(table.name)))


def fill(connection: psycopg.Connection[Any], folder: Path, table: Table, about: dict[str, Any]) -> None:
    into = sql.Identifier("public", table.name)
    if table.document:
        into = sql.Identifier("arriving")
        kinds = sql.SQL(", ").join(
            sql.SQL("{} {}").format(sql.Identifier(one.name), sql.SQL("text" if one.name == table.document[0] else one.kind))
            for one in table.columns
        )
        connection.execute(sql.SQL("CREATE TEMPORARY TABLE arriving ({}) ON COMMIT DROP").format(kinds))
    with connection.cursor() as cursor:
        statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv, HEADER MATCH)").format(into, table.names())
        with cursor.copy(statement) as copy, (folder / table.file).open("rb") as file:
            while piece := file.read(CHUNK):
                copy.write(piece)
        came = cursor.rowcount
    if came != next(one["rows"] for one in about["resources"] if one["path"] == table.file):
        raise Trouble(f"{table.file} has {came:,} rows, and its description says another number. Nothing was changed.")
    if table.document:
        fill_documents(connection, folder, table, table.document)


def fill_documents(connection: psycopg.Connection[Any], folder: Path, table: Table, how: tuple[str, str, str, str]) -> None:
    column, key, before, after = how
    values = sql.SQL(", ").join(sql.SQL("%s::bytea") if one.name == column else sql.Identifier(one.name) for one in table.columns)
    put = sql.SQL("INSERT INTO public.{} ({}) SELECT {} FROM arriving WHERE {} = %s").format(
        sql.Identifier(table.name), table.names(), values, sql.Identifier(key)
    )
    keys = connection.execute(sql.SQL("SELECT {} FROM arriving ORDER BY 1").format(sql.Identifier(key))).fetchall()
    for (number,) in keys:
        path = folder / f"{before}{number}{after}"
        if not path.is_file():
            raise Trouble(f"{path} is missing: fetch the folder again from where it was written. Nothing was changed.")
        connection.execute(put, [path.read_bytes(), number], prepare=True)


def note_arrival(connection: psycopg.Connection[Any], about: dict[str, Any], sums: str) -> None:
    """One row, by whoever runs this, in the trail as any other; it is the first that this database wrote itself."""
    rows = sum(one["rows"] for one in about["resources"])
    by = f"system:import-all, {getpass.getuser()}"
    connection.execute("SELECT set_config('app.actor', %s, true)", [by])
    connection.execute(
        "INSERT INTO exchange_arrival (by, made_at, version, sums, rows) VALUES (%s, %s, %s, %s, %s)",
        [by, about["created"], about["goldthread"]["version"], sums, rows],
    )
