"""A child has at most one open child in need plan."""

from goldthread.out.returns.cin.examples import a_cin_plan, fails, passes, referral, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_missing


def check(child: Child, census: CensusYear) -> Places:
    plans = [plan for details in child.CINdetails for plan in details.CINPlanDates if is_missing(plan, "CINPlanEndDate")]
    for plan in plans[1:]:
        yield plan, "CINPlanEndDate"


RULE = Rule(
    "4004",
    ERROR,
    "CINplanDates",
    "This child is showing more than one open CIN Plan, i.e. with no End Date",
    ("CINPlanEndDate",),
    check,
    needs="CINPlanDates",
    examples=(
        fails("two", sound(CINPlanDates=[a_cin_plan("2025-07-03"), a_cin_plan("2025-09-03")])),
        fails(
            "two in two episodes",
            sound(
                CINdetails=[
                    referral(CINPlanDates=[a_cin_plan("2025-07-03")]),
                    referral("2025-09-01", CINPlanDates=[a_cin_plan("2025-09-03")]),
                ]
            ),
        ),
        passes("one of two ended", sound(CINPlanDates=[a_cin_plan("2025-07-03", "2025-09-02"), a_cin_plan("2025-09-03")])),
    ),
)
