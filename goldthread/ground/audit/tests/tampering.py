"""A trail to be sealed, and somebody who owns the database."""

import psycopg
import pytest
from django.utils.timezone import localdate

from goldthread.core.agencies.models import Agency
from goldthread.ground.audit import actions
from goldthread.ground.audit.acting import acting
from goldthread.ground.audit.models import Change, Seal
from goldthread.ground.audit.reading import log_reading
from goldthread.ground.audit.verifying import Verified
from goldthread.ground.boot.settings import settings

committed = pytest.mark.django_db(transaction=True)


def schools(*names: str) -> None:
    with acting(None, system="test"):
        for name in names:
            Agency.objects.create(name=name, kind="school")
            log_reading(None, "view", f"school {name}", [1, 2])


def as_owner(*statements: str) -> None:
    """Somebody who owns the database: no trigger and no grant holds them."""
    with psycopg.connect(settings.database_owner_url) as owner:
        for table in ("audit_change", "audit_reading", "audit_seal", "audit_sealedblock"):
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        owner.execute("SET CONSTRAINTS ALL DEFERRED")
        for statement in statements:
            owner.execute(statement)
        owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("audit_change", "audit_reading", "audit_seal", "audit_sealedblock"):
            owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def long_ago(days: int) -> None:
    """All that is in the trails and not sealed happened so many days ago."""
    as_owner(
        *(
            f"UPDATE {table} SET at = at - interval '{days} days' "
            f"WHERE id > (SELECT coalesce(max(last_key), 0) FROM audit_seal WHERE trail = '{table}')"
            for table in ("audit_change", "audit_reading")
        )
    )


def seal() -> int | None:
    with acting(None, system="seal"):
        return actions.seal()


def keys_of(day: int) -> list[int]:
    one = Seal.objects.filter(trail="audit_change").order_by("day")[day]
    return list(
        Change.objects.filter(pk__range=(one.first_key, one.last_key), table="agencies_agency").order_by("pk").values_list("pk", flat=True)
    )


def wrong_in(found: Verified) -> list[str]:
    return [f"{one.trail} {(localdate() - one.day).days}: {words}" for one in found.days for words in one.wrong] + found.wrong
