"""No child in need plan begins before the referral."""

from goldthread.out.returns.cin.examples import a_cin_plan, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_before


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        for plan in details.CINPlanDates:
            if is_before(plan.CINPlanStartDate, details.CINreferralDate):
                yield plan, "CINPlanStartDate"


RULE = Rule(
    "4015",
    ERROR,
    "CINplanDates",
    "The CIN Plan start date cannot be before the referral date",
    (
        "CINPlanStartDate",
        "CINreferralDate",
    ),
    check,
    needs="CINPlanDates",
    examples=(
        fails("the day before", sound(CINPlanDates=[a_cin_plan("2025-06-01")])),
        passes("the day of the referral", sound(CINPlanDates=[a_cin_plan("2025-06-02")])),
    ),
)
