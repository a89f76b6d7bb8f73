"""Puts entries under the year and month they happened in, keeping the order they came in."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any


def day_of(entry: Any) -> date:
    """The day an entry happened on, from a mapping's or an object's `on`."""
    return entry["on"] if isinstance(entry, dict) else entry.on


def by_year_and_month(entries: Iterable[Any]) -> list[tuple[int, list[tuple[str, list[Any]]]]]:
    """[(2026, [("March", [entry, …]), …]), …], in the order given: a list that is sorted stays sorted, either way up."""
    years = []
    for year, in_year in groupby(entries, key=lambda entry: day_of(entry).year):
        months = [
            (f"{day_of(found[0]):%B}", found) for found in (list(g) for _, g in groupby(in_year, key=lambda entry: day_of(entry).month))
        ]
        years.append((year, months))
    return years
