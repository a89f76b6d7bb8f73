"""Deciding, sealing, sending and stopping letters. What has gone is never changed; the database refuses it too."""

import hashlib
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.timezone import localdate

from goldthread.core.documents.models import NO_LETTER, Addressee, Letter, Sealed
from goldthread.core.documents.queries import ways_to
from goldthread.core.people.actions import correct_stay
from goldthread.core.people.models import Person, PersonAddress
from goldthread.core.people.queries import standing_as
from goldthread.core.records.models import Record, new_reference


class NotSo(ValueError):
    """It cannot be done as things are; the sentence says why, `about` which answer it is about."""

    def __init__(self, words: str, about: str = "") -> None:
        super().__init__(words)
        self.about = about


def addressee_of(*, record: Record, kind: str, person: Person) -> Addressee:
    """The row of this person, made when it is first wanted."""
    return Addressee.objects.get_or_create(record=record, kind=kind, person=person)[0]


def decide(
    *, addressee: Addressee, children: list[str], way: str, by: Any, own_time: time | None = None, come_to: str | None = None,
    reach_us: str | None = None, own_words: str | None = None,
) -> None:  # fmt: skip
    """What this person's letter may tell, and the way it goes. NotSo for a way that is not known to be safe."""
    if way != NO_LETTER and not ways_to(addressee.person, localdate()).allows(way):
        raise NotSo("That way is not known to be safe for this person. Nothing goes until somebody has asked them.")
    with transaction.atomic():
        row = Addressee.objects.select_for_update(of=("self",)).get(pk=addressee.pk)
        _stop(Letter.objects.filter(record=row.record, kind=row.kind, person=row.person), "What it may tell was decided anew.")
        row.children, row.way, row.own_time, row.come_to, row.reach_us, row.own_words = (
            children,
            way,
            own_time,
            come_to,
            reach_us,
            own_words,
        )
        row.decided_at, row.decided_by, row.stopped_why = timezone.now(), by, None
        row.seen_as = row.seen_at = row.seen_by = None
        row.save()
    addressee.refresh_from_db()


def say_of_post(*, person: Person, row: int, is_safe: bool, who_says: str) -> None:
    """Whether a letter may be posted to where they live, and who says so. NotSo without that."""
    if not who_says.strip():
        raise NotSo("Say who told us whether post is safe, and how they know.")
    stay = PersonAddress.objects.get(pk=row, person__in=standing_as([person.pk]))
    correct_stay(stay=stay, is_post_safe=is_safe, post_said=f"{who_says.strip()} ({localdate():%-d %B %Y})")


def note_seen(*, addressee: Addressee, made_of: str, by: Any) -> None:
    """Somebody read it exactly as it would go."""
    addressee.seen_as, addressee.seen_at, addressee.seen_by = made_of, timezone.now(), by
    addressee.save(update_fields=["seen_as", "seen_at", "seen_by"])


def seal(*, addressee: Addressee, pdf: bytes, made_of: str, by: Any) -> Letter:
    """Keep it whole, to go the way that was decided. NotSo unless this very person has read these very words."""
    with transaction.atomic():
        row = Addressee.objects.select_for_update(of=("self",)).get(pk=addressee.pk)
        if row.seen_as != made_of or row.seen_by_id != by.pk:
            raise NotSo("Read it first, as it would go. If you have, something in it has changed since: read it again.")
        if row.way is None or row.way == NO_LETTER:
            raise NotSo("No safe way is decided: somebody tells them in person.")
        letter = Letter.objects.create(
            reference=row.reference, record=row.record, kind=row.kind, person=row.person, children=row.children, way=row.way,
            made_of=made_of, sha256=hashlib.sha256(pdf).hexdigest(), sealed_by=by,
        )  # fmt: skip
        Sealed.objects.create(letter=letter, pdf=pdf)
        row.reference, row.seen_as, row.seen_at, row.seen_by = new_reference(), None, None, None
        row.save(update_fields=["reference", "seen_as", "seen_at", "seen_by"])
    addressee.refresh_from_db()
    letter.refresh_from_db()
    return letter


def record_letter(*, addressee: Addressee, pdf: bytes, made_of: str, by: Any, at: datetime, arrived_on: date | None = None) -> Letter:
    """One that went earlier, written down whole, with the moment it was sealed and went: for what was lived through elsewhere."""
    if addressee.way is None or addressee.way == NO_LETTER:
        raise NotSo("No letter went to them.")
    letter = Letter.objects.create(
        reference=addressee.reference, record=addressee.record, kind=addressee.kind, person=addressee.person, children=addressee.children,
        way=addressee.way, made_of=made_of, sha256=hashlib.sha256(pdf).hexdigest(), sealed_at=at, sealed_by=by, gone_at=at, gone_by=by,
        arrived_on=arrived_on,
    )  # fmt: skip
    Sealed.objects.create(letter=letter, pdf=pdf)
    addressee.reference, addressee.decided_at = new_reference(), at
    addressee.save(update_fields=["reference", "decided_at"])
    return letter


