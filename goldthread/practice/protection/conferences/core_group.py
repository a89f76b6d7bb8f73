"""Core group: those who work the plan, with the family, make it who does what by when, and keep it so.

Working Together: first within ten working days of the conference (`plan.cp.core_group`); how often after that is LOCAL
(`plan.cp.core_group.later`), and so is who must be there: children's social care and one other agency, with the family asked.
Its members are named at the conference.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, ClassVar

from goldthread.pathway.definition import Clock, EachChild
from goldthread.pathway.meeting.archetype import HOLD, Meeting, Required
from goldthread.pathway.questions import Words, YesNo
from goldthread.practice.protection.conferences.conference import FURTHER, OTHERS, SOCIAL_CARE

FIRST, LATER = "plan.cp.core_group", "plan.cp.core_group.later"
MOVED = "What has moved"


def meets_again(answers: Any) -> Iterable[tuple[str, str]]:
    if not answers.next_on:
        yield "next_on", "Say on which day the core group meets again: it goes on while the plan does."


class CoreGroup(Meeting):
    """A meeting of those who work the plan, with the family."""

    title, plural = "Core group", "Core groups"
    kept_as = "child_protection"
    purpose = "To see what the plan has moved for each child, and agree who does what before the next time."
    shared_for = "child_protection"
    required: ClassVar[tuple[Required, ...]] = (SOCIAL_CARE, *(replace(role, is_proposed=False) for role in (*OTHERS, *FURTHER)))
    at_least: ClassVar[int] = 1
    held_by: ClassVar[tuple[str, ...]] = (FIRST, LATER)
    group: ClassVar[str] = "core group"
    is_of_group: ClassVar[bool] = True

    was_done = Words("What was to be done since last time, and was it?", needed=HOLD, section=MOVED)
    family_says = Words("What do the parents say about the plan and the help?", needed=HOLD, section=MOVED)
    is_stuck = YesNo("Has something that must change not moved?", needed=HOLD, section=MOVED)
    plan_changes = YesNo("Does what the plan says change?", needed=HOLD, section=MOVED)

    rules = (meets_again,)
    clocks = (Clock(LATER, starts="held_on", is_link=True),)

    def headline(self) -> str:
        if not self.held_on:
            return "Core group, to be held"
        return "Core group: something has not moved" if self.is_stuck else "Core group"


class CoreGroupChild(EachChild):
    """One child at a core group."""

    of = CoreGroup
    heading = "Each child"

    how = Words("How is this child now, and what is different for the child?", needed=HOLD, is_own=True)
    still = Words("What must still change for this child, and who does what by when?", needed=HOLD, is_own=True)
