"""Every child protection plan says how many there were before it."""

from goldthread.out.returns.cin.examples import a_protection_plan, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_missing


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        for plan in details.ChildProtectionPlans:
            if is_missing(plan, "NumberOfPreviousCPP"):
                yield plan, "NumberOfPreviousCPP"


RULE = Rule(
    "8730",
    ERROR,
    "ChildProtectionPlans",
    "Total Number of previous Child Protection Plans missing",
    ("NumberOfPreviousCPP",),
    check,
    needs="ChildProtectionPlans",
    examples=(
        fails("not given", sound(ChildProtectionPlans=[a_protection_plan("2025-06-24", NumberOfPreviousCPP=None)])),
        passes("none before it", sound(ChildProtectionPlans=[a_protection_plan("2025-06-24", NumberOfPreviousCPP=0)])),
    ),
)
