"""Compares two returns, each read once and child by child: `goldthread compare cin FILE OTHER`.

Of the first file a few hundred packed bytes are kept for each child; the second is laid against them as it is read. A child is
the same by LAchildID, or else by UPN. A referral, an assessment, a plan is the same by its day; in two files of one year those
left over are taken in their order, so that a corrected day is told as a change.
"""

import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest
from pathlib import Path
from sys import intern
from typing import Any, NamedTuple

from goldthread.out.exchange.cin.census import FileRefused, Header
from goldthread.out.exchange.cin.stream import Stream, open_safely
from goldthread.out.returns.cin.checking import head_of
from goldthread.out.returns.cin.elements import INNER_PARTS
from goldthread.out.returns.cin.items import CensusYear, Child, Part, elements_of
from goldthread.out.returns.cin.reading import Reader
from goldthread.out.returns.cin.rule import FIRST_YEAR
from goldthread.out.returns.cin.totals import Totals

DAYS = {
    "CINdetails": "CINreferralDate",
    "Assessments": "AssessmentActualStartDate",
    "CINPlanDates": "CINPlanStartDate",
    "Section47": "S47ActualStartDate",
    "ChildProtectionPlans": "CPPstartDate",
    "PreProceedingsandFGDM": "PPStartDate",
}
ELEMENTS = {part: elements_of(part) for part in INNER_PARTS.values()}
UNREADABLE = "cannot be read"
Values = dict[str, str]
Told = list[Any]  # element, values, parts


class Change(NamedTuple):
    """`where` names the parts from the referral down, by their days; where a whole part is in one file only, `element` is its name."""

    la_child_id: str
    where: str
    element: str
    one: str
    other: str


class Known(NamedTuple):
    """A child of a return, by the numbers it may be known by."""

    la_child_id: str
    upn: str
    told: bytes


@dataclass
class Return:
    header: Header
    totals: Totals
    without_id: int = 0
    given_again: int = 0


@dataclass
class Comparison:
    """Children without an id, and a second child of one id, are in the totals and are not compared."""

    one: Return
    other: Return
    only_in_one: list[str] = field(default_factory=list)
    only_in_other: list[str] = field(default_factory=list)
    by_upn: list[tuple[str, str]] = field(default_factory=list)  # the ids in each
    in_both: int = 0
    children_changed: int = 0
    changes: list[Change] = field(default_factory=list)

    def by_element(self) -> Counter[str]:
        return Counter(change.element for change in self.changes)


def compare(one: Path, other: Path) -> Comparison:
    """FileRefused, in one sentence that names the file, where either cannot be trusted."""
    first, second = _begin(one), _begin(other)
    found = Comparison(first, second)
    known = {child.la_child_id: child for child in _named(_children(one, first), first)}
    same_year = first.header.year == second.header.year
    strangers = []
    for child in _named(_children(other, second), second):
        if before := known.pop(child.la_child_id, None):
            _lay(found, before, child, same_year=same_year)
        else:
            strangers.append(child)
    _by_upn(found, known, strangers, same_year=same_year)
    return found


def _by_upn(found: Comparison, known: dict[str, Known], strangers: list[Known], *, same_year: bool) -> None:
    """Those whose ids differ. A pupil number that two children share tells nothing."""
    upns = Counter(child.upn for child in known.values()), Counter(child.upn for child in strangers)
    by_upn = {child.upn: child for child in known.values()}
    for child in strangers:
        if child.upn and upns[0][child.upn] == upns[1][child.upn] == 1:
            before = known.pop(by_upn[child.upn].la_child_id)
            found.by_upn.append((before.la_child_id, child.la_child_id))
            _lay(found, before, child, same_year=same_year)
        else:
            found.only_in_other.append(child.la_child_id)
    found.only_in_one.extend(known)


def _lay(found: Comparison, before: Known, now: Known, *, same_year: bool) -> None:
    found.in_both += 1
    if before.told == now.told:
        return
    changes = [Change(before.la_child_id, *each) for each in _changes("", _unpacked(before), _unpacked(now), in_order=same_year)]
    found.children_changed += bool(changes)
    found.changes += changes


