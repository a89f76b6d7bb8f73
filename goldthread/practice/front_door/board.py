"""The front-door board: what has come in and where it stands, the same few queries however many cards there are.

Everything waiting is counted and put in order by the database; cards are made only of those shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from urllib.parse import urlencode

from django.db.models import BooleanField, Case, Count, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Value, When, Window
from django.db.models.functions import Coalesce, RowNumber
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate, make_aware

from goldthread.core.people.models import Person
from goldthread.core.people.words import names_of
from goldthread.core.records.models import Draft, Record, RecordChild
from goldthread.core.records.seeing import hidden_among
from goldthread.core.work.models import Clock
from goldthread.ground.access.predicate import standing
from goldthread.ground.codes.code_lists import codes
from goldthread.ground.design.words import counted
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
IN_A_COLUMN, ON_A_PAGE = 10, 50  # cards of each column side by side; cards of one column alone


@dataclass(frozen=True)
class Asked:
    """The state of the board, as its address holds it."""

    column: str = ""
    danger: bool = False
    late: bool = False
    mine: bool = False
    page: int = 1

    @classmethod
    def read(cls, query: QueryDict) -> "Asked":
        column = query.get("column", "")
        known = column if column in {name for name, *_ in COLUMNS} else ""
        page = query.get("page", "")
        number = max(int(page), 1) if page.isdecimal() and len(page) < 6 else 1
        return cls(known, query.get("only") == "danger", query.get("only") == "late", query.get("whose") == "mine", number)

    @property
    def said(self) -> list[str]:
        found = [heading.lower() for name, heading, _ in COLUMNS if name == self.column]
        return [*found, *(["immediate danger"] if self.danger else []), *(["late"] if self.late else []), *(["yours"] if self.mine else [])]

    @property
    def words(self) -> str:
        return ", ".join(self.said)

    def address(self, column: str, page: int = 1) -> str:
        """This board with one column alone, on one of its pages."""
        only = "danger" if self.danger else "late" if self.late else ""
        held = {"column": column, "only": only, "whose": "mine" if self.mine else "", "page": str(page) if page > 1 else ""}
        return "?" + urlencode({name: value for name, value in held.items() if value})


@dataclass
class Told:
    """What the record (or its draft) says, for one card."""

    worry: str = ""
    source: str = ""
    is_danger: bool = False
    is_protected: bool = False


def board(user: Any, asked: Asked) -> dict[str, Any]:
    """Columns of cards, danger first and then the longest waiting; `people` are the keys of the children shown."""
    waiting = _waiting(user, asked)
    kept = _asked_for(waiting, asked)
    start, many = ((asked.page - 1) * ON_A_PAGE, ON_A_PAGE) if asked.column else (0, IN_A_COLUMN)
    shown: dict[str, list[int]] = {name: [] for name, *_ in COLUMNS if asked.column in ("", name)}
    counts = dict.fromkeys(shown, 0)
    for key, column, count in _first(kept, start, many):
        shown[column].append(key)
        counts[column] = count
    number = kept.count() if start and not counts[asked.column] else sum(counts.values())
    cards, people = _cards([key for keys in shown.values() for key in keys])
    columns = [
        {
            "id": name,
            "heading": heading,
            "note": note,
            "cards": [cards[key] for key in shown[name]],
            "count": counts[name] or (number if asked.column else 0),
            "more": _more(asked, name, counts[name]),
            "empty": "Nothing here.",
        }
        for name, heading, note in COLUMNS
        if name in shown
    ]
    pages = _pages(asked, start, number) if asked.column and number > ON_A_PAGE else None
    return {
        "columns": columns, "asked": asked, "people": people, "number": number, "headings": COLUMNS, "pages": pages,
        "number_of_all": waiting.count() if asked.column or asked.danger or asked.late else number,
    }  # fmt: skip


def _waiting(user: Any, asked: Asked) -> QuerySet[Any, Any]:
    """All that waits and may be seen, each with its `column` and whether somebody is in danger now.

    The board is for those who see every child.
    """
    found = Record.objects.filter(kind__in=[CONTACT, REFERRAL], step__isnull=False)
    if asked.mine:
        found = found.filter(recorded_by=user)
    typed = Draft.objects.filter(record=OuterRef("pk"), step=RECORD, answers__has_key="danger_now")
    recorded = Exists(Contact.objects.filter(record=OuterRef("pk"), danger_now=True))
    is_danger = Coalesce(Subquery(typed.values(said=ExpressionWrapper(Q(answers__danger_now="yes"), BooleanField()))[:1]), recorded)
    column = Case(
        When(kind=REFERRAL, then=Value("referrals")), When(state=Record.RETURNED, then=Value("returned")),
        When(step=DECIDE, then=Value("decision")), default=Value("new"),
    )  # fmt: skip
    seen = found.exclude(pk__in=hidden_among(standing(user), found))
    return seen.annotate(is_danger=is_danger, column=column)


def _asked_for(waiting: QuerySet[Any, Any], asked: Asked) -> QuerySet[Any, Any]:
    if asked.danger:
        waiting = waiting.filter(is_danger=True)
    if asked.late:
        waiting = waiting.filter(Exists(_running().filter(record=OuterRef("pk"), due_on__lt=localdate())))
    return waiting.filter(column=asked.column) if asked.column else waiting


def _first(waiting: QuerySet[Any, Any], start: int, many: int) -> Iterable[tuple[int, str, int]]:
    """So many of each column from the first after `start`, in the order of the board: its key, the column, and how many stand in it."""
    by_column: dict[str, Any] = {"partition_by": [F("column")]}
    order = [F("is_danger").desc(), F("happened_on").asc(), F("happened_at").asc(), F("pk").asc()]
    placed = waiting.annotate(place=Window(RowNumber(), **by_column, order_by=order), of_column=Window(Count("*"), **by_column))
    return placed.filter(place__gt=start, place__lte=start + many).order_by("column", "place").values_list("pk", "column", "of_column")


def _running() -> QuerySet[Clock]:
    return Clock.objects.filter(is_current=True, met_on=None, stopped_on=None, due_on__isnull=False)


def _more(asked: Asked, column: str, count: int) -> dict[str, str] | None:
    if asked.column or count <= IN_A_COLUMN:
        return None
    return {"text": f"All {count:,} of this column", "href": asked.address(column)}


def _pages(asked: Asked, start: int, count: int) -> dict[str, Any]:
    end = min(start + ON_A_PAGE, count)
    return {
        "words": f"{start + 1:,} to {end:,} of {count:,}" if start < count else f"Nothing on this page, of {count:,}",
        "previous": asked.address(asked.column, asked.page - 1) if asked.page > 1 else None,
        "next": asked.address(asked.column, asked.page + 1) if end < count else None,
    }


def _cards(keys: list[int]) -> tuple[dict[int, dict[str, Any]], set[int]]:
    """The cards of these records, and whom they are about. Seven queries. What still waits does not count as an earlier contact."""
    children: dict[int, list[Person]] = {}
    for link in RecordChild.objects.filter(record__in=keys, removed_at=None).select_related("child").order_by("child__born_on", "pk"):
        children.setdefault(link.record_id, []).append(link.child)
    people = {child.pk for found in children.values() for child in found}
    counts = earlier_counts(people, but=Q(record__step__isnull=False))
    said, clocks = _told(keys), _clocks(keys)
    cards = {
        record.pk: _card(record, children.get(record.pk, []), said.get(record.pk, Told()), clocks.get(record.pk), counts)
        for record in Record.objects.filter(pk__in=keys)
    }
    return cards, people


def _told(records: list[int]) -> dict[int, Told]:
    """From the typed rows where a step is complete, else from what is in the draft. Two queries."""
    found: dict[int, Told] = {}
    contacts = Contact.objects.filter(record__in=records)
    for key, words, source, danger, is_protected in contacts.values_list(
        "record_id", "caller_words", "source", "danger_now", "caller_is_protected"
    ):
        found[key] = Told(words or "", source or "", bool(danger), bool(is_protected))
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
    """The earliest clock still running on each record; few rules for many clocks. Two queries."""
    found: dict[int, Clock] = {}
    for clock in _running().filter(record__in=records).prefetch_related("rule").order_by("-due_on"):
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
        "heading": names_of(children),
        "href": reverse("step", kwargs={"reference": record.reference, "step": record.step}),
        "words": words if len(words) <= WORRY else words[:WORRY].rsplit(" ", 1)[0] + "…",
        "source": source,
        "is_danger": told.is_danger,
        "priority": {"words": "Immediate danger", "kind": "danger"} if told.is_danger else None,
        "facts": [counts_in_words(most)] if children else [],
        "due": {**due_of(clock, clock.rule), "rule": "", "authority": "", "slips": ""} if clock else None,
        "age": _age(since),
    }


def _age(since: datetime) -> dict[str, Any]:
    hours = max((timezone.now() - since).total_seconds() / 3600, 0)
    days = (localdate() - since.date()).days
    ago = f"{round(hours)} hours" if hours >= 1.5 else counted(round(hours * 60), "minute")
    return {"words": f"Came {ago if days < 2 else f'{days} days'} ago", "hours": hours, "of_hours": FULL_BAR_HOURS}
