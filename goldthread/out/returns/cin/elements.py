"""The census's elements: how each value is read, in the order of `items`, and the years each belongs to.

Authority: DfE, Children in need census, technical specification of each year. That the pre-proceedings block belongs to
2026-27 is known from a sample file only; in an earlier census it is read, and told as of the wrong year.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from functools import cache, lru_cache
from typing import Any, get_args

from goldthread.out.exchange.cin import values
from goldthread.out.returns.cin.items import (
    Assessment,
    Child,
    ChildCharacteristics,
    ChildIdentifiers,
    ChildProtectionPlan,
    CINdetails,
    CINPlan,
    Part,
    PreProceedings,
    Review,
    Section47,
    elements_of,
)

YEARS = {"GenderCurrent": range(2025), "Sex": range(2025, 9999), "PreProceedingsandFGDM": range(2027, 9999)}
INSIDE = {"Disabilities": "Disability", "FactorsIdentifiedAtAssessment": "AssessmentFactors", "Reviews": "CPPreviewDate"}
INNER_PARTS: dict[str, type[Part]] = {
    "ChildIdentifiers": ChildIdentifiers,
    "ChildCharacteristics": ChildCharacteristics,
    "CINdetails": CINdetails,
    "Assessments": Assessment,
    "CINPlanDates": CINPlan,
    "Section47": Section47,
    "ChildProtectionPlans": ChildProtectionPlan,
    "PreProceedingsandFGDM": PreProceedings,
}
GIVEN_ONCE = {"ChildIdentifiers", "ChildCharacteristics"}
READERS: dict[Any, Callable[[str], Any]] = {date: lru_cache(20_000)(values.day), bool: values.yes_no, int: values.whole_number, str: str}
ONCE, PART, PARTS, CODES, REVIEWS = "once", "part", "parts", "codes", "reviews"


@dataclass(frozen=True, slots=True)
class Element:
    """`read` is of a value; `part` of an element that is a part itself; `wrong_year` says when it does not belong to the census read."""

    name: str
    place: int
    kind: str
    read: Callable[[str], Any] = str
    part: type[Part] = Part
    wrong_year: str | None = None


@cache
def shapes(year: int) -> dict[type[Part], dict[str, Element]]:
    """Of every part the elements directly inside, in their order."""
    every: list[type[Part]] = [Child, *INNER_PARTS.values(), Review]
    return {part: _elements(part, year) for part in every}


def _elements(part: type[Part], year: int) -> dict[str, Element]:
    types = {each.name: each.type for each in fields(part)}
    return {name: _element(name, place, types[name], year) for place, name in enumerate(elements_of(part))}


def _element(name: str, place: int, kind: Any, year: int) -> Element:
    wrong = _wrong_year(name, year)
    if name == "Reviews":
        return Element(name, place, REVIEWS)
    if name in INSIDE:
        return Element(name, place, CODES)
    if part := INNER_PARTS.get(name):
        return Element(name, place, PART if name in GIVEN_ONCE else PARTS, part=part, wrong_year=wrong)
    return Element(name, place, ONCE, READERS[get_args(kind)[0]], wrong_year=wrong)


def _wrong_year(name: str, year: int) -> str | None:
    years = YEARS.get(name)
    if years is None or year in years:
        return None
    first, last = (years.start - 1, years.start) if year < years.start else (years.stop - 2, years.stop - 1)
    return f"{name} belongs to the census {'from' if year < years.start else 'until'} {first}-{last % 100:02d}."
