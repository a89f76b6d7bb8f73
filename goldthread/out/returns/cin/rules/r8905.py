"""A child protection plan has the category of abuse it began with, in the census’s own code."""

from goldthread.out.returns.cin.code_sets import CATEGORY_OF_ABUSE
from goldthread.out.returns.cin.examples import a_protection_plan, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        for plan in details.ChildProtectionPlans:
            if plan.InitialCategoryOfAbuse not in CATEGORY_OF_ABUSE:
                yield plan, "InitialCategoryOfAbuse"


RULE = Rule(
    "8905",
    ERROR,
    "ChildProtectionPlans",
    "Initial Category of Abuse code missing or invalid",
    ("InitialCategoryOfAbuse",),
    check,
    needs="ChildProtectionPlans",
    examples=(
        fails("none", sound(ChildProtectionPlans=[a_protection_plan("2025-06-24", InitialCategoryOfAbuse=None)])),
        fails("no such code", sound(ChildProtectionPlans=[a_protection_plan("2025-06-24", InitialCategoryOfAbuse="ABC")])),
        passes("multiple", sound(ChildProtectionPlans=[a_protection_plan("2025-06-24", InitialCategoryOfAbuse="MUL")])),
    ),
)
