"""Shapes that processes share, so that each file states only its differences."""

from goldthread.core.records.models import Record
from goldthread.pathway.definition import Detail, Step
from goldthread.pathway.questions import TODAY, Day, Words

RECORD, DECIDE, WRITE, AUTHORISE = "record", "decide", "write", "authorise"


class Arrival(Detail):
    """Something reaches us: what was said first, then who it is about, then what becomes of it."""

    steps = (
        Step(RECORD, "Record", "Send for a decision", ends_in=Record.SUBMITTED),
        Step(DECIDE, "Decide", "Record the decision", by_manager=True, may_send_back=True),
    )
    happened = "received_on"

    received_on = Day("When was it received?", needed=RECORD, time=True, prefill=TODAY, section="The call")
    decided_on = Day("When is it decided?", needed=DECIDE, time=True, prefill=TODAY)

    class Meta:
        abstract = True


class Decision(Detail):
    """A matter to be decided by a manager, with a reason, within a time."""

    steps = (Step(DECIDE, "Decide", "Record the decision", by_manager=True),)
    happened = "received_on"

    received_on = Day("When was it received?", needed=DECIDE, time=True)
    decided_on = Day("When was it decided?", needed=DECIDE, prefill=TODAY, place=1)
    why = Words("What is the reason for the decision?", needed=DECIDE, place=1)

    class Meta:
        abstract = True


class Assessment(Detail):
    """Each child seen and heard, each parent covered, analysed, then authorised by a manager or sent back with comments."""

    steps = (
        Step(WRITE, "Write", "Send for authorisation", ends_in=Record.SUBMITTED),
        Step(AUTHORISE, "Authorise", "Authorise", by_manager=True, may_send_back=True),
    )
    happened = "started_on"

    started_on = Day("When did the assessment start?", needed=WRITE)
    authorised_on = Day("When is it authorised?", needed=AUTHORISE, prefill=TODAY)
    authorising_words = Words(
        "What does the manager say about this assessment?", needed=AUTHORISE, hint="What you agree with, what must happen next and by when."
    )

    class Meta:
        abstract = True
