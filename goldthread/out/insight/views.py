"""The dashboard, and the children behind each figure."""

import csv
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime
from django.views.decorators.http import require_POST

from goldthread.core.records.models import Record
from goldthread.ground.access.predicate import standing
from goldthread.ground.audit.reading import log_reading
from goldthread.ground.design.words import counted
from goldthread.ground.time.words import short_day
from goldthread.out.insight.actions import count
from goldthread.out.insight.drawing import draw, drawn_before
from goldthread.out.insight.indicators import INDICATORS
from goldthread.out.insight.kept import kept_at, said
from goldthread.out.insight.quality import quality
from goldthread.out.insight.queries import Behind, behind, figure, last_twelve_months, populations
from goldthread.out.insight.shown import address, as_at, definition, out_of, since_then
from goldthread.practice.protection.models import InitialConference

CHOICES: dict[str, bool | str | None] = {"all": "all", "counted": True, "not-counted": False, "not-known": None}
WORDS = [("counted", "Those counted"), ("not-counted", "Those not counted"), ("not-known", "Those not known"), ("all", "All")]
COUNTED = {True: "Yes", False: "No", None: "Not known"}


def window(request: HttpRequest) -> tuple[date, date]:
    """The window in the address, or the last twelve months. A date that cannot be read is passed over."""
    from_on, until_on = last_twelve_months(localdate())
    try:
        from_on = date.fromisoformat(request.GET.get("from", "")) if request.GET.get("from") else from_on
        until_on = date.fromisoformat(request.GET.get("until", "")) if request.GET.get("until") else until_on
    except ValueError:
        return last_twelve_months(localdate())
    return (from_on, until_on) if from_on <= until_on else (until_on, from_on)


@login_required
def dashboard(request: HttpRequest) -> HttpResponse:
    """Every indicator, drawn and tabled, with its as-at time; each opens to its children."""
    from_on, until_on = window(request)
    before = kept_at(from_on, until_on)
    context = {
        "parts": drawn_before(from_on, until_on, before, populations()) if before else draw(count(from_on, until_on)),
        "counted_at": f"{localtime(before):%H:%M}" if before else None,
        "from_on": from_on,
        "until_on": until_on,
        "from_words": short_day(from_on),
        "until_words": short_day(until_on),
        "attendance_href": _attendance(from_on, until_on),
        "took_part_href": _attendance(from_on, until_on, kind=InitialConference.kind()),
    }
    return render(request, "insight/dashboard.jinja", context)


def _attendance(from_on: date, until_on: date, **more: str) -> str:
    return f"{reverse('attendance')}?{urlencode({'from': from_on, 'until': until_on, **more})}"


@login_required
@require_POST
def count_again(request: HttpRequest) -> HttpResponse:
    """The dashboard as it is at this moment, whenever it was counted before."""
    from_on, until_on = window(request)
    count(from_on, until_on)
    return redirect(f"{reverse('dashboard')}?{urlencode({'from': from_on, 'until': until_on})}")


@login_required
def children_behind(request: HttpRequest, key: str) -> HttpResponse:
    """Who makes up a figure: the children this user may see by name, and how many more there are."""
    indicator = INDICATORS.get(key)
    if indicator is None:
        raise Http404("There is no such figure.")
    from_on, until_on = window(request)
    chosen = request.GET.get("which", "counted")
    rows, withheld = behind(indicator, from_on, until_on, request.user, CHOICES.get(chosen, True))
    references = dict(Record.objects.filter(pk__in=[row.record for row in rows]).values_list("pk", "reference"))
    act = "export" if request.GET.get("as") == "csv" else "list"
    log_reading(request.user, act, request.get_full_path(), [row.person.pk for row in rows if row.person])
    if act == "export":
        return _csv(key, rows, references)
    asked = figure(indicator, from_on, until_on)
    context: dict[str, Any] = {
        "title": f"{indicator.row_of}: {indicator.title}" if indicator.row_of else indicator.title,
        "number": asked.words,
        "of": out_of(asked.total, asked),
        "definition": definition(asked),
        "as_at": as_at(asked),
        "quality": quality(indicator, from_on, until_on).words,
        "since_then": since_then(asked, said(asked)),
        "columns": [{"text": "Child"}, {"text": "Month" if standing(request.user).reads_marks else "Day"}, {"text": "Counted"}],
        "rows": [[_child(row, references), _day(row), COUNTED[row.counts]] for row in rows],
        "summary": counted(len(rows), "child’s record", "children’s records"),
        "withheld": withheld,
        "withheld_words": f"{counted(withheld, 'more is', 'more are')} counted about children you have no reason to see.",
        "which": chosen,
        "choices": WORDS,
        "from_on": from_on,
        "until_on": until_on,
        "back_href": f"{reverse('dashboard')}?{urlencode({'from': from_on, 'until': until_on})}",
        "csv_href": address(asked, more={"which": chosen, "as": "csv"}),
    }
    return render(request, "insight/behind.jinja", context)


def _child(row: Behind, references: dict[int, str]) -> dict[str, str]:
    if row.mark:
        return {"words": f"{row.mark}, {'age not known' if row.age is None else f'aged {row.age}'}"}
    return {"words": str(row.person), "href": reverse("record", args=[references[row.record]])}


def _day(row: Behind) -> str:
    return f"{row.on_day:%B %Y}" if row.mark else short_day(row.on_day)


def _csv(key: str, rows: list[Behind], references: dict[int, str]) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{key}.csv"'
    writer = csv.writer(response)
    if any(row.mark for row in rows):
        writer.writerow(["month", "mark", "age", "counted"])
        writer.writerows([f"{row.on_day:%Y-%m}", row.mark, row.age, COUNTED[row.counts].lower()] for row in rows)
        return response
    writer.writerow(["day", "child reference", "child", "counted", "record"])
    for row in rows:
        reference = row.person.reference if row.person else ""
        writer.writerow([row.on_day.isoformat(), reference, _safe(str(row.person)), COUNTED[row.counts].lower(), references[row.record]])
    return response


def _safe(cell: str) -> str:
    """A name is never a formula in somebody's spreadsheet."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r" else cell
