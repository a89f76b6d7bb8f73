"""Figures as the dashboard says and draws them."""

from datetime import date, datetime
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.timezone import localtime

from goldthread.ground.design.charts import Point, run
from goldthread.ground.time.words import short_day
from goldthread.out.insight.declaration import Part, Says
from goldthread.out.insight.queries import Count, Figure, last_of


def address(figure: Figure, from_on: date | None = None, until_on: date | None = None, more: dict[str, str] | None = None) -> str:
    """Where the figure, or one month of it, opens."""
    asked = f"from={from_on or figure.from_on}&until={until_on or figure.until_on}"
    return f"{_page(figure.indicator.key)}?{asked}{'&' + urlencode(more) if more else ''}"


@cache
def _page(key: str) -> str:
    return reverse("behind", args=[key])


def out_of(count: Count, figure: Figure) -> str | None:
    """`12 of 57`; None for a plain number."""
    return None if figure.indicator.says == Says.NUMBER else f"{count.counting:,} of {count.known:,}"


def definition(figure: Figure) -> str:
    """What is counted, out of what, whose definition it is and how sure we are of it."""
    one = figure.indicator
    said = f"Counts {one.counted}{', out of ' + one.out_of if one.out_of else ''}{', at the end of the last day' if one.is_stock else ''}."
    said += f" Definition: {one.source}."
    return f"{said} Confidence: {one.confidence.lower()}. Asks {one.asks} (definition {figure.definition_version})."


def as_at(figure: Figure) -> str:
    """The moment it was asked; for a stock of a day that is over, the end of that day too."""
    asked = localtime(figure.as_at)
    now = f"{asked:%H:%M} on {short_day(asked.date())}"
    if figure.indicator.is_stock and figure.until_on < asked.date():
        return f"the end of {short_day(figure.until_on)}, asked at {now}"
    return now


def since_then(figure: Figure, before: tuple[Count, datetime] | None) -> str:
    """Where the dashboard, counted a little earlier, says something else than this figure now: what it says, and since when."""
    if before is None or before[0] == figure.total:
        return ""
    count, at = before
    number = f"{count.counting:,}" if figure.indicator.says == Says.NUMBER else f"{count.counting:,} of {count.known:,}"
    unknown = f", and not known for {count.unknown:,} more" if count.unknown else ""
    return f"The dashboard counted {number}{unknown} at {localtime(at):%H:%M}. It has changed since."


def parts(figures: list[Figure]) -> list[dict[str, Any]]:
    """The dashboard: each part of the journey with its tiles, then the figures that are rows of a table."""
    found = []
    for part in Part:
        own = [one for one in figures if one.indicator.part == part]
        tables: dict[str, list[Figure]] = {}
        for one in own:
            if one.indicator.row_of:
                tables.setdefault(one.indicator.row_of, []).append(one)
        tiles = [drawn(one) for one in own if not one.indicator.row_of]
        found.append({"heading": str(part), "tiles": tiles, "tables": [_table(heading, rows) for heading, rows in tables.items()]})
    return found


def _table(heading: str, figures: list[Figure]) -> dict[str, Any]:
    rows = [[one.indicator.title, {"words": one.words, "href": address(one)}] for one in figures]
    columns = [{"text": "Which"}, {"text": "Number", "numeric": True}]
    return {"heading": heading, "id": figures[0].indicator.key, "as_at": as_at(figures[0]), "columns": columns, "rows": rows}


def drawn(figure: Figure) -> dict[str, Any]:
    """One figure for the dashboard: the tile, the chart and its table."""
    is_number = figure.indicator.says == Says.NUMBER
    points, rows = [], []
    for month, count in sorted(figure.months.items()):
        last = min(last_of(month), figure.until_on)
        href = address(figure, max(month, figure.from_on), last)
        value = count.counting if is_number else None if count.share is None else round(count.share, 1)
        label = f"{month:%b} {month:%y}"
        points.append(Point(label, value, href))
        words = f"{count.counting:,}" if is_number else "n/a" if count.share is None else f"{count.share:.0f}%"
        rows.append([f"{month:%B %Y}", {"words": words, "href": href}] + ([] if is_number else [f"{count.counting:,}", f"{count.known:,}"]))
    unit = "" if is_number else "%"
    columns = [{"text": "Month"}, {"text": "Figure", "numeric": True}]
    if not is_number:
        columns += [{"text": "Counted", "numeric": True}, {"text": "Out of", "numeric": True}]
    unknown = figure.total.unknown
    return {
        "key": figure.indicator.key,
        "title": figure.indicator.title,
        "number": figure.words,
        "of": out_of(figure.total, figure),
        "note": f"Not known for {unknown:,} more" if unknown else None,
        "href": address(figure),
        "as_at": as_at(figure),
        "svg": run(points, f"chart-{figure.indicator.key}", figure.indicator.title, unit=unit),
        "columns": columns,
        "rows": rows,
        "definition": definition(figure),
    }
