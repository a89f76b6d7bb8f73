"""What is wrong when the database does not do what was asked, told by PostgreSQL's own code, and what to tell a person.

Authority for the codes: PostgreSQL's documentation, appendix A. In each of these cases the transaction was rolled back.
"""

from dataclasses import dataclass

import psycopg

from goldthread.ground.boot.trouble import chain


@dataclass(frozen=True)
class Outage:
    """`again` is after how many seconds it is worth pressing again; None where somebody has to mend something first."""

    heading: str
    words: str
    again: int | None


NOTHING_SAVED = "Nothing from the last press was saved; what you typed before it is."
AWAY = Outage("The database cannot be reached", f"{NOTHING_SAVED} Try again in half a minute.", 30)
CROWDED = Outage("Too many people are asking at once", f"{NOTHING_SAVED} Try again in a few seconds.", 5)
SLOW = Outage("That took too long and was stopped", f"{NOTHING_SAVED} Try again in a minute; if it happens again, tell whoever runs Goldthread.", 60)  # fmt: skip
MET = Outage("Somebody else saved at the same moment", f"{NOTHING_SAVED} Press again.", 1)
FULL = Outage("The database’s disk is full", "Nothing from the last press was saved. What is there can be read. Tell whoever runs Goldthread now.", None)  # fmt: skip
READ_ONLY = Outage("Nothing can be saved for now", "The database can be read and not written to. Tell whoever runs Goldthread; write on paper what cannot wait.", None)  # fmt: skip

NO_TRACE = Outage("This look cannot be written down, so the page is not shown", "Nobody looks without a trace. Tell whoever runs Goldthread now: the disk of this web server is full, or may not be written.", None)  # fmt: skip


class Unable(Exception):
    """Something other than the database does not do what was asked."""

    def __init__(self, outage: Outage) -> None:
        super().__init__(outage.heading)
        self.outage = outage


# By the whole code, then by its class.
KNOWN = {
    "53100": FULL,
    "53200": CROWDED,
    "53300": CROWDED,
    "57014": SLOW,
    "25006": READ_ONLY,
    "40001": MET,
    "40P01": MET,
    "55P03": MET,
    "08": AWAY,
    "57": AWAY,
}
NO_ROOM = ("too many clients", "too many connections", "remaining connection slots", "connection slots are reserved")


def outage_behind(error: BaseException | None) -> Outage | None:
    """The outage that an error tells of, wherever in the chain of its causes; None for a fault of ours."""
    for one in chain(error):
        if isinstance(one, Unable):
            return one.outage
        code = getattr(one, "sqlstate", None)
        if code:
            return KNOWN.get(code) or KNOWN.get(code[:2])
        # A server that refuses a connection, and one that is gone, are told without a code.
        if isinstance(one, psycopg.OperationalError):
            return CROWDED if any(words in str(one) for words in NO_ROOM) else AWAY
    return None
