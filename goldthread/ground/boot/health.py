"""What `goldthread health` looks at: each a fact, whether it is well, and a sentence."""

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from goldthread.ground.boot.settings import settings

ENOUGH_DISK = 1_000_000_000
FAR_APART = 5  # seconds
LONGEST_WAIT = timedelta(minutes=15)


@dataclass(frozen=True)
class Finding:
    what: str
    is_well: bool
    sentence: str


def findings() -> Iterator[Finding]:
    """One finding after another; where the database does not answer, nothing that would ask it."""
    yield disk()
    try:
        yield database()
        yield clock()
        yield role()
        applied = migrations()
        yield applied
        for look in LOOKS if applied.is_well else []:
            yield look()
    except DatabaseError as refused:
        yield Finding("database", False, f"The database does not answer: {str(refused).splitlines()[0]}")


# Rooms above boot add what they know to look at.
LOOKS: list[Callable[[], Finding]] = []


def disk() -> Finding:
    free = shutil.disk_usage(settings.data_dir if settings.data_dir.exists() else settings.data_dir.parent).free
    return Finding("disk", free > ENOUGH_DISK, f"{free / 1e9:.1f} GB are free for {settings.data_dir}.")


def database() -> Finding:
    connection.ensure_connection()
    version = connection.cursor().connection.info.server_version
    return Finding("database", version >= 150000, f"PostgreSQL {version // 10000}.{version % 10000} answers.")


def clock() -> Finding:
    """Clocks that disagree by more than a few seconds put records out of order, and hours are counted in this work."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
        apart = time.time() - float(cursor.fetchone()[0])
    if abs(apart) > FAR_APART:
        return Finding(
            "clock", False, f"This machine’s clock is {abs(apart):.0f} seconds {'ahead of' if apart > 0 else 'behind'} the database’s."
        )
    return Finding("clock", True, "This machine’s clock and the database’s agree.")


def role() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, EXISTS (SELECT 1 FROM pg_class WHERE relowner = r.oid) FROM pg_roles r WHERE rolname = current_user"
        )
        name, is_superuser, owns = cursor.fetchone()
    if is_superuser or owns:
        return Finding(
            "role",
            False,
            f"The product works as “{name}”, which {'is a superuser' if is_superuser else 'owns tables'}: it could change the trail.",
        )
    return Finding("role", True, f"The product works as “{name}”, which owns nothing.")


def migrations() -> Finding:
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    return Finding(
        "migrations",
        not missing,
        f"{missing} migrations are to be applied: run “goldthread migrate”." if missing else "All migrations are applied.",
    )
