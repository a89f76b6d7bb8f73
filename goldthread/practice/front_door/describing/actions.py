"""Describing people, finding who they are, putting the new ones on file; families tied together as they are settled."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Max, Q
from django.utils import timezone
from django.utils.timezone import localdate

from goldthread.core.agencies.actions import involve
from goldthread.core.agencies.models import Agency
from goldthread.core.people.actions import create_person, move_to_address, relate_many, remember_not_this_person
from goldthread.core.people.facts import At, Name, Reach, Tie
from goldthread.core.people.models import Person, Relationship
from goldthread.core.records.actions import take_off_child
from goldthread.core.records.models import Record
from goldthread.ground.access.actions import break_glass
from goldthread.pathway.actions import include
from goldthread.practice.front_door.describing.person import DescribedPerson
from goldthread.practice.front_door.describing.queries import described, matches_for
from goldthread.practice.front_door.describing.told import born, description, expected, place, related_to
from goldthread.practice.front_door.queries import open_cases


def describe(*, record: Record, role: str) -> DescribedPerson:
    """One more person; a further child is offered the first one's family name and home."""
    rows = described(record)
    last = DescribedPerson.objects.filter(record=record).aggregate(last=Max("position"))["last"] or 0
    first = rows[0] if rows else None
    row = DescribedPerson(record=record, position=last + 1, role=role)
    if first is not None and row.role in (DescribedPerson.CHILD, DescribedPerson.OTHER_CHILD):
        row.family, row.same_home = first.family, "yes"
    row.save()
    return row


def save_description(*, row: DescribedPerson, revision: int, answers: dict[str, Any], tab: str | None = None) -> DescribedPerson | None:
    """Keep what was typed, exactly; None when somebody else saved since `revision`, and then nothing is written."""
    typed = {name: value for name, value in answers.items() if name in DescribedPerson.TYPED}
    typed = {name: [str(v) for v in (value or [])] if name == "related_to" else str(value or "") for name, value in typed.items()}
    fresh = Q(revision=revision) | (Q(revision=row.revision, last_tab=tab) if tab else Q(pk__in=[]))
    now = timezone.now()
    written = DescribedPerson.objects.filter(fresh, pk=row.pk).update(**typed, revision=F("revision") + 1, saved_at=now, last_tab=tab)
    if not written:
        return None
    row.refresh_from_db()
    return row


def settle(*, row: DescribedPerson, person: Person, by: Any, is_new: bool = False) -> None:
    """This is them: the record is about a child the worry is about, and the family is tied together as it was told."""
    if row.person_id and row.person_id != person.pk:
        unsettle(row=row, by=by)  # settled before as somebody else, on a page gone back to
    row.person, row.is_new, row.settled_by, row.settled_at = person, is_new, by, timezone.now()
    row.save(update_fields=["person", "is_new", "settled_by", "settled_at"])
    if row.role in DescribedPerson.ABOUT:
        each = {person.pk: {"recommended": "open_case"}} if open_cases([person]) else {}
        include(record=row.record, children=[person.pk], by=by, each=each)
    tie_family(record=row.record)
    _tell_of_school(row)


def unsettle(*, row: DescribedPerson, by: Any) -> None:
    """It was not them after all: the entry leaves that child's file with its trace, and the description stands again."""
    person = row.person
    row.person, row.is_new, row.settled_by, row.settled_at = None, False, by, timezone.now()
    row.save(update_fields=["person", "is_new", "settled_by", "settled_at"])
    if person is not None and row.role in DescribedPerson.ABOUT:
        take_off_child(record=row.record, child=person.pk, why="Taken for somebody else while the call was written", by=by)


def set_aside(*, row: DescribedPerson, by: Any) -> None:
    """Described by mistake. What was typed stays, out of sight."""
    if row.person_id is not None:
        unsettle(row=row, by=by)
    row.set_aside_at = timezone.now()
    row.save(update_fields=["set_aside_at"])


