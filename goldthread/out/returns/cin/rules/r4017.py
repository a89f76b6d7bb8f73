"""No protection plan begins while a child in need plan runs; the day that ended will do."""

from datetime import date

from goldthread.out.returns.cin.examples import a_cin_plan, a_protection_plan, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child, CINPlan
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_before, is_missing


def check(child: Child, census: CensusYear) -> Places:
    protections = [plan for details in child.CINdetails for plan in details.ChildProtectionPlans]
    if not protections:
        return
    starts = [protection.CPPstartDate for protection in protections if protection.CPPstartDate]
    for details in child.CINdetails:
        for plan in details.CINPlanDates:
            if any(_runs_on(day, plan) for day in starts):
                yield plan, "CINPlanEndDate"


def _runs_on(day: date, plan: CINPlan) -> bool:
    if plan.CINPlanStartDate is None or day < plan.CINPlanStartDate:
        return False
    return is_missing(plan, "CINPlanEndDate") or is_before(day, plan.CINPlanEndDate)


RULE = Rule(
    "4017",
    ERROR,
    "CINplanDates",
    "A CIN Plan has been reported as open at the same time as a Child Protection Plan.",
    (
        "CINPlanStartDate",
        "CINPlanEndDate",
        "CPPstartDate",
    ),
    check,
    needs="ChildProtectionPlans",
    uncertain="A protection plan that begins on the day the child in need plan ends is taken to follow it.",
    examples=(
        fails(
            "the day before it ended",
            sound(CINPlanDates=[a_cin_plan("2025-06-04", "2025-06-25")], ChildProtectionPlans=[a_protection_plan("2025-06-24")]),
        ),
        fails("while it is open", sound(CINPlanDates=[a_cin_plan("2025-06-04")], ChildProtectionPlans=[a_protection_plan("2025-06-24")])),
        passes(
            "the day it ended",
            sound(CINPlanDates=[a_cin_plan("2025-06-04", "2025-06-24")], ChildProtectionPlans=[a_protection_plan("2025-06-24")]),
        ),
    ),
)
