"""No child in need plan begins while a protection plan runs; the day that ended will do."""

from datetime import date

from goldthread.out.returns.cin.examples import a_cin_plan, a_protection_plan, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child, ChildProtectionPlan
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_before, is_missing


def check(child: Child, census: CensusYear) -> Places:
    protections = [plan for details in child.CINdetails for plan in details.ChildProtectionPlans]
    if not protections:
        return
    for details in child.CINdetails:
        for plan in details.CINPlanDates:
            if plan.CINPlanStartDate and any(_runs_on(plan.CINPlanStartDate, protection) for protection in protections):
                yield plan, "CINPlanStartDate"


def _runs_on(day: date, protection: ChildProtectionPlan) -> bool:
    if protection.CPPstartDate is None or day < protection.CPPstartDate:
        return False
    return is_missing(protection, "CPPendDate") or is_before(day, protection.CPPendDate)


RULE = Rule(
    "4016",
    ERROR,
    "CINplanDates",
    "A CIN Plan has been reported as open at the same time as a Child Protection Plan.",
    (
        "CINPlanStartDate",
        "CPPstartDate",
        "CPPendDate",
    ),
    check,
    needs="ChildProtectionPlans",
    examples=(
        fails(
            "the day before it ended",
            sound(CINPlanDates=[a_cin_plan("2025-09-16")], ChildProtectionPlans=[a_protection_plan("2025-06-24", "2025-09-17")]),
        ),
        fails("the day it began", sound(CINPlanDates=[a_cin_plan("2025-06-24")], ChildProtectionPlans=[a_protection_plan("2025-06-24")])),
        passes(
            "the day it ended",
            sound(CINPlanDates=[a_cin_plan("2025-09-17")], ChildProtectionPlans=[a_protection_plan("2025-06-24", "2025-09-17")]),
        ),
        passes(
            "the day before it began",
            sound(CINPlanDates=[a_cin_plan("2025-06-23", "2025-06-24")], ChildProtectionPlans=[a_protection_plan("2025-06-24")]),
        ),
    ),
)
