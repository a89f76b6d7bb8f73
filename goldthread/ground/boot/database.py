"""Which database this process works on, and its address read into what Django asks for."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from goldthread.ground.boot.postgres import embedded
from goldthread.ground.boot.settings import settings


def connection_settings(url: str) -> dict[str, Any]:
    """Django's dictionary for a postgresql:// address; the host may be a socket folder (?host=/path)."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/") or "goldthread",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": parts.port or query.pop("port", ""),
        "OPTIONS": query,
    }


def standby_settings(url: str) -> dict[str, Any]:
    """Django's dictionary for the standby: even if the address leads to a primary, nothing is written through it."""
    found = connection_settings(url)
    found["OPTIONS"] = {**found["OPTIONS"], "options": "-c default_transaction_read_only=on"}
    return found


@contextmanager
def at_hand() -> Iterator[None]:
    """The database of the settings; without an address there, the embedded PostgreSQL for as long as the block lasts.

    To be entered before Django reads its settings. Child processes find the addresses in their environment.
    """
    if settings.database_url:
        yield
        return
    with embedded(settings.data_dir) as urls:
        settings.database_url = os.environ["DATABASE_URL"] = urls.app
        settings.database_owner_url = os.environ["DATABASE_OWNER_URL"] = urls.owner
        yield
