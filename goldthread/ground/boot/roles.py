"""The database's two roles: migrations run as the owner of the tables, everything else as a role that owns nothing.

A superuser, and an owner, may step around what the database itself refuses; the product therefore never works as either.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.db import connection

from goldthread.ground.boot.database import connection_settings
from goldthread.ground.boot.migrating import drawing_models_once
from goldthread.ground.boot.settings import settings
from goldthread.ground.boot.trouble import Trouble


@contextmanager
def as_owner() -> Iterator[None]:
    """Inside, Django's connection is the owner's. Not for use within a transaction."""
    if not settings.database_owner_url:
        raise Trouble("DATABASE_OWNER_URL is not set: give the address of the same database as the role that owns its tables.")
    owner = connection_settings(settings.database_owner_url)
    kept = {key: connection.settings_dict[key] for key in owner}
    # The database's name stays: tests and restores point the connection elsewhere.
    owner["NAME"] = kept["NAME"]
    connection.close()
    connection.settings_dict.update(owner)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(kept)


def bring_up_to_date(**options: Any) -> None:
    """Migrate as the owner, and see that the product's role may work with every table the owner has made."""
    role = str(connection.settings_dict["USER"])
    with as_owner():
        if connection.settings_dict["USER"] == role:
            raise Trouble("DATABASE_URL and DATABASE_OWNER_URL name the same role: the product must not own the tables it works on.")
        let_work(role)
        with drawing_models_once():
            call_command("migrate", interactive=False, **options)


def learn_sizes() -> None:
    """Has the database look at what was just filled: until it does, it takes every table for empty and goes the long way round."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def let_work(role: str) -> None:
    """Tables the owner makes from now on: read and write, never truncate or alter. What rooms take back, they take back after."""
    name = connection.ops.quote_name(role)
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {name}")
        cursor.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {name}")
        cursor.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {name}")
