"""Two versions of a plan side by side, and how each reads to a family: from the fair copies, so from what was really said."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from goldthread.ground.design.readability import reading_of
from goldthread.pathway.definition import Detail


@dataclass(frozen=True)
class Change:
    """One answer that reads otherwise. `where`: whose or which part, empty for the record's own; an empty side was not there."""

    where: str
    asked: str
    before: str
    after: str


@dataclass(frozen=True)
class Said:
    where: str
    said: str


def changes_between(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """What the later copy says otherwise, in its order; then what it does not say any more."""
    old, new = dict(_lines(before)), dict(_lines(after))
    found = [Change(where, line["asked"], _said(old.get(key)), line["answer"]) for key, (where, line) in new.items()]
    found += [Change(where, line["asked"], line["answer"], "") for key, (where, line) in old.items() if key not in new]
    return [change for change in found if change.before != change.after]


def _said(held: tuple[str, dict[str, Any]] | None) -> str:
    return held[1]["answer"] if held else ""


def _lines(content: dict[str, Any]) -> Iterator[tuple[tuple[Any, ...], tuple[str, dict[str, Any]]]]:
    for line in content["shared"]:
        yield ("", "", line["question"]), ("", line)
    for part in content["each"]:
        which = part["person"] or part["name"]
        for line in part["answers"]:
            yield (part["part"], which, line["question"]), (part["name"], line)


def readings(definition: type[Detail], content: dict[str, Any]) -> list[Said]:
    """How what a family will read reads, as a whole; then the parts harder than they need be. Nothing where nothing is for a family."""
    plain = {q.name for asked_of in (definition, *definition.parts()) for q in asked_of.questions() if q.for_family}
    told: dict[str, list[str]] = {}
    for _, (where, line) in _lines(content):
        if line["question"] in plain and line["answer"]:
            told.setdefault(where, []).append(line["answer"])
    whole = reading_of("\n".join(words for found in told.values() for words in found)).said
    hard = [(where, reading_of("\n".join(found))) for where, found in told.items()]
    return [Said("", whole), *(Said(where, one.said) for where, one in hard if not one.is_easy and where)] if whole else []
