"""The family every journey is about, those who know it, and the newcomer who walks."""

from datetime import date

import pytest

from goldthread.core.agencies.actions import create_agency, involve
from goldthread.core.people.actions import create_person, relate
from goldthread.core.people.facts import Name
from goldthread.core.people.models import Person
from goldthread.ground.audit.acting import acting
from goldthread.ground.boot.actions import mark_demo
from goldthread.pathway.tests.people import LONG_AGO, small_council
from goldthread.practice.protection.tests.conferring import a_chair
from tests.journeys.walking import Newcomer

KNOW_THEM = (
    ("St Bride’s Primary", "school", "Designated safeguarding lead", "Ruth Lamb"),
    ("Wexcombe School Nursing", "school_nursing", "School nurse", "Comfort Boadu"),
    ("Mill Lane Surgery", "gp", "GP", "Dr Salim Haq"),
)


@pytest.fixture
def family() -> dict[str, Person]:
    """Three siblings on file, their mother, the father of the elder two and the father of the youngest; a council with an independent chair."""
    with acting(system="test"):
        mark_demo(authority="Borough of Wexcombe", la_code="999", ons_code="E09999999", size="journey")
        small_council()
        a_chair()
        people = {
            "Siobhán": create_person(names=[Name(given="Siobhán", family="O’Connor")], born_on=date(2014, 3, 12), sex="F"),
            "Niall": create_person(names=[Name(given="Niall", family="O’Connor")], born_on=date(2017, 7, 1), sex="M"),
            "Oisín": create_person(names=[Name(given="Oisín", family="O’Connor")], born_on=date(2025, 9, 30), sex="M"),
            "Aoife": create_person(names=[Name(given="Aoife", family="O’Connor")], recorded_as_adult=True, sex="F"),
            "Cormac": create_person(names=[Name(given="Cormac", family="O’Connor")], recorded_as_adult=True, sex="M"),
            "Declan": create_person(names=[Name(given="Declan", family="Byrne")], recorded_as_adult=True, sex="M"),
        }
        for child in ("Siobhán", "Niall", "Oisín"):
            relate(person=people[child], other=people["Aoife"], kind="mother", has_parental_responsibility=True)
            father = "Declan" if child == "Oisín" else "Cormac"
            relate(person=people[child], other=people[father], kind="father", has_parental_responsibility=True)
        create_agency(name="Police, Mereside Command", kind="police", phone="020 7946 0911", email="safeguarding@police.example.org")
        for agency, kind, role, name in KNOW_THEM:
            known = create_agency(name=agency, kind=kind, phone="020 7946 0920", email=f"{kind}@example.org")
            for child in ("Siobhán", "Niall"):
                involve(child=people[child].pk, agency=known, role=role, name=name, from_on=LONG_AGO)
    return people


@pytest.fixture
def newcomer(page, live_server) -> Newcomer:
    return Newcomer(page, live_server.url)
