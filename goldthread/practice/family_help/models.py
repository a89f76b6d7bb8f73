from goldthread.practice.family_help.assessment import AssessmentChild, AssessmentParent, ChildAndFamilyAssessment
from goldthread.practice.family_help.child_in_need_plan import (
    ChildInNeedPlan,
    ChildInNeedReview,
    ChildInNeedVisit,
    ChildInNeedVisitChild,
    PlanChild,
)
from goldthread.practice.family_help.closure import Closure, ClosureChild

__all__ = [
    "AssessmentChild",
    "AssessmentParent",
    "ChildAndFamilyAssessment",
    "ChildInNeedPlan",
    "ChildInNeedReview",
    "ChildInNeedVisit",
    "ChildInNeedVisitChild",
    "Closure",
    "ClosureChild",
    "PlanChild",
]
