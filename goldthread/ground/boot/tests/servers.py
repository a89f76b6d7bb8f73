"""Throw-away PostgreSQL servers for tests: embedded, or made from the system's programs; a template, and a clone per worker.

Nothing here writes a row: what a test needs, it makes through the product's own actions.
"""

import fcntl
import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
from django.db import connection, connections

from goldthread.ground.boot.database import connection_settings
from goldthread.ground.boot.postgres import THROWAWAY, InUse, Urls, embedded
from goldthread.ground.boot.roles import bring_up_to_date
from goldthread.ground.boot.settings import settings

CHECKOUT = Path(__file__).resolve().parents[4]
SHAPING = {".py", ".csv", ".sql", ".json", ".xml", ".toml", ".lock"}


def system_programs() -> Path | None:
    """The newest PostgreSQL this machine has of its own, version 15 or later."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    fit = [folder for folder in found if folder.parent.name.isdigit() and int(folder.parent.name) >= 15]
    return max(fit, key=lambda folder: int(folder.parent.name), default=None)


def start(kind: str, stack: ExitStack) -> Urls:
    """A server that lives as long as `stack`. A second session of the same checkout gets a second server."""
    programs = system_programs() if kind == "system" else None
    mark = hashlib.sha256(f"{CHECKOUT} {programs}".encode()).hexdigest()[:12]
    for number in range(100):
        folder = Path(tempfile.gettempdir()) / f"goldthread-tests-{os.geteuid()}-{mark}-{number}"
        try:
            urls = stack.enter_context(embedded(folder, options=THROWAWAY, programs=programs, share=False))
        except InUse:
            continue
        clear_away(urls)
        return urls
    raise AssertionError("a hundred test servers are running already")


def clear_away(urls: Urls) -> None:
    """Clones of killed sessions, and all but the latest two templates."""
    with psycopg.connect(urls.admin, autocommit=True) as admin:
        names = [name for (name,) in admin.execute("SELECT datname FROM pg_database ORDER BY oid DESC")]
        templates = [name for name in names if name.startswith("template_")]
        for name in [name for name in names if name.startswith(("test_", "building_"))] + templates[2:]:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def shape() -> str:
    """A hash of every file that may shape the database, so that a template is built again when one has changed."""
    digest = hashlib.sha256()
    for path in sorted([*CHECKOUT.glob("goldthread/**/*"), *CHECKOUT.glob("requirements/*.lock")]):
        if path.suffix in SHAPING and path.is_file() and "tests" not in path.parts:
            digest.update(str(path).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def alone(name: str) -> Iterator[None]:
    """One process at a time, among those of this user."""
    path = Path(tempfile.gettempdir()) / f"goldthread-tests-{os.geteuid()}-{hashlib.sha256(name.encode()).hexdigest()[:12]}.lock"
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def template(urls: Urls) -> str:
    """The name of a migrated database to clone; migrated as `owner`, and built only if it does not stand yet."""
    name = f"template_{shape()}"
    with alone(urls.admin), psycopg.connect(urls.admin, autocommit=True) as admin:
        if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return name
        building = f"building_{os.getpid()}_{time.monotonic_ns()}"
        admin.execute(f'CREATE DATABASE "{building}" OWNER owner')
        point(urls, building)
        bring_up_to_date(verbosity=0, run_syncdb=True)
        connection.close()
        admin.execute(f'ALTER DATABASE "{building}" RENAME TO "{name}"')
    return name


def clone(urls: Urls, source: str, name: str) -> None:
    with psycopg.connect(urls.admin, autocommit=True) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        # WAL_LOG copies block by block through memory: quicker than FILE_COPY's two checkpoints for a small database.
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}" OWNER owner STRATEGY wal_log')


def drop(urls: Urls, name: str) -> None:
    with psycopg.connect(urls.admin, autocommit=True) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def point(urls: Urls, name: str) -> None:
    """Django speaks to this database as `app`; changed in place, because other threads' connections share the dictionary."""
    connection.close()
    settings.database_url, settings.database_owner_url = urls.url("app", name), urls.url("owner", name)
    connection.settings_dict.update(connection_settings(settings.database_url))
    # What Django remembers of the last server's version is not true of this one.
    wrapper = connections[connection.alias]
    vars(wrapper).pop("pg_version", None)
    wrapper.features = wrapper.features_class(wrapper)
