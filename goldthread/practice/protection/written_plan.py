"""Child protection plan: what it says, in words a parent can use, version by version. Its period stands in `protection_plan`.

Working Together, "Child protection": the outline is agreed at the conference, the core group makes it a plan and keeps it.
Inspectors asked for outcomes, an owner, a day and a measure for each, the family's own wording, and a contingency.
Between parents: what is written of one parent stands in that parent's part alone, and nobody's copy holds another's.
"""

from django.db.models import Q

from goldthread.ground.codes.code_lists import codes
from goldthread.pathway.archetypes import WRITE, Plan, PlannedNeed
from goldthread.pathway.definition import EachChild, EachParent
from goldthread.pathway.questions import Line, Number, Words, YesNo


class WrittenPlan(Plan):
    """What a child protection plan says."""

    title, plural = "Child protection plan in words", "Child protection plans in words"
    kept_as = "child_protection"
    purpose = "To say in words the family would use what must change, how we shall know, who helps, by when, and what happens if not."

    shared_for = "child_protection"
    lead = Line("Who leads the plan, and how can the family reach them?", needed=WRITE, section="This version")
    if_unsafe = Words(
        "What happens at once if a child is not safe?",
        needed=WRITE,
        for_family=True,
        section="This version",
        hint="Who does what that same day, at night too; and what would make us go to court.",
    )

    def headline(self) -> str:
        made = codes("plan.made_at").label(self.made_at or "")
        return f"Child protection plan written: {made[:1].lower()}{made[1:]}"


class WrittenPlanNeed(PlannedNeed):
    """One need or danger of a child protection plan."""

    of = WrittenPlan


class WrittenPlanChild(EachChild):
    """One child’s own part of the plan."""

    of = WrittenPlan
    heading = "Each child"

    childs_view = Words(
        "What does this child want to be different?",
        needed=WRITE,
        is_own=True,
        hint="In the child’s own words, or what a small child shows. The family reads it: leave out what it would not be safe for them to know.",
    )
    visit_within = Number(
        "How many working days at most between visits?",
        needed=WRITE,
        hint="No law sets a number. Where the plan says nothing this council’s own limit holds; ten is usual.",
    )


class WrittenPlanParent(EachParent):
    """What is about one parent, and stands in no other parent’s copy."""

    of = WrittenPlan
    heading = "Each parent, apart"

    does = Words(
        "What will this parent do, and who helps?",
        for_family=True,
        hint="Facts about this parent go here: no other parent’s copy holds them.",
    )
    says = Words("What does this parent say about the plan?")
    gets_copy = YesNo("May this parent have a copy?", needed=WRITE)
    why_no_copy = Words("Why not?", when=Q(gets_copy=False), needed=WRITE, hint="Parental responsibility alone releases nothing.")
