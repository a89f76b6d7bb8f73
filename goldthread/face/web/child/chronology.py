"""The chronology: everything on this child's file (or the whole family's), found again by kind, day and words."""

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from goldthread.core.agencies.withholding import secrets_of
from goldthread.core.people.models import Person
from goldthread.core.people.queries import standing_as
from goldthread.core.records.actions import mark_significant
from goldthread.core.records.models import CASE_NOTE, FairCopy, Record, RecordChild
from goldthread.face.web.child.entries import entry_of, kinds
from goldthread.face.web.child.opening import about_child
from goldthread.face.web.child.page import ChildPage
from goldthread.face.web.child.queries import entries_of, headers_of
from goldthread.face.web.child.siblings import siblings_seen
from goldthread.ground.audit.reading import log_reading
from goldthread.ground.time.words import short_day

A_PAGE = 100


@dataclass
class Wanted:
    """What the address asks for: the state of the list is in it, so that it can be sent to a colleague."""

    kind: str = ""
    whose: str = ""
    words: str = ""
    only: str = ""
    from_on: str = ""
    until_on: str = ""
    page: int = 1
    names: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, request: HttpRequest) -> "Wanted":
        asked, known = request.GET, kinds()
        page = asked.get("page", "")
        return cls(
            asked.get("kind", "") if asked.get("kind", "") in known else "",
            "family" if asked.get("whose") == "family" else "",
            asked.get("words", "").strip()[:100],
            "significant" if asked.get("only") == "significant" else "",
            asked.get("from", "") if day(asked.get("from", "")) else "",
            asked.get("until", "") if day(asked.get("until", "")) else "",
            int(page) if page.isdecimal() and int(page) else 1,
            known,
        )

    @property
    def asked(self) -> dict[str, str]:
        found = {
            "kind": self.kind,
            "whose": self.whose,
            "words": self.words,
            "only": self.only,
            "from": self.from_on,
            "until": self.until_on,
        }
        return {name: value for name, value in found.items() if value}

    def without(self, *names: str, **more: Any) -> str:
        """The same list but for these, as an address."""
        kept = {name: value for name, value in self.asked.items() if name not in names} | more
        return f"?{urlencode(kept)}"

    @property
    def chosen(self) -> list[dict[str, str]]:
        """The filters as words that can be read back."""
        said = {
            "kind": self.names.get(self.kind, "").lower(),
            "whose": "brothers and sisters too",
            "words": f"with “{self.words}”",
            "only": "marked as significant",
            "from": f"from {short_day(found)}" if (found := day(self.from_on)) else "",
            "until": f"to {short_day(last)}" if (last := day(self.until_on)) else "",
        }
        return [{"words": said[name], "remove_href": self.without(name)} for name in self.asked]


def day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def narrowed(entries: QuerySet[RecordChild], wanted: Wanted) -> QuerySet[RecordChild]:
    """Those of the entries that the filters let through."""
    if wanted.kind.startswith("note."):
        entries = entries.filter(record__kind=CASE_NOTE, record__case_note__kind=wanted.kind.removeprefix("note."))
    elif wanted.kind:
        entries = entries.filter(record__kind=wanted.kind)
    if wanted.only:
        entries = entries.filter(record__is_significant=True)
    if first := day(wanted.from_on):
        entries = entries.filter(happened_on__gte=first)
    if last := day(wanted.until_on):
        entries = entries.filter(happened_on__lte=last)
    for word in wanted.words.split():
        entries = entries.filter(holding(word))
    return entries


def holding(word: str) -> Q:
    """The word stands in the headline, in a note, or in an answer of the record as written.

    Answers that tell who referred are never searched: finding a name would be as good as reading it.
    """
    open_answer = f'? (!(@.is_protected == true) && @.answer like_regex {json.dumps(word)} flag "iq")'
    copies = FairCopy.objects.filter(record=OuterRef("record")).extra(
        where=["(content @? %s::jsonpath OR content @? %s::jsonpath)"],
        params=[f"$.shared[*] {open_answer}", f"$.each[*].answers[*] {open_answer}"],
    )
    return Q(record__headline__icontains=word) | Q(record__case_note__words__icontains=word) | Q(Exists(copies))


