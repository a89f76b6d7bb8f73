"""Takes a sound census file and breaks it in one named way, saying exactly where.

    broken = break_file(sound, to, "UK date")
    broken.line, broken.la_child_id, broken.element

Works on files of `generator`, which put one element on a line.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Lines = list[str]


@dataclass(frozen=True)
class Broken:
    kind: str
    line: int  # the first line is 1
    la_child_id: str | None
    element: str


def break_file(sound: Path, to: Path, kind: str, *, child: int = 1) -> Broken:
    """Write the broken file; the fault lies in the child-th child or the first one after it that has what the breakage needs."""
    lines = sound.read_text().splitlines()
    start = [at for at, line in enumerate(lines) if line == "<Child>"][child - 1]
    at, element = BREAKAGES[kind](lines, start)
    to.write_text("\n".join(lines) + "\n")
    return Broken(kind, at + 1, _child_id(lines, at), element)


def _child_id(lines: Lines, at: int) -> str | None:
    start = max(index for index in range(at + 1) if lines[index] == "<Child>")
    found = re.fullmatch(r"<LAchildID>(.*)</LAchildID>", lines[start + 2])
    return found[1] if found else None


def _find(lines: Lines, start: int, name: str) -> int:
    return next(at for at in range(start, len(lines)) if lines[at].startswith(f"<{name}>"))


def _value(lines: Lines, at: int) -> str:
    return re.sub(r"<[^>]*>", "", lines[at])


def _put(lines: Lines, at: int, name: str, value: str) -> tuple[int, str]:
    lines[at] = f"<{name}>{value}</{name}>"
    return at, name


def _changed(name: str, change: Callable[[str], str]) -> Callable[[Lines, int], tuple[int, str]]:
    def breakage(lines: Lines, start: int) -> tuple[int, str]:
        at = _find(lines, start, name)
        return _put(lines, at, name, change(_value(lines, at)))

    return breakage


def _removed(name: str, inside: str) -> Callable[[Lines, int], tuple[int, str]]:
    def breakage(lines: Lines, start: int) -> tuple[int, str]:
        block = _find(lines, start, inside)
        del lines[_find(lines, block, name)]
        return block, name

    return breakage


def _early_end(start_name: str, end_name: str) -> Callable[[Lines, int], tuple[int, str]]:
    """The end is set one year before the start."""

    def breakage(lines: Lines, start: int) -> tuple[int, str]:
        end = _find(lines, start, end_name)
        began = next(at for at in range(end, 0, -1) if lines[at].startswith(f"<{start_name}>"))
        year, rest = _value(lines, began).split("-", 1)
        return _put(lines, end, end_name, f"{int(year) - 1}-{rest.replace('02-29', '02-28')}")

    return breakage


def _same_child_twice(lines: Lines, start: int) -> tuple[int, str]:
    first = _find(lines, start, "LAchildID")
    second = _find(lines, first + 1, "LAchildID")
    return _put(lines, second, "LAchildID", _value(lines, first))


def _unknown_element(lines: Lines, start: int) -> tuple[int, str]:
    at = _find(lines, start, "CINreferralDate") + 1
    lines.insert(at, "")
    return _put(lines, at, "CINreferralTime", "09:30")


def _wrong_order(lines: Lines, start: int) -> tuple[int, str]:
    at = _find(lines, start, "CINreferralDate")
    lines[at], lines[at + 1] = lines[at + 1], lines[at]
    return at + 1, "CINreferralDate"


def _given_twice(lines: Lines, start: int) -> tuple[int, str]:
    at = _find(lines, start, "Ethnicity")
    lines.insert(at + 1, "")
    return _put(lines, at + 1, "Ethnicity", "NOBT" if _value(lines, at) != "NOBT" else "REFU")


def _stray_text(lines: Lines, start: int) -> tuple[int, str]:
    at = _find(lines, start, "CINdetails")
    lines[at] += "see paper file"
    return at, "CINdetails"


def _both_birth_dates(lines: Lines, start: int) -> tuple[int, str]:
    at = _find(lines, start, "PersonBirthDate")
    lines.insert(at + 1, "")
    return _put(lines, at + 1, "ExpectedPersonBirthDate", _value(lines, at))


BREAKAGES: dict[str, Callable[[Lines, int], tuple[int, str]]] = {
    "half-typed date": _changed("CINreferralDate", lambda day: day[:8]),
    "UK date": _changed("PersonBirthDate", lambda day: "/".join(reversed(day.split("-")))),
    "impossible date": _changed("AssessmentActualStartDate", lambda day: day[:5] + "02-30"),
    "unknown code": _changed("ReferralSource", lambda code: "99Z"),
    "code in lower case": _changed("Ethnicity", str.lower),
    "end before start": _early_end("CINPlanStartDate", "CINPlanEndDate"),
    "closure before referral": _early_end("CINreferralDate", "CINclosureDate"),
    "authorised before it started": _early_end("AssessmentActualStartDate", "AssessmentAuthorisationDate"),
    "protection plan ends before it starts": _early_end("CPPstartDate", "CPPendDate"),
    "review before the plan": _early_end("CPPstartDate", "CPPreviewDate"),
    "conference before section 47": _early_end("S47ActualStartDate", "DateOfInitialCPC"),
    "duplicate LAchildID": _same_child_twice,
    "missing LAchildID": _removed("LAchildID", "ChildIdentifiers"),
    "missing referral date": _removed("CINreferralDate", "CINdetails"),
    "missing plan start": _removed("CINPlanStartDate", "CINPlanDates"),
    "missing category": _removed("InitialCategoryOfAbuse", "ChildProtectionPlans"),
    "unknown element": _unknown_element,
    "wrong order": _wrong_order,
    "given twice": _given_twice,
    "bad boolean": _changed("ReferralNFA", lambda flag: "No"),
    "text where number": _changed("NumberOfPreviousCPP", lambda number: "none"),
    "wrong check letter": _changed("UPN", lambda upn: ("A" if upn[0] != "A" else "B") + upn[1:]),
    "stray text": _stray_text,
    "both birth dates": _both_birth_dates,
}
