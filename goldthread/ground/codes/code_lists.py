"""Code lists as shipped: CSV files in `lists/`, read once and kept. A code is checked as at the event's date, because codes retire."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from goldthread.ground.time.words import short_day

FOLDER = Path(__file__).parent / "lists"
COLUMNS = ("code", "label", "valid_from", "valid_until", "note")


@dataclass(frozen=True, slots=True)
class Code:
    """One code: its official spelling, its label in plain English, and the days it holds (None: no end known)."""

    code: str
    label: str
    valid_from: date | None
    valid_until: date | None
    note: str | None
    more: Mapping[str, str | None] = field(default_factory=dict)
    """What the list says besides, by column: an inverse relationship, a code of another standard."""

    def holds_on(self, day: date) -> bool:
        """Both ends counted."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_until is None or day <= self.valid_until)


class CodeList:
    """The codes of one list, in the order they are offered."""

    def __init__(self, name: str, rows: list[Code]) -> None:
        self.name = name
        self._by_code = {row.code: row for row in rows}
        if len(self._by_code) != len(rows):
            raise ValueError(f"The list {name} has a code twice.")

    def __iter__(self) -> Iterator[Code]:
        return iter(self._by_code.values())

    def __len__(self) -> int:
        return len(self._by_code)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __getitem__(self, code: str) -> Code:
        """KeyError for a code the list never had."""
        return self._by_code[code]

    def choices(self, on: date | None = None) -> list[tuple[str, str]]:
        """(code, label) of every code that holds on the day; of all there ever were when no day is given."""
        return [(row.code, row.label) for row in self if on is None or row.holds_on(on)]

    def label(self, code: str) -> str:
        """The label, of retired codes too; a code the list never had is shown as it is."""
        return self._by_code[code].label if code in self._by_code else code

    def check(self, code: str, on: date | None = None) -> str | None:
        """A sentence saying why the code cannot be used on that day; None when it can. Spelling counts, capitals too."""
        row = self._by_code.get(code)
        if row is None:
            return f"“{code}” is not one of the answers."
        if on is None or row.holds_on(on):
            return None
        if row.valid_until is not None and on > row.valid_until:
            return f"“{row.label}” was no longer used after {short_day(row.valid_until)}."
        return f"“{row.label}” was not used before {short_day(row.valid_from or on)}."

    def other(self, code: str, column: str) -> str | None:
        """What the list says of the code in another column, such as `hl7` or `inverse`; None where it says nothing."""
        return self._by_code[code].more.get(column)


@cache
def codes(name: str) -> CodeList:
    """The list of this name. LookupError when there is none."""
    path = FOLDER / f"{name}.csv"
    if "/" in name or not path.is_file():
        raise LookupError(f"There is no code list called “{name}”.")
    with path.open(newline="", encoding="utf-8") as file:
        return CodeList(name, [_code(row) for row in csv.DictReader(file)])


def names() -> list[str]:
    """Every list there is."""
    return sorted(path.stem for path in FOLDER.glob("*.csv"))


def _code(row: dict[str, str]) -> Code:
    more = {column: value or None for column, value in row.items() if column not in COLUMNS}
    return Code(row["code"], row["label"], _day(row["valid_from"]), _day(row["valid_until"]), row["note"] or None, MappingProxyType(more))


def _day(typed: str) -> date | None:
    return date.fromisoformat(typed) if typed else None
