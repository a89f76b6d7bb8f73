"""The front-door board: what has come in and where it stands, the same few queries however many cards there are."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate, make_aware

from goldthread.core.people.models import Person
from goldthread.core.people.words import names_of
from goldthread.core.records.models import Draft, Record, RecordChild
from goldthread.core.work.models import Clock
from goldthread.ground.codes.code_lists import codes
from goldthread.pathway.archetypes import DECIDE, RECORD
from goldthread.pathway.reading import due_of
from goldthread.practice.front_door.contact import Contact
from goldthread.practice.front_door.queries import CONTACT, REFERRAL, counts_in_words, earlier_counts

# (id, heading, what a card in it waits for); a card stands in exactly one.
COLUMNS = (
    ("new", "Being written", "Calls being taken and checked."),
    ("returned", "Sent back", "The manager has asked for something more."),
    ("decision", "Waiting for a decision", "A manager decides for each child."),
    ("referrals", "Referrals to decide", "One working day from the contact’s receipt."),
)
FULL_BAR_HOURS = 48  # one scale for every card, whatever its priority: nothing sinks out of sight
WORRY = 160


@dataclass(frozen=True)
class Asked:
    """The state of the board, as its address holds it."""

    column: str = ""
    danger: bool = False
    late: bool = False
    mine: bool = False

    @classmethod
    def read(cls, query: QueryDict) -> "Asked":
        column = query.get("column", "")
        known = column if column in {name for name, *_ in COLUMNS} else ""
        return cls(known, query.get("only") == "danger", query.get("only") == "late", query.get("whose") == "mine")

    @property
    def said(self) -> list[str]:
        found = [heading.lower() for name, heading, _ in COLUMNS if name == self.column]
        return [*found, *(["immediate danger"] if self.danger else []), *(["late"] if self.late else []), *(["yours"] if self.mine else [])]

    @property
    def words(self) -> str:
        return ", ".join(self.said)


@dataclass
class Told:
    """What the record (or its draft) says, for one card."""

    worry: str = ""
    source: str = ""
    is_danger: bool = False
    is_protected: bool = False


def board(user: Any, asked: Asked) -> dict[str, Any]:
    """Columns of cards, danger first and then the longest waiting; `people` are the keys of the children shown."""
    waiting = Record.objects.seen_by(user).filter(kind__in=[CONTACT, REFERRAL], step__isnull=False)
    if asked.mine:
        waiting = waiting.filter(recorded_by=user)
    records = list(waiting.order_by("happened_on", "happened_at", "pk"))
    keys = [record.pk for record in records]
    children: dict[int, list[Person]] = {}
    for link in RecordChild.objects.filter(record__in=keys, removed_at=None).select_related("child").order_by("child__born_on", "pk"):
        children.setdefault(link.record_id, []).append(link.child)
    people = {child.pk for found in children.values() for child in found}
    counts = earlier_counts(people, before=keys)
    said, clocks = _told(keys), _clocks(keys)
    cards = [_card(record, children.get(record.pk, []), said.get(record.pk, Told()), clocks.get(record.pk), counts) for record in records]
    kept = [card for card in cards if _is_asked_for(card, asked)]
    kept.sort(key=lambda card: (not card["is_danger"], card["since"]))
    columns = [
        {"id": name, "heading": heading, "note": note, "cards": [card for card in kept if card["column"] == name], "empty": "Nothing here."}
        for name, heading, note in COLUMNS
        if not asked.column or asked.column == name
    ]
    return {"columns": columns, "asked": asked, "people": people, "number": len(kept), "number_of_all": len(cards), "headings": COLUMNS}


def _is_asked_for(card: dict[str, Any], asked: Asked) -> bool:
    late = card["due"] is not None and card["due"]["state"] == "late"
    return (not asked.danger or card["is_danger"]) and (not asked.late or late) and (not asked.column or card["column"] == asked.column)


def _told(records: list[int]) -> dict[int, Told]:
    """From the typed rows where a step is complete, else from what is in the draft. Two queries."""
    found: dict[int, Told] = {}
    for contact in Contact.objects.filter(record__in=records):
        found[contact.record_id] = Told(
            contact.caller_words or "", contact.source or "", bool(contact.danger_now), bool(contact.caller_is_protected)
        )
    for draft in Draft.objects.filter(record__in=records):
        typed = draft.answers
        if draft.record_id not in found or draft.step == RECORD:
            found[draft.record_id] = Told(
                str(typed.get("danger_words") or typed.get("caller_words") or typed.get("reason") or ""),
                str(typed.get("source") or ""),
                typed.get("danger_now") == "yes",
                "yes" in (typed.get("caller_is_protected"), typed.get("referrer_is_protected")),
            )
    return found


def _clocks(records: list[int]) -> dict[int, Clock]:
    """The earliest clock still running on each record."""
    found: dict[int, Clock] = {}
    running = Clock.objects.filter(record__in=records, is_current=True, met_on=None, stopped_on=None, due_on__isnull=False)
    for clock in running.select_related("rule").order_by("-due_on"):
        found[clock.record_id] = clock
    return found


def _card(record: Record, children: list[Person], told: Told, clock: Clock | None, counts: dict[int, dict[int, int]]) -> dict[str, Any]:
    since = make_aware(datetime.combine(record.happened_on, record.happened_at or time(9)))
    if told.is_protected:
        source = "From someone whose name is protected"
    else:
        source = f"From: {codes('cin.referral_source').label(told.source)}" if told.source else "Caller not written down yet"
    words = " ".join(told.worry.split())
    most = max((counts.get(child.pk) for child in children if child.pk in counts), key=lambda c: c[12] if c else 0, default=None)
    return {
        "column": _column(record),
        "heading": names_of(children),
        "href": reverse("step", kwargs={"reference": record.reference, "step": record.step}),
        "words": words if len(words) <= WORRY else words[:WORRY].rsplit(" ", 1)[0] + "…",
        "source": source,
        "is_danger": told.is_danger,
        "priority": {"words": "Immediate danger", "kind": "danger"} if told.is_danger else None,
        "facts": [counts_in_words(most)] if children else [],
        "due": {**due_of(clock, clock.rule), "rule": "", "authority": "", "slips": ""} if clock else None,
        "since": since,
        "age": _age(since),
    }


def _column(record: Record) -> str:
    if record.kind == REFERRAL:
        return "referrals"
    if record.state == Record.RETURNED:
        return "returned"
    return "decision" if record.step == DECIDE else "new"


def _age(since: datetime) -> dict[str, Any]:
    hours = max((timezone.now() - since).total_seconds() / 3600, 0)
    days = (localdate() - since.date()).days
    words = f"Came {round(hours)} hours ago" if hours >= 1.5 else f"Came {round(hours * 60)} minutes ago"
    return {"words": words if days < 2 else f"Came {days} days ago", "hours": hours, "of_hours": FULL_BAR_HOURS}
