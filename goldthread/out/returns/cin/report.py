"""What the check of a return found: for people, as CSV, as JSON."""

import csv
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any, TextIO

from goldthread.out.returns.cin.checking import Checked
from goldthread.out.returns.cin.judging import Failure
from goldthread.out.returns.cin.reading import FORM
from goldthread.out.returns.cin.rule import ERROR, Rule
from goldthread.out.returns.cin.rules import rules_of

COLUMNS = ("rule", "severity", "line", "LAchildID", "element", "value", "message")
IN_FORM = "The file's form: what cannot be read as it stands"
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Report:
    def __init__(self, checked: Checked) -> None:
        self.checked = checked
        self._rules: dict[str, Rule] = {rule.code: rule for rule in rules_of(checked.header.year)}
        counted = Counter(failure.code for failure in checked.failures)
        self.counts = [(code, counted[code]) for code in (FORM, *self._rules) if counted[code]]
        self.errors = sum(count for code, count in self.counts if self.severity(code) == ERROR)

    def severity(self, code: str) -> str:
        return ERROR if code == FORM else self._rules[code].severity

    def message(self, failure: Failure) -> str:
        return failure.says or self._rules[failure.code].message

    def lines(self) -> Iterator[str]:
        """How many of each rule, then each."""
        header, found = self.checked.header, len(self.checked.failures)
        yield f"Children in need census of {header.year_in_words}, authority {header.authority}: {self.checked.children:,} children."
        if not found:
            yield f"None of {len(self._rules)} rules is broken."
            return
        yield f"{found:,} failures: {self.errors:,} errors, {found - self.errors:,} queries."
        for code, count in self.counts:
            says = IN_FORM if code == FORM else self._rules[code].message
            yield f"  {code:6} {self.severity(code):5} {count:>9,}  {says}"
        for failure in self.checked.failures:
            yield self._line(failure)

    def _line(self, failure: Failure) -> str:
        line, key, element, value, _ = failure.spot
        where = f"line {line}, child {key or 'without an id'}, {element}" if line else f"whole return, {element}"
        held = f" “{value}”" if value else ""
        return f"{failure.code} {self.severity(failure.code)}: {where}{held}: {self.message(failure)}"

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """In the order of `COLUMNS`."""
        for failure in self.checked.failures:
            line, key, element, value, _ = failure.spot
            yield failure.code, self.severity(failure.code), line or None, key, element, value, self.message(failure)

    def write_csv(self, out: TextIO) -> None:
        sheet = csv.writer(out)
        sheet.writerow(COLUMNS)
        sheet.writerows([harmless(value) for value in row] for row in self.rows())

    def write_json(self, out: TextIO) -> None:
        header = self.checked.header
        json.dump(
            {
                "year": header.year,
                "authority": header.authority,
                "children": self.checked.children,
                "errors": self.errors,
                "queries": len(self.checked.failures) - self.errors,
                "counts": dict(self.counts),
                "failures": [dict(zip(COLUMNS, row, strict=True)) for row in self.rows()],
            },
            out,
            ensure_ascii=False,
            indent=1,
        )


def harmless(value: Any) -> Any:
    """A spreadsheet would reckon with words that begin so."""
    return f"'{value}" if isinstance(value, str) and value.startswith(STARTS_A_FORMULA) else value
