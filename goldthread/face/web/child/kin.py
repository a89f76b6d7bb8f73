"""A family as the genogram and its table want it. Those who must not appear are left out before anything is drawn."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from goldthread.core.people.kinds import PARENTAL, PARTNERS
from goldthread.core.people.models import Person, Relationship
from goldthread.core.people.queries import Family, family_of
from goldthread.face.web.child.opening import address_of
from goldthread.face.web.child.queries import seen_or_hidden
from goldthread.ground.design import genogram
from goldthread.ground.time.words import short_day

SEX: dict[str | None, genogram.Sex] = {"M": "male", "F": "female", "I": "other"}
STATES: dict[str, genogram.State] = {
    "spouse": "together",
    "partner": "together",
    "former_partner": "separated",
    "former_spouse": "divorced",
}
MOTHERS_SIDE = {"maternal_grandmother", "maternal_grandfather"}
FATHERS_SIDE = {"paternal_grandmother", "paternal_grandfather"}


@dataclass
class Kin:
    """A family without those who must not appear, and whose pages may be opened."""

    family: Family
    hidden: set[int]
    openable: set[int]
    today: date

    @property
    def subject(self) -> Person:
        return self.family.person

    def shown(self, relatives: list[Any]) -> list[Any]:
        return [one for one in relatives if one.person.pk not in self.hidden]

    @property
    def people(self) -> dict[int, Person]:
        found = {self.subject.pk: self.subject} | self.family.people | {p.pk: p for p in self.family.household}
        return {key: person for key, person in found.items() if key not in self.hidden}

    @property
    def ties(self) -> list[Relationship]:
        return [tie for tie in self.family.ties if not {tie.person_id, tie.other_id} & self.hidden]

    def href(self, person: Person) -> str | None:
        if person.pk not in self.openable or person.pk == self.subject.pk:
            return None
        return address_of("person" if not person.is_child else "child", person)


def kin_of(person: Person, user: Any, today: date) -> Kin:
    """The family in four or five queries. The subject is never hidden: the page has been opened already."""
    family = family_of(person)
    keys = set(family.people) | {p.pk for p in family.household}
    openable, hidden = seen_or_hidden(user, keys - {person.pk})
    return Kin(family, hidden, openable, today)


def drawn_of(kin: Kin) -> genogram.Family:
    """Everybody for whom there is a place in the drawing, with unions and the home of tonight."""
    people, ties = kin.people, kin.ties
    parents = _parents(ties)
    unions = _unions(people, ties, parents) + _grandparents(kin, parents)
    placed = {key for union in unions for key in (*union.partners, *union.children)} | {str(kin.subject.pk)}
    members = tuple(_member(kin, person, parents) for person in sorted(people.values(), key=_eldest_first) if str(person.pk) in placed)
    household = [str(p.pk) for p in kin.family.household if p.pk not in kin.hidden and str(p.pk) in placed]
    homes = (genogram.Home(f"Living with {_first(kin.subject)}", (str(kin.subject.pk), *household)),) if household else ()
    return genogram.Family(members, tuple(unions), homes)


def _eldest_first(person: Person) -> tuple[date, int]:
    return (person.born_on or person.expected_on or date.max, person.pk)


def _first(person: Person) -> str:
    """The name in a sentence."""
    if person.is_unborn:
        return "the baby"
    return str(person).split(" ")[0] if person.is_named else "this child"


def _parents(ties: list[Relationship]) -> dict[int, dict[int, Relationship]]:
    found: dict[int, dict[int, Relationship]] = defaultdict(dict)
    for tie in ties:
        if tie.kind in PARENTAL:
            found[tie.person_id][tie.other_id] = tie
    return found


def _unions(people: dict[int, Person], ties: list[Relationship], parents: dict[int, dict[int, Relationship]]) -> list[genogram.Union]:
    """Children under the parents they share; partners without children in the drawing stand together too."""
    partners = {frozenset((tie.person_id, tie.other_id)): tie for tie in ties if tie.kind in PARTNERS}
    children: dict[frozenset[int], list[Person]] = defaultdict(list)
    for child in sorted(people.values(), key=_eldest_first):
        if parents.get(child.pk):
            children[frozenset(list(parents[child.pk])[:2])].append(child)
    found = []
    for pair in [*children, *(pair for pair in partners if pair not in children)]:
        tie = partners.get(pair)
        is_sure = all(parents[child.pk][parent].is_confirmed for child in children.get(pair, []) for parent in pair)
        state: genogram.State = STATES[tie.kind] if tie and is_sure else "together" if len(pair) == 1 else "unsure"
        keys = sorted(pair, key=lambda key: (people[key].sex != "M", key))
        found.append(
            genogram.Union(
                tuple(map(str, keys)), tuple(str(c.pk) for c in children.get(pair, [])), state, _union_words(tie, is_sure, len(pair))
            )
        )
    return found


def _union_words(tie: Relationship | None, is_sure: bool, count: int) -> str:
    if not is_sure:
        return "Not confirmed as a parent"
    if tie is None:
        return "" if count == 1 else "Whether they are together is not recorded"
    said = {"spouse": "Married", "partner": "Partners", "former_partner": "Separated", "former_spouse": "Divorced"}[tie.kind]
    return f"{said} since {tie.from_on.year}" if tie.from_on else said


def _grandparents(kin: Kin, parents: dict[int, dict[int, Relationship]]) -> list[genogram.Union]:
    """Grandparents told of as such stand above the parent on their side, where that parent is on file."""
    mine = parents.get(kin.subject.pk, {})
    mother = next((key for key, tie in mine.items() if tie.kind in ("mother", "adoptive_mother")), None)
    father = next((key for key, tie in mine.items() if tie.kind in ("father", "adoptive_father")), None)
    found = []
    for side, parent in ((MOTHERS_SIDE, mother), (FATHERS_SIDE, father)):
        if parent is None or parents.get(parent):
            continue
        here = [one.person for one in kin.shown(kin.family.others) if one.kind in side]
        if here:
            keys = sorted(here, key=lambda p: (p.sex != "M", p.pk))[:2]
            state: genogram.State = "together" if len(keys) == 1 else "unsure"
            found.append(genogram.Union(tuple(str(p.pk) for p in keys), (str(parent),), state))
    return found


def _member(kin: Kin, person: Person, parents: dict[int, dict[int, Relationship]]) -> genogram.Member:
    relation, tonight = _place(kin, person)
    told = [(kin.people[child], by[person.pk]) for child, by in parents.items() if person.pk in by and child in kin.people]
    with_pr = [_first(child) for child, tie in told if tie.has_parental_responsibility]
    without = [_first(child) for child, tie in told if tie.has_parental_responsibility is False]
    unknown = [_first(child) for child, tie in told if tie.has_parental_responsibility is None]
    notes = [f"PR: {', '.join(with_pr)}"] if with_pr else ["no PR"] if without and not unknown else ["PR not known"] if unknown else []
    if any(not tie.is_confirmed for _, tie in told):
        notes.append("not confirmed")
    if person.pregnancy_ended_on:
        notes.append("pregnancy ended")
    if person.is_child and not told:
        words = ["–"]
    else:
        words = [f"Has it for {', '.join(with_pr)}"] if with_pr else []
        words += [f"Does not have it for {', '.join(without)}"] if without else []
        words += [f"Not known for {', '.join(unknown)}"] if unknown else []
    return genogram.Member(
        str(person.pk), str(person), SEX.get(person.sex, "unknown"), _short_age(person, kin.today), bool(person.died_on or person.pregnancy_ended_on),
        person.is_unborn, person.pk == kin.subject.pk, kin.href(person), tuple(notes), _born(person), relation, ". ".join(words), tonight,
    )  # fmt: skip


def _short_age(person: Person, today: date) -> str:
    if person.is_unborn and person.expected_on:
        weeks = 40 - (person.expected_on - today).days // 7
        return f"{weeks}w"
    years = person.age_on(today)
    if years is None:
        return ""
    if years or person.born_on is None:
        return str(years)
    return f"{(today - person.born_on).days // 7}w"


def _born(person: Person) -> str:
    if person.is_unborn and person.expected_on:
        return f"Due {short_day(person.expected_on)}"
    if person.born_on is None:
        return ""
    said = short_day(person.born_on) if (person.born_accuracy or "AAA") == "AAA" else f"about {person.born_on.year}"
    return f"{said}, died {short_day(person.died_on)}" if person.died_on else said


def _place(kin: Kin, person: Person) -> tuple[str, str]:
    """What they are to the child, and whether they live together."""
    if person.pk == kin.subject.pk:
        return "This child" if person.is_child else "This person", "–"
    family = kin.family
    near: list[Any] = [*family.parents, *family.siblings, *family.children, *family.partners, *family.others]
    for one in near:
        if one.person.pk == person.pk:
            together = person.pk in {p.pk for p in family.household} or one.lives_with
            where = f"With {_first(kin.subject)}" if together else "Elsewhere" if one.lives_with is False else ""
            return one.words, where
    return ("Lives in the home" if person.pk in {p.pk for p in family.household} else "Of the wider family"), ""


def table_of(kin: Kin) -> list[list[object]]:
    """Everybody as rows, those the drawing has no place for too."""
    parents = _parents(kin.ties)
    near: list[Any] = [*kin.family.parents, *kin.family.siblings, *kin.family.children, *kin.family.others]
    order = {one.person.pk: place for place, one in enumerate(near)}
    people = sorted(kin.people.values(), key=lambda p: (p.pk != kin.subject.pk, order.get(p.pk, 999), p.pk))
    return genogram.as_table(genogram.Family(tuple(_member(kin, person, parents) for person in people)))
