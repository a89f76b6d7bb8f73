"""One child in need plan begins after the other has ended, and not on that day."""

from goldthread.out.returns.cin.examples import a_cin_plan, fails, passes, referral, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule
from goldthread.out.returns.cin.spans import Span, overlapping


def check(child: Child, census: CensusYear) -> Places:
    spans = [Span(plan.CINPlanStartDate, plan.CINPlanEndDate, plan) for details in child.CINdetails for plan in details.CINPlanDates]
    for part in overlapping(spans, may_touch=False):
        yield part, "CINPlanStartDate"


RULE = Rule(
    "4014",
    ERROR,
    "CINplanDates",
    "CIN Plan data contains overlapping dates",
    (
        "CINPlanStartDate",
        "CINPlanEndDate",
    ),
    check,
    needs="CINPlanDates",
    examples=(
        fails("on the day the other ended", sound(CINPlanDates=[a_cin_plan("2025-07-07", "2025-09-01"), a_cin_plan("2025-09-01")])),
        fails(
            "in another episode",
            sound(
                CINdetails=[
                    referral(CINPlanDates=[a_cin_plan("2025-07-07")]),
                    referral("2025-10-01", CINPlanDates=[a_cin_plan("2025-10-02")]),
                ]
            ),
        ),
        passes("the day after", sound(CINPlanDates=[a_cin_plan("2025-07-07", "2025-09-01"), a_cin_plan("2025-09-02")])),
    ),
)
