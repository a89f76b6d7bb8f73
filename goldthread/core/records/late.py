"""What was written while the server could not be reached, and came in afterwards."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection


def sent_late(spans: Sequence[tuple[datetime, datetime]]) -> list[int]:
    """How many forms were begun to be held back in each of these spans of time (both ends included), and are on file now. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT (SELECT count(DISTINCT c.record_id) FROM records_faircopy c WHERE c.held_from >= s.since AND c.held_from <= s.until)
                 FROM unnest(%s::timestamptz[], %s::timestamptz[]) WITH ORDINALITY AS s(since, until, n) ORDER BY n""",
            [[since for since, _ in spans], [until for _, until in spans]],
        )
        return [count for (count,) in cursor.fetchall()]
