"""A child protection plan has its latest category of abuse, in the census’s own code."""

from goldthread.out.returns.cin.code_sets import CATEGORY_OF_ABUSE
from goldthread.out.returns.cin.examples import a_protection_plan, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        for plan in details.ChildProtectionPlans:
            if plan.LatestCategoryOfAbuse not in CATEGORY_OF_ABUSE:
                yield plan, "LatestCategoryOfAbuse"


RULE = Rule(
    "8910",
    ERROR,
    "ChildProtectionPlans",
    "Latest Category of Abuse code missing or invalid",
    ("LatestCategoryOfAbuse",),
    check,
    needs="ChildProtectionPlans",
    examples=(
        fails("none", sound(ChildProtectionPlans=[a_protection_plan("2025-06-24", LatestCategoryOfAbuse=None)])),
        fails("no such code", sound(ChildProtectionPlans=[a_protection_plan("2025-06-24", LatestCategoryOfAbuse="ABC")])),
        passes("multiple", sound(ChildProtectionPlans=[a_protection_plan("2025-06-24", LatestCategoryOfAbuse="MUL")])),
    ),
)
