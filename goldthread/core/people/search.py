"""One search box for people: what is typed, who it may be, and why."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from operator import and_, or_

from django.db.models import Q
from django.utils import timezone

from goldthread.core.people.asking import Asked, Word, read
from goldthread.core.people.evidence import Evidence, KnownName, of_birth, of_month, of_word, of_years
from goldthread.core.people.hits import Hit, fold_merged, names_on_file
from goldthread.core.people.keys import (
    day_key,
    exact_key,
    identifier_keys,
    loose_keys,
    near_birth_keys,
    phone_keys,
    postcode_keys,
    sounding_keys,
)
from goldthread.core.people.models import Person

CANDIDATES = 120
ENOUGH = 5
CERTAIN = 0.85
SHOWN = 50
WORTH_SHOWING = 0.45


@dataclass(frozen=True)
class Group:
    """One thing asked for, as keys: strictly, by sound or nearness, and loosely. Any one key of a set will do."""

    exact: frozenset[str]
    near: frozenset[str]
    loose: frozenset[str] = frozenset()

    def q(self, keys: frozenset[str]) -> Q:
        return Q(search__keys__overlap=sorted(keys))


def groups_of(asked: Asked) -> list[Group]:
    groups = [word_group(word) for word in asked.words]
    if asked.day:
        groups.append(Group(frozenset({day_key(asked.day)}), frozenset(near_birth_keys(asked.day))))
    elif asked.month:
        groups.append(_same(f"m:{asked.month[0]}-{asked.month[1]:02d}"))
    elif asked.years:
        groups.append(_same(*(f"y:{year}" for year in asked.years)))
    if asked.postcode:
        groups.append(_same(*postcode_keys([asked.postcode])))
    if asked.phone:
        groups.append(_same(*phone_keys([asked.phone])))
    return groups


def word_group(word: Word) -> Group:
    full = [token for token in word.tokens if len(token) > 1]
    near = frozenset(map(exact_key, word.joined)).union(*(sounding_keys(token) for token in full))
    loose = frozenset[str]().union(*(loose_keys(token) for token in word.tokens))
    return Group(frozenset(map(exact_key, full)) or loose, near or loose, near | loose)


def _same(*keys: str) -> Group:
    return Group(frozenset(keys), frozenset(keys))


def rounds(groups: Sequence[Group]) -> Iterator[Q]:
    """Ever wider questions of the index. Each asks for keys together, so that the rare one spares reading the common."""
    exact = reduce(and_, (group.q(group.exact) for group in groups))
    near = reduce(and_, (group.q(group.near) for group in groups))
    if len(groups) == 1:
        yield exact
    yield near
    if len(groups) > 2:
        yield reduce(or_, (reduce(and_, (g.q(g.near) for g in some)) for some in combinations(groups, len(groups) - 1)))
    if any(group.loose for group in groups):
        yield reduce(or_, (_with_one_loose(groups, place) for place, group in enumerate(groups) if group.loose))
    if len(groups) > 1 and (days := [group for group in groups if any(key.startswith("d:") for key in group.exact)]):
        # Few are born on one day: all of them are worth comparing with a name that is nowhere near.
        yield days[0].q(days[0].exact)


def _with_one_loose(groups: Sequence[Group], place: int) -> Q:
    return reduce(and_, (g.q(g.loose if here == place else g.near) for here, g in enumerate(groups)))


def find(text: str, user: object, *, today: dt.date | None = None) -> list[Hit]:
    """The people `user` may see who answer to `text`, best first, at most 50, each with its reasons in words.

    Understands names (misheard, misspelt, shortened, former), dates as written in Britain, years,
    ages, postcodes, telephone numbers, NHS and other numbers, and our own reference.
    Children without a name, and protected identities, are found only by number or reference.
    """
    asked = read(text, today or timezone.localdate())
    if asked.is_empty:
        return []
    seen = Person.objects.seen_by(user)
    if asked.postcode or asked.phone:
        seen = seen.select_related("search")
    hits = {hit.person_id: hit for hit in _by_number(asked, seen)}
    groups = groups_of(asked)
    if groups and not (hits and not asked.words):
        for question in rounds(groups):
            people = list(seen.filter(question)[:CANDIDATES])
            if len(people) == CANDIDATES and len(groups) > 1:
                # Too many sound like this to weigh: those spelt so come first.
                exact = reduce(and_, (group.q(group.exact) for group in groups))
                people = list({person.pk: person for person in [*seen.filter(exact)[:CANDIDATES], *people]}.values())
            hits |= {hit.person_id: hit for hit in rank(asked, [person for person in people if person.pk not in hits])}
            if len(hits) >= ENOUGH or any(hit.score >= CERTAIN for hit in hits.values()):
                break
    return fold_merged(list(hits.values()), Person.objects.seen_by(user))[:SHOWN]


def _by_number(asked: Asked, seen: object) -> Iterator[Hit]:
    """Those holding a number or reference asked for: certain, whatever else was typed."""
    if asked.references:
        for person in seen.filter(reference__in=asked.references):  # type: ignore[attr-defined]
            yield Hit(person.pk, person, 1.0, [f"reference {person.reference}"])
    if asked.numbers:
        for person in seen.filter(search__keys__overlap=sorted(identifier_keys(asked.numbers))):  # type: ignore[attr-defined]
            yield Hit(person.pk, person, 1.0, ["same number"])


def rank(asked: Asked, people: Sequence[Person]) -> list[Hit]:
    names = names_on_file([person.pk for person in people]) if asked.words else {}
    hits = (_weigh(asked, person, names.get(person.pk, [])) for person in people)
    return [hit for hit in hits if hit.score >= WORTH_SHOWING]


def _weigh(asked: Asked, person: Person, names: Sequence[KnownName]) -> Hit:
    """The mean share of all that was asked; a birth date weighs as much as a name and a half."""
    parts: list[tuple[float, Evidence | None]] = [(1.0, of_word(word, names)) for word in asked.words]
    if asked.day:
        parts.append((1.5, of_birth(asked.day, person)))
    elif asked.month:
        parts.append((1.2, of_month(asked.month, person)))
    elif asked.years:
        parts.append((0.8, of_years(asked.years, person)))
    if asked.postcode and postcode_keys([asked.postcode]) & set(person.search.keys):
        parts.append((1.0, Evidence(1.0, "same postcode")))
    if asked.phone and phone_keys([asked.phone]) & set(person.search.keys):
        parts.append((1.2, Evidence(1.0, "same telephone number")))
    score = sum(weight * evidence.share for weight, evidence in parts if evidence) / sum(weight for weight, _ in parts)
    held = [evidence for _, evidence in parts if evidence]
    return Hit(person.pk, person, max(score, 0.0), [e.words for e in held if e.share > 0], [e.words for e in held if e.share < 0])
