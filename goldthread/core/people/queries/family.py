"""Who is family: one person's whole family for the page and the genogram, or the parents of many children at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from goldthread.core.people.kinds import CHILDREN, HALF, PARENTAL, PARTNERS, SIBLINGS, inverse, plain, words
from goldthread.core.people.models import Person, Relationship
from goldthread.core.people.models.dated import holding_on
from goldthread.core.people.queries.homes import Homes, homes_of
from goldthread.core.people.queries.merging import merged_with, standing_as


@dataclass(frozen=True)
class Relative:
    """Someone related to a person, named from that person's side whichever way round the tie is stored.

    `has_parental_responsibility` is the relative's for the person (for a child, the person's for the child).
    `lives_with` is None where a home of either is not on file.
    """

    person: Person
    kind: str
    words: str
    tie: Relationship
    lives_with: bool | None = None

    @property
    def has_parental_responsibility(self) -> bool | None:
        return self.tie.has_parental_responsibility

    @property
    def is_confirmed(self) -> bool:
        return self.tie.is_confirmed


@dataclass(frozen=True)
class Sibling:
    """`is_half` is None where the other parent of either is not on file. `shared` are the parents they share."""

    person: Person
    words: str
    is_half: bool | None
    shared: tuple[Person, ...]
    tie: Relationship | None = None
    lives_with: bool | None = None


@dataclass
class Family:
    """A person, everyone one tie away, siblings through parents, and who lives in the same home now.

    `ties` hold also those among the relatives (parents' partners, grandparents), for the genogram;
    `people` everyone named in them, by key.
    """

    person: Person
    parents: list[Relative] = field(default_factory=list)
    siblings: list[Sibling] = field(default_factory=list)
    children: list[Relative] = field(default_factory=list)
    partners: list[Relative] = field(default_factory=list)
    others: list[Relative] = field(default_factory=list)
    household: list[Person] = field(default_factory=list)
    people: dict[int, Person] = field(default_factory=dict)
    ties: list[Relationship] = field(default_factory=list)


def family_of(person: Person) -> Family:
    """The family as it stands today, in three queries (more where a relative is a merged duplicate)."""
    me = merged_with(person)
    rows = dict.fromkeys(me, person.pk) if person.merged_into_id is None else standing_as([person.pk])
    ties = _ties(me)
    keys = {pk for tie in ties for pk in (tie.person_id, tie.other_id)}
    homes, named, housemates = homes_of(me, keys)
    if merged := [key for key in keys if named[key].merged_into_id is not None]:
        homes, named, housemates = homes_of(me, keys | set(standing_as(merged).values()))
    for tie in ties:
        tie.person, tie.other = named[tie.person_id], named[tie.other_id]
    near = [tie for tie in ties if tie.person_id in me or tie.other_id in me]
    stands = _stands_as(ties, rows)
    people = {stands[p.pk].pk: stands[p.pk] for tie in ties for p in (tie.person, tie.other)}
    root = rows[person.pk]
    family = Family(person, people=people, ties=ties, household=[p for p in housemates if p.pk not in me])
    here = homes[root]
    parts = [(PARENTAL, family.parents), (CHILDREN, family.children), (PARTNERS, family.partners)]
    for tie in near:
        relative = _relative(tie, me, stands, here, homes)
        for kinds, part in parts:
            if relative.kind in kinds:
                part.append(relative)
                break
        else:
            if relative.kind not in SIBLINGS:
                family.others.append(relative)
    family.siblings = _siblings(root, ties, stands, homes)
    return family


def parents_of(children: Iterable[Person]) -> dict[int, list[Relative]]:
    """For each child: its parents, and anyone else with parental responsibility, wherever they live. Three queries at most.

    Parental responsibility alone releases nothing to anyone, and its absence excludes nobody.
    """
    asked = [child.pk for child in children]
    rows = standing_as(asked)
    ties = list(
        Relationship.objects.filter(holding_on(timezone.localdate()), person__in=set(rows))
        .filter(Q(kind__in=PARENTAL) | Q(has_parental_responsibility=True))
        .select_related("person", "other")
        .order_by("pk")
    )
    stands = _stands_as(ties, rows)
    found: dict[int, dict[int, Relative]] = defaultdict(dict)
    for tie in ties:
        relative = _relative(tie, {tie.person_id}, stands, set(), {})
        found[rows[tie.person_id]].setdefault(relative.person.pk, relative)
    return {child: list(found[rows[child]].values()) for child in asked}


def siblings_of(children: Iterable[Person]) -> dict[int, list[Sibling]]:
    """For each child: brothers and sisters, whole and half, through a shared parent or told outright. Three queries at most."""
    asked = [child.pk for child in children]
    rows = standing_as(asked)
    parental = Relationship.objects.filter(holding_on(timezone.localdate()), kind__in=PARENTAL)
    parents = parental.filter(person__in=set(rows)).values("other")
    siblings = parental.filter(other__in=parents).values("person")
    told = Q(kind__in=SIBLINGS) & (Q(person__in=set(rows)) | Q(other__in=set(rows)))
    ties = list(
        Relationship.objects.filter(holding_on(timezone.localdate()))
        .filter(Q(kind__in=PARENTAL, person__in=siblings) | told)
        .select_related("person", "other")
    )
    stands = _stands_as(ties, rows)
    return {child: _siblings(rows[child], ties, stands, {}) for child in asked}


def _stands_as(ties: Sequence[Relationship], rows: dict[int, int]) -> dict[int, Person]:
    """Each person named in these ties → the one it stands as; asks the database only where one is a merged duplicate."""
    named = {p.pk: p for tie in ties for p in (tie.person, tie.other)}
    merged = [pk for pk, p in named.items() if p.merged_into_id is not None]
    roots = {**(standing_as(merged) if merged else {}), **rows}
    missing = {roots[pk] for pk in merged} - set(named)
    named |= {p.pk: p for p in Person.objects.filter(pk__in=missing)} if missing else {}
    return {pk: named[roots[pk]] if pk in merged else p for pk, p in named.items()}


def _relative(tie: Relationship, me: set[int], stands: dict[int, Person], here: set[str], homes: Homes) -> Relative:
    code, other = (tie.kind, tie.other) if tie.person_id in me else (inverse(tie.kind), tie.person)
    person = stands[other.pk]
    return Relative(person, code, words(code, person.sex), tie, _together(here, homes.get(person.pk, set())))


def _together(here: set[str], there: set[str]) -> bool | None:
    return bool(here & there) if here and there else None


def _siblings(root: int, ties: Sequence[Relationship], stands: dict[int, Person], homes: Homes) -> list[Sibling]:
    parents: dict[int, dict[int, Person]] = defaultdict(dict)
    told: dict[int, Relationship] = {}
    for tie in ties:
        person, other = stands[tie.person_id], stands[tie.other_id]
        if tie.kind in PARENTAL:
            parents[person.pk][other.pk] = other
        elif tie.kind in SIBLINGS and root in (person.pk, other.pk):
            told[other.pk if person.pk == root else person.pk] = tie
    people = {p.pk: p for p in stands.values()}
    mine = parents[root]
    through = {pk for pk, theirs in parents.items() if pk != root and theirs.keys() & mine.keys()}
    found = []
    for pk in sorted(through | set(told), key=lambda pk: (people[pk].born_on or people[pk].expected_on or timezone.localdate(), pk)):
        shared = tuple(parent for key, parent in mine.items() if key in parents[pk])
        said = told.get(pk)
        is_half = _is_half(len(mine), len(parents[pk]), len(shared), said)
        told_as = plain(said.kind) if said else "sibling"
        code = "half_sibling" if is_half else told_as
        found.append(
            Sibling(
                people[pk],
                words(code, people[pk].sex),
                is_half,
                shared,
                said,
                _together(homes.get(root, set()), homes.get(pk, set())),
            )
        )
    return found


def _is_half(mine: int, theirs: int, shared: int, tie: Relationship | None) -> bool | None:
    if tie is not None and plain(tie.kind) != "sibling":
        return tie.kind in HALF
    if shared >= 2:
        return False
    if shared == 1 and mine >= 2 and theirs >= 2:
        return True
    return None


# The ties of a person, of everybody one tie away, and those of brothers and sisters to their parents.
TIES = """
WITH held AS NOT MATERIALIZED (
    SELECT * FROM people_relationship
     WHERE (from_on IS NULL OR from_on <= %(today)s) AND (until_on IS NULL OR until_on > %(today)s)
), near AS (
    SELECT id, person_id, other_id, kind FROM held WHERE person_id = ANY(%(me)s)
  UNION
    SELECT id, person_id, other_id, kind FROM held WHERE other_id = ANY(%(me)s)
), around AS (
    SELECT person_id AS id FROM near UNION SELECT other_id FROM near
), siblings AS (
    SELECT DISTINCT s.person_id AS id
      FROM near JOIN people_relationship s ON s.other_id = near.other_id AND s.kind = ANY(%(parental)s)
     WHERE near.person_id = ANY(%(me)s) AND near.kind = ANY(%(parental)s)
), found AS (
    SELECT held.id FROM around JOIN held ON held.person_id = around.id
  UNION
    SELECT held.id FROM around JOIN held ON held.other_id = around.id
  UNION
    SELECT held.id FROM siblings JOIN held ON held.person_id = siblings.id AND held.kind = ANY(%(parental)s)
)
SELECT r.* FROM found JOIN people_relationship r ON r.id = found.id ORDER BY r.id
"""


def _ties(me: set[int]) -> list[Relationship]:
    """Without the people themselves, who are read with their homes."""
    asked = {"me": list(me), "parental": list(PARENTAL), "today": timezone.localdate()}
    return list(Relationship.objects.raw(TIES, asked))
