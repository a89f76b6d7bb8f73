"""What a rule of the census is: the DfE's number, severity and message, the check itself, and examples of both answers.

Authority: DfE, Children in need census, validation rules of each year; a rule's message is the DfE's, in our own spelling.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Protocol, Self

from goldthread.out.returns.cin.items import CensusYear, Child, Part

ERROR, QUERY = "error", "query"
FIRST_YEAR, LAST_YEAR = 2023, 2027  # the census is called after the year of its 31 March
EVERY_YEAR = range(FIRST_YEAR, LAST_YEAR + 1)
UNTIL_2024, SINCE_2025 = range(FIRST_YEAR, 2025), range(2025, LAST_YEAR + 1)
HELD_IN = {"Disability": "Disabilities", "AssessmentFactors": "FactorsIdentifiedAtAssessment"}

Place = tuple[Part, str]  # the part that is wrong, and its element
Places = Iterator[Place]
Check = Callable[[Child, CensusYear], Places]


class Spot(NamedTuple):
    """A place, as it is told: plain words and numbers, so that it may be kept when the child is forgotten."""

    line: int
    la_child_id: str
    element: str
    value: str
    record: int | None = None  # the key of the record the part was written from


class WholeReturn(Protocol):
    """A rule over all children. Two pieces of a return are seen apart and merged, the earlier taking in the later."""

    def __init__(self, census: CensusYear) -> None: ...
    def see(self, child: Child) -> None: ...
    def merge(self, later: Self) -> None: ...
    def end(self) -> Iterator[Spot]: ...


@dataclass(frozen=True)
class Example:
    """A dated case: `children` make up the return."""

    says: str
    children: tuple[Child, ...]
    fails: bool
    census: CensusYear


@dataclass(frozen=True)
class Rule:
    """`check` is asked of each child; or `whole` sees them all."""

    code: str
    severity: str
    module: str
    message: str
    fields: tuple[str, ...]
    check: Check | None = None
    whole: type[WholeReturn] | None = None
    needs: str = ""  # parts of an episode, such as Section47: a child that has none of them is not asked
    years: range = EVERY_YEAR
    uncertain: str = ""  # what of our reading nobody has confirmed
    examples: tuple[Example, ...] = ()

    @property
    def order(self) -> tuple[int, int]:
        return int(self.code.removesuffix("Q")), self.years.start


def spot(child: Child, part: Part, element: str) -> Spot:
    value = getattr(part, HELD_IN.get(element, element), None)
    return Spot(part.line, child.ChildIdentifiers.LAchildID or "", element, shown(value), part.record)


def shown(value: Any) -> str:
    """A value as the file would write it."""
    if value is None or isinstance(value, Part):
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, list):
        return " ".join(each for each in value if isinstance(each, str))
    return str(value)


def is_missing(part: Part, element: str) -> bool:
    """Not given at all: a value that cannot be read is a fault of form, and told as one."""
    return getattr(part, element) is None and element not in part.unreadable


def is_before(one: date | None, other: date | None) -> bool:
    """Both are known, and the one comes first."""
    return one is not None and other is not None and one < other


def is_outside(day: date | None, census: CensusYear) -> bool:
    """Known, and not in the census year."""
    return day is not None and not census.first_day <= day <= census.reference_date
