"""Many new rows in one go, by COPY: what `bulk_create` does, in a fraction of the time.

The database's checks, triggers and trail run as for any other insert; Django's signals do not. A table under a policy takes no COPY
from the product's role: its rows arrive in a table of the moment first.
"""

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any

from django.db import connection, models
from django.db.models.expressions import DatabaseDefault
from psycopg.types.json import Jsonb

CHUNK = 20_000  # rows in one COPY: the trail and the foreign keys hold them all until it ends
FEW = 40  # rows that one INSERT stores sooner than a table of the moment is made


def insert_many(unsaved: Iterable[Any]) -> None:
    """Insert unsaved objects of one model; each has its key afterwards. Opens no transaction: the caller has one.

    Rows that leave a column to the database's own default may stand beside rows that fill it.
    """
    rows = list(unsaved)
    if not rows:
        return
    model = type(rows[0])
    _settle_keys(model, rows)
    _settle_moments(model, rows)
    defaulted = [field for field in model._meta.concrete_fields if field.has_db_default()]
    groups: dict[tuple[str, ...], list[Any]] = {}
    for row in rows:
        omitted = tuple(field.attname for field in defaulted if isinstance(getattr(row, field.attname), DatabaseDefault))
        groups.setdefault(omitted, []).append(row)
    for omitted, group in groups.items():
        attnames = [field.attname for field in model._meta.concrete_fields if field.attname not in omitted]
        insert_rows(model, attnames, map(attrgetter(*attnames), group))
    for row in rows:
        row._state.adding, row._state.db = False, "default"


def insert_rows(model: type[models.Model], attnames: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows given as plain values in the order of `attnames`: where making an object for each would take longer than storing it.

    Every column without a default in the database must be among them.
    """
    every = list(rows)
    for start in range(0, len(every), CHUNK):
        _store(model, attnames, every[start : start + CHUNK])


def next_keys(model: type[models.Model], count: int) -> list[int]:
    """So many new keys of a table, in rising order."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [table, column, count])
        return [key for (key,) in cursor.fetchall()]


def _settle_keys(model: type[models.Model], rows: Sequence[Any]) -> None:
    """Keys of the rows that have none yet, and of the related objects they were made with before those were saved."""
    key = model._meta.pk
    if isinstance(key, models.AutoField):
        waiting = [row for row in rows if row.pk is None]
        for row, drawn in zip(waiting, next_keys(model, len(waiting)) if waiting else [], strict=True):
            row.pk = drawn
    for field in model._meta.concrete_fields:
        if field.is_relation:
            for row in rows:
                if getattr(row, field.attname) is None and field.is_cached(row):  # type: ignore[attr-defined]
                    related = field.get_cached_value(row)  # type: ignore[attr-defined]
                    setattr(row, field.attname, related.pk if related is not None else None)


def _settle_moments(model: type[models.Model], rows: Sequence[Any]) -> None:
    """Moments that Django fills on saving; one given beforehand stays."""
    for field in model._meta.concrete_fields:
        if getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False):
            for row in rows:
                if getattr(row, field.attname) is None:
                    field.pre_save(row, True)


def _store(model: type[models.Model], attnames: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    by_attname = {field.attname: field for field in model._meta.concrete_fields}
    fields = [by_attname[attname] for attname in attnames]
    wrapped = [(place, wrap) for place, field in enumerate(fields) if (wrap := _wrapping(field))]
    ready = (_wrapped(values, wrapped) if wrapped else values for values in rows)
    table, columns = f'"{model._meta.db_table}"', ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    with connection.wrap_database_errors, connection.cursor() as cursor:
        if len(rows) <= FEW:
            one = f"({', '.join(['%s'] * len(fields))})"
            every = [value for values in ready for value in values]
            cursor.execute(f"INSERT INTO {table} ({columns}) VALUES {', '.join([one] * len(rows))}", every)  # noqa: S608 - names of the model’s own
            return
        cursor.execute("SELECT row_security_active(%s::regclass)", [table])
        if not cursor.fetchone()[0]:
            _copy(cursor, table, columns, ready)
            return
        cursor.execute(f"CREATE TEMPORARY TABLE arriving ON COMMIT DROP AS SELECT {columns} FROM {table} WITH NO DATA")  # noqa: S608 - as above
        _copy(cursor, "arriving", columns, ready)
        cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM arriving")  # noqa: S608 - as above
        cursor.execute("DROP TABLE arriving")


def _copy(cursor: Any, into: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    with cursor.copy(f"COPY {into} ({columns}) FROM STDIN") as copy:
        for values in rows:
            copy.write_row(values)


def _wrapped(values: Sequence[Any], wrapped: Sequence[tuple[int, Callable[[Any], Any]]]) -> Sequence[Any]:
    changed = list(values)
    for place, wrap in wrapped:
        changed[place] = wrap(changed[place])
    return changed


def _wrapping(field: models.Field) -> Callable[[Any], Any] | None:
    """How a column's values are handed over, where not as they are."""
    return _as_json if isinstance(field, models.JSONField) else None


def _as_json(value: Any) -> Jsonb | None:
    return None if value is None else Jsonb(value)
