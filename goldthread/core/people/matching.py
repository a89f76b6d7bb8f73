"""Is this somebody we already know? Asked before anyone is created, and over everyone on file.

Evidence is added up and shown; nothing is ever decided here. The draft national matching profile
(PUB03) leaves sex and gender out, because they are wrong too often: here too they only ever count against.
"""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

from django.db.models import Q
from django.utils import timezone

from goldthread.core.people.asking import Word, read_words
from goldthread.core.people.evidence import Evidence, KnownName, of_birth, of_word, of_years
from goldthread.core.people.facts import Name, Number, Place
from goldthread.core.people.folding import fold, phone_key, postcode_key
from goldthread.core.people.hits import Hit, fold_merged, names_on_file
from goldthread.core.people.identifier_systems import system
from goldthread.core.people.keys import day_key, identifier_keys, near_birth_keys, phone_keys, postcode_keys
from goldthread.core.people.kinds import PARENTAL
from goldthread.core.people.models import Identifier, NotThisPerson, Person, PersonAddress, PersonName, Relationship
from goldthread.core.people.search import Group, word_group
from goldthread.ground.access.belt import over_everyone
from goldthread.ground.access.predicate import withheld_among

CANDIDATES = 300
WORTH_SHOWING = 0.3
SHOWN = 20


@dataclass(frozen=True)
class DescribedPerson:
    """Someone as a caller, a form or a partner's message describes them. Everything may be missing.

    `age` is in years on `on`. `parents` are names. `at_same_school` are keys of people known to be at
    the school described: education is kept in a room beside this one.
    """

    name: Name = field(default_factory=Name)
    born_on: dt.date | None = None
    born_accuracy: str | None = None
    age: int | None = None
    on: dt.date | None = None
    sex: str | None = None
    place: Place | None = None
    phones: Sequence[str] = ()
    numbers: Sequence[Number] = ()
    parents: Sequence[Name] = ()
    at_same_school: frozenset[int] = frozenset()

    @property
    def key(self) -> str:
        """The same for the same description however it is spelt and punctuated; what `remember_not_this_person` keeps."""
        told = [
            fold(" ".join(self.name.given_names)), fold(" ".join(self.name.family_names)), str(self.born_on or self.age or ""),
            *([postcode_key(self.place.postcode)] if self.place and self.place.postcode else []), *sorted(map(phone_key, self.phones)),
            *sorted(f"{n.system} {system(n.system).compact(n.value)}" for n in self.numbers),
        ]  # fmt: skip
        return "described:" + hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]

    @property
    def given(self) -> list[Word]:
        return read_words(" ".join([*self.name.given_names, *([self.name.preferred] if self.name.preferred else [])]))

    @property
    def family(self) -> list[Word]:
        return read_words(" ".join(self.name.family_names))

    @property
    def years(self) -> tuple[int, ...]:
        if self.age is None:
            return ()
        year = (self.on or timezone.localdate()).year
        return (year - self.age - 1, year - self.age)


@over_everyone()
def possible_matches(described: DescribedPerson, user: object = None, *, but: Person | None = None) -> list[Hit]:
    """Who on file this may be, likeliest first, with the evidence for and against each.

    Runs over everyone, whatever `user` may see: a hidden child is created again and the history lost.
    Of one withheld from `user` only the fact of restriction is given. Protected identities (adoption)
    and children without a name are never matched; people once said not to be this one are left out.
    `but` compares a person on file with all others.
    """
    said_not = {f"person:{but.pk}"} if but else {described.key}
    refused = NotThisPerson.objects.filter(described_key__in=said_not).values("person")
    found = Person.objects.filter(_shares_enough(described), identity_protected=False).exclude(pk__in=refused)
    if but:
        found = found.exclude(pk=but.pk)
    people = list(found.select_related("search")[:CANDIDATES])
    hits = [hit for hit in _weigh_all(described, people) if hit.score >= WORTH_SHOWING]
    hits = [hit for hit in fold_merged(hits, Person.objects.all()) if but is None or hit.person_id != but.pk][:SHOWN]
    withheld = withheld_among(getattr(user, "pk", None) or 0, [hit.person_id for hit in hits])
    return [Hit(hit.person_id, is_restricted=True) if hit.person_id in withheld else hit for hit in hits]


def _shares_enough(described: DescribedPerson) -> Q:
    """A number, a telephone or two other things: never one common key alone."""
    groups = [word_group(word) for word in [*described.given[:2], *described.family[:2]]]
    if described.born_on:
        groups.append(Group(frozenset({day_key(described.born_on)}), frozenset(near_birth_keys(described.born_on))))
    if described.place and described.place.postcode:
        postcodes = frozenset(postcode_keys([described.place.postcode]))
        groups.append(Group(postcodes, postcodes))
    enough = Q(pk__in=[])
    for first, second in combinations(groups, 2):
        enough |= first.q(first.near) & second.q(second.near)
    certain = identifier_keys(system(n.system).compact(n.value) for n in described.numbers) | phone_keys(described.phones)
    return enough | Q(search__keys__overlap=sorted(certain)) if certain else enough


@dataclass
class OnFile:
    """What is held on the candidates, read once for all of them."""

    names: dict[int, list[KnownName]]
    numbers: dict[int, dict[str, set[str]]] = field(default_factory=dict)
    places: dict[int, set[str]] = field(default_factory=dict)
    parents: dict[int, list[list[KnownName]]] = field(default_factory=dict)


