"""Who lives with whom: by household, or at one address."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from goldthread.core.people.kinds import PARENTAL
from goldthread.core.people.models import Person, Relationship
from goldthread.core.people.models.dated import holding_on
from goldthread.core.people.queries.merging import standing_as

Homes = dict[int, set[str]]
HOUSEHOLD = "household "  # and its key: a home by who lives together; the others by address
HOMES = """
WITH mine AS (
    SELECT household_id AS household, NULL::bigint AS address FROM people_householdmember
     WHERE person_id = ANY(%(me)s) AND (until_on IS NULL OR until_on > %(today)s)
  UNION ALL
    SELECT NULL, address_id FROM people_personaddress
     WHERE person_id = ANY(%(me)s) AND use IN ('home', 'temp') AND (until_on IS NULL OR until_on > %(today)s)
), households AS (
    SELECT m.* FROM people_householdmember m WHERE m.person_id = ANY(%(people)s)
  UNION
    SELECT m.* FROM mine JOIN people_householdmember m ON m.household_id = mine.household
), stays AS (
    SELECT a.person_id, a.address_id, a.use, a.until_on FROM people_personaddress a WHERE a.person_id = ANY(%(people)s)
  UNION
    SELECT a.person_id, a.address_id, a.use, a.until_on FROM mine JOIN people_personaddress a ON a.address_id = mine.address
), homes(person, home) AS (
    SELECT person_id, %(household)s || household_id FROM households WHERE until_on IS NULL OR until_on > %(today)s
  UNION
    SELECT person_id, 'address ' || address_id FROM stays WHERE use IN ('home', 'temp') AND (until_on IS NULL OR until_on > %(today)s)
)
SELECT p.*, homes.home
  FROM (SELECT unnest(%(people)s) UNION SELECT person FROM homes) named(id)
  JOIN people_person p ON p.id = named.id LEFT JOIN homes ON homes.person = p.id
 ORDER BY p.sort_name
"""


def homes_of(me: set[int], people: set[int]) -> tuple[Homes, dict[int, Person], list[Person]]:
    """Where each of these people lives now, the people themselves, and everyone who shares a home with `me`.

    Rows of a merged person count as one.
    """
    asked = {"me": list(me), "people": list(me | people), "today": timezone.localdate(), "household": HOUSEHOLD}
    homes: Homes = defaultdict(set)
    found: dict[int, Person] = {}
    for person in Person.objects.raw(HOMES, asked):
        if person.home:  # type: ignore[attr-defined]
            homes[person.pk].add(person.home)  # type: ignore[attr-defined]
        found[person.pk] = person
    mine = set().union(*(homes[pk] for pk in me)) if me else set()
    for pk in me:
        homes[pk] = mine
    return homes, found, [p for pk, p in found.items() if homes[pk] & mine and not (p.died_on or p.merged_into_id or p.pregnancy_ended_on)]


def adults_living_with(children: Iterable[Person]) -> list[Person]:
    """The adults of one household with these children now, and those related to a child or a parent who share its address.

    An address alone makes nobody family: a refuge or a hostel is the home of many who do not know each other. Four queries at most.
    """
    rows = set(standing_as([child.pk for child in children]))
    if not rows:
        return []
    homes, _, together = homes_of(rows, set())
    adults = [person for person in together if person.pk not in rows and not person.is_child]
    mine = set().union(*(homes[row] for row in rows))
    neighbours = [one.pk for one in adults if not any(home.startswith(HOUSEHOLD) for home in homes[one.pk] & mine)]
    strangers = set(neighbours) - _related(neighbours, rows) if neighbours else set()
    return [person for person in adults if person.pk not in strangers]


def _related(people: list[int], children: set[int]) -> set[int]:
    """Those of these people with any tie to one of the children, or to a parent of one."""
    ties = Relationship.objects.filter(holding_on(timezone.localdate()))
    parents = ties.filter(person__in=children, kind__in=PARENTAL).values_list("other", flat=True)
    family = set(standing_as([*children, *parents]))
    rows = standing_as(people)
    found = ties.filter(Q(person__in=family, other__in=set(rows)) | Q(person__in=set(rows), other__in=family))
    return {rows[pk] for tie in found.values_list("person", "other") for pk in tie if pk in rows}
