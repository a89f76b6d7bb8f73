"""A child in need plan has a start, and not one after the census year."""

from goldthread.out.returns.cin.examples import a_cin_plan, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_before, is_missing


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        for plan in details.CINPlanDates:
            if is_missing(plan, "CINPlanStartDate") or is_before(census.reference_date, plan.CINPlanStartDate):
                yield plan, "CINPlanStartDate"


RULE = Rule(
    "4010",
    ERROR,
    "CINplanDates",
    "CIN Plan start date is missing or out of data collection period",
    ("CINPlanStartDate",),
    check,
    needs="CINPlanDates",
    examples=(
        fails("no start", sound(CINPlanDates=[a_cin_plan(None)])),
        fails("the day after the year", sound(CINPlanDates=[a_cin_plan("2026-04-01")])),
        passes("its last day", sound(CINPlanDates=[a_cin_plan("2026-03-31")])),
    ),
)