def go(*, letter: Letter, by: Any) -> None:
    """It is in the post, in their hand, or sent. NotSo for one that was stopped or went already."""
    with transaction.atomic():
        row = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
        if not row.waits:
            raise NotSo(f"This letter was stopped: {row.stopped_why}" if row.stopped_at else "This letter has gone already.")
        row.gone_at, row.gone_by = timezone.now(), by
        row.save(update_fields=["gone_at", "gone_by"])
    letter.refresh_from_db()


def answer(*, letter: Letter, what: str, on: date, by: Any, how: str | None = None, words: str | None = None) -> None:
    """It `arrived`, `came_back`, or they `acknowledged` it, on a day. NotSo for one that has not gone, or a day it cannot be."""
    if letter.gone_at is None:
        raise NotSo("This letter has not gone.")
    if not timezone.localdate(letter.gone_at) <= on <= localdate():
        raise NotSo("The day must be between the day it went and today.")
    if what == "came_back":
        letter.arrived_on = letter.acknowledged_on = letter.acknowledged_how = None
        letter.came_back_on = on
    elif what == "arrived":
        letter.came_back_on, letter.arrived_on = None, on
    elif what == "acknowledged":
        if how not in Letter.HOW:
            raise NotSo("Choose how they said so.")
        letter.came_back_on, letter.acknowledged_on, letter.acknowledged_how = None, on, how
        letter.arrived_on = letter.arrived_on or on
    else:
        raise NotSo("Choose what happened.")
    letter.answer_words, letter.answer_noted_by = _after(letter.answer_words, on, words), by
    letter.save(update_fields=["arrived_on", "came_back_on", "acknowledged_on", "acknowledged_how", "answer_words", "answer_noted_by"])


def tell(*, addressee: Addressee, on: date, words: str, by: Any) -> None:
    """Somebody told them in person, in the place of a letter. NotSo without who and how, or for a day to come."""
    if not words.strip():
        raise NotSo("Say who told them, where, and what they said.")
    if on > localdate():
        raise NotSo("The day is in the future: write when they were told.")
    addressee.told_words = _after(addressee.told_words, on, words.strip())
    addressee.told_on, addressee.told_by, addressee.told_at = on, by, timezone.now()
    addressee.save(update_fields=["told_on", "told_by", "told_at", "told_words"])


def _after(before: str | None, on: date, words: str | None) -> str | None:
    """A further account stands beneath what was said before, with its day."""
    return f"{before}\n{on:%-d %B %Y}: {words}" if before and words else words or before


def stop(*, letter: Letter, why: str) -> None:
    """It does not go. NotSo without a reason, or once it has gone."""
    if not why.strip():
        raise NotSo("Say why it does not go.")
    if letter.gone_at is not None:
        raise NotSo("This letter has gone already.")
    _stop(Letter.objects.filter(pk=letter.pk), why.strip())
    letter.refresh_from_db()


def _stop(letters: Any, why: str) -> None:
    letters.filter(gone_at=None, stopped_at=None).update(stopped_at=timezone.now(), stopped_why=why)


def _stop_all(about: Q, why: str) -> None:
    """Every letter about these records that has not gone; and what was decided for the next ones no longer holds."""
    records = Record.objects.filter(about).values("pk")
    _stop(Letter.objects.filter(record__in=records), why)
    Addressee.objects.filter(record__in=records, decided_at__isnull=False).update(
        seen_as=None, seen_at=None, seen_by=None, decided_at=None, decided_by=None, stopped_why=why
    )


def stop_for_loss(person: Person, **_: Any) -> None:
    """The end of a pregnancy stops every letter at once (rules of practice), to whomever it was going."""
    _stop_all(Q(children__child__in=standing_as([person.pk])), "A pregnancy has ended. Nothing goes until somebody has decided again.")


def stop_for_death(person: Person, **_: Any) -> None:
    why = "Somebody it was about, or to, has died. Nothing goes until somebody has decided again."
    rows = list(standing_as([person.pk]))
    _stop_all(Q(children__child__in=rows) | Q(addressees__person__in=rows) | Q(letters__person__in=rows), why)


def stop_for_leaving(record: Record, **_: Any) -> None:
    _stop_all(Q(pk=record.pk), "The record was withdrawn or taken off a child.")
