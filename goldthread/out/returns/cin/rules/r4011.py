"""A child in need plan does not end before it began."""

from goldthread.out.returns.cin.examples import a_cin_plan, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_before


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        for plan in details.CINPlanDates:
            if is_before(plan.CINPlanEndDate, plan.CINPlanStartDate):
                yield plan, "CINPlanEndDate"


RULE = Rule(
    "4011",
    ERROR,
    "CINplanDates",
    "CIN Plan End Date earlier than Start Date",
    (
        "CINPlanEndDate",
        "CINPlanStartDate",
    ),
    check,
    needs="CINPlanDates",
    examples=(
        fails("the day before", sound(CINPlanDates=[a_cin_plan("2025-07-03", "2025-07-02")])),
        passes("that day", sound(CINPlanDates=[a_cin_plan("2025-07-03", "2025-07-03")])),
    ),
)
