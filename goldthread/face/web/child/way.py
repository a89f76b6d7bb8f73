"""One thing that might begin for a child."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from goldthread.core.people.models import Person
from goldthread.core.records.models import Record


@dataclass
class Way:
    """One thing that might begin. `why_not` says what usually comes first; `is_barred` when the law forbids it."""

    name: str
    title: str
    words: str
    begin: Callable[[list[Person], Any], Record] | None = None
    why_not: str = ""
    is_barred: bool = False
    open_record: Record | None = None
    open_words: str = ""
    href: str = ""
    children: list[Person] = field(default_factory=list)
