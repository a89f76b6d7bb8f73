"""The second belt: what the database itself keeps back from the product’s role, should a page forget to ask.

Rooms say which tables hang on people. Their rows are read only where an actor is named (see `ground.audit.acting`): asked by nobody, the
database refuses. Rows that say who a withheld person is, where they live, or what was written of them are besides kept from the user of a
live restriction without a grant, and of a declared conflict. It is coarse: who may see whom is said by the predicate alone.

The product itself (a job, a command) reads over everyone; on behalf of a user only what is wrapped in `over_everyone` does. What it holds
and what not: docs/security/second-belt.md.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from django.apps import apps
from django.db import connection, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from psycopg.pq import TransactionStatus

FUNCTIONS = """
CREATE OR REPLACE FUNCTION belt_is_over_everyone() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $body$
  SELECT coalesce(current_setting('app.over_everyone', true), '') = 'yes'
      OR coalesce(current_setting('app.actor', true), '') LIKE 'system:%'
$body$;

CREATE OR REPLACE FUNCTION belt_somebody_asks() RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $body$
BEGIN
  IF coalesce(current_setting('app.actor', true), '') ~ '^(user|link):' OR belt_is_over_everyone() THEN
    RETURN true;
  END IF;
  RAISE EXCEPTION 'No actor is set: reading what hangs on people was refused. Open goldthread.ground.audit.acting first.';
END $body$;

CREATE OR REPLACE FUNCTION belt_withheld(OUT person bigint) RETURNS SETOF bigint LANGUAGE sql STABLE PARALLEL SAFE ROWS 50 AS $body$
  SELECT r.person FROM access_restriction r
   WHERE r.ended_at IS NULL AND NOT EXISTS (
     SELECT 1 FROM access_grant g
      WHERE g.person = r.person AND 'user:' || g.user_id = current_setting('app.actor', true)
        AND g.from_at <= statement_timestamp() AND g.until_at > statement_timestamp()
   )
  UNION ALL
  SELECT c.person FROM access_conflict c
   WHERE 'user:' || c.user_id = current_setting('app.actor', true) AND c.ended_at IS NULL AND c.person IS NOT NULL
$body$;
"""

_roots: list[type[models.Model]] = []
_apart: set[type[models.Model]] = set()
_kept: dict[type[models.Model], str] = {}


def about(*roots: type[models.Model]) -> None:
    """Everything that hangs on these, by however many steps, is read by somebody or by nobody."""
    _roots.extend(roots)


def leave_apart(*those: type[models.Model]) -> None:
    """Not these: a search of theirs must be answered from an index that a policy would shut (its operator is not leakproof)."""
    _apart.update(those)


def withhold(model: type[models.Model], unless: str) -> None:
    """Rows of this model for which `unless` is not true are kept from a user. SQL; `belt_withheld()` says who is withheld."""
    _kept[model] = unless


@contextmanager
def over_everyone() -> Iterator[None]:
    """Inside, what is asked for a user is answered over everybody: to find a duplicate, to keep a secret out of a letter, to read a return.

    What is found may be weighed and counted; nobody is shown a withheld person by it. Also as a decorator, of a function that has read
    all it returns.
    """
    with nullcontext() if connection.in_atomic_block else transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.over_everyone', true), set_config('app.over_everyone', 'yes', true)")
        before = cursor.fetchone()[0] or ""
        try:
            yield
        finally:
            # After a fault of the database nothing is asked any more until it is rolled back, and this with it.
            if connection.connection.info.transaction_status == TransactionStatus.INTRANS:
                cursor.execute("SELECT set_config('app.over_everyone', %s, true)", [before])


def over_everyone_from_now_on() -> None:
    """For a command, which nobody signed in asked for: it reads over everyone until it ends. To write, it still names an actor."""
    connection_created.connect(_open_up, dispatch_uid="access.over_everyone")


def _open_up(connection: BaseDatabaseWrapper, **_: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.over_everyone', 'yes', false)")


def held() -> dict[str, str]:
    """Every table under the belt, and for which rows, in SQL, beside somebody asking."""
    found = {}
    for model in apps.get_models():
        if model not in _apart and model._meta.managed and not model._meta.proxy and any(_hangs_on(model, root, set()) for root in _roots):
            found[model._meta.db_table] = _kept.get(model, "")
    return found


def put_on(**_: object) -> None:
    """As the owner of the tables: a policy for each table that has none, or another than now."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FUNCTIONS)
        cursor.execute(
            "SELECT c.relname, obj_description(p.oid, 'pg_policy') FROM pg_policy p"
            " JOIN pg_class c ON c.oid = p.polrelid WHERE p.polname = 'belt'"
        )
        present = dict(cursor.fetchall())
        for table, unless in held().items():
            rows = "(SELECT belt_somebody_asks())" + (f" AND ((SELECT belt_is_over_everyone()) OR ({unless}))" if unless else "")
            mark = hashlib.sha256(rows.encode()).hexdigest()
            if present.get(table) != mark:
                cursor.execute(f'DROP POLICY IF EXISTS belt ON "{table}"')
                cursor.execute(f'CREATE POLICY belt ON "{table}" USING ({rows}) WITH CHECK (true)')
                cursor.execute(f"COMMENT ON POLICY belt ON \"{table}\" IS '{mark}'")
                cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')


def _hangs_on(model: type[models.Model], root: type[models.Model], seen: set[type[models.Model]]) -> bool:
    if model is root:
        return True
    seen.add(model)
    return any(
        _hangs_on(field.related_model, root, seen)
        for field in model._meta.concrete_fields
        if field.is_relation and isinstance(field.related_model, type) and field.related_model not in seen
    )
