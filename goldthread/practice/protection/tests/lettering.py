"""A conference about Maya and Leo, whose fathers are two men, and letters about it: for tests."""

import io
from dataclasses import dataclass
from datetime import time
from typing import Any

from pypdf import PdfReader

from goldthread.core.documents.models import Addressee, Letter
from goldthread.core.people.actions import add_name, create_people, move_to_address, relate_many, set_contact_point
from goldthread.core.people.facts import Name, NewPerson, Place, Reach, Tie
from goldthread.core.people.models import Person
from goldthread.core.records.models import Record
from goldthread.pathway.letters import actions
from goldthread.pathway.letters.actions import Decision
from goldthread.pathway.letters.declared import kind_named
from goldthread.pathway.meeting.actions import arrange
from goldthread.pathway.meeting.tests.a_meeting import Scene, part
from goldthread.practice.protection.tests.conferring import called, prepare

INVITATION, OUTCOME = "conference_invitation", "conference_outcome"
REFUGE = Place("14 Larch Close", None, "Otherby", "HW9 4TT")


@dataclass
class Letters:
    """The conference, prepared: Grace at the whole of it, Fatou apart, Daniel kept out."""

    scene: Scene
    record: Record
    grace: Person
    fatou: Person
    daniel: Person

    @property
    def worker(self) -> Any:
        return self.scene.council.social_worker

    def decide(self, kind: str, person: Person, *children: Person, by: Any = None, way: str = "by_hand", **more: Any) -> Addressee:
        found = self.recipient(kind, person)
        decision = Decision(tuple(child.reference for child in children), way, **more)
        return actions.decide(kind=kind_named(kind), record=self.record, recipient=found, decision=decision, by=by or self.worker)

    def recipient(self, kind: str, person: Person) -> Any:
        return actions.recipient_of(kind_named(kind), self.record, person.reference)

    def read(self, kind: str, person: Person, by: Any = None) -> tuple[Any, bytes]:
        """Words and PDF as they would go now."""
        addressee = Addressee.objects.get(record=self.record, kind=kind, person=person)
        found = self.recipient(kind, person)
        return actions.look(kind=kind_named(kind), record=self.record, recipient=found, addressee=addressee, by=by or self.worker)

    def seal(self, kind: str, person: Person, by: Any = None) -> Letter:
        return actions.seal(kind=kind_named(kind), record=self.record, recipient=self.recipient(kind, person), by=by or self.worker)

    def sealed(self, kind: str, person: Person, *children: Person, **more: Any) -> Letter:
        self.decide(kind, person, *children, **more)
        self.read(kind, person)
        return self.seal(kind, person)

    def go(self, letter: Letter) -> str:
        return actions.send_off(kind=kind_named(letter.kind), letter=letter, by=self.worker)


def letters(**places: str) -> Letters:
    """`places` as prepared: grace, fatou, daniel; by a conference on today's day at ten."""
    scene, record, chair = called()
    for person, given in ((scene.mother, "Grace"), (scene.maya, "Maya"), (scene.leo, "Leo")):
        add_name(person=person, name=Name(given, "Adeyemi"))
    fatou, daniel = create_people(people=[NewPerson([Name(given, family)], personal={"recorded_as_adult": True}) for given, family in (("Fatou", "Sarr"), ("Daniel", "Quist"))])  # fmt: skip
    relate_many(ties=[Tie(scene.maya.pk, fatou.pk, "father"), Tie(scene.leo.pk, daniel.pk, "father", has_parental_responsibility=True)])
    for person, number in ((scene.mother, "07700 900111"), (fatou, "07700 900222"), (daniel, "07700 900333")):
        set_contact_point(person=person, reach=Reach(kind="phone", value=number, is_safe=True))
    arrange(
        record=record,
        planned_on=record.arrangement.planned_on,
        planned_at=time(10, 0),
        how="in_person",
        joining="Room 4, Mereside House",
        chair=chair,
    )
    chosen = {scene.mother: places.get("grace", "whole"), fatou: places.get("fatou", "split"), daniel: places.get("daniel", "excluded")}
    raw: dict[str, Any] = {}
    for person, place in chosen.items():
        apart = {"place_why": "Bail conditions", "apart": "Seen by the chair the day before"} if place != "whole" else {}
        raw |= part(person, "adult", place=place, **apart)
    prepare(scene, record, **raw)
    record.refresh_from_db()
    return Letters(scene, record, scene.mother, fatou, daniel)


def live_in_confidence(*people: Person) -> None:
    move_to_address(people=list(people), place=REFUGE, is_confidential=True, confidential_reason="A refuge")


def words_in(pdf: bytes) -> str:
    """Everything a reader of the file could find: its text, its metadata, and its bytes as far as they are words."""
    reader = PdfReader(io.BytesIO(pdf))
    text = "\n".join(page.extract_text() for page in reader.pages)
    xmp = reader.xmp_metadata.stream.get_data().decode("utf-8", "replace") if reader.xmp_metadata else ""
    return "\n".join([text, str(dict(reader.metadata or {})), xmp, pdf.decode("latin-1")])
