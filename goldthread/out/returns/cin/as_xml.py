"""Writes children as the census's XML, one element to a line: the elements of `items` in their order, an absent value as no element."""

from collections.abc import Callable
from datetime import date
from html import escape
from typing import Any

from goldthread.out.returns.cin.asked import Asked
from goldthread.out.returns.cin.elements import INSIDE
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

SOFTWARE, RELEASE, SERIAL = "Goldthread", "1", "001"
NOT_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])  # signs that no XML file may hold
PARTS: tuple[type[Part], ...] = (
    Child,
    ChildIdentifiers,
    ChildCharacteristics,
    CINdetails,
    Assessment,
    CINPlan,
    Section47,
    ChildProtectionPlan,
    PreProceedings,
)
ELEMENTS = {part: elements_of(part) for part in PARTS}
Say = Callable[[str], None]


def head(asked: Asked) -> str:
    """All before the first child. The moment it names is the day asked for, so that the same census is the same file."""
    census = asked.census
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Message>
<Header>
<CollectionDetails>
<Collection>CIN</Collection>
<Year>{census.year}</Year>
<ReferenceDate>{census.reference_date}</ReferenceDate>
</CollectionDetails>
<Source>
<SourceLevel>L</SourceLevel>
<LEA>{census.authority}</LEA>
<SoftwareCode>{SOFTWARE}</SoftwareCode>
<Release>{RELEASE}</Release>
<SerialNo>{SERIAL}</SerialNo>
<DateTime>{asked.at}T00:00:00</DateTime>
</Source>
</Header>
<Children>
"""


FOOT = "</Children>\n</Message>\n"


def written(child: Child) -> str:
    """One child's element."""
    out: list[str] = []
    _write("Child", child, out.append)
    return "".join(out)


def _write(name: str, part: Part, say: Say) -> None:
    say(f"<{name}>\n")
    for element in ELEMENTS[type(part)]:
        value: Any = getattr(part, element)
        if value is None or value == []:
            continue
        if type(value) is list:
            _write_several(element, value, say)
        elif isinstance(value, Part):
            _write(element, value, say)
        else:
            say(f"<{element}>{_text(value)}</{element}>\n")
    say(f"</{name}>\n")


def _write_several(element: str, values: list[Any], say: Say) -> None:
    """Parts stand one after another under their own name; codes, and the days of reviews, together in one element."""
    if isinstance(values[0], Review):
        values = [review.CPPreviewDate or "" for review in values]
    if isinstance(values[0], Part):
        for part in values:
            _write(element, part, say)
    else:
        codes = "".join(f"<{INSIDE[element]}>{_text(code)}</{INSIDE[element]}>\n" for code in values)
        say(f"<{element}>\n{codes}</{element}>\n")


def _text(value: Any) -> str:
    if type(value) is bool:
        return "1" if value else "0"
    if isinstance(value, date | int):
        return str(value)
    return escape(value.translate(NOT_XML), quote=False)
