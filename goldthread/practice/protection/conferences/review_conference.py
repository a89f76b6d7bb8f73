"""Review child protection conference: is each child safe enough without a plan, and what shows it?

Working Together: within three months of the first conference (`conference.review.first`), then within six of each other
(`conference.review.later`), while the plan runs. A plan ends by its decision only with what has changed for the child, what
shows it, and what risk remains. Census: Reviews. An imported review has its day alone.
"""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db.models import Q

from goldthread.pathway.definition import Clock
from goldthread.pathway.meeting.archetype import HOLD
from goldthread.pathway.questions import Line, One, Words, YesNo
from goldthread.practice.protection.conferences.conference import IN_LAW, SENT, Conference, ConferenceAdult, ConferenceChild, says_who_leads

FIRST_REVIEW, LATER = "conference.review.first", "conference.review.later"


def a_plan_that_goes_on_is_reviewed_again(answers: Any) -> Iterable[tuple[str, str]]:
    yield from says_who_leads(answers, "goes_on", True, " again")


class ReviewConference(Conference):
    """A conference that looks at the plan again, and says for each child whether it goes on."""

    title, plural = "Review child protection conference", "Review child protection conferences"
    purpose = "To judge with the family what the plan has changed, and decide for each child whether it goes on or ends."
    held_by: ClassVar[tuple[str, ...]] = (IN_LAW, FIRST_REVIEW, LATER)
    view_of: ClassVar[str] = "Does this child still need a child protection plan?"
    told_by_link: ClassVar[tuple[str, ...]] = ("goes_on", "category")

    rules = (a_plan_that_goes_on_is_reviewed_again,)
    clocks = (Clock(LATER, starts="held_on", is_link=True, each="goes_on"), SENT)

    def headline(self) -> str:
        return "Review child protection conference" if self.held_on else "Review child protection conference, to be held"


class ReviewConferenceAdult(ConferenceAdult):
    """One adult of the family at a review."""

    of = ReviewConference


class ReviewConferenceChild(ConferenceChild):
    """One child: what has changed, and whether the plan goes on."""

    of = ReviewConference

    changed = Words(
        "What has changed for this child since the last conference, and what shows it?",
        needed=HOLD,
        is_own=True,
        hint="What was seen and heard, by whom, over how long: not what was offered or attended.",
    )
    goes_on = YesNo("Does the protection plan go on for this child?", needed=HOLD, is_own=True)
    category = One("Under which category?", codes="cin.abuse_category", when=Q(goes_on=True), needed=HOLD, is_own=True)
    remains = Words("What risk remains?", when=Q(goes_on=False), needed=HOLD, is_own=True)
    after = One("What takes the plan’s place?", codes="conference.after_plan", when=Q(goes_on=False), needed=HOLD)
    watches = Line("Who watches what remains, and what would bring us back?", when=Q(goes_on=False), needed=HOLD)
    rationale = Words("What are the chair’s reasons for this child?", needed=HOLD, is_own=True)