def _weigh_all(described: DescribedPerson, people: Sequence[Person]) -> list[Hit]:
    ids = [person.pk for person in people]
    on_file = OnFile(names_on_file(ids))
    if described.numbers:
        for pk, uri, value in Identifier.objects.filter(person__in=ids, until_on=None).values_list("person_id", "system", "value"):
            on_file.numbers.setdefault(pk, {}).setdefault(uri, set()).add(value)
    if described.place and described.place.key:
        for pk, place in PersonAddress.objects.filter(person__in=ids).values_list("person_id", "address__place_key"):
            on_file.places.setdefault(pk, set()).add(place or "")
    if described.parents:
        ties = dict.fromkeys(Relationship.objects.filter(person__in=ids, kind__in=PARENTAL).values_list("person_id", "other_id"))
        names = names_on_file({parent for _, parent in ties})
        for child, parent in ties:
            on_file.parents.setdefault(child, []).append(names.get(parent, []))
    return [_weigh(described, person, on_file) for person in people]


# Points for full agreement. A score of 1 is 100 points or more; 30 are worth showing, 80 very likely.
GIVEN, FAMILY, BORN, AGE, NUMBER, HOUSE, POSTCODE, PHONE, PARENT, SCHOOL = 22, 24, 34, 8, 80, 22, 12, 18, 16, 8
OTHER_GIVEN, OTHER_NUMBER, OTHER_SEX = -14, -30, -5


def _weigh(described: DescribedPerson, person: Person, on_file: OnFile) -> Hit:
    names = on_file.names.get(person.pk, [])
    points: list[tuple[float, str]] = [*_names(described, names), *_birth(described, person)]
    points += _numbers(described, on_file.numbers.get(person.pk, {}))
    keys = set(person.search.keys)
    if described.place and described.place.key in on_file.places.get(person.pk, set()):
        points.append((HOUSE, "same address"))
    elif described.place and described.place.postcode and postcode_keys([described.place.postcode]) & keys:
        points.append((POSTCODE, "same postcode"))
    if phone_keys(described.phones) & keys:
        points.append((PHONE, "same telephone number"))
    for parent in described.parents:
        points += _parent(parent, on_file.parents.get(person.pk, []))
    if person.pk in described.at_same_school:
        points.append((SCHOOL, "same school"))
    if described.sex in ("F", "M") and person.sex in ("F", "M") and person.sex != described.sex:
        points.append((OTHER_SEX, "different sex"))
    score = max(0.0, min(1.0, sum(p for p, _ in points) / 100))
    return Hit(person.pk, person, score, [words for p, words in points if p > 0], [words for p, words in points if p < 0])


def _names(described: DescribedPerson, names: Sequence[KnownName]) -> list[tuple[float, str]]:
    points: list[tuple[float, str]] = []
    for words, worth, differs in ((described.given, GIVEN, OTHER_GIVEN), (described.family, FAMILY, 0)):
        evidence = [of_word(word, names) for word in words]
        best = sorted((e for e in evidence if e), key=lambda e: -e.share)
        if best:
            # A second given name adds little to the first, and its absence takes nothing away.
            points += [(worth * best[0].share, best[0].words), *((worth / 4 * e.share, e.words) for e in best[1:])]
        elif words and names and differs:
            points.append((differs, f"different first name: {names[0].shown}"))
    return points


def _birth(described: DescribedPerson, person: Person) -> list[tuple[float, str]]:
    evidence: Evidence | None = None
    worth = BORN
    if described.born_on and (described.born_accuracy or "AAA") == "AAA":
        evidence = of_birth(described.born_on, person)
    elif described.born_on or described.years:
        worth = AGE
        evidence = of_years([described.born_on.year] if described.born_on else described.years, person)
    return [(worth * evidence.share * (0.7 if evidence.share < 0 else 1), evidence.words)] if evidence else []


def _numbers(described: DescribedPerson, held: dict[str, set[str]]) -> list[tuple[float, str]]:
    points: list[tuple[float, str]] = []
    for number in described.numbers:
        known = held.get(number.system)
        if known:
            same = system(number.system).compact(number.value) in known
            words = system(number.system).words
            points.append((NUMBER, f"same {words}") if same else (OTHER_NUMBER, f"different {words}"))
    return points


def _parent(told: Name, parents: Sequence[Sequence[KnownName]]) -> list[tuple[float, str]]:
    """A parent counts when both parts told agree; a given name alone counts half."""
    words = [*read_words(" ".join(told.given_names))[:1], *read_words(" ".join(told.family_names))]
    for names in parents:
        shares = [evidence.share for word in words if (evidence := of_word(word, names))]
        if shares and len(shares) == len(words):
            worth = PARENT if len(words) > 1 else PARENT / 2
            return [(worth * min(shares), f"a parent is named {' '.join([*told.given_names, *told.family_names])}")]
    return []


def describe_person(person: Person) -> DescribedPerson:
    """Someone on file as a description, so that duplicates of them can be looked for."""
    usual = PersonName.objects.filter(person=person, until_on=None).order_by("pk").first()
    return DescribedPerson(
        name=Name(usual.given_names, usual.family_names, usual.preferred) if usual else Name(),
        born_on=person.born_on,
        born_accuracy=person.born_accuracy,
        sex=person.sex,
        numbers=[Number(row.system, row.value) for row in person.identifiers.filter(until_on=None)],
    )
