"""Closure: children's social care stops, with a reason and a summary that lasts.

Children in need census: CINclosureDate, ReasonForClosure.
"""

from goldthread.core.records.models import Record
from goldthread.pathway.archetypes import DECIDE, WRITE
from goldthread.pathway.definition import Detail, EachChild, Step
from goldthread.pathway.questions import TODAY, Day, One, Words


class Closure(Detail):
    """Why our involvement ends, what changed, and where the family can turn."""

    title, plural = "Closure", "Closures"
    kept_as = "child_in_need"
    purpose = "So that whoever meets this family next understands in a minute what was done and why it ended."
    steps = (
        Step(WRITE, "Write", "Send for a decision", ends_in=Record.SUBMITTED),
        Step(DECIDE, "Decide", "Close", by_manager=True, may_send_back=True),
    )
    happened = "closed_on"

    summary = Words("What was the worry, what was done and what changed?", needed=WRITE)
    remaining = Words("What worry remains, and who is watching it?", needed=WRITE)
    where_to_turn = Words("Where can the family turn now?", needed=WRITE)
    closed_on = Day("When does our involvement end?", needed=DECIDE, prefill=TODAY)
    why = Words("What is the reason for the decision?", needed=DECIDE)

    def headline(self) -> str:
        return "Closed" if self.closed_on else "Closure proposed"


class ClosureChild(EachChild):
    """The reason in one child’s case."""

    of = Closure

    reason = One("What is the reason for this child?", codes="cin.closure_reason", needed=WRITE)
