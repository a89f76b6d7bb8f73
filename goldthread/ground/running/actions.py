"""Minutes are written down, added to what other processes wrote of the same minute, and forgotten after thirteen months."""

from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from goldthread.ground.running.measuring import Measured
from goldthread.ground.running.models import Minute

FORGOTTEN_AFTER = timedelta(days=396)
ADD = """
INSERT INTO running_minute AS m (at, answered, failed, took, is_database_away) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (at) DO UPDATE SET answered = m.answered + EXCLUDED.answered, failed = m.failed + EXCLUDED.failed,
  took = (SELECT array_agg(coalesce(mine, 0) + coalesce(theirs, 0) ORDER BY n)
            FROM unnest(m.took, EXCLUDED.took) WITH ORDINALITY AS t(mine, theirs, n)),
  is_database_away = m.is_database_away OR EXCLUDED.is_database_away
"""


def keep(minutes: dict[datetime, Measured]) -> None:
    rows = [(at, one.answered, one.failed, one.took, one.is_database_away) for at, one in minutes.items()]
    with connection.cursor() as cursor:
        cursor.executemany(ADD, rows)


def forget() -> int:
    """How many minutes were forgotten."""
    gone, _ = Minute.objects.filter(at__lt=timezone.now() - FORGOTTEN_AFTER).delete()
    return gone
