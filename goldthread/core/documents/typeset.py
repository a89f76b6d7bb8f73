"""A letter as an accessible PDF (PDF/UA-1): tags, English, a title; no name of anybody in its metadata, no author, no moment.

Only typefaces that come with the program are used, so that every machine sets the same page. A name in letters they do not have is
refused: a letter with a hole where a name should be is worse than none.
"""

import json
import threading
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import typst

LETTER = Path(__file__).parent / "typst" / "letter.typ"


class CannotBeSet(ValueError):
    """Some letters of a name or a sentence cannot be shown."""


@dataclass(frozen=True)
class Block:
    """One thing after another down the page: a `heading`, a `paragraph`, or an item of a `list`."""

    shape: str
    words: str


@dataclass(frozen=True)
class Page:
    """Everything that stands in one letter."""

    reference: str
    authority: str
    service: str
    dated: str
    to: str
    address: list[str]  # empty where it is not posted
    title: str
    blocks: list[Block]
    signed: list[str] = field(default_factory=list)


def pdf_of(page: Page) -> bytes:
    """CannotBeSet names the letters that no typeface has."""
    return _compile(page, "pdf", pdf_standards=["ua-1"])


def picture_of(page: Page, ppi: float = 110) -> bytes:
    """Its first page, to look at (PNG)."""
    made: Any = _compile(page, "png", ppi=ppi)
    return made[0] if isinstance(made, list) else made


def _compile(page: Page, shape: str, **more: Any) -> Any:
    try:
        return _compiler().compile(format=shape, sys_inputs={"letter": json.dumps(asdict(page))}, **more)
    except typst.TypstError as refused:
        if "could not be displayed" in str(refused):
            raise CannotBeSet(f"The letter cannot be set: {str(refused).split(':', 1)[-1].strip()}.") from refused
        raise


def _compiler() -> Any:
    """One a thread: it keeps its typefaces, and may not be used by two at once."""
    if not hasattr(_kept, "compiler"):
        _kept.compiler = typst.Compiler(str(LETTER), root=str(LETTER.parent), ignore_system_fonts=True)
    return _kept.compiler


_kept = threading.local()
