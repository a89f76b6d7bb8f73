"""Which looks are explained by a link between worker and person on the day: allocation, line, involvement, task, writing, permit, sight, duty."""

from collections.abc import Callable, Iterable
from datetime import date

from django.db import connection

# These duties are to look at records that one does not work with; what else is odd about a look is still found.
DUTIES = ("information_governance", "restricted_lead", "principal_social_worker", "data_officer", "inspector")
DESK = ("front_door", "out_of_hours")

# A person stands for themselves, those one tie away, and brothers and sisters by a shared parent: who works with one looks at the others.
LINKED = """
WITH RECURSIVE pair AS (SELECT * FROM unnest(%(users)s::bigint[], %(people)s::bigint[]) AS pair(u, p)),
kin AS (
    SELECT DISTINCT p, p AS k FROM pair
  UNION SELECT pair.p, r.other_id FROM pair JOIN people_relationship r ON r.person_id = pair.p
  UNION SELECT pair.p, r.person_id FROM pair JOIN people_relationship r ON r.other_id = pair.p
  UNION SELECT pair.p, o.person_id FROM pair JOIN people_relationship r ON r.person_id = pair.p
         JOIN people_relationship o ON o.other_id = r.other_id
), is_worker AS (
    SELECT s.user_id AS u, s.worker_id AS w FROM agencies_signin s
     WHERE s.user_id = ANY(%(users)s) AND (s.from_on IS NULL OR s.from_on <= %(day)s) AND (s.until_on IS NULL OR s.until_on > %(day)s)
), acting_as AS (
    SELECT u, w FROM is_worker
  UNION SELECT is_worker.u, c.away_id FROM is_worker JOIN agencies_cover c ON c.covering_id = is_worker.w
     WHERE (c.from_on IS NULL OR c.from_on <= %(day)s) AND (c.until_on IS NULL OR c.until_on > %(day)s)
), held AS (
    SELECT a.u, p.id, p.team_id, p.is_manager FROM acting_as a JOIN agencies_holding h ON h.worker_id = a.w JOIN agencies_post p ON p.id = h.post_id
     WHERE (h.from_on IS NULL OR h.from_on <= %(day)s) AND (h.until_on IS NULL OR h.until_on > %(day)s)
), below AS (
    SELECT u, id, team_id FROM held WHERE is_manager
  UNION SELECT below.u, p.id, p.team_id FROM below JOIN agencies_post p ON p.reports_to_id = below.id
), in_team AS (
    SELECT u, team_id FROM held UNION SELECT u, team_id FROM below
), has_duty AS (
    SELECT a.u, d.role FROM acting_as a JOIN agencies_duty d ON d.worker_id = a.w
     WHERE (d.from_on IS NULL OR d.from_on <= %(day)s) AND (d.until_on IS NULL OR d.until_on > %(day)s)
)
SELECT pair.u, pair.p FROM pair JOIN has_duty d ON d.u = pair.u AND d.role = ANY(%(duties)s)
UNION
SELECT pair.u, pair.p FROM pair JOIN access_grant g ON g.user_id = pair.u AND g.person = pair.p AND g.from_at::date <= %(day)s AND g.until_at::date >= %(day)s
UNION
SELECT pair.u, pair.p FROM pair JOIN kin ON kin.p = pair.p
  JOIN agencies_allocation a ON a.child_id = kin.k AND (a.from_on IS NULL OR a.from_on <= %(day)s) AND (a.until_on IS NULL OR a.until_on >= %(day)s)
  LEFT JOIN acting_as x ON x.u = pair.u AND x.w = a.worker_id LEFT JOIN in_team t ON t.u = pair.u AND t.team_id = a.team_id
 WHERE x.u IS NOT NULL OR t.u IS NOT NULL
UNION
SELECT pair.u, pair.p FROM pair JOIN kin ON kin.p = pair.p
  JOIN agencies_involvement i ON i.child_id = kin.k AND (i.from_on IS NULL OR i.from_on <= %(day)s) AND (i.until_on IS NULL OR i.until_on >= %(day)s)
  JOIN acting_as x ON x.u = pair.u AND x.w = i.worker_id
UNION
SELECT pair.u, pair.p FROM pair JOIN kin ON kin.p = pair.p
  JOIN agencies_sight s ON s.child_id = kin.k AND s.from_on <= %(day)s AND s.until_on >= %(day)s
  JOIN is_worker x ON x.u = pair.u AND x.w = s.worker_id
UNION
SELECT pair.u, pair.p FROM pair JOIN kin ON kin.p = pair.p
  JOIN records_recordchild c ON c.child_id = kin.k AND c.removed_at IS NULL JOIN records_record r ON r.id = c.record_id
  LEFT JOIN has_duty d ON d.u = pair.u AND d.role = ANY(%(desk)s)
 WHERE (r.recorded_by_id = pair.u AND r.recorded_at::date BETWEEN %(day)s - %(own_days)s::int AND %(day)s + 1)
    OR (d.u IS NOT NULL AND r.recorded_at::date BETWEEN %(day)s - %(desk_days)s::int AND %(day)s + %(desk_days)s::int)
UNION
SELECT pair.u, pair.p FROM pair JOIN kin ON kin.p = pair.p
  JOIN records_recordchild c ON c.child_id = kin.k AND c.removed_at IS NULL
  JOIN work_task t ON t.record_id = c.record_id AND t.made_at::date <= %(day)s + 1
       AND (t.done_at IS NULL OR t.done_at::date >= %(day)s - %(own_days)s::int)
  JOIN acting_as x ON x.u = pair.u AND x.w = t.worker_id
"""

Pair = tuple[int, int]
# Rooms above know other links: which of these pairs one of theirs explains on the day.
ALSO: list[Callable[[list[Pair], date, dict[str, int]], set[Pair]]] = []


def linked(pairs: Iterable[Pair], day: date, limits: dict[str, int]) -> set[Pair]:
    """Those of the pairs (user, person) that something links."""
    listed = sorted(set(pairs))
    if not listed:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            LINKED,
            {
                "users": [user for user, _ in listed],
                "people": [person for _, person in listed],
                "day": day,
                "duties": list(DUTIES),
                "desk": list(DESK),
                "own_days": limits["own_days"],
                "desk_days": limits["desk_days"],
            },
        )
        found: set[Pair] = set(cursor.fetchall())
    return found.union(*(explained(listed, day, limits) for explained in ALSO))


def on_duty(day: date, duties: Iterable[str]) -> set[int]:
    """Users who held one of these duties on the day."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.user_id FROM agencies_duty d JOIN agencies_signin s ON s.worker_id = d.worker_id "
            "WHERE d.role = ANY(%(duties)s) AND (d.from_on IS NULL OR d.from_on <= %(day)s) AND (d.until_on IS NULL OR d.until_on >= %(day)s)",
            {"duties": list(duties), "day": day},
        )
        return {user for (user,) in cursor.fetchall()}
