"""From deciding what a letter may tell to writing down that it was acknowledged. Rows are written by core/documents; here they are checked."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from goldthread.core.documents import actions as documents
from goldthread.core.documents.actions import NotSo
from goldthread.core.documents.models import NO_LETTER, WAYS, Addressee, Letter
from goldthread.core.people.models import Person
from goldthread.core.records.actions import write_note
from goldthread.core.records.models import Record
from goldthread.pathway.actions import NotNow
from goldthread.pathway.letters.composing import Composed, compose, may_be_told_of, words_problem
from goldthread.pathway.letters.declared import OWN, LetterKind, Recipient
from goldthread.pathway.letters.sharing import note_letter, note_told
from goldthread.pathway.queries import children_of


@dataclass(frozen=True)
class Decision:
    """What somebody decides about one person's letter: references of the children, the way, and what is asked beside."""

    children: tuple[str, ...]
    way: str
    own_time: time | None = None
    come_to: str | None = None
    reach_us: str | None = None
    own_words: str | None = None


def recipient_of(kind: type[LetterKind], record: Record, person: str) -> Recipient | None:
    """The recipient with this person's reference."""
    return next((one for one in kind.recipients(record) if one.person.reference == person), None)


def decide(*, kind: type[LetterKind], record: Record, recipient: Recipient, decision: Decision, by: Any) -> Addressee:
    """What this letter may tell, and the way. NotSo for a child they may not be told of, or words that tell what they must not."""
    addressee = documents.addressee_of(record=record, kind=kind.name, person=recipient.person)
    may = {child.reference for child, why in may_be_told_of(recipient.person, children_of(record)) if not why}
    if strange := set(decision.children) - may:
        raise NotSo(f"This letter cannot tell of {len(strange)} of these children.")
    asked = set(kind.asks.get(recipient.standing, ()))
    own = {name: getattr(decision, name) for name in OWN if name in asked}
    for name, words in own.items():
        if isinstance(words, str) and (problem := words_problem(kind, record, recipient, list(decision.children), words)):
            raise NotSo(problem, name)
    documents.decide(addressee=addressee, children=list(decision.children), way=decision.way, by=by, **own)
    return addressee


def look(*, kind: type[LetterKind], record: Record, recipient: Recipient, addressee: Addressee, by: Any) -> tuple[Composed, bytes]:
    """The letter as it would go now, and that this person has read it so. NotSo where there is none."""
    made = compose(kind, record, recipient, addressee)
    if made.page is None:
        raise NotSo(made.refused)
    pdf = made.pdf()
    documents.note_seen(addressee=addressee, made_of=made.made_of, by=by)
    return made, pdf


def seal(*, kind: type[LetterKind], record: Record, recipient: Recipient, by: Any) -> Letter:
    """Seal it as it was read. NotSo where there is none, or where it says something else than what this person read."""
    with transaction.atomic():
        Record.objects.select_for_update().get(pk=record.pk)
        addressee = documents.addressee_of(record=record, kind=kind.name, person=recipient.person)
        if Letter.objects.filter(record=record, kind=kind.name, person=recipient.person, gone_at=None, stopped_at=None).exists():
            raise NotSo("A letter to them is sealed and waits to go.")
        made = compose(kind, record, recipient, addressee)
        if made.page is None:
            raise NotSo(made.refused)
        return documents.seal(addressee=addressee, pdf=made.pdf(), made_of=made.made_of, by=by)


def send_off(*, kind: type[LetterKind], letter: Letter, by: Any) -> str:
    """It has gone: nothing is answered. Where it would say something else today, or go another way, it is stopped, and the answer says why."""
    with transaction.atomic():
        recipient = recipient_of(kind, letter.record, letter.person.reference)
        addressee = documents.addressee_of(record=letter.record, kind=kind.name, person=letter.person)
        why = changed_since(kind, letter, recipient, addressee)
        if why:
            documents.stop(letter=letter, why=why)
            return why
        documents.go(letter=letter, by=by)
        note_letter(kind, letter, by)
        with _written_elsewhere():
            kind.went(addressee, letter.way, by, localdate())
        told = f"{kind.title}, a letter to {letter.person}. {WAYS[letter.way]}. Reference {letter.reference}."
        _note(letter.record, letter.children, told, by)
        return ""


def changed_since(kind: type[LetterKind], letter: Letter, recipient: Recipient | None, addressee: Addressee) -> str:
    """Why a sealed letter may not go any more; empty when it may."""
    if recipient is None:
        return "This person is no longer one of those it goes to."
    made = compose(kind, letter.record, recipient, addressee)
    if made.page is None:
        return made.refused
    return "" if made.made_of == letter.made_of else "What it says has changed since it was sealed. Read it again and seal it anew."


def news(*, kind: type[LetterKind], letter: Letter, what: str, on: date, by: Any, how: str | None = None, words: str | None = None) -> None:
    """It arrived, came back, or was acknowledged; the meeting's own list says the same, while there is a meeting."""
    with transaction.atomic():
        had_come_back = letter.came_back_on is not None
        documents.answer(letter=letter, what=what, on=on, by=by, how=how, words=words)
        if letter.record.state == Record.VOID:
            return
        addressee = documents.addressee_of(record=letter.record, kind=kind.name, person=letter.person)
        with _written_elsewhere():
            if had_come_back and what != "came_back":
                kind.went(addressee, letter.way, by, localdate(letter.gone_at))
            if what != "came_back" or not _has_it_since(letter, addressee):
                kind.came(addressee, what, by, on)


def _has_it_since(letter: Letter, addressee: Addressee) -> bool:
    """Told in person, or written to again, after this letter went."""
    if addressee.told_at and letter.gone_at and addressee.told_at > letter.gone_at:
        return True
    others = Letter.objects.filter(record=letter.record, kind=letter.kind, person=letter.person, gone_at__gt=letter.gone_at)
    return others.filter(came_back_on=None).exists()


def told(*, kind: type[LetterKind], record: Record, recipient: Recipient, on: date, words: str, by: Any) -> None:
    """Told in person, in the place of a letter. NotSo where nothing is to be told: the record is withdrawn, or it is not the time."""
    with transaction.atomic():
        record = Record.objects.select_for_update().get(pk=record.pk)
        if record.state == Record.VOID:
            raise NotSo("This record is withdrawn.")
        if why := recipient.none or kind.is_due(record):
            raise NotSo(why)
        addressee = documents.addressee_of(record=record, kind=kind.name, person=recipient.person)
        documents.tell(addressee=addressee, on=on, words=words, by=by)
        with _written_elsewhere():
            kind.went(addressee, "in_person", by, on)
        children = addressee.children or [child.reference for child in children_of(record)]
        note_told(kind, addressee, children, on, by)
        _note(record, children, f"{kind.title}: {recipient.person} was told in person, not by letter. {words.strip()}", by, on)


@contextmanager
def _written_elsewhere() -> Iterator[None]:
    """What a room refuses to write down is refused here in the same words."""
    try:
        yield
    except NotNow as refused:
        raise NotSo(str(refused)) from refused


def _note(record: Record, children: Iterable[str], words: str, by: Any, on: date | None = None) -> None:
    """A line in the chronology of the children whom it told of."""
    keys = list(Person.objects.filter(reference__in=list(children), record_links__record=record).values_list("pk", flat=True).distinct())
    if keys:
        write_note(children=keys, kind="message", words=words, by=by, happened_on=on or localdate())


__all__ = ["NO_LETTER", "Decision", "NotSo", "changed_since", "decide", "look", "news", "recipient_of", "seal", "send_off", "told"]
