"""Records put straight on children's files, with nothing but what a census asks for, and the census that follows."""

from datetime import date
from typing import Any

from goldthread.core.people.actions import create_people
from goldthread.core.people.facts import NewPerson, Number
from goldthread.core.people.identifier_systems import la_child_id_system
from goldthread.core.people.models import Person
from goldthread.core.records.models import RecordChild
from goldthread.ground.audit.acting import acting
from goldthread.out.exchange.models import CensusChild, ImportRun
from goldthread.out.returns.cin.asked import asked
from goldthread.out.returns.cin.file import children
from goldthread.out.returns.cin.items import Child
from goldthread.out.returns.cin.tally import Tally
from goldthread.pathway.definition import Detail
from goldthread.pathway.importing import Imported, import_many
from goldthread.practice.family_help.models import Closure, ClosureChild
from goldthread.practice.front_door.models import Referral

AUTHORITY = "318"
TODAY = date(2027, 6, 1)
DAYS = {"Referral": "received_on", "ChildAndFamilyAssessment": "started_on", "Closure": "closed_on"}


def a_child(number: str = "C1", **personal: Any) -> Person:
    """A child of authority 318, known here for as long as anybody can remember."""
    personal = {"born_on": date(2015, 5, 5), "sex": "F", "ethnicity": "WBRI", "disabilities": ["NONE"]} | personal
    facts = {name: fact for name, fact in personal.items() if fact is not None}
    with acting(system="test"):
        numbers = [Number(la_child_id_system(AUTHORITY), number, is_key=True)]
        (person,) = create_people(people=[NewPerson(numbers=numbers, origin="imported", personal=facts)])
        run, _ = ImportRun.objects.get_or_create(file_name="before", authority=AUTHORITY, year=2020)
        CensusChild.objects.create(authority=AUTHORITY, year=2020, la_child_id=number, person=person, run=run, line=1, sha256="")
    return person


def put(kind: type[Detail], on: date, *people: Person, follows: Imported | None = None, each: dict[Any, Any] | None = None, **values: Any) -> Imported:  # fmt: skip
    """A record of that day about these people, its own day filled in where it has one."""
    if day := DAYS.get(kind.__name__):
        values.setdefault(day, on)
    row = Imported(kind, people[0].pk, on, values, 1, "0" * 64, each=each or {}, follows=follows)
    with acting(system="test"):
        import_many([row], authority=AUTHORITY)
        for other in people[1:]:
            RecordChild.objects.create(record_id=row.key, child=other, happened_on=on)
    return row


def referral(person: Person, on: date, *, closed_on: date | None = None, why: str = "RC7", **values: Any) -> Imported:
    """Accepted, from the police, for neglect; closed on a day if one is given."""
    row = put(Referral, on, person, **({"source": "6", "is_nfa": False, "primary_need": "N1"} | values))
    if closed_on:
        put(Closure, closed_on, person, follows=row, each={ClosureChild: {"reason": why}})
    return row


def census(year: int = 2026, at: date | None = None) -> tuple[dict[str, Child], Tally]:
    """The children by their numbers, and what was tallied."""
    tally = Tally()
    found = list(children(asked(year=year, authority=AUTHORITY, at=at, today=TODAY), tally))
    return {child.ChildIdentifiers.LAchildID or "": child for child in found}, tally


def only(year: int = 2026, at: date | None = None) -> Child:
    """The one child of the census."""
    (child,) = census(year, at)[0].values()
    return child
