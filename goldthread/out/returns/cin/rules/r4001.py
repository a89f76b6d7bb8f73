"""A child in need plan and a child protection plan do not both run on. What ran side by side in the past is told by 4016 and 4017."""

from goldthread.out.returns.cin.examples import a_cin_plan, a_protection_plan, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_missing


def check(child: Child, census: CensusYear) -> Places:
    plans = (plan for details in child.CINdetails for plan in details.ChildProtectionPlans)
    if any(is_missing(plan, "CPPendDate") for plan in plans):
        for details in child.CINdetails:
            for plan in details.CINPlanDates:
                if is_missing(plan, "CINPlanEndDate"):
                    yield plan, "CINPlanEndDate"


RULE = Rule(
    "4001",
    ERROR,
    "CINplanDates",
    "A CIN Plan cannot run concurrently with a Child Protection Plan",
    (
        "CINPlanEndDate",
        "CPPendDate",
    ),
    check,
    needs="ChildProtectionPlans",
    uncertain="Read as the two having no end; the message says no more than concurrently.",
    examples=(
        fails("both run", sound(CINPlanDates=[a_cin_plan("2025-07-07")], ChildProtectionPlans=[a_protection_plan("2025-08-04")])),
        passes(
            "the child in need plan ended",
            sound(CINPlanDates=[a_cin_plan("2025-07-07", "2025-08-04")], ChildProtectionPlans=[a_protection_plan("2025-08-04")]),
        ),
        passes(
            "the protection plan ended",
            sound(CINPlanDates=[a_cin_plan("2025-12-01")], ChildProtectionPlans=[a_protection_plan("2025-08-04", "2025-12-01")]),
        ),
    ),
)
