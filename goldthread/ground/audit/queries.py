"""How far the trail is sealed, and when somebody last verified it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection
from django.utils.timezone import localdate

from goldthread.ground.audit.models import Change, Seal, Verification
from goldthread.ground.boot.health import Finding

NEITHER_YESTERDAY_NOR_THE_DAY_BEFORE = timedelta(days=2)


def newest_seal() -> Seal | None:
    return Seal.objects.order_by("-number").first()


def last_verification() -> Verification | None:
    return Verification.objects.order_by("-pk").first()


def seal_in_words(seal: Seal) -> str:
    """The line to keep elsewhere."""
    return f"Audit trail sealed to {seal.day:%Y-%m-%d}, seal {seal.number}: {bytes(seal.hash).hex()}"


def sealed() -> Finding:
    """Whether the days that are over are sealed; a new database has none yet."""
    newest = newest_seal()
    begun = newest.day if newest else None
    if begun is None:
        first = Change.objects.order_by("pk").first()
        begun = localdate(first.at) if first else localdate()
    behind = localdate() - begun > NEITHER_YESTERDAY_NOR_THE_DAY_BEFORE
    words = f"The trail is sealed to {newest.day:%Y-%m-%d}" if newest else "The trail is not sealed yet"
    return Finding("seal", not behind, f"{words}: is “goldthread worker” running?" if behind else f"{words}.")


def verified() -> Finding:
    """Ill as long as the latest verification found the trail not whole."""
    last = last_verification()
    if last is None:
        return Finding("trail", True, "Nobody has verified the trail yet.")
    when = f"verified on {localdate(last.at):%Y-%m-%d}"
    return Finding("trail", last.is_whole, f"The trail was {when} and found {'whole' if last.is_whole else 'NOT whole'}.")


def at_work_before(moments: Sequence[datetime], minutes: int = 15) -> list[int]:
    """How many people had looked at something in the minutes before each of these moments. One query; nobody is named."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT (SELECT count(DISTINCT user_id) FROM audit_reading r WHERE r.at >= m.at - make_interval(mins => %s) AND r.at < m.at)
                 FROM unnest(%s::timestamptz[]) WITH ORDINALITY AS m(at, n) ORDER BY n""",
            [minutes, list(moments)],
        )
        return [count for (count,) in cursor.fetchall()]
