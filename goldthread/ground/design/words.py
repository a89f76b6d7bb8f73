"""Small changes to words on their way to a page. They never change what is stored."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from markupsafe import Markup

# A quotation mark opens at the start, after a space or after another opener; every other one closes.
OPENING_DOUBLE = re.compile(r'(^|[\s([{\u2018\u2014\u2013-])"')
OPENING_SINGLE = re.compile(r"(^|[\s([{\u201c\u2014\u2013-])'")


def curly(text: str) -> str:
    """The same words with typographers' quotation marks; for text that comes from code, never for what a person wrote."""
    if isinstance(text, Markup):
        return text
    text = OPENING_SINGLE.sub("\\1\u2018", OPENING_DOUBLE.sub("\\1\u201c", text))
    return text.replace('"', "\u201d").replace("'", "\u2019")


def listed(names: Iterable[Any], joined_by: str = "and") -> str:
    """“Ama, Kofi and Esi”: names as they are said aloud."""
    said = [str(name) for name in names]
    if len(said) < 2:
        return "".join(said)
    return f"{', '.join(said[:-1])} {joined_by} {said[-1]}"


def counted(number: int, one: str, several: str = "") -> str:
    """“1 child”, “2 children”, “1,204 contacts”. `several` is `one` with an s unless given."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def slug(text: Any) -> str:
    """Letters, digits and hyphens, for ids and anchors made from words."""
    return re.sub(r"[^a-z0-9]+", "-", str(text).lower()).strip("-")


FILTERS: dict[str, Callable[..., Any]] = {"curly": curly, "listed": listed, "counted": counted, "slug": slug}
