"""Strategy discussion: social care, police and health decide together whether, and how, an enquiry is made.

Children Act 1989 s47; Working Together, "Strategy discussion": whenever there is reasonable cause to suspect that a child
suffers, or is likely to suffer, significant harm; without delay; a social worker, health and the police at the least, senior
enough to decide. It may be held by telephone and recorded afterwards, and waits for no referral or assessment. Family are
not part of it. How long it may take, and how soon everyone invited must have the decisions, is LOCAL.
"""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db.models import Q

from goldthread.pathway.definition import Clock, EachChild, Step
from goldthread.pathway.meeting.archetype import HOLD, Meeting, Required
from goldthread.pathway.questions import Day, Line, One, Words, YesNo

HEALTH = (
    "gp", "health_visiting", "school_nursing", "hospital", "midwifery", "camhs", "adult_mental_health", "community_health", "sexual_health",
)  # fmt: skip
KNOWN, FAMILY = "What is known", "What the family may know"
STARTS, GOES_ON = "section_47", "section_47_goes_on"
SENT = "strategy.decisions_sent"


def is_held_after_it_is_asked_for(answers: Any) -> Iterable[tuple[str, str]]:
    if answers.held_on and answers.suspected_on and answers.held_on < answers.suspected_on:
        yield "held_on", "The discussion is held before there was cause for it. Check both days."


class StrategyDiscussion(Meeting):
    """What each agency knows of a child who may be harmed, and what they decide together."""

    title, plural = "Strategy discussion", "Strategy discussions"
    kept_as = "child_protection"
    purpose = "To put together what each agency knows, and decide for each child whether and how an enquiry is made."
    shared_for = "section_47"
    steps = (Step(HOLD, "Decide", "Record what was decided", by_manager=True),)
    invites_family: ClassVar[bool] = False
    chaired_from: ClassVar[tuple[str, ...]] = ("front_door", "out_of_hours")
    sent_clock = SENT
    told_by_link: ClassVar[tuple[str, ...]] = ("decision", "enquiry_by", "medical")
    required: ClassVar[tuple[Required, ...]] = (
        Required("social_care", "Children’s social care", ("local_authority",)),
        Required("police", "Police", ("police",)),
        Required("health", "Health", HEALTH),
    )

    suspected_on = Day("When was there cause to suspect significant harm?", needed=HOLD, time=True, section="The meeting")
    cause = Words("What is the worry, and what gives cause to suspect significant harm?", needed=HOLD, section=KNOWN)
    known = Words(
        "What does all that was brought together mean?",
        needed=HOLD,
        section=KNOWN,
        hint="What each agency brought stands in the list, in their own words. Write here what it means together.",
    )
    criminal = Words("Is there a criminal investigation, an arrest or bail?", section=KNOWN, hint="Conditions and when they end.")
    is_known_by_family = YesNo("Do the parents know of this discussion?", needed=HOLD, section=FAMILY)
    why_not_known = Words("Why would telling them now be unsafe?", when=Q(is_known_by_family=False), needed=HOLD, section=FAMILY)
    family_may_be_told = Words(
        "What may the family be told, by whom and when?",
        needed=HOLD,
        section=FAMILY,
        hint="Minutes of this discussion never go to the family.",
    )
    agreed_with_police = YesNo("Have the police agreed what the family may be told?", needed=HOLD, section=FAMILY)

    rules = (is_held_after_it_is_asked_for,)
    clocks = (Clock("strategy.hold", starts="suspected_on", met_by="held_on"), Clock(SENT, starts="held_on"))

    def headline(self) -> str:
        return "Strategy discussion held" if self.held_on else "Strategy discussion, to be held"


class StrategyDiscussionChild(EachChild):
    """What is decided for one child."""

    of = StrategyDiscussion
    heading = "What is decided for each child"

    decision = One("What is decided?", codes="protection.strategy_decision", needed=HOLD, is_own=True)
    decision_why = Words("Why, for this child?", needed=HOLD, is_own=True)
    enquiry_by = One("Who makes the enquiry?", codes="protection.enquiry_by", when=Q(decision=STARTS), needed=HOLD)
    who_sees = Line("Who sees the child?", when=Q(decision=STARTS), needed=HOLD)
    see_by_on = Day("By when?", when=Q(decision=STARTS), needed=HOLD, may_be_ahead=True, time=True)
    medical = One("Is a medical examination needed?", codes="protection.medical", when=Q(decision=STARTS), needed=HOLD)
    tonight = Words(
        "What keeps this child safe until the next decision?",
        when=Q(decision__in=[STARTS, GOES_ON, "another_discussion"]),
        needed=HOLD,
        hint="Where the child sleeps tonight, with whom, who must stay away, what the night team does. It stands on the child’s page.",
    )
