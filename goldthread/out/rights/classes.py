"""How long the kinds of record are kept: the classes that processes name (`kept_as`), and the dated rules of each."""

from dataclasses import dataclass

from goldthread.core.records.models import CASE_NOTE
from goldthread.pathway.registry import definitions

LAST_ENTRY = "retention.last_entry"  # asked of every record, whatever its class
SEXUAL_ABUSE = "retention.sexual_abuse"  # of a child who was ever on a plan for it
LOOKED_AFTER = ("record.retention", "record.retention.died")  # no process of looked-after children is written yet


@dataclass(frozen=True)
class KeptAs:
    """A class of record: its name, and the rules counted from birth that it adds."""

    words: str
    from_birth: tuple[str, ...] = ()


CLASSES = {
    "contact": KeptAs("Contacts, feedback and notes"),
    "child_in_need": KeptAs("Help and assessment", ("retention.child_in_need",)),
    "child_protection": KeptAs("Child protection", ("retention.child_protection",)),
}


def kept_as(kind: str) -> str:
    """The class of a kind of record. LookupError for one that nobody has given a class."""
    if kind == CASE_NOTE:
        return "contact"
    return definitions()[kind].kept_as


def kinds_kept_as(code: str) -> list[str]:
    """Every kind of record of a class."""
    return [kind for kind in (*definitions(), CASE_NOTE) if kept_as(kind) == code]
