"""No review of a protection plan is held inside a child in need plan; the days it began and ended are not inside."""

from goldthread.out.returns.cin.examples import a_cin_plan, a_protection_plan, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child, CINPlan, Review
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_before, is_missing


def check(child: Child, census: CensusYear) -> Places:
    plans = [plan for details in child.CINdetails for plan in details.CINPlanDates]
    if not plans:
        return
    for details in child.CINdetails:
        for protection in details.ChildProtectionPlans:
            for review in protection.Reviews:
                if any(_is_inside(review, plan) for plan in plans):
                    yield review, "CPPreviewDate"


def _is_inside(review: Review, plan: CINPlan) -> bool:
    if not is_before(plan.CINPlanStartDate, review.CPPreviewDate):
        return False
    return is_missing(plan, "CINPlanEndDate") or is_before(review.CPPreviewDate, plan.CINPlanEndDate)


RULE = Rule(
    "4003",
    ERROR,
    "Reviews",
    "A CPP review date is shown as being held at the same time as an open CIN Plan.",
    (
        "CINPlanStartDate",
        "CINPlanEndDate",
        "CPPreviewDate",
    ),
    check,
    needs="ChildProtectionPlans",
    uncertain="An open plan has no end to lie before: any review after its start counts as inside.",
    examples=(
        fails(
            "the day after the plan began",
            sound(
                CINPlanDates=[a_cin_plan("2025-09-16", "2025-12-01")],
                ChildProtectionPlans=[a_protection_plan("2025-06-24", None, "2025-09-17")],
            ),
        ),
        fails(
            "while the plan is open",
            sound(CINPlanDates=[a_cin_plan("2025-09-16")], ChildProtectionPlans=[a_protection_plan("2025-06-24", None, "2025-09-17")]),
        ),
        passes(
            "the day the plan began",
            sound(
                CINPlanDates=[a_cin_plan("2025-09-17")], ChildProtectionPlans=[a_protection_plan("2025-06-24", "2025-09-17", "2025-09-17")]
            ),
        ),
        passes(
            "the day the plan ended",
            sound(
                CINPlanDates=[a_cin_plan("2025-06-04", "2025-09-17")],
                ChildProtectionPlans=[a_protection_plan("2025-06-24", None, "2025-09-17")],
            ),
        ),
    ),
)
