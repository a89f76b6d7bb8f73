"""Every review has its date."""

from goldthread.out.returns.cin.examples import a_protection_plan, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child, Review
from goldthread.out.returns.cin.rule import QUERY, Places, Rule, is_missing


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        for plan in details.ChildProtectionPlans:
            for review in plan.Reviews:
                if is_missing(review, "CPPreviewDate"):
                    yield review, "CPPreviewDate"


RULE = Rule(
    "8842Q",
    QUERY,
    "Reviews",
    "Review Record has a missing date",
    ("CPPreviewDate",),
    check,
    needs="ChildProtectionPlans",
    examples=(
        fails("none", sound(ChildProtectionPlans=[a_protection_plan("2025-06-24", Reviews=[Review()])])),
        passes("a date", sound(ChildProtectionPlans=[a_protection_plan("2025-06-24", None, "2025-09-17")])),
        passes("no review yet", sound(ChildProtectionPlans=[a_protection_plan("2025-06-24")])),
    ),
)
