"""A strategy discussion about Maya and Leo, with those who should be there, for tests to walk through."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from goldthread.core.agencies.actions import allocate, create_agency, involve
from goldthread.core.agencies.models import Worker
from goldthread.core.people.models import Person, Relationship
from goldthread.core.records.models import Record
from goldthread.pathway.meeting.models import Invitee
from goldthread.pathway.tests.people import LONG_AGO, child, small_council
from goldthread.practice.protection.meetings.actions import call_strategy_discussion


@dataclass
class Scene:
    council: Any
    maya: Person
    leo: Person
    mother: Person
    record: Record

    def who(self, required: str) -> Invitee:
        return self.record.invitees.filter(required=required, left_out_at=None).order_by("pk").first()


def a_family() -> tuple[Person, Person, Person]:
    maya, leo = child("Maya Adeyemi", date(2016, 5, 2)), child("Leo Adeyemi", date(2019, 8, 30))
    mother = Person.objects.create(shown_name="Grace Adeyemi", is_named=True, recorded_as_adult=True)
    for one in (maya, leo):
        Relationship.objects.create(person=one, other=mother, kind="mother", has_parental_responsibility=True)
    return maya, leo, mother


def a_scene(*, nurse: bool = True) -> Scene:
    """Known to a school, a school nurse and our own social worker; the police are known by their agency alone."""
    council = small_council()
    maya, leo, mother = a_family()
    create_agency(name="Police, Mereside Command", kind="police", phone="020 7946 0911", email="safeguarding@police.example.org")
    school = create_agency(name="Loomgate School", kind="school", email="office@loomgate.example.org")
    involve(child=maya.pk, agency=school, role="Designated safeguarding lead", name="Ama Mensah", from_on=LONG_AGO)
    involve(child=leo.pk, agency=school, role="Designated safeguarding lead", name="Ama Mensah", from_on=LONG_AGO)
    if nurse:
        nursing = create_agency(name="Hallowmere School Nursing", kind="school_nursing", email="nurses@example.org")
        involve(child=maya.pk, agency=nursing, role="School nurse", name="Ruth Amadi", from_on=LONG_AGO)
    worker = Worker.objects.get(name="Social Worker")
    for one in (maya, leo):
        allocate(child=one.pk, team=council.assessment, worker=worker, on=localdate())
    record = call_strategy_discussion(children=[maya.pk, leo.pk], by=council.social_worker, cause="Bruises nobody can explain.")
    return Scene(council, maya, leo, mother, record)


def day(name: str, when: date, at: str = "") -> dict[str, str]:
    parts = {f"{name}-day": str(when.day), f"{name}-month": str(when.month), f"{name}-year": str(when.year)}
    return parts | ({f"{name}-time": at} if at else {})


def part(person: Person, prefix: str = "child", **answers: object) -> dict[str, object]:
    return {f"{prefix}-{person.reference}-{name.replace('__', '-')}": value for name, value in answers.items()}


def decided(scene: Scene) -> dict[str, Any]:
    """The whole form: an enquiry about Maya with the police, help for Leo."""
    today = localdate()
    raw: dict[str, Any] = day("held_on", today, "02:10") | {
        "held_how": "telephone", "cause": "Bruises nobody can explain.", "known": "The nurse saw the same in May.",
        "is_known_by_family": "no", "why_not_known": "The father may run.", "family_may_be_told": "The worker tells the mother tomorrow.",
        "agreed_with_police": "yes",
    }  # fmt: skip
    raw |= part(
        scene.maya, decision="section_47", decision_why="An injury", enquiry_by="joint", who_sees="The social worker and a detective",
        medical="needed", tonight="Sleeps at her aunt’s. The father does not come to the house.",
    )  # fmt: skip
    raw |= {f"child-{scene.maya.reference}-{key}": value for key, value in day("see_by_on", today, "12:00").items()}
    return raw | part(scene.leo, decision="assessment", decision_why="Nothing seen on him")
