"""Writes a batch of children as one transaction: all of a child, or nothing of it."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from goldthread.core.people import actions as people_actions
from goldthread.core.people.models import Identifier, Person
from goldthread.core.records.actions import lock_children
from goldthread.core.work.actions import stop_clocks
from goldthread.ground.access.belt import over_everyone
from goldthread.ground.audit.acting import acting
from goldthread.ground.boot.many_rows import insert_many
from goldthread.out.exchange.cin.census import QUERY, Child, Fault, Header
from goldthread.out.exchange.cin.mapping import new_person, numbers, personal_facts, records_of
from goldthread.out.exchange.cin.matching import KINDS, Matched, held_by, match
from goldthread.out.exchange.models import CensusChild, ImportFault, ImportRun
from goldthread.pathway.importing import Imported, import_many, revise_many, rewind


@dataclass
class Writer:
    """Writes batches of one file. `system` is the issuer of the authority's child ids."""

    run: ImportRun
    header: Header
    system: str
    by: Any = None
    purpose: str = field(init=False)

    def __post_init__(self) -> None:
        self.purpose = f"Import of the children in need census of {self.header.year_in_words}"

    def write(self, children: Sequence[Child], faults: Sequence[Fault]) -> Counter[str]:
        """Write what these children's file says and is not known yet. Says how many of each there were."""
        with acting(self.by, purpose=self.purpose, system="import"), over_everyone():
            tally: Counter[str] = Counter()
            before = _said_before(self.header.authority, children)
            told = [child for child in children if before[_id(child)].get(self.header.year) != child.sha256]
            tally["children_unchanged"] = len(children) - len(told)
            if told:
                found = self._write_told(told, before, tally)
                tally["faults_found"] = len(found)
                faults = [*faults, *found]
            insert_many(ImportFault(run=self.run, **_columns(fault)) for fault in faults)
            return tally

    def _write_told(self, told: Sequence[Child], before: dict[str, dict[int, str]], tally: Counter[str]) -> list[Fault]:
        known = self._known(told)
        fresh = [child for child in told if _id(child) not in known]
        made = people_actions.create_people(people=[new_person(child, self.system) for child in fresh])
        people = known | {_id(child): person for child, person in zip(fresh, made, strict=True)}
        tally["children_new"] += len(fresh)
        tally["children_changed"] += len(told) - len(fresh)
        rows = {_id(child): records_of(child, people[_id(child)].pk) for child in told}
        new = [row for child in fresh for row in rows[_id(child)]]
        changed: list[Imported] = []
        same: list[Imported] = []
        faults: list[Fault] = []
        lock_children([person.pk for person in known.values()])
        held = held_by([person.pk for person in known.values()])
        numbers_held = _numbers_held(known.values())
        for child in told:
            if _id(child) not in known:
                continue
            person = known[_id(child)]
            is_newest = all(year <= self.header.year for year in before[_id(child)])
            if is_newest and person.origin == Person.Origin.IMPORTED:
                self._tell_person(person, child, numbers_held[person.pk])
            matched = match(rows[_id(child)], held.get(person.pk, []), self.header)
            new += matched.new
            if is_newest:
                changed, same = changed + matched.changed, same + matched.same
                faults += self._gone(child, matched)
        import_many(new, by=self.by, authority=self.header.authority)
        revise_many(changed, why=f"The census of {self.header.year_in_words} says otherwise.")
        rewind(same, why=no_longer(self.header))
        tally["records_new"] += len(new)
        tally["records_changed"] += len(changed)
        self._note_children(told, people)
        return faults

    def _known(self, told: Sequence[Child]) -> dict[str, Person]:
        """Children who have this authority's id already, by that id."""
        ids = Identifier.objects.filter(system=self.system, value__in=[_id(child) for child in told], is_key=True, until_on=None)
        return {one.value: one.person for one in ids.select_related("person")}

    def _tell_person(self, person: Person, child: Child, held: dict[str, Identifier]) -> None:
        """What a newer census says of the child itself, by the same actions as anyone would use."""
        facts = {
            name: fact
            for name, fact in personal_facts(child).items()
            if getattr(person, name) != fact and not _says_less(name, fact, person)
        }
        if "born_on" in facts and person.is_unborn:
            people_actions.record_birth(person=person, born_on=facts.pop("born_on"), sex=facts.pop("sex", None))
        if "died_on" in facts:
            people_actions.record_death(person=person, died_on=facts.pop("died_on"))
        if child.identifiers.upn and person.upn_unknown:
            facts["upn_unknown"] = None
        if facts:
            people_actions.describe(person=person, **facts)
        for number in numbers(child):
            present = held.get(number.system)
            if present is None or present.value != number.value:
                people_actions.add_identifier(person=person, number=replace(number, from_on=self.header.first_day))
                if present is not None:
                    people_actions.end_identifier(identifier=present, on=self.header.reference_date)

    def _gone(self, child: Child, matched: Matched) -> list[Fault]:
        """Records that were running in the year and of which the file says nothing any more: nobody knows what became of them."""
        faults = []
        for gone in matched.gone:
            stop_clocks(record=gone.record, on=self.header.reference_date, why=no_longer(self.header))
            what = KINDS[gone.record.kind].title
            wrong = f"The {what.lower()} of {gone.record.happened_on}, in an earlier file, is not in this one."
            faults.append(
                Fault(
                    child.line,
                    _id(child),
                    "CINdetails",
                    wrong,
                    "It stays in the child’s record. Withdraw it there if it was a mistake.",
                    QUERY,
                )
            )
        return faults

    def _note_children(self, told: Sequence[Child], people: dict[str, Person]) -> None:
        header = self.header
        present = CensusChild.objects.filter(authority=header.authority, year=header.year, la_child_id__in=[_id(child) for child in told])
        rows = {row.la_child_id: row for row in present}
        fresh = []
        for child in told:
            row = rows.get(_id(child))
            if row is None:
                fresh.append(CensusChild(authority=header.authority, year=header.year, la_child_id=_id(child), person=people[_id(child)]))
                row = fresh[-1]
            row.run, row.line, row.sha256 = self.run, child.line, child.sha256
        insert_many(fresh)
        CensusChild.objects.bulk_update(rows.values(), ["run", "line", "sha256"], batch_size=500)


def _id(child: Child) -> str:
    return child.identifiers.la_child_id or ""


def _columns(fault: Fault) -> dict[str, Any]:
    return {name: getattr(fault, name) for name in Fault.__dataclass_fields__}


def no_longer(header: Header) -> str:
    return f"The census of {header.year_in_words} does not say what became of it."


def _said_before(authority: str, children: Sequence[Child]) -> dict[str, dict[int, str]]:
    """By child, the hash of what each year's census last said."""
    rows = CensusChild.objects.filter(authority=authority, la_child_id__in=[_id(child) for child in children])
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for la_child_id, year, sha256 in rows.values_list("la_child_id", "year", "sha256"):
        found[la_child_id][year] = sha256
    return found


def _numbers_held(people: Any) -> dict[int, dict[str, Identifier]]:
    found: dict[int, dict[str, Identifier]] = defaultdict(dict)
    for number in Identifier.objects.filter(person__in=[person.pk for person in people], until_on=None).order_by("pk"):
        found[number.person_id][number.system] = number
    return found


def _says_less(name: str, fact: Any, person: Person) -> bool:
    """Unknown does not overwrite what is known."""
    is_unknown = (name == "sex" and fact == Person.Sex.UNKNOWN) or (name == "ethnicity" and fact == "NOBT")
    return is_unknown and getattr(person, name) is not None
