"""What stands beside family help's forms: what started it."""

from goldthread.pathway.panels import what_came_before
from goldthread.pathway.registry import panel
from goldthread.practice.family_help.assessment import ChildAndFamilyAssessment
from goldthread.practice.family_help.child_in_need_plan import ChildInNeedPlan, ChildInNeedReview
from goldthread.practice.family_help.closure import Closure

for process in (ChildAndFamilyAssessment, ChildInNeedPlan, ChildInNeedReview, Closure):
    panel(process)(what_came_before)
