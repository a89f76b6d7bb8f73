"""A child protection plan has a start, and not one after the census year."""

from goldthread.out.returns.cin.examples import a_protection_plan, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_before, is_missing


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        for plan in details.ChildProtectionPlans:
            if is_missing(plan, "CPPstartDate") or is_before(census.reference_date, plan.CPPstartDate):
                yield plan, "CPPstartDate"


RULE = Rule(
    "8720",
    ERROR,
    "ChildProtectionPlans",
    "Child Protection Plan Start Date missing or out of data collection period",
    (
        "CPPstartDate",
        "ReferenceDate",
    ),
    check,
    needs="ChildProtectionPlans",
    examples=(
        fails("no start", sound(ChildProtectionPlans=[a_protection_plan(None)])),
        fails("the day after the year", sound(ChildProtectionPlans=[a_protection_plan("2026-04-01")])),
        passes("its last day", sound(ChildProtectionPlans=[a_protection_plan("2026-03-31")])),
        passes("the year before", sound(ChildProtectionPlans=[a_protection_plan("2025-03-31")])),
    ),
)
