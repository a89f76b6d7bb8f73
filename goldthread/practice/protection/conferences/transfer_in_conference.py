"""Transfer-in conference: a child on another authority's plan has moved here for good.

Working Together: within 15 working days of being told (`conference.transfer_in`). Until it is held the other authority is
responsible, and its plan stands. No section 47 is invented; earlier plans elsewhere are counted. A temporary move asks for none.
Census: DateOfInitialCPC beside the episode, without a Section47.
"""

from collections.abc import Iterable
from typing import Any

from goldthread.pathway.definition import Clock
from goldthread.pathway.questions import Day, Line, Number, Words, YesNo
from goldthread.practice.protection.conferences.conference import (
    PREPARE,
    SENT,
    ConferenceAdult,
    DecidingChild,
    DecidingConference,
    a_plan_has_a_lead_and_its_days,
)


def the_child_has_come_for_good(answers: Any) -> Iterable[tuple[str, str]]:
    if answers.is_permanent is False:
        yield "is_permanent", "A temporary move needs no conference here: the other authority’s plan stands. Withdraw this one."


def is_held_once_we_were_told(answers: Any) -> Iterable[tuple[str, str]]:
    if answers.held_on and answers.notified_on and answers.held_on < answers.notified_on:
        yield "held_on", "The conference is held before we were told of the move. Check both days."


class TransferInConference(DecidingConference):
    """The conference that takes over a child protection plan from another authority, or does not."""

    title, plural = "Transfer-in conference", "Transfer-in conferences"
    version = 3  # the second asked once for all children how many plans they had had elsewhere
    purpose = "To decide, for a child who has moved here on another authority’s protection plan, whether this authority makes its own."

    is_permanent = YesNo("Has the child moved here for good?", needed=PREPARE, since=2, section="The move")
    notified_on = Day("When were we told that the child had moved in?", needed=PREPARE, since=2, section="The move")
    from_authority = Line("Which authority is responsible until the conference?", needed=PREPARE, since=2, section="The move")
    plans_elsewhere = Number(
        "How many protection plans has the child had elsewhere, this one included?", asked=PREPARE, since=2, until=2, section="The move"
    )
    their_plan = Words("What does their plan say, and what has changed with the move?", needed=PREPARE, since=2, section="The move")

    rules = (the_child_has_come_for_good, is_held_once_we_were_told, a_plan_has_a_lead_and_its_days)
    clocks = (Clock("conference.transfer_in", starts="notified_on", met_by="held_on"), SENT)

    def headline(self) -> str:
        return "Transfer-in conference" if self.held_on else "Transfer-in conference, to be held"


class TransferInConferenceAdult(ConferenceAdult):
    of = TransferInConference


class TransferInConferenceChild(DecidingChild):
    of = TransferInConference

    plans_elsewhere = Number(
        "How many protection plans has this child had elsewhere, this one included?",
        needed=PREPARE,
        since=3,
        is_own=True,
        hint="The other authority knows. Added to those held here, they are the census’s number of earlier plans.",
    )
