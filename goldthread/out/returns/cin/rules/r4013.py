"""A child in need plan that has ended did so in the census year."""

from goldthread.out.returns.cin.examples import a_cin_plan, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_outside


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        for plan in details.CINPlanDates:
            if is_outside(plan.CINPlanEndDate, census):
                yield plan, "CINPlanEndDate"


RULE = Rule(
    "4013",
    ERROR,
    "CINplanDates",
    "CIN Plan end date must fall within the census year",
    (
        "CINPlanEndDate",
        "ReferenceDate",
    ),
    check,
    needs="CINPlanDates",
    examples=(
        fails("the day before the year", sound(CINPlanDates=[a_cin_plan("2025-01-03", "2025-03-31")])),
        fails("the day after the year", sound(CINPlanDates=[a_cin_plan("2025-07-03", "2026-04-01")])),
        passes("its first day", sound(CINPlanDates=[a_cin_plan("2025-01-03", "2025-04-01")])),
        passes("its last day", sound(CINPlanDates=[a_cin_plan("2025-07-03", "2026-03-31")])),
    ),
)
