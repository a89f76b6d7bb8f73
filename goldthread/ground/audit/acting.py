"""Who is acting, and why: told to the database for the length of one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

SETTINGS = ("app.actor", "app.purpose", "app.request", "app.over_everyone")


def actor_of(user: Any, system: str = "") -> str:
    """`user:12` for a signed-in person, `system:import` for the product itself, `anonymous` for neither."""
    if user is not None and getattr(user, "pk", None):
        return f"user:{user.pk}"
    return f"system:{system}" if system else "anonymous"


def name_actor(actor: str, purpose: str = "", request: str | None = None, reach: str = "", *, patience: int | None = None) -> None:
    """Name the actor for the rest of the current transaction (`SET LOCAL`: it ends with the transaction).

    Without a request, that of the transaction stays. Whoever is named reads no more than they may, until `over_everyone` says otherwise;
    `reach` gives back what held before. `patience` is after how many seconds the server stops a statement of
    the transaction; if none is given, what holds stays.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('app.actor', %s, true), set_config('app.purpose', %s, true),"
            " set_config('app.request', coalesce(%s, current_setting('app.request', true), ''), true),"
            " set_config('app.over_everyone', %s, true),"
            " set_config('statement_timeout', coalesce(%s, current_setting('statement_timeout')), true)",
            [actor, purpose, request, reach, f"{patience}s" if patience else None],
        )


def have_patience() -> None:
    """For the rest of the current transaction no statement is stopped: a commit that waits for a second machine and is
    stopped would be told as kept, and be on one machine only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', '0', true)")


def named_actor() -> tuple[str, str, str, str]:
    """Actor, purpose, request and reach of the current transaction; empty strings where none was named."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"coalesce(current_setting('{name}', true), '')" for name in SETTINGS))
        return cursor.fetchone()


@contextmanager
def acting(user: Any = None, *, purpose: str = "", system: str = "", request: str = "") -> Iterator[None]:
    """Open a transaction in which changes are written down as this person's (or this system's).

    Inside another `acting` the outer actor is restored at the end.
    """
    with transaction.atomic():
        before = named_actor()
        name_actor(actor_of(user, system), purpose, request)
        yield
        name_actor(*before)
