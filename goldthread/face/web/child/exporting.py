"""The chronology for court: chosen entries, chosen columns, as a file or on paper; what must not leave the building left out."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET

from goldthread.core.agencies.models import Agency
from goldthread.core.agencies.withholding import secrets_of, withheld
from goldthread.core.people.models import Person
from goldthread.core.records.models import Record, RecordChild
from goldthread.core.sharing.actions import keep_shares, share
from goldthread.core.sharing.agreements import needs_agreement
from goldthread.core.sharing.models import CONSENT, Share
from goldthread.core.sharing.reasons import proposed_for
from goldthread.face.web.child.chronology import Wanted, entries_wanted, rows_of
from goldthread.face.web.child.entries import kind_of, note_of
from goldthread.face.web.child.opening import about_child
from goldthread.face.web.child.page import ChildPage
from goldthread.face.web.child.siblings import siblings_seen
from goldthread.face.web.spreadsheets import as_csv
from goldthread.ground.audit.reading import log_reading
from goldthread.ground.boot.trouble import Impossible
from goldthread.ground.codes.code_lists import codes
from goldthread.ground.time.words import short_day
from goldthread.pathway.meeting.forms import agencies
from goldthread.practice.front_door.models import Contact, Referral

COLUMNS = {
    "date": "Date", "time": "Time", "kind": "Kind", "what": "What happened", "words": "Words of notes", "children": "Children",
    "significant": "Significant", "by": "Written by", "written": "Written on", "reference": "Reference",
}  # fmt: skip
FIRST_CHOSEN = ("date", "kind", "what", "words", "children")
SENSITIVE = {
    "police": "Entries from the police",
    "medical": "Entries from health services",
    "referrer": "Contacts, and what referrers were told",
}
ARRIVALS = {"front_door.contact", "front_door.feedback"}
LONGEST = 2000
FOR_US = "own_work"  # codes sharing.purpose


@dataclass(frozen=True)
class Line:
    row: RecordChild
    source: str  # codes cin.referral_source; empty where nobody referred
    is_nfa: bool | None = None

    @property
    def sort(self) -> str:
        """Under which box of SENSITIVE it falls; empty for none. Police and health by who referred: notes cannot be told apart."""
        if self.source == "6":
            return "police"
        if self.source.startswith("3"):
            return "medical"
        return "referrer" if self.row.record.kind in ARRIVALS else ""


@require_GET
@about_child
def export(request: HttpRequest, person: Person) -> HttpResponse:
    """Choose what goes out; then the same address with `as` gives the file or the paper."""
    child, wanted = ChildPage(request, person), Wanted.of(request)
    chosen = [r for r in request.GET.getlist("record") if r.isalnum()][:LONGEST]
    out = request.GET.get("as", "")
    problem = ""
    if out in ("csv", "print"):
        try:
            return _out(request, child, wanted, chosen, out)
        except Impossible as refused:
            problem = str(refused)
    context = child.context(
        "child_chronology",
        f"Export the chronology of {child.name}",
        section_title=person.reference,
        wanted=wanted,
        chosen=chosen,
        columns=COLUMNS.items(),
        first_chosen=FIRST_CHOSEN,
        sensitive=SENSITIVE.items(),
        purposes=[(code, words) for code, words in codes("sharing.purpose").choices() if proposed_for(code).basis != CONSENT],
        usual=FOR_US,
        agencies=[(str(one.pk), one.name) for one in agencies()],
        problem=problem,
    )
    return render(request, "web/child/export.jinja", context, status=422 if problem else 200)


def _out(request: HttpRequest, child: ChildPage, wanted: Wanted, chosen: list[str], out: str) -> HttpResponse:
    columns = [name for name in COLUMNS if name in request.GET.getlist("column")] or list(FIRST_CHOSEN)
    allowed = set(request.GET.getlist("with")) & set(SENSITIVE)
    others = siblings_seen(child.person, request.user) if wanted.whose else []
    entries = entries_wanted(child, wanted, others)
    if chosen:
        entries = entries.filter(record__reference__in=chosen)
    lines = with_sources(list(entries.exclude(record__state=Record.DRAFT)[:LONGEST]))
    kept = [line for line in lines if line.sort in allowed or line.sort == "" or line.row.record.kind not in ARRIVALS]
    secrets = secrets_of(rows_of(child, others), child.today)
    rows = [[cell(line, column, allowed, secrets) for column in columns] for line in reversed(kept)]
    left_out = len(lines) - len(kept)
    what = f"chronology of {child.person.reference} as {out}: {len(rows)} entries; columns {', '.join(columns)}; with {', '.join(sorted(allowed)) or 'nothing sensitive'}"
    _note(request, child, others, what)
    log_reading(request.user, "export", what, {child.person.pk, *(p.pk for p in others)})
    if out == "csv":
        return as_csv(f"chronology {child.person.reference}", [COLUMNS[name] for name in columns], rows)
    context = {
        "heading": f"Chronology of {child.name}",
        "child": child,
        "columns": [{"text": COLUMNS[name]} for name in columns],
        "rows": rows,
        "left_out": left_out,
        "is_withheld": bool(secrets),
        "made": localtime(),
        "back": child.to("child_chronology"),
    }
    return render(request, "web/child/export_print.jinja", context)


def _note(request: HttpRequest, child: ChildPage, others: list[Person], what: str) -> None:
    """For what and for whom it was made: our own work, unless they say otherwise. Impossible where an agreement is wanting."""
    purpose, key = request.GET.get("purpose", ""), request.GET.get("agency", "")
    reason = proposed_for(purpose if purpose in codes("sharing.purpose") else FOR_US)
    agency = Agency.objects.filter(pk=key).first() if key.isdecimal() else None
    if agency is None and needs_agreement(reason.purpose):
        raise Impossible("Choose the agency it is for: this purpose needs an information-sharing agreement with them.", "agency")
    if reason.purpose == FOR_US and (agency or request.GET.get("to_whom", "").strip()):
        raise Impossible("Choose what it is for: for our own work it is given to nobody else.", "purpose")
    to_whom = request.GET.get("to_whom", "").strip()[:200] or (agency.name if agency else "Ourselves")
    made = share(
        what=Share.EXPORT, thing=child.person.reference, reason=reason, children=[child.person.pk, *(p.pk for p in others)], to_whom=to_whom,
        by=request.user, agency=agency, how=f"{what[:1].upper()}{what[1:]}",
    )  # fmt: skip
    keep_shares([made])


def with_sources(rows: list[RecordChild]) -> list[Line]:
    """Each entry with who told us, where somebody did. Two queries."""
    records = [row.record_id for row in rows]
    told: dict[int, tuple[str, bool | None]] = {
        key: (source or "", None) for key, source in Contact.objects.filter(record__in=records).values_list("record_id", "source")
    }
    told |= {
        key: (source or "", nfa)
        for key, source, nfa in Referral.objects.filter(record__in=records).values_list("record_id", "source", "is_nfa")
    }
    return [Line(row, *told.get(row.record_id, ("", None))) for row in rows]


def cell(line: Line, column: str, allowed: set[str], secrets: list[str]) -> Any:
    """One cell, with what must not leave taken out of every text."""
    record: Record = line.row.record
    note = note_of(record)
    if column == "what":
        return withheld(headline(line, allowed), secrets)
    found: dict[str, Any] = {
        "date": short_day(record.happened_on),
        "time": f"{record.happened_at:%H:%M}" if record.happened_at else "",
        "kind": kind_of(record, note),
        "words": withheld(note.words, secrets) if note else "",
        "children": ", ".join(name or "a child without a name" for name in line.row.about),  # type: ignore[attr-defined]
        "significant": "Yes" if record.is_significant else "",
        "by": line.row.by or "",  # type: ignore[attr-defined]
        "written": short_day(localtime(record.recorded_at).date()),
        "reference": record.reference,
    }
    return found[column]


def headline(line: Line, allowed: set[str]) -> str:
    """A referral's headline names who made it: without leave, only what was decided is said."""
    record = line.row.record
    if record.kind == "front_door.referral" and "referrer" not in allowed and line.sort not in allowed:
        return "Referral" + ("" if line.is_nfa is None else ": no further action" if line.is_nfa else ": accepted")
    return record.headline
