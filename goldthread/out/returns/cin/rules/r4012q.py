"""A child in need plan does not begin and end on one day."""

from goldthread.out.returns.cin.examples import a_cin_plan, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import QUERY, Places, Rule


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        for plan in details.CINPlanDates:
            if plan.CINPlanStartDate is not None and plan.CINPlanStartDate == plan.CINPlanEndDate:
                yield plan, "CINPlanEndDate"


RULE = Rule(
    "4012Q",
    QUERY,
    "CINplanDates",
    "CIN Plan shown as starting and ending on the same day",
    (
        "CINPlanStartDate",
        "CINPlanEndDate",
    ),
    check,
    needs="CINPlanDates",
    examples=(
        fails("that day", sound(CINPlanDates=[a_cin_plan("2025-07-03", "2025-07-03")])),
        passes("the next day", sound(CINPlanDates=[a_cin_plan("2025-07-03", "2025-07-04")])),
    ),
)
