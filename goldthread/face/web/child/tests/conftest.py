"""A family with everything a page must show or hide: half-siblings, a confidential address, an order, somebody restricted."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate

from goldthread.core.agencies.actions import allocate, create_agency, involve
from goldthread.core.agencies.models import Worker
from goldthread.core.people.actions import create_person, describe, move_to_address, raise_alert, relate, set_contact_point
from goldthread.core.people.facts import Name, Place, Reach
from goldthread.core.people.models import Person
from goldthread.core.records.actions import write_note
from goldthread.ground.access.actions import restrict
from goldthread.ground.audit.acting import acting
from goldthread.pathway.actions import begin, complete
from goldthread.pathway.tests.people import Council, small_council
from goldthread.practice.family_help.models import ChildAndFamilyAssessment
from goldthread.practice.front_door.models import Referral

STREET, POSTCODE, SCHOOL = "17 Larkspur Gardens", "NM4 2QT", "Fairlawn Primary"


@dataclass
class Home:
    council: Council
    ada: Person
    leo: Person
    baby: Person
    mum: Person
    dad: Person
    other_dad: Person
    gran: Person
    cousin: Person  # restricted from everybody here

    @property
    def worker(self) -> Any:
        return self.council.social_worker

    @property
    def manager(self) -> Any:
        return self.council.assessment_manager


def person(given: str, family: str, years: int, sex: str, grown: bool = False) -> Person:
    born = localdate().replace(day=1) - timedelta(days=round(years * 365.25) + 40)
    return create_person(names=[Name(given, family)], born_on=born, sex=sex, recorded_as_adult=grown)


def a_family() -> Home:
    """Ada and Leo share both parents; the baby is of the same mother and another man. Inside `acting`."""
    council, today = small_council(), localdate()
    home = Home(
        council,
        ada=person("Ada", "Okonjo", 9, "F"), leo=person("Leo", "Okonjo", 6, "M"),
        baby=create_person(expected_on=today + timedelta(weeks=9)),
        mum=person("Grace", "Okonjo", 33, "F", True), dad=person("Femi", "Okonjo", 36, "M", True),
        other_dad=person("Daniel", "Marsh", 31, "M", True), gran=person("Efua", "Mensah", 64, "F", True),
        cousin=person("Secretia", "Hiddenname", 12, "F"),
    )  # fmt: skip
    for child in (home.ada, home.leo):
        relate(
            person=child,
            other=home.mum,
            kind="mother",
            has_parental_responsibility=True,
            is_main_carer=True,
            parental_responsibility_basis="birth_mother",
        )
        relate(person=child, other=home.dad, kind="father", has_parental_responsibility=True)
        relate(person=child, other=home.gran, kind="maternal_grandmother")
    relate(person=home.baby, other=home.mum, kind="mother", has_parental_responsibility=True)
    relate(person=home.baby, other=home.other_dad, kind="father", has_parental_responsibility=False, is_confirmed=False)
    relate(person=home.mum, other=home.dad, kind="former_partner")
    relate(person=home.ada, other=home.cousin, kind="half_sister")
    move_to_address(
        people=[home.ada, home.leo, home.mum], place=Place(STREET, None, "Northmere", POSTCODE), from_on=today - timedelta(days=200),
        is_where_living=True, is_confidential=True, confidential_from_whom="Femi Okonjo", confidential_reason="Non-molestation order",
    )  # fmt: skip
    raise_alert(
        person=home.ada, kind="no_collection", what="Ring the police if he comes to the school.", about=home.dad, by=council.assessment_manager,
        from_on=today - timedelta(days=90), expires_on=today + timedelta(days=30), review_on=today + timedelta(days=14),
    )  # fmt: skip
    raise_alert(person=home.ada, kind="visit_in_pairs", what="Dog loose in the yard.", review_on=today - timedelta(days=3))
    raise_alert(person=home.ada, kind="tonight", what="If Grace rings, send the duty worker to her mother’s.", review_on=today)
    set_contact_point(person=home.mum, reach=Reach("phone", "020 7946 0102", is_safe=True, safe_times="school hours", code_word="larkspur"))
    describe(person=home.ada, ethnicity="BAFR", ethnicity_source="Grace", first_language="en", disabilities=["NONE"])
    worker = Worker.objects.get(name="Social Worker")
    Worker.objects.filter(pk=worker.pk).update(phone="020 7946 0199", email="worker@example.org")
    for child in (home.ada, home.leo):
        allocate(child=child.pk, team=council.assessment, worker=worker, on=today - timedelta(days=60))
    school = create_agency(name=SCHOOL, kind="school", phone="020 7946 0144")
    involve(
        child=home.ada.pk,
        agency=school,
        role="Class teacher",
        name="Ms Patel",
        email="patel@example.org",
        from_on=today - timedelta(days=300),
    )
    restrict(person=home.cousin.pk, why="Staff family", lead_name="R. Lead", lead_phone="020 7946 0000", by=council.front_door_manager)
    return home


def part(child: Person, **answers: object) -> dict[str, object]:
    return {f"child-{child.reference}-{name}": value for name, value in answers.items()}


def typed_day(name: str, day: Any) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def tell_the_story(home: Home) -> None:
    """A referral accepted, an assessment written, and notes: enough for every part of the summary."""
    today = localdate()
    received = today - timedelta(days=20)
    referral = begin(
        Referral, children=[home.ada.pk, home.leo.pk], by=home.council.front_door_manager,
        opening={"received_on": received, "source": "6", "reason": "Police called to shouting twice in a week.", "is_nfa": False},
        each={c.pk: {"worry": f"{c} is frightened at night."} for c in (home.ada, home.leo)},
    )  # fmt: skip
    complete(
        record=referral, step="decide", by=home.council.front_door_manager,
        raw={"response": "assessment", "primary_need": "N1", "why": "Serious.", "instructions": "See both today."} | typed_day("decided_on", received),
    )  # fmt: skip
    assessment = ChildAndFamilyAssessment.kind()
    from goldthread.core.records.models import Record

    record = Record.objects.get(kind=assessment)
    seen = today - timedelta(days=4)
    raw: dict[str, object] = {"home_and_family": "Gran helps.", "analysis": "Both children are loved and afraid.", "why_now": "Shouting."}
    for child in (home.ada, home.leo):
        raw |= part(
            child, is_seen="yes", is_seen_alone="yes", childs_words=f"“I like it when Gran stays,” says {child}.", daily_life="School.", factors=["3A"],
            analysis=f"{child} needs quiet nights.", outcome="child_in_need",
        )  # fmt: skip
        raw |= typed_day(f"child-{child.reference}-seen_on", seen)
    for parent in (home.mum, home.dad):
        raw |= {f"parent-{parent.reference}-took_part": "yes", f"parent-{parent.reference}-views": "Wants help."}
    complete(record=record, step="write", by=home.worker, raw=raw)
    write_note(
        children=[home.ada.pk],
        kind="call",
        words=f"School rang from {SCHOOL}: she talks of {STREET}, {POSTCODE.replace(' ', '')}.",
        by=home.worker,
        happened_on=today,
    )
    write_note(children=[home.leo.pk], kind="voice", words="Leo says the dark is loud.", by=home.worker, happened_on=today)
    write_note(children=[home.ada.pk], kind="voice", words="I want to sleep at Gran’s.", by=home.worker, happened_on=today)
    write_note(children=[home.ada.pk], kind="direction", words="Visit weekly until the order is heard.", by=home.manager, happened_on=today)
    write_note(children=[home.ada.pk, home.cousin.pk], kind="other", words="Both cousins were out late.", by=home.worker, happened_on=today)


@pytest.fixture
def home(db):
    with acting(system="test"):
        made = a_family()
        tell_the_story(made)
    return made


@pytest.fixture
def signed_in():
    """A browser of somebody signed in."""

    def enter(user: Any) -> Client:
        client = Client()
        with acting(system="test"):
            client.force_login(user)
        return client

    return enter
