"""A line of the chronology as it is read: what happened, when, and when it was written down."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from goldthread.core.records.models import CASE_NOTE, CaseNote, Record
from goldthread.ground.time.words import short_day
from goldthread.pathway.registry import definition_of, definitions

STATES = {Record.DRAFT: "Being written", Record.SUBMITTED: "Waiting for a decision", Record.RETURNED: "Sent back"}
LONGEST_WORDS = 280


@dataclass(frozen=True)
class Entry:
    """What the timeline macro draws."""

    id: str
    on: date
    words: str
    exact: str
    title: str
    href: str
    kind: str
    time: str = ""
    written: str = ""
    by: str = ""
    recorded: str = ""
    is_significant: bool = False
    children: list[str] = field(default_factory=list)
    tags: list[dict[str, str]] = field(default_factory=list)


def kinds() -> dict[str, str]:
    """Every kind an entry may be of, in words: processes in the order of the rooms, then kinds of note."""
    return {kind: definition.title for kind, definition in definitions().items()} | {
        f"note.{code}": words for code, words in CaseNote.KINDS.items()
    }


def kind_of(record: Record, note: CaseNote | None) -> str:
    return CaseNote.KINDS.get(note.kind, "Note") if note else definition_of(record.kind).title


def note_of(record: Record) -> CaseNote | None:
    return getattr(record, "case_note", None) if record.kind == CASE_NOTE else None


def entry_of(row: Any, today: date, paper: Callable[[str], str] = str) -> Entry:
    """From a row of `queries.entries_of`. A note of several sentences shows its beginning; the record has the whole.

    `paper` keeps off paper what must not be printed (`ChildPage.paper`).
    """
    record: Record = row.record
    note = note_of(record)
    title, written = record.headline or kind_of(record, note), ""
    if note is not None:
        title, written = kind_of(record, note), shortened(note.words)
    others = [name or "a child without a name" for name in row.about]
    tags = [{"words": STATES[record.state], "kind": "quiet"}] if record.state in STATES else []
    if record.origin != Record.HERE:
        tags.append({"words": Record.ORIGINS[record.origin], "kind": "quiet"})
    kind = "" if note is not None else definition_of(record.kind).title
    return Entry(
        id=record.reference,
        on=record.happened_on,
        words=f"{record.happened_on:%a} {record.happened_on.day}",
        exact=short_day(record.happened_on),
        title=title,
        href=f"/record/{record.reference}/",
        kind="" if title.startswith(kind) else kind,
        time=f"{record.happened_at:%H:%M}" if record.happened_at else "",
        written=paper(written),
        by=row.by or ("" if record.origin != Record.HERE else "not known by whom"),
        recorded=recorded_in_words(record),
        is_significant=bool(record.is_significant),
        children=others if len(others) > 1 else [],
        tags=tags,
    )


def shortened(words: str) -> str:
    line = words.strip()
    return line if len(line) <= LONGEST_WORDS else line[:LONGEST_WORDS].rsplit(" ", 1)[0] + " …"


def recorded_in_words(record: Record) -> str:
    """How long after it happened it was written down; nothing when the same or the next day."""
    if record.origin != Record.HERE or record.recorded_at is None:
        return ""
    days = (localdate(record.recorded_at) - record.happened_on).days
    return f"written {days} days later" if days > 1 else ""
