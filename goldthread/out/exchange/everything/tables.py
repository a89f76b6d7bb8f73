"""Which tables there are, what of them is taken out, and what stays behind."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

# Sums and names of what a folder holds.
SUMS, DESCRIPTION, FORM = "SHA256SUMS", "datapackage.json", 1

# What lets somebody in, or is of the running server only, is not handed on.
LEFT_OUT = {
    "django_migrations": "How far the database is laid out stands in this description.",
    "django_session": "Nobody stays signed in.",
    "usersessions_usersession": "Nobody stays signed in.",
    "mfa_authenticator": "Second steps are set up anew.",
    "account_emailconfirmation": "Open confirmations of addresses end.",
    "socialaccount_socialtoken": "The sign-in provider is asked anew.",
    "socialaccount_socialapp": "The sign-in provider is a setting of the product.",
    "procrastinate_workers": "Of the running server only.",
}
# What stands there instead. “!” is a pass phrase that nobody has.
INSTEAD = {
    ("access_user", "password"): sql.SQL("'!'"),
    ("procrastinate_jobs", "worker_id"): sql.SQL("NULL::bigint"),
}
# Documents stand as files of their own, named by their row's key.
DOCUMENTS = {("documents_sealed", "pdf"): ("letter_id", "documents/", ".pdf")}

PLAIN = (
    "SET timezone = 'UTC'; SET datestyle = 'ISO, YMD'; SET intervalstyle = 'iso_8601'; SET bytea_output = 'hex'; "
    "SET extra_float_digits = 1; SET statement_timeout = 0; SET client_encoding = 'UTF8'"
)


@dataclass(frozen=True)
class Column:
    name: str
    kind: str  # in PostgreSQL's words
    is_needed: bool


@dataclass(frozen=True)
class Table:
    name: str
    columns: list[Column]
    key: list[str]
    links: list[tuple[list[str], str, list[str]]]  # columns, the table they lead to, its columns

    @property
    def file(self) -> str:
        return f"tables/{self.name}.csv"

    @property
    def document(self) -> tuple[str, str, str, str] | None:
        """Column, key, and what a document's file is called before and after its key."""
        return next(((column, *how) for (table, column), how in DOCUMENTS.items() if table == self.name), None)

    def names(self) -> sql.Composed:
        return sql.SQL(", ").join(sql.Identifier(column.name) for column in self.columns)

    def taken(self) -> sql.Composed:
        """The rows as they are taken out, in the order of their key."""
        return sql.SQL("SELECT {} FROM public.{} ORDER BY {}").format(
            sql.SQL(", ").join(sql.SQL("{} AS {}").format(self._value(one.name), sql.Identifier(one.name)) for one in self.columns),
            sql.Identifier(self.name),
            sql.SQL(", ").join(map(sql.Identifier, self.key)),
        )

    def _value(self, column: str) -> sql.Composable:
        if (self.name, column) in INSTEAD:
            return INSTEAD[self.name, column]
        if (self.name, column) in DOCUMENTS:
            key, before, after = DOCUMENTS[self.name, column]
            return sql.SQL("{} || {} || {}").format(sql.Literal(before), sql.Identifier(key), sql.Literal(after))
        return sql.Identifier(column)


def tables(connection: psycopg.Connection[Any]) -> Iterator[Table]:
    """Every table that is taken out, by name."""
    names = connection.execute(
        "SELECT oid, relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY relname"
    ).fetchall()
    for oid, name in names:
        if name not in LEFT_OUT:
            columns = connection.execute(
                "SELECT attname, format_type(atttypid, atttypmod), attnotnull FROM pg_attribute "
                "WHERE attrelid = %s AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum",
                [oid],
            )
            links = connection.execute(f"SELECT {_named('conrelid', 'conkey')}, confrelid::regclass::text, {_named('confrelid', 'confkey')} "  # noqa: S608 (no input)
                "FROM pg_constraint WHERE conrelid = %s AND contype = 'f' ORDER BY conname", [oid])  # fmt: skip
            key = connection.execute(
                f"SELECT {_named('conrelid', 'conkey')} FROM pg_constraint WHERE conrelid = %s AND contype = 'p'",  # noqa: S608 (no input)
                [oid],
            ).fetchone()
            yield Table(name, [Column(*one) for one in columns], key[0] if key else [], [(a, b.strip('"'), c) for a, b, c in links])


def _named(table: str, keys: str) -> str:
    return (
        f"(SELECT array_agg(attname::text ORDER BY place) FROM unnest({keys}) WITH ORDINALITY AS of(number, place) "  # noqa: S608 (no input)
        f"JOIN pg_attribute ON attrelid = {table} AND attnum = number)"
    )


def sequences(connection: psycopg.Connection[Any]) -> dict[str, tuple[int, bool]]:
    """The last key that was handed out, and whether any was, of each sequence."""
    names = connection.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S' ORDER BY 1"
    ).fetchall()
    found = {}
    for (name,) in names:
        if not any(name.startswith(f"{table}_") for table in LEFT_OUT):
            row = connection.execute(sql.SQL("SELECT last_value, is_called FROM public.{}").format(sql.Identifier(name))).fetchone()
            assert row
            found[name] = (int(row[0]), bool(row[1]))
    return found


def migrations(connection: psycopg.Connection[Any]) -> list[str]:
    """How far the database is laid out."""
    return [f"{app}.{name}" for app, name in connection.execute("SELECT app, name FROM django_migrations ORDER BY app, name")]
