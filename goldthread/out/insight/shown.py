"""Figures as the dashboard says and draws them."""

from datetime import date, datetime
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.timezone import localtime

from goldthread.ground.design.charts import Point, run
from goldthread.ground.time.words import short_day
from goldthread.out.insight.declaration import PER, Part, Says
from goldthread.out.insight.quality import known_words
from goldthread.out.insight.queries import Count, Figure, last_of

DIVIDED = {Says.NUMBER: (), Says.SHARE: ("Counted", "Out of"), Says.RATE: ("Counted", "Children living here")}  # columns beside a figure


def address(figure: Figure, from_on: date | None = None, until_on: date | None = None, more: dict[str, str] | None = None) -> str:
    """Where the figure, or one month of it, opens."""
    asked = f"from={from_on or figure.from_on}&until={until_on or figure.until_on}"
    return f"{_page(figure.indicator.key)}?{asked}{'&' + urlencode(more) if more else ''}"


@cache
def _page(key: str) -> str:
    return reverse("behind", args=[key])


def out_of(count: Count, figure: Figure) -> str | None:
    """`12 of 57`; of a rate `12 for 60,000 children`, or that there is nothing to divide by; None for a plain number."""
    if figure.indicator.says == Says.NUMBER:
        return None
    if figure.indicator.says == Says.SHARE:
        return f"{count.counting:,} of {count.known:,}"
    among = figure.population(figure.until_on)
    return f"{count.counting:,} for {among.children:,} children" if among else f"{count.counting:,} counted"


def definition(figure: Figure) -> str:
    """What is counted, out of what, whose definition it is and how sure we are of it."""
    one = figure.indicator
    if one.says == Says.RATE:
        said = f"Counts {one.counted}, for every {PER:,} children aged 0 to 17 who live here. {_by_which(figure)}"
    else:
        said = (
            f"Counts {one.counted}{', out of ' + one.out_of if one.out_of else ''}{', at the end of the last day' if one.is_stock else ''}."
        )
    said += f" Definition: {one.source}."
    return f"{said} Confidence: {one.confidence.lower()}. Asks {one.asks} (definition {figure.definition_version})."


def _by_which(figure: Figure) -> str:
    """Which of the numbers entered a rate is reckoned by, and whose it is."""
    rule = "How many live here is the newest mid-year’s that is not after the last day"
    among = figure.population(figure.until_on)
    if among is None:
        return f"{rule}. {_none_entered(figure)}"
    return f"{rule}: {among.children:,} in mid-{among.mid_year} (source: {among.source}), entered on {short_day(localtime(among.entered_at).date())}."


def _none_entered(figure: Figure) -> str:
    """No rate, and what to do about it."""
    of = f" for {short_day(figure.until_on)} or before" if figure.populations else ""
    return f"How many children live here has not been entered{of}: an administrator does so under Set-up, “Children living here”."


def _noted(figure: Figure) -> str | None:
    """What is said below the number of a tile: of how many it is known, or what a rate is reckoned by."""
    if figure.indicator.says == Says.RATE:
        among = figure.population(figure.until_on)
        return f"Children aged 0 to 17 at mid-{among.mid_year}" if among else _none_entered(figure)
    return known_words(figure.total) if figure.total.unknown or (figure.indicator.says == Says.SHARE and figure.total.known) else None


def _not_known(figure: Figure) -> str | None:
    """Where those open of whom it is not known."""
    return address(figure, more={"which": "not-known"}) if figure.total.unknown else None


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
    number = f"{count.counting:,}" if figure.indicator.says != Says.SHARE else f"{count.counting:,} of {count.known:,}"
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
    says = figures[0].indicator.says
    rows = [[one.indicator.title, {"words": one.words, "href": address(one)}, *_divided(one, one.total, one.until_on)] for one in figures]
    columns = [
        {"text": text, "numeric": text != "Which"} for text in ("Which", "Number" if says == Says.NUMBER else "Figure", *DIVIDED[says])
    ]
    if any(one.total.unknown for one in figures):
        columns.append({"text": "Not known", "numeric": True})
        rows = [
            [*row, {"words": f"{one.total.unknown:,}", "href": _not_known(one)} if one.total.unknown else "0"]
            for row, one in zip(rows, figures, strict=True)
        ]
    return {"heading": heading, "id": figures[0].indicator.key, "as_at": as_at(figures[0]), "columns": columns, "rows": rows}


def _divided(figure: Figure, count: Count, day: date) -> list[str]:
    """What stands beside a figure in a table: what was counted, and what it was divided by."""
    if figure.indicator.says == Says.NUMBER:
        return []
    if figure.indicator.says == Says.SHARE:
        return [f"{count.counting:,}", f"{count.known:,}"]
    among = figure.population(day)
    return [f"{count.counting:,}", f"{among.children:,}" if among else "Not entered"]


def drawn(figure: Figure) -> dict[str, Any]:
    """One figure for the dashboard: the tile, the chart and its table."""
    points, rows = [], []
    for month, count in sorted(figure.months.items()):
        last = min(last_of(month), figure.until_on)
        href = address(figure, max(month, figure.from_on), last)
        value = figure.value(count, last)
        points.append(Point(f"{month:%b} {month:%y}", None if value is None else round(value, 1), href))
        rows.append([f"{month:%B %Y}", {"words": figure.said(count, last), "href": href}, *_divided(figure, count, last)])
    unit = "%" if figure.indicator.says == Says.SHARE else ""
    columns = [{"text": text, "numeric": text != "Month"} for text in ("Month", "Figure", *DIVIDED[figure.indicator.says])]
    return {
        "key": figure.indicator.key,
        "title": figure.indicator.title,
        "number": figure.words,
        "of": out_of(figure.total, figure),
        "note": _noted(figure),
        "note_href": _not_known(figure),
        "href": address(figure),
        "as_at": as_at(figure),
        "svg": run(points, f"chart-{figure.indicator.key}", figure.indicator.title, unit=unit),
        "columns": columns,
        "rows": rows,
        "definition": definition(figure),
    }
