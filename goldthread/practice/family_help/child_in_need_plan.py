"""Child in need plan, in its simple form: aims, who helps, and when it is looked at again.

Children Act 1989 s17. No national interval for review: rule `plan.cin.review` is LOCAL. Census: CINPlanStartDate, CINPlanEndDate.
"""

from django.db import models
from django.db.models import Q

from goldthread.pathway.archetypes import WRITE, Visit, VisitedChild
from goldthread.pathway.definition import Clock, Detail, EachChild, Step
from goldthread.pathway.questions import TODAY, Day, Line, Words, YesNo

VISIT = "visit.cin"


class ChildInNeedPlan(Detail):
    """What should change for the child, who helps, and by when."""

    title, plural = "Child in need plan", "Child in need plans"
    kept_as = "child_in_need"
    purpose = "To say in plain words what will change for the child and who will help."
    steps = (Step(WRITE, "Write", "Agree the plan"),)
    happened = "started_on"

    started_on = Day("When does the plan start?", needed=WRITE, prefill=TODAY)
    what_must_change = Words("What needs to change?", needed=WRITE, hint="In words the family would use.")
    how_we_shall_know = Words("How shall we know that it has?", needed=WRITE)
    who_helps = Words("Who does what, and by when?", needed=WRITE)
    if_not = Words("What happens if it does not change?", needed=WRITE)
    family_help_lead = Line("Who leads the plan?")
    review_on = Day("When will the plan be looked at again?", needed=WRITE, may_be_ahead=True)
    ended_on = models.DateField(null=True)  # by review or closure

    clocks = (Clock("plan.cin.review", starts="started_on"), Clock(VISIT, starts="started_on", is_link=True))

    def headline(self) -> str:
        return "Child in need plan ended" if self.ended_on else "Child in need plan started"


class PlanChild(EachChild):
    """What the plan means for one child."""

    of = ChildInNeedPlan

    childs_view = Words("What does this child want to be different?", needed=WRITE, is_own=True)

    left_on = models.DateField(null=True)  # brothers and sisters may leave the plan on different days


class ChildInNeedReview(Detail):
    """The plan looked at again with the family: what moved, and whether it goes on."""

    title, plural = "Child in need review", "Child in need reviews"
    kept_as = "child_in_need"
    purpose = "To see what has changed for the child, and decide whether the plan goes on."
    steps = (Step(WRITE, "Write", "Record the review"),)
    happened = "held_on"

    held_on = Day("When was the plan looked at again?", needed=WRITE, prefill=TODAY)
    what_changed = Words("What has changed, and what has not?", needed=WRITE)
    goes_on = YesNo("Does the plan go on?", needed=WRITE)
    what_next = Words("What happens next, who does it, and by when?", when=Q(goes_on=True), needed=WRITE)
    why_it_ends = Words("What shows that the plan is no longer needed?", when=Q(goes_on=False), needed=WRITE)

    clocks = (Clock("plan.cin.review", starts="held_on"),)

    def headline(self) -> str:
        return "Child in need review: the plan goes on" if self.goes_on else "Child in need review: the plan ends"


class ChildInNeedVisit(Visit):
    """A visit to a child in need. How often has no national rule: `visit.cin` is LOCAL."""

    title, plural = "Child in need visit", "Child in need visits"
    kept_as = "child_in_need"
    purpose = "To see how each child is, and what the plan has moved."

    clocks = (Clock(VISIT, starts="visited_on", is_link=True, each="is_seen"),)


class ChildInNeedVisitChild(VisitedChild):
    """One child’s part in a child in need visit."""

    of = ChildInNeedVisit
