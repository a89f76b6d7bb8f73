"""Makes ten boroughs of one in the database: simulating ten takes over an hour, copying nine a few minutes.

Every row that the filling wrote is copied, its keys moved on by the same distance everywhere, so that copies belong together
as the first do. Families of a copy are born some days earlier than the first's, or every search would find each child ten times.
One council stays one: agencies, services, rules, how many children live in it, and the trail are not copied.
"""

import argparse
import time
from collections.abc import Iterator
from typing import Any

import psycopg
from django.apps import apps
from django.db.models import Field, Model
from psycopg import sql

from goldthread.ground.boot.at_work import set_up_django

ROOMS_KEPT_ONCE = {"admin", "audit", "auth", "boot", "codes", "contenttypes", "dated", "insight", "jobs", "procrastinate", "sessions"}
TABLES_KEPT_ONCE = {"agencies_agency", "agencies_service", "people_searchkeys", "exchange_importrun", "exchange_importfault"}
OF_A_PERSON = {("access_restriction", "person"), ("access_grant", "person")}  # the ground knows people by key only
DAYS_BETWEEN_COPIES = 11
OF_A_REFERENCE = ("23456789", "BCDFGHJKMNPQRSTVWXYZ", "abcdefghjkmnpqrstuvwxyz")
PEOPLE_AT_ONCE = 5_000


def main() -> None:
    arguments = argparse.ArgumentParser()
    for name, kind in (("--times", int), ("--admin", str)):
        arguments.add_argument(name, type=kind, required=True)
    asked = arguments.parse_args()
    set_up_django()
    began = time.monotonic()
    tables = list(copied())
    distances = {}
    with psycopg.connect(asked.admin) as admin:
        admin.execute("SET session_replication_role = replica")  # neither foreign keys nor the trail, for this connection
        for model in tables:
            distances[model._meta.db_table] = distance(admin, model)
        for copy in range(1, asked.times):
            for model in tables:
                admin.execute(statement(model, distances, copy))
            print(f"  {copy + 1} of {asked.times} boroughs ({time.monotonic() - began:.0f} s)", flush=True)
        for model in tables:
            move_sequence(admin, model)
    make_search_keys()
    print(f"Made {asked.times} boroughs of one in {time.monotonic() - began:.0f} s", flush=True)


def copied() -> Iterator[type[Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label not in ROOMS_KEPT_ONCE and model._meta.db_table not in TABLES_KEPT_ONCE and model._meta.managed:
            yield model


def distance(admin: psycopg.Connection, model: type[Model]) -> int:
    """Further than the largest key, so that no copy meets another; 0 where the key is another table's."""
    pk = model._meta.pk
    if pk is None or pk.is_relation:
        return 0
    column, table = _name(pk.column), _name(model._meta.db_table)
    row = admin.execute(sql.SQL("SELECT coalesce(max({}), 0) + 1000 FROM {}").format(column, table)).fetchone()
    return int(row[0]) if row else 0


def statement(model: type[Model], distances: dict[str, int], copy: int) -> sql.Composed:
    table = _name(model._meta.db_table)
    columns = [field.column for field in model._meta.concrete_fields]
    pk = model._meta.pk
    assert pk is not None
    origin = sql.SQL("{} <= {}").format(_name(pk.column), sql.Literal(_first(model, distances)))
    values = [_value(model, field, distances, copy) for field in model._meta.concrete_fields]
    return sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {} WHERE {}").format(
        table, sql.SQL(", ").join(map(_name, columns)), sql.SQL(", ").join(values), table, origin
    )


def _name(name: str | None) -> sql.Identifier:
    assert name is not None
    return sql.Identifier(name)


def _first(model: type[Model], distances: dict[str, int]) -> int:
    """The largest key a row of the first borough can have."""
    pk = model._meta.pk
    while pk is not None and pk.is_relation:
        pk = pk.related_model._meta.pk  # type: ignore[union-attr]
    assert pk is not None
    return distances[pk.model._meta.db_table]


def _value(model: type[Model], field: "Field[Any, Any]", distances: dict[str, int], copy: int) -> sql.Composable:
    table, column = model._meta.db_table, _name(field.column)
    by = 0
    if (table, field.column) in OF_A_PERSON:
        by = distances["people_person"]
    elif field.related_model is not None:
        by = _first(field.related_model, distances) if _is_copied(field.related_model) else 0
    elif field.primary_key:
        by = distances[table]
    if by:
        return sql.SQL("{} + {}").format(column, sql.Literal(by * copy))
    if field.name == "reference":
        return sql.SQL("translate({}, {}, {})").format(column, sql.Literal("".join(OF_A_REFERENCE)), sql.Literal(_turned(copy)))
    if (table, field.column) in {("access_user", "username"), ("people_identifier", "value")}:
        return sql.SQL("{} || {}").format(column, sql.Literal(f"-copy-{copy}"))
    if table == "people_person" and field.column in {"born_on", "expected_on", "died_on"}:
        return sql.SQL("{} - {}").format(column, sql.Literal(copy * DAYS_BETWEEN_COPIES))
    return column


def _is_copied(model: type[Model]) -> bool:
    return model._meta.app_label not in ROOMS_KEPT_ONCE and model._meta.db_table not in TABLES_KEPT_ONCE


def _turned(by: int) -> str:
    """Digits turn among digits and letters among letters: a reference stays one that could be drawn. A row that has been all round turns back to front."""
    turned = [row[::-1] if by // len(row) % 2 else row for row in OF_A_REFERENCE]
    return "".join(row[by % len(row) :] + row[: by % len(row)] for row in turned)


def move_sequence(admin: psycopg.Connection, model: type[Model]) -> None:
    pk = model._meta.pk
    if pk is None or pk.is_relation:
        return
    table, column = model._meta.db_table, pk.column
    admin.execute(
        sql.SQL("SELECT setval(pg_get_serial_sequence({}, {}), (SELECT coalesce(max({}), 1) FROM {}))").format(
            sql.Literal(table), sql.Literal(column), _name(column), _name(table)
        )
    )


def make_search_keys() -> None:
    """By the product's own rule, since the copies were born on other days."""
    from goldthread.core.people.actions import index_anew
    from goldthread.core.people.models import Person
    from goldthread.ground.audit.acting import acting

    without = list(Person.objects.filter(search=None, merged_into=None).order_by("pk").values_list("pk", flat=True))
    for at in range(0, len(without), PEOPLE_AT_ONCE):
        with acting(system="bench"):
            index_anew(people=without[at : at + PEOPLE_AT_ONCE])


if __name__ == "__main__":
    main()
