"""The attendance report, and the meetings behind each of its figures."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from markupsafe import Markup

from goldthread.core.people.models import Person
from goldthread.core.people.words import names_of
from goldthread.core.records.models import Record, RecordChild
from goldthread.ground.audit.reading import log_reading
from goldthread.ground.design.words import counted, slug
from goldthread.ground.time.words import short_day
from goldthread.out.insight import attendance as report
from goldthread.out.insight.actions import count_attendance
from goldthread.out.insight.attendance import AGENCY, ALL, BY, COLUMNS, MONTH, SHARES, TEAM, Asked, Line, Place
from goldthread.out.insight.drawing import AT_ONCE, drawn_safely
from goldthread.out.insight.kept import kept_attendance
from goldthread.out.insight.views import window
from goldthread.pathway.meeting.archetype import MEETING
from goldthread.pathway.meeting.models import Invitee
from goldthread.pathway.registry import definition_of

A_PAGE = 200
TABLES = (
    ("Asked and answered", ("listed", "invited", "answered", "late")),
    ("Who took part", ("invited", "took_part", "took_part_share")),
    ("How they came", ("in_person", "video", "telephone", "report", "not")),
    ("Reports beforehand", ("report_asked", "report_on_time", "report_late", "report_missing", "report_share")),
    ("What they brought, and what they have", ("brought", "sent", "acknowledged", "filed")),
)  # narrow enough for paper


def asked_for(request: HttpRequest) -> Asked:
    """What the address asks for; a word in it that means nothing is passed over."""
    from_on, until_on = window(request)
    by = request.GET.get("by", AGENCY)
    told = {name: request.GET.get(name) or None for name in ("kind", "agency", "team")}
    return Asked(from_on, until_on, by if by in BY else AGENCY, **told)


def address(asked: Asked, name: str = "attendance", **more: Any) -> str:
    told = {"by": asked.by, "from": asked.from_on.isoformat(), "until": asked.until_on.isoformat()}
    told |= {"kind": asked.kind or "", "agency": asked.agency or "", "team": asked.team or ""} | more
    return f"{reverse(name)}?{urlencode({key: value for key, value in told.items() if value})}"


@login_required
def attendance_page(request: HttpRequest) -> HttpResponse:
    """A line for each agency, team or month; each figure opens to its meetings."""
    asked = asked_for(request)
    kept = kept_attendance(asked)
    lines, counted_at = kept or count_attendance(asked)
    agencies, teams = report.agencies_asked(), report.team_names()
    names = agencies | report.agency_names(line.key for line in lines) if asked.by == AGENCY else teams
    tables = drawn_before(asked, counted_at, tuple(names.items())) if kept else _draw(lines, asked, names)
    context = {
        "tables": tables,
        "asked": asked,
        "filters": _filters(asked, agencies, teams),
        "from_words": short_day(asked.from_on),
        "until_words": short_day(asked.until_on),
        "as_at": f"{localtime(counted_at):%H:%M} on {short_day(localtime(counted_at).date())}",
        "by_team": asked.by == TEAM,
        "back_href": reverse("dashboard"),
    }
    return render(request, "insight/attendance.jinja", context)


def _draw(lines: list[Line], asked: Asked, names: dict[str, str]) -> Markup:
    ordered = _in_order(lines, asked, names)
    return drawn_safely(
        "insight/attendance_tables.jinja", tables=[_table(heading, keys, ordered, asked, names) for heading, keys in TABLES]
    )


@lru_cache(maxsize=AT_ONCE)
def drawn_before(asked: Asked, counted_at: datetime, names: tuple[tuple[str, str], ...]) -> Markup:
    """The tables of what was counted at that moment, drawn once by each process that serves them."""
    kept = kept_attendance(asked)
    return _draw(kept[0] if kept else report.attendance(asked), asked, dict(names))


def _in_order(lines: list[Line], asked: Asked, names: dict[str, str]) -> list[Line]:
    """By name, months as they come; the line that counts them all is last."""
    return sorted(lines, key=lambda line: (line.key == ALL, line.key if asked.by == MONTH else names.get(line.key, line.key)))


def _table(heading: str, keys: tuple[str, ...], lines: list[Line], asked: Asked, names: dict[str, str]) -> dict[str, Any]:
    columns: list[dict[str, Any]] = [{"text": BY[asked.by]}]
    columns += [{"text": (SHARES.get(key) or COLUMNS[key]).title, "numeric": True} for key in keys]
    behind = address(asked, "attended_meetings")
    rows = [[_whose_line(line, asked, names), *(_figure(line, key, behind) for key in keys)] for line in lines]
    return {"id": slug(heading), "heading": heading, "columns": columns, "rows": rows}


def _whose_line(line: Line, asked: Asked, names: dict[str, str]) -> Any:
    """An agency and a team open to their months."""
    if asked.by == MONTH:
        return month_words(line.key)
    words = names.get(line.key, line.key)
    return words if line.key == ALL else {"words": words, "href": address(asked, by=MONTH, **{asked.by: line.key})}


def month_words(key: str) -> str:
    return "All months" if key == ALL else f"{date.fromisoformat(key + '-01'):%B %Y}"


def _figure(line: Line, column: str, behind: str) -> Any:
    if column in SHARES:
        share = SHARES[column]
        of = sum(line.counts[key] for key in share.out_of)
        return f"{100 * line.counts[share.of] / of:.0f}%" if of else "n/a"
    count = line.counts[column]
    return {"words": f"{count:,}", "href": f"{behind}&{urlencode({'line': line.key, 'column': column})}"} if count else "0"


def _filters(asked: Asked, agencies: dict[str, str], teams: dict[str, str]) -> list[dict[str, Any]]:
    def one(name: str, label: str, options: list[tuple[str, str]]) -> dict[str, Any]:
        return {"name": name, "label": label, "kind": "one", "options": options, "value": getattr(asked, name) or ""}

    def day(name: str, label: str, value: date) -> dict[str, Any]:
        return {"name": name, "label": label, "kind": "day", "options": [], "value": value.isoformat()}

    return [
        one("by", "A line for each", [(key, words.lower()) for key, words in BY.items()]),
        one("kind", "Meetings", [("", "All"), *report.meeting_kinds().items()]),
        one("agency", "Agency", [("", "All"), *agencies.items()]),
        one("team", "Team", [("", "All"), *teams.items()]),
        day("from", "From", asked.from_on),
        day("until", "To", asked.until_on),
    ]


@login_required
def meetings_page(request: HttpRequest) -> HttpResponse:
    """The meetings behind one figure: those this user may see, and how many more there are."""
    asked, key, column = asked_for(request), request.GET.get("line", ALL), request.GET.get("column", "listed")
    if column not in COLUMNS or (asked.by == MONTH and key != ALL and not is_month(key)):
        raise Http404("There is no such figure.")
    places = report.places_behind(asked, key, column)
    seen = Record.objects.filter(pk__in={place.record for place in places}).seen_by(request.user).in_bulk()
    shown = [place for place in places if place.record in seen]
    page = max(1, int(request.GET["page"])) if request.GET.get("page", "").isdigit() else 1
    rows = shown[(page - 1) * A_PAGE : page * A_PAGE]
    children = children_of({place.record for place in rows}, request.user)
    agencies = report.agency_names(place.agency for place in rows)
    log_reading(request.user, "list", request.get_full_path(), {child.pk for found in children.values() for child in found})
    withheld = len(places) - len(shown)
    context = {
        "title": f"{COLUMNS[column].title}: {_whose(asked, key)}",
        "columns": [{"text": "Meeting"}, {"text": "Day"}, {"text": "Children"}, {"text": "Agency"}, {"text": "Came"}],
        "rows": [_meeting(place, seen[place.record], children.get(place.record, []), agencies) for place in rows],
        "summary": f"{counted(len(places), 'place', 'places')} counted. {_since_then(asked, key, column, len(places))}".strip(),
        "withheld_words": f"{counted(withheld, 'is', 'are')} at meetings you have no reason to see." if withheld else "",
        "lead_words": f"Meetings held from {short_day(asked.from_on)} to {short_day(asked.until_on)}.",
        "caption": "Meetings behind this figure",
        "back_href": address(asked),
        "back_words": "Who comes to meetings",
        "page_words": f"{(page - 1) * A_PAGE + 1} to {(page - 1) * A_PAGE + len(rows)} of {len(shown):,}" if len(shown) > A_PAGE else "",
        "previous_href": address(asked, "attended_meetings", line=key, column=column, page=page - 1) if page > 1 else None,
        "next_href": address(asked, "attended_meetings", line=key, column=column, page=page + 1) if page * A_PAGE < len(shown) else None,
    }
    return render(request, "insight/records_behind.jinja", context)


def _since_then(asked: Asked, key: str, column: str, count: int) -> str:
    """Where the report, counted a little earlier, says something else than its meetings now: what it says, and since when."""
    kept = kept_attendance(asked)
    said = next((line.counts[column] for line in kept[0] if line.key == key), count) if kept else count
    return f"The report counted {said:,} at {localtime(kept[1]):%H:%M}. It has changed since." if kept and said != count else ""


def is_month(key: str) -> bool:
    try:
        date.fromisoformat(f"{key}-01")
    except ValueError:
        return False
    return True


def _whose(asked: Asked, key: str) -> str:
    if asked.by == MONTH:
        return month_words(key)
    names = report.agency_names([key]) if asked.by == AGENCY else report.team_names()
    return names.get(key, "no such line")


def children_of(records: set[int], user: Any) -> dict[int, list[Person]]:
    links = list(RecordChild.objects.filter(record__in=records, removed_at=None).order_by("pk").values_list("record", "child"))
    seen = Person.objects.filter(pk__in={child for _, child in links}).seen_by(user).in_bulk()
    found: dict[int, list[Person]] = {}
    for record, child in links:
        if child in seen:
            found.setdefault(record, []).append(seen[child])
    return found


def _meeting(place: Place, record: Record, children: list[Person], agencies: dict[str, str]) -> list[Any]:
    href = reverse("step", args=[record.reference, MEETING])
    came = Invitee.ATTENDED[place.came] if place.came else "Not written down"
    title = definition_of(record.kind).title
    return [{"words": title, "href": href}, short_day(place.on_day), names_of(children), agencies.get(place.agency, ""), came]
