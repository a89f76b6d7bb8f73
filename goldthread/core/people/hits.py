"""What a search or a comparison gives back."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from goldthread.core.people.evidence import KnownName, known_names
from goldthread.core.people.models import Person, PersonName


@dataclass
class Hit:
    """Someone found, and why. `score` runs from 0 to 1.

    For a person whose record is restricted from the one asking, everything is empty but `person_id`
    and `is_restricted`: the page says to stop and ring the restricted-records lead.
    `also` are references of duplicates merged into this person by which it was found.
    """

    person_id: int
    person: Person | None = None
    score: float = 0.0
    why: list[str] = field(default_factory=list)
    against: list[str] = field(default_factory=list)
    also: list[str] = field(default_factory=list)
    is_restricted: bool = False

    @property
    def strength(self) -> str:
        """In words: how likely it is that this is the one."""
        return "very likely" if self.score >= 0.8 else "likely" if self.score >= 0.6 else "possible"


def names_on_file(person_ids: Collection[int]) -> dict[int, list[KnownName]]:
    """Every name each person has gone by, in the words a search compares."""
    today = timezone.localdate()
    found: dict[int, list[KnownName]] = defaultdict(list)
    rows = PersonName.objects.filter(person__in=person_ids).values_list(
        "person_id", "use", "given_names", "family_names", "preferred", "until_on"
    )
    for person_id, use, given, family, preferred, until_on in rows:
        found[person_id] += known_names(use, given, family, preferred, until_on is not None and until_on <= today)
    return found


SURVIVORS = """
WITH RECURSIVE chain(found, person) AS (
    SELECT id, merged_into_id FROM people_person WHERE id = ANY(%s) AND merged_into_id IS NOT NULL
  UNION
    SELECT chain.found, p.merged_into_id FROM chain JOIN people_person p ON p.id = chain.person WHERE p.merged_into_id IS NOT NULL
)
SELECT found, person FROM chain JOIN people_person p ON p.id = chain.person WHERE p.merged_into_id IS NULL
"""


def survivors(person_ids: Iterable[int]) -> dict[int, int]:
    """For each of these that is merged into another: the person it stands as now. Follows merges of merges."""
    with connection.cursor() as cursor:
        cursor.execute(SURVIVORS, [list(person_ids)])
        return dict(cursor.fetchall())


def fold_merged(hits: list[Hit], seen: QuerySet[Person]) -> list[Hit]:
    """One hit for a person and all its merged duplicates, shown as the person kept; best first."""
    if duplicates := [hit.person_id for hit in hits if hit.person is not None and hit.person.merged_into_id]:
        merged = survivors(duplicates)
        kept = {person.pk: person for person in seen.filter(pk__in=set(merged.values()))}
        hits = [hit for hit in hits if merged.get(hit.person_id, hit.person_id) in kept or hit.person_id not in merged]
        by_person: dict[int, Hit] = {hit.person_id: hit for hit in hits if hit.person_id not in merged}
        for hit in hits:
            if hit.person_id in merged and hit.person is not None:
                survivor = merged[hit.person_id]
                standing = by_person.setdefault(survivor, Hit(survivor, kept[survivor], hit.score, hit.why, hit.against))
                if standing.score < hit.score:
                    standing.score, standing.why, standing.against = hit.score, hit.why, hit.against
                standing.also.append(hit.person.reference)
        hits = list(by_person.values())
    return sorted(hits, key=lambda hit: (-hit.score, hit.person.sort_name or "" if hit.person else "", hit.person_id))