def is_somebody_else(*, row: DescribedPerson, person: Person, by: Any, reason: str | None = None) -> None:
    """Compared and found to be another: not offered for this description again."""
    remember_not_this_person(person=person, described_key=description(row, described(row.record)).key, by=by, reason=reason)


def restricted_is_somebody_else(*, row: DescribedPerson, person_id: int, by: Any, lead_said: str) -> None:
    """The restricted-records lead was rung and says that this is another person. ValueError without what the lead said."""
    if len(lead_said.split()) < 3:
        raise ValueError("Write who you spoke to and what they said.")
    is_somebody_else(row=row, person=Person.objects.get(pk=person_id), by=by, reason=f"Restricted-records lead: {lead_said}")


def open_restricted(*, row: DescribedPerson, person_id: int, by: Any, why: str) -> None:
    """Break the glass for somebody this description may be; the opening is written down and reviewed by another."""
    break_glass(user=by, person=person_id, why=why)
    if hasattr(by, "_standing"):
        del by._standing


def add_as_new(*, row: DescribedPerson, by: Any) -> Person:
    """Put the person on file as described. ValidationError, in words for the page, while a restricted match stands."""
    rows = described(row.record)
    matches = matches_for(row, rows, by)
    if matches.is_own_family:
        raise ValidationError("Stop: ask a colleague or your manager to go on with this person.", code="restricted")
    if matches.restricted:
        raise ValidationError("Stop: ring the restricted-records lead before anyone is added.", code="restricted")
    if row.says_nothing:
        raise ValidationError("Write a name, an age or an address first.", code="nothing")
    born_on, accuracy = born(row)
    where, source = place(row, rows), f"Contact {row.record.reference}"
    facts: dict[str, Any] = {"sex": row.sex or None, "recorded_as_adult": row.role == DescribedPerson.ADULT}
    if row.role == DescribedPerson.UNBORN:
        facts["expected_on"] = expected(row)
        if facts["expected_on"] is None:
            raise ValidationError("Write when the baby is expected, even if only the month is known.", code="expected")
    else:
        facts |= {"born_on": born_on, "born_accuracy": accuracy if accuracy != "AAA" else None}
    person = create_person(
        names=[Name(row.given, row.family, source=source)] if row.given.strip() or row.family.strip() else [],
        addresses=[At(where, source=source)] if where and row.role != DescribedPerson.UNBORN else [],
        contact_points=[Reach("phone", row.phone.strip())] if row.phone.strip() else [],
        **facts,
    )
    settle(row=row, person=person, by=by, is_new=True)
    return person


def record_address(*, row: DescribedPerson) -> None:
    """The address told is where somebody already on file lives now."""
    where = place(row, described(row.record))
    if row.person is not None and where is not None:
        move_to_address(people=[row.person], place=where, from_on=None, source=f"Contact {row.record.reference}")


def tie_family(*, record: Record) -> None:
    """Everyone settled is related as the caller said, unconfirmed, unless the file already says how they are related."""
    rows = described(record)
    told: list[Tie] = []
    known = _already_tied([row.person_id for row in rows if row.person_id])
    for row in rows:
        if not row.person_id or not row.relationship:
            continue
        for other in related_to(row, rows):
            if other.person_id and other.person_id != row.person_id and frozenset((row.person_id, other.person_id)) not in known:
                told.append(Tie(other.person_id, row.person_id, row.relationship, is_confirmed=False, source=f"Contact {record.reference}"))
    if told:
        relate_many(ties=told)


def _already_tied(people: Sequence[int]) -> set[frozenset[int]]:
    ties = Relationship.objects.filter(person__in=people, other__in=people, until_on=None).values_list("person_id", "other_id")
    return {frozenset(pair) for pair in ties}


def _tell_of_school(row: DescribedPerson) -> None:
    """The school named is involved with the child, where an agency of that name is on file; otherwise it stays in the words."""
    name = row.school.strip()
    if not name or row.person is None:
        return
    school = Agency.objects.filter(kind__in=["school", "college", "nursery"], name__iexact=name).first()
    if school is not None:
        involve(child=row.person.pk, agency=school, role="School", from_on=localdate())
