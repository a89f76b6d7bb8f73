"""What happens to any record, whatever its kind: begun, withdrawn, taken off the wrong child, commented, noted."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate

from goldthread.core.people.models import Person
from goldthread.core.records.events import left_file, put_back
from goldthread.core.records.models import CASE_NOTE, CaseNote, Comment, Draft, Record, RecordChild
from goldthread.core.work.actions import drop_tasks, stop_clocks
from goldthread.ground.boot.many_rows import insert_many


def begin_record(
    *,
    kind: str,
    children: Iterable[int],
    by: Any,
    happened_on: date,
    happened_at: time | None = None,
    follows: Record | None = None,
    **header: Any,
) -> Record:
    """A header in draft, about these children (none yet, when a call has only just begun)."""
    record = Record.objects.create(kind=kind, happened_on=happened_on, happened_at=happened_at, recorded_by=by, follows=follows, **header)
    add_children(record=record, children=children)
    return record


def add_children(*, record: Record, children: Iterable[int]) -> None:
    """The record is about these children too. One who was taken off earlier is put back on."""
    for child in children:
        link, made = RecordChild.objects.get_or_create(record=record, child_id=child, defaults={"happened_on": record.happened_on})
        if not made and link.removed_at is not None:
            link.removed_at = link.removed_by = link.removed_why = None
            link.save(update_fields=["removed_at", "removed_by", "removed_why"])
            put_back.send(Record, record=record, children=[child])


def lock_children(children: Iterable[int]) -> None:
    """One action at a time on a child: row locks, always taken in the same order."""
    list(Person.objects.select_for_update(of=("self",)).filter(pk__in=list(children)).order_by("pk").values_list("pk", flat=True))


def take_off_child(*, record: Record, child: int, why: str, by: Any) -> None:
    """This entry was made on the wrong child: it leaves the child's file and its clocks stop; the trace stays.

    ValueError when no reason is given.
    """
    if not why.strip():
        raise ValueError("Say why this entry does not belong to this child.")
    lock_children([child])
    RecordChild.objects.filter(record=record, child_id=child, removed_at=None).update(
        removed_at=timezone.now(), removed_by=by, removed_why=why
    )
    stop_clocks(record=record, child=child, on=localdate(), why=f"Taken off this child: {why}")
    left_file.send(Record, record=record, children=[child])


def withdraw(*, record: Record, why: str, by: Any) -> None:
    """The record should not have been made. Nothing is deleted: it is marked, its clocks stop, its tasks are dropped."""
    if not why.strip():
        raise ValueError("Say why this record is withdrawn.")
    record.state, record.void_why, record.step = Record.VOID, why, None
    record.save(update_fields=["state", "void_why", "step"])
    stop_clocks(record=record, on=localdate(), why=f"Record withdrawn: {why}")
    drop_tasks(record=record, why="Record withdrawn")
    Draft.objects.filter(record=record).delete()
    left_file.send(Record, record=record, children=list(record.children.filter(removed_at=None).values_list("child_id", flat=True)))


def comment(*, record: Record, words: str, by: Any, sent_back: bool = False) -> Comment:
    """A manager's words on a piece of work."""
    return Comment.objects.create(record=record, words=words, by=by, sent_back=sent_back)


def mark_significant(*, record: Record, is_significant: bool) -> None:
    """A person says whether this matters in the chronology."""
    record.is_significant = is_significant
    record.save(update_fields=["is_significant"])


def write_note(
    *,
    children: Iterable[int],
    kind: str,
    words: str,
    by: Any,
    happened_on: date,
    happened_at: time | None = None,
    is_significant: bool | None = None,
) -> CaseNote:
    """A case note on one or several children's files. ValueError when it says nothing or is dated ahead.

    What a child says (kind "voice") stands on that child's file alone: one child's words are never another's.
    """
    children = list(children)
    if kind == "voice" and len(children) != 1:
        raise ValueError("What a child says is written for that child alone.")
    if not words.strip():
        raise ValueError("Write what happened.")
    if happened_on > localdate():
        raise ValueError("The day is in the future: write when it happened.")
    record = begin_record(kind=CASE_NOTE, children=children, by=by, happened_on=happened_on, happened_at=happened_at)
    record.state, record.agreed_at, record.agreed_by = Record.AGREED, timezone.now(), by
    record.headline, record.is_significant = headline_of(words), is_significant
    record.save()
    return CaseNote.objects.create(record=record, kind=kind, words=words)


def write_notes_many(rows: Iterable[tuple[Record, Iterable[int], str, str]]) -> None:
    """The batch form: (header, children, kind of note, words) for each."""
    rows = list(rows)
    for record, _, _, words in rows:
        record.headline, record.state = headline_of(words), Record.AGREED
        record.agreed_at, record.agreed_by_id = record.recorded_at, record.recorded_by_id
    insert_many([record for record, *_ in rows])
    RecordChild.objects.bulk_create(
        [
            RecordChild(record=record, child_id=child, happened_on=record.happened_on)
            for record, children, _, _ in rows
            for child in children
        ],
        batch_size=2000,
    )
    insert_many([CaseNote(record=record, kind=kind, words=words) for record, _, kind, words in rows])


def headline_of(words: str, longest: int = 140) -> str:
    """The first sentence or so, for one line of the chronology."""
    line = " ".join(words.split())
    return line if len(line) <= longest else line[: longest - 1].rsplit(" ", 1)[0] + "…"
