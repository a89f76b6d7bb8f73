"""The dashboard, and the children behind each figure."""

import csv
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from goldthread.core.records.models import Record
from goldthread.ground.audit.reading import log_reading
from goldthread.out.insight.indicators import INDICATORS
from goldthread.out.insight.queries import behind, figure, last_twelve_months

CHOICES = {"all": "all", "counted": True, "not-counted": False, "not-known": None}


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
    figures = [figure(indicator, from_on, until_on) for indicator in INDICATORS.values()]
    return render(request, "insight/dashboard.jinja", {"figures": figures, "from_on": from_on, "until_on": until_on})


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
    context: dict[str, Any] = {
        "figure": figure(indicator, from_on, until_on),
        "rows": rows,
        "references": references,
        "withheld": withheld,
        "which": chosen,
        "from_on": from_on,
        "until_on": until_on,
    }
    if act == "export":
        return _csv(context)
    return render(request, "insight/behind.jinja", context)


def _csv(context: dict[str, Any]) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{context["figure"].indicator.key}.csv"'
    writer = csv.writer(response)
    writer.writerow(["day", "child reference", "child", "counted", "record"])
    for row in context["rows"]:
        counted = {True: "yes", False: "no", None: "not known"}[row.counts]
        writer.writerow([row.on_day.isoformat(), row.person.reference, _safe(str(row.person)), counted, context["references"][row.record]])
    return response


def _safe(cell: str) -> str:
    """A name is never a formula in somebody's spreadsheet."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r" else cell
