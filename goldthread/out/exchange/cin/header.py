"""The file's header, and whether this file is the one that was meant."""

from datetime import date

from goldthread.out.exchange.cin import values
from goldthread.out.exchange.cin.census import FileRefused, Header
from goldthread.out.exchange.cin.stream import Node
from goldthread.out.exchange.cin.values import Unsound, shown

YEARS = range(2022, 2028)


def read_header(node: Node, *, asks_for_day: bool = True) -> Header:
    """FileRefused unless it says plainly which authority's census of which year this is.

    `asks_for_day`: a ReferenceDate that is not that year's is refused too; without, rule 100 tells of it.
    """
    said = stated(node)
    collection, line = said.get("Collection", ("", node.line))
    if collection != "CIN":
        sentence = f"The file's Collection is {shown(collection)}" if collection else "The header does not say which collection this is"
        raise FileRefused(f"{sentence}; a children in need census says CIN.", line)
    year = _year(said, node.line)
    return Header(
        year=year,
        reference_date=_reference_date(said, year) if asks_for_day else date(year, 3, 31),
        authority=_authority(said, node.line),
        software=said.get("SoftwareCode", ("", 0))[0] or None,
        made_at=said.get("DateTime", ("", 0))[0] or None,
    )


def stated(node: Node) -> dict[str, tuple[str, int]]:
    """Each element's words and line."""
    return {inner.name: (inner.text.strip(), inner.line) for block in node.parts for inner in (block, *block.parts)}


def _year(said: dict[str, tuple[str, int]], line: int) -> int:
    text, line = said.get("Year", ("", line))
    if not (len(text) == 4 and text.isascii() and text.isdigit()):
        raise FileRefused("The header does not say of which year the census is (Year, four digits).", line)
    if int(text) not in YEARS:
        raise FileRefused(
            f"The census is of {text}; Goldthread reads those of {YEARS.start} (2021-22) to {YEARS.stop - 1} (2026-27).", line
        )
    return int(text)


def _reference_date(said: dict[str, tuple[str, int]], year: int) -> date:
    """31 March of the year (rule 100); a file that says another day contradicts itself."""
    expected = date(year, 3, 31)
    text, line = said.get("ReferenceDate", ("", 0))
    if not text:
        return expected
    try:
        found = values.day(text)
    except Unsound as problem:
        raise FileRefused(f"The header's ReferenceDate cannot be read: {problem.what_is_wrong}", line) from None
    if found != expected:
        raise FileRefused(f"The header says the year is {year} and the ReferenceDate {found}; it must be {expected}.", line)
    return found


def _authority(said: dict[str, tuple[str, int]], line: int) -> str:
    text, line = said.get("LEA", ("", line))
    if not (len(text) == 3 and text.isascii() and text.isdigit()):
        raise FileRefused("The header does not say whose census this is (LEA, the authority's three digits).", line)
    return text


def refuse_other_than(header: Header, *, authority: str | None, year: int | None) -> None:
    """FileRefused when another authority's or another year's file was expected."""
    if authority is not None and header.authority != authority:
        raise FileRefused(f"This is the census of authority {header.authority}; this database belongs to authority {authority}.")
    if year is not None and header.year != year:
        raise FileRefused(f"This is the census of {header.year_in_words}; the one of {year - 1}-{year % 100:02d} was expected.")