def _changes(where: str, one: Told, other: Told, *, in_order: bool) -> Iterator[tuple[str, str, str, str]]:
    name, values, parts = one
    for element in dict.fromkeys((*values, *other[1])):
        if values.get(element) != other[1].get(element):
            yield where, intern(element), values.get(element, ""), other[1].get(element, "")
    for name in DAYS:
        for left, right in _pairs(name, parts, other[2], in_order=in_order):
            if left and right:
                yield from _changes(_place(where, left), left, right, in_order=in_order)
            else:
                day = (left or right)[1].get(DAYS[name]) or "no day"
                yield where, intern(name), day if left else "", day if right else ""


def _pairs(name: str, one: list[Told], other: list[Told], *, in_order: bool) -> Iterator[tuple[Any, Any]]:
    left, right = ([part for part in parts if part[0] == name] for parts in (one, other))
    lone = []
    for part in left:
        same = next((each for each in right if each[1].get(DAYS[name]) == part[1].get(DAYS[name])), None)
        if same is None:
            lone.append(part)
        else:
            right.remove(same)
            yield part, same
    if in_order:
        yield from zip_longest(lone, right)
    else:
        yield from ((part, None) for part in lone)
        yield from ((None, part) for part in right)


def _place(where: str, part: Told) -> str:
    here = f"{part[0]} {part[1].get(DAYS[part[0]], 'without a day')}"
    return intern(f"{where}, {here}" if where else here)


def _begin(path: Path) -> Return:
    header, census = _naming(path, lambda: head_of(path))
    if header.year < FIRST_YEAR:
        raise FileRefused(
            f"{path.name} is the census of {header.year_in_words}; censuses are compared from {FIRST_YEAR - 1}-{FIRST_YEAR % 100} on."
        )
    return Return(header, Totals(census))


def _naming(path: Path, read: Callable[[], Any]) -> Any:
    try:
        return read()
    except FileRefused as refusal:
        raise FileRefused(f"{path.name}: {refusal.sentence}", refusal.line) from None


def _children(path: Path, found: Return) -> Iterator[Child]:
    children = _read(path, found.totals.census)
    while child := _naming(path, lambda: next(children, None)):
        found.totals.see(child)
        yield child


def _read(path: Path, census: CensusYear) -> Iterator[Child]:
    stream, reader = Stream(lambda name: name != "Children"), Reader(census.year)
    headers = children = 0
    with open_safely(path) as source:
        for node in stream.read(source):
            if node.name == "Child":
                children += 1
                yield reader.child(node)
            elif node.name == "Header" and not headers:
                headers = 1
            else:
                reader.other(node)
    if not children:
        raise FileRefused("The file holds no children.")


def _named(children: Iterable[Child], found: Return) -> Iterator[Known]:
    seen: set[str] = set()
    for child in children:
        key = child.ChildIdentifiers.LAchildID
        if not key:
            found.without_id += 1
        elif key in seen:
            found.given_again += 1
        else:
            seen.add(key)
            yield Known(key, child.ChildIdentifiers.UPN or "", _packed(child))


def _packed(child: Child) -> bytes:
    values = _values(child.ChildIdentifiers) | _values(child.ChildCharacteristics)
    told = ["Child", values, [_told("CINdetails", details) for details in child.CINdetails]]
    return zlib.compress(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(), 1)


def _unpacked(child: Known) -> Told:
    told: Told = json.loads(zlib.decompress(child.told))
    return told


def _told(name: str, part: Part) -> Told:
    inner = (inside for inside in ELEMENTS[type(part)] if inside in DAYS)
    return [name, _values(part), [_told(inside, each) for inside in inner for each in getattr(part, inside)]]


def _values(part: Part) -> Values:
    given = {element: _words(getattr(part, element)) for element in ELEMENTS[type(part)] if element not in DAYS}
    return {element: words for element, words in given.items() if words} | dict.fromkeys(part.unreadable, UNREADABLE)


def _words(value: Any) -> str:
    """As text; the order of codes and of reviews says nothing."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(sorted(_words(getattr(each, "CPPreviewDate", each)) or "no day" for each in value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)
