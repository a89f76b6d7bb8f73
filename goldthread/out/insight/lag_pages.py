"""How soon it is written: the report, and the records behind each of its figures."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from goldthread.core.people.words import names_of
from goldthread.core.records.models import CASE_NOTE, Record
from goldthread.ground.audit.reading import log_reading
from goldthread.ground.design.words import counted, slug
from goldthread.ground.time.words import short_day
from goldthread.out.insight import lag as report
from goldthread.out.insight.attendance import team_names
from goldthread.out.insight.attendance_pages import A_PAGE, children_of, is_month, month_words
from goldthread.out.insight.lag import ALL, AS_IT_OPENS, BY, COLUMNS, KIND, MONTH, TEAM, Asked, Line, Written
from goldthread.out.insight.views import window
from goldthread.pathway.registry import definition_of

HEADING = "How soon it is written"
MEDIAN = "median"
TABLES = (
    ("After how long", ("written", "same_day", "next_day", "days", "later", MEDIAN)),
    ("Held back, or not finished", ("held", "unfinished")),
)  # narrow enough for paper


def asked_for(request: HttpRequest) -> Asked:
    """What the address asks for, or the last thirteen weeks by kind of record."""
    by = request.GET.get("by", KIND)
    named = request.GET.get("from") or request.GET.get("until")
    from_on, until_on = window(request) if named else (localdate() - AS_IT_OPENS, localdate())
    return Asked(from_on, until_on, by if by in BY else KIND)


def address(asked: Asked, name: str = "lag", **more: Any) -> str:
    told = {"by": asked.by, "from": asked.from_on.isoformat(), "until": asked.until_on.isoformat()} | more
    return f"{reverse(name)}?{urlencode(told)}"


def names_by(asked: Asked) -> dict[str, str]:
    """What each line is called, by its key; a month says its own."""
    if asked.by == MONTH:
        return {}
    return team_names() if asked.by == TEAM else report.kinds()


@login_required
def lag_page(request: HttpRequest) -> HttpResponse:
    """A line for each kind of record, team or month; each figure opens to its records."""
    asked = asked_for(request)
    names = names_by(asked)
    lines = sorted(report.lag(asked), key=lambda line: (line.key == ALL, line.key if asked.by == MONTH else names.get(line.key, line.key)))
    context = {
        "heading": HEADING,
        "tables": [_table(heading, keys, lines, asked, names) for heading, keys in TABLES],
        "filters": [
            {"name": "by", "label": "A line for each", "kind": "one", "options": [(key, one.lower()) for key, one in BY.items()], "value": asked.by},
            {"name": "from", "label": "From", "kind": "day", "options": [], "value": asked.from_on.isoformat()},
            {"name": "until", "label": "To", "kind": "day", "options": [], "value": asked.until_on.isoformat()},
        ],
        "from_words": short_day(asked.from_on),
        "until_words": short_day(asked.until_on),
        "by_team": asked.by == TEAM,
        "back_href": reverse("dashboard"),
    }  # fmt: skip
    return render(request, "insight/lag.jinja", context)


def line_words(key: str, asked: Asked, names: dict[str, str]) -> str:
    if key == ALL:
        return "All"
    return month_words(key) if asked.by == MONTH else names.get(key, key)


def _table(heading: str, keys: tuple[str, ...], lines: list[Line], asked: Asked, names: dict[str, str]) -> dict[str, Any]:
    columns: list[dict[str, Any]] = [
        {"text": BY[asked.by]},
        *({"text": COLUMNS[key].title, "numeric": True} for key in keys if key in COLUMNS),
    ]
    rows = [[line_words(line.key, asked, names), *(_figure(line, key, asked) for key in keys if key in COLUMNS)] for line in lines]
    if MEDIAN in keys:
        columns.append({"text": "Half within", "numeric": True})
        rows = [[*row, in_days(line.median)] for row, line in zip(rows, lines, strict=True)]
    return {"id": slug(heading), "heading": heading, "columns": columns, "rows": rows}


def in_days(median: float | None) -> str:
    """`The same day`, `1 day`, `2.5 days`; n/a where nothing was written."""
    if median is None:
        return "n/a"
    return "The same day" if median <= 0 else f"{median:g} {'day' if median == 1 else 'days'}"


def _figure(line: Line, column: str, asked: Asked) -> Any:
    count = line.counts[column]
    return {"words": f"{count:,}", "href": address(asked, "lag_behind", line=line.key, column=column)} if count else "0"


@login_required
def lag_behind_page(request: HttpRequest) -> HttpResponse:
    """The records behind one figure: those this user may see, and how many more there are."""
    asked, key, column = asked_for(request), request.GET.get("line", ALL), request.GET.get("column", "written")
    if column not in COLUMNS or (asked.by == MONTH and key != ALL and not is_month(key)):
        raise Http404("There is no such figure.")
    found = report.behind(asked, key, column)
    seen = Record.objects.filter(pk__in={one.record for one in found}).seen_by(request.user).in_bulk()
    shown = [one for one in found if one.record in seen]
    page = max(1, int(request.GET["page"])) if request.GET.get("page", "").isdecimal() else 1
    rows = shown[(page - 1) * A_PAGE : page * A_PAGE]
    children = children_of({one.record for one in rows}, request.user)
    log_reading(request.user, "list", request.get_full_path(), {child.pk for several in children.values() for child in several})
    withheld = len(found) - len(shown)

    def turned_to(number: int) -> str:
        return address(asked, "lag_behind", line=key, column=column, page=number)

    context = {
        "title": f"{COLUMNS[column].title}: {line_words(key, asked, names_by(asked))}",
        "lead_words": f"What happened from {short_day(asked.from_on)} to {short_day(asked.until_on)}, the longest wait first.",
        "caption": "Records behind this figure",
        "columns": [{"text": "Record"}, {"text": "Happened"}, {"text": "Written"}, {"text": "Children"}],
        "rows": [_record(one, seen[one.record], names_of(children.get(one.record, []))) for one in rows],
        "summary": f"{counted(len(found), 'record', 'records')} counted.",
        "withheld_words": f"{counted(withheld, 'is', 'are')} about children you have no reason to see." if withheld else "",
        "back_href": address(asked),
        "back_words": HEADING,
        "page_words": f"{(page - 1) * A_PAGE + 1} to {(page - 1) * A_PAGE + len(rows)} of {len(shown):,}" if len(shown) > A_PAGE else "",
        "previous_href": turned_to(page - 1) if page > 1 else None,
        "next_href": turned_to(page + 1) if page * A_PAGE < len(shown) else None,
    }
    return render(request, "insight/records_behind.jinja", context)


def _record(one: Written, record: Record, children: str) -> list[Any]:
    title = "Note" if record.kind == CASE_NOTE else str(definition_of(record.kind).title)
    written = "Not finished" if one.lag is None else _after(one.on_day, one.lag)
    return [{"words": title, "href": reverse("record", args=[record.reference])}, short_day(one.on_day), written, children]


def _after(on_day: date, lag: int) -> str:
    return "The same day" if lag <= 0 else f"{lag} {'day' if lag == 1 else 'days'} later"