def rows_of(child: ChildPage, people: list[Person]) -> set[int]:
    """Keys of the child and of these others, duplicates merged into them included."""
    return child.rows | (set(standing_as(p.pk for p in people)) if people else set())


def entries_wanted(child: ChildPage, wanted: Wanted, others: list[Person]) -> QuerySet[RecordChild]:
    """The list, newest first, one line a record however many of these children it is about."""
    rows = rows_of(child, others)
    # Which of the file's records may be seen is asked once, a row a record; asked inside the list, it is asked for every line.
    keys = [header.pk for header in headers_of(rows, child.request.user) if header.is_seen]
    seen = Record.objects.filter(pk__in=keys)
    entries = narrowed(entries_of(seen, rows), wanted)
    return entries.distinct("happened_on", "record") if len(rows) > 1 else entries


@require_GET
@about_child
def chronology(request: HttpRequest, person: Person) -> HttpResponse:
    child, wanted = ChildPage(request, person), Wanted.of(request)
    siblings = siblings_seen(person, request.user)
    others = siblings if wanted.whose else []
    if others:
        log_reading(request.user, "list", f"chronology of the family of {person.reference}", [p.pk for p in others])
    entries = entries_wanted(child, wanted, others)
    count = entries.count()
    last_page = max(1, -(-count // A_PAGE))
    page = min(wanted.page, last_page)
    start = (page - 1) * A_PAGE
    child.keep_off_paper(secrets_of(rows_of(child, others), child.today))
    shown = [entry_of(one, child.today, child.paper) for one in entries[start : start + A_PAGE]]
    context = child.context(
        "child_chronology",
        f"Chronology of {child.name}",
        section_title=person.reference,
        entries=shown,
        wanted=wanted,
        count=count,
        siblings=siblings,
        fields=fields(wanted, siblings),
        pages=f"{start + 1} to {start + len(shown)} of {count}" if shown else "",
        previous_href=wanted.without(page=page - 1) if page > 1 else None,
        next_href=wanted.without(page=page + 1) if page < last_page else None,
        here=request.get_full_path(),
    )
    return render(request, "web/child/chronology.jinja", context)


def fields(wanted: Wanted, siblings: list[Person]) -> list[dict[str, Any]]:
    """The filter bar. The family is offered only where there is somebody to add."""
    found: list[dict[str, Any]] = [
        {"name": "words", "label": "Words", "kind": "words", "value": wanted.words},
        {"name": "kind", "label": "Kind", "kind": "one", "options": [("", "Any"), *wanted.names.items()], "value": wanted.kind},
        {
            "name": "only",
            "label": "Which",
            "kind": "one",
            "options": [("", "All"), ("significant", "Significant only")],
            "value": wanted.only,
        },
        {"name": "from", "label": "From", "kind": "day", "value": wanted.from_on},
        {"name": "until", "label": "To", "kind": "day", "value": wanted.until_on},
    ]
    if siblings:
        names = [("", "This child"), ("family", "Brothers and sisters too")]
        found.insert(2, {"name": "whose", "label": "Whose", "kind": "one", "options": names, "value": wanted.whose})
    return found


@require_POST
@about_child
def mark(request: HttpRequest, person: Person) -> HttpResponse:
    """A person says which entries matter; or takes the mark off again."""
    child = ChildPage(request, person)
    is_significant = request.POST.get("press") != "unmark"
    records = list(Record.objects.standing().seen_by(request.user).filter(reference__in=request.POST.getlist("record")))
    for record in records:
        mark_significant(record=record, is_significant=is_significant)
    if not records:
        messages.warning(request, "Tick the entries first.")
    else:
        said = "marked as significant" if is_significant else "no longer marked as significant"
        messages.success(request, f"{len(records)} {'entry' if len(records) == 1 else 'entries'} {said}.")
    back = request.POST.get("here", "")
    home = child.to("child_chronology")
    return redirect(back if back.startswith(home) else home)
