"""What the comparison of two returns found: for people, and as CSV."""

import csv
from collections.abc import Iterator
from typing import TextIO

from goldthread.out.returns.cin.comparing import Comparison, Return
from goldthread.out.returns.cin.report import harmless
from goldthread.out.returns.cin.totals import MEASURES, MODULES, UNKNOWN, Measure

COLUMNS = ("LAchildID", "where", "element", "one", "other")
ONLY_HERE = "Child"  # in an element's place: the whole child is in one file only


class ComparisonReport:
    def __init__(self, comparison: Comparison) -> None:
        self.found = comparison

    def lines(self) -> Iterator[str]:
        """Totals and indicators side by side, then which children and elements differ; each difference is in the CSV."""
        found = self.found
        yield f"One:   {_whose(found.one)}"
        yield f"Other: {_whose(found.other)}"
        yield f"{'':66}{'one':>12}{'other':>12}{'difference':>12}"
        for name, title in MODULES.items():
            yield _line(title, found.one.totals.modules[name], found.other.totals.modules[name])
        for measure in MEASURES:
            yield from _measured(measure, found)
        yield "What a file alone cannot tell:"
        yield from (f"  {sentence}" for sentence in UNKNOWN)
        yield f"Children in both: {found.in_both:,}, {len(found.by_upn):,} of them by UPN, as their ids differ. {found.children_changed:,} are told differently."
        yield f"Children in the one only: {len(found.only_in_one):,}; in the other only: {len(found.only_in_other):,}."
        yield from _not_compared("one", found.one)
        yield from _not_compared("other", found.other)
        yield f"{len(found.changes):,} differences by element:"
        for element, count in found.by_element().most_common():
            yield f"  {element:<64}{count:>12,}"

    def rows(self) -> Iterator[tuple[str, ...]]:
        """In the order of `COLUMNS`."""
        for key in self.found.only_in_one:
            yield key, "", ONLY_HERE, "in it", ""
        for key in self.found.only_in_other:
            yield key, "", ONLY_HERE, "", "in it"
        yield from self.found.changes

    def write_csv(self, out: TextIO) -> None:
        sheet = csv.writer(out)
        sheet.writerow(COLUMNS)
        sheet.writerows([harmless(value) for value in row] for row in self.rows())


def _whose(one: Return) -> str:
    return f"children in need census of {one.header.year_in_words}, authority {one.header.authority}: {one.totals.modules['Child']:,} children."


def _not_compared(which: str, one: Return) -> Iterator[str]:
    if one.without_id or one.given_again:
        yield f"In the {which}, {one.without_id:,} children have no LAchildID and {one.given_again:,} have that of an earlier child: counted, not compared."


def _line(title: str, one: int, other: int) -> str:
    return f"  {title:<64}{one:>12,}{other:>12,}{other - one:>+12,}"


def _measured(measure: Measure, found: Comparison) -> Iterator[str]:
    one, other = found.one.totals, found.other.totals
    yield _line(measure.title, one.counts[measure.key], other.counts[measure.key])
    if measure.out_of:
        shares = one.share(measure), other.share(measure)
        told = ["n/a" if share is None else f"{share:.1f}%" for share in shares]
        apart = "n/a" if shares[0] is None or shares[1] is None else f"{shares[1] - shares[0]:+.1f}"
        yield f"  {f'  of {one.counts[measure.out_of]:,} and {other.counts[measure.out_of]:,}':<64}{told[0]:>12}{told[1]:>12}{apart:>12}"
