"""The rules as shipped: CSV files in `rules/`, read and checked."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "rules"
NULLABLE = ("limit", "exceptions", "valid_from", "valid_until")


def area_of_rules() -> dict[str, str]:
    """The part of practice each rule belongs to, by its key, in the order of the files: "Front door and family help"."""
    found: dict[str, str] = {}
    for path in sorted(
        FOLDER.glob("*.csv"), key=lambda path: (path.stem != "front_door_and_family_help", path.stem != "protection", path.stem)
    ):
        with path.open(newline="", encoding="utf-8") as file:
            found |= {row["key"]: path.stem.replace("_", " ").capitalize() for row in csv.DictReader(file)}
    return found


def shipped_rules() -> list[dict[str, Any]]:
    """One dictionary of `Rule` fields a row, in file order. A rule ends by its `valid_until`, never by losing its row."""
    rows = []
    for path in sorted(FOLDER.glob("*.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            rows += [_typed(row) for row in csv.DictReader(file)]
    return rows


def _typed(row: dict[str, str]) -> dict[str, Any]:
    typed: dict[str, Any] = {name: (value or None) if name in NULLABLE else value for name, value in row.items()}
    typed["number"] = int(row["number"])
    typed["limit"] = int(row["limit"]) if row["limit"] else None
    typed["rolls_forward"] = row["rolls_forward"] == "yes"
    for name in ("valid_from", "valid_until"):
        typed[name] = date.fromisoformat(row[name]) if row[name] else None
    return typed
