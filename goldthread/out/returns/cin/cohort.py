"""Which children a census may hold: found by the database, in one query, among everybody ever referred.

Every child with an episode open at some time in the year, and every one referred in the year with no further action. A child is
named here where, from some referral on, there are more referrals than closures before the year; what is then read of the child
says which episodes are told.
"""

from django.db import connection

from goldthread.core.people.models import Person
from goldthread.out.returns.cin.asked import Asked
from goldthread.out.returns.cin.facts import rows

REFERRALS = """FROM records_record r JOIN records_recordchild l ON l.record_id = r.id AND l.removed_at IS NULL
    LEFT JOIN front_door_referral f ON f.record_id = r.id LEFT JOIN stands s ON s.id = l.child_id
    WHERE r.kind = 'front_door.referral' AND r.state <> 'void' AND r.happened_on <= %s
      AND (%s::text[] IS NULL OR r.responsible_authority = ANY(%s))"""
COHORT = f"""WITH stands AS (SELECT * FROM unnest(%s::bigint[], %s::bigint[]) AS stands(id, child)), steps AS (
    SELECT coalesce(s.child, l.child_id) AS child, r.happened_on AS day, 1 AS step {REFERRALS} AND f.is_nfa IS NOT TRUE
  UNION ALL
    SELECT coalesce(s.child, l.child_id), c.closed_on, -1
    FROM family_help_closure c JOIN records_record r ON r.id = c.record_id AND r.state <> 'void'
    JOIN records_recordchild l ON l.record_id = r.id AND l.removed_at IS NULL
    LEFT JOIN front_door_referral f ON f.record_id = r.follows_id LEFT JOIN stands s ON s.id = l.child_id
    WHERE c.closed_on < %s AND f.is_nfa IS NOT TRUE
), balances AS (SELECT child, sum(step) OVER (PARTITION BY child ORDER BY day DESC, step) AS balance FROM steps)
SELECT child FROM balances WHERE balance > 0
UNION SELECT coalesce(s.child, l.child_id) {REFERRALS} AND f.is_nfa AND r.happened_on >= %s
ORDER BY 1"""  # noqa: S608 (from declarations, no input)


def candidates(asked: Asked, duplicates: dict[int, int]) -> list[int]:
    """Keys of the children to be read, the oldest row first."""
    whole_tables = (
        "SET LOCAL enable_nestloop = "  # it asks of everybody: row by row it would take minutes where the database has no figures yet
    )
    with connection.cursor() as cursor:
        cursor.execute(whole_tables + "off")
    referred = [asked.until, asked.authorities, asked.authorities]
    found = rows(COHORT, list(duplicates), list(duplicates.values()), *referred, asked.first_day, *referred, asked.eve)
    with connection.cursor() as cursor:
        cursor.execute(whole_tables + "DEFAULT")
    return [child for (child,) in found]


def standing_for() -> dict[int, int]:
    """Every row merged into another → the child it stands for in the end."""
    merged: dict[int, int] = dict(Person.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into_id"))
    found = {}
    for row, into in merged.items():
        while into in merged:
            into = merged[into]
        found[row] = into
    return found
