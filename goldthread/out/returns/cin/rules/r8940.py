"""One child protection plan begins after the other has ended, and not on that day."""

from goldthread.out.returns.cin.examples import a_protection_plan, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule
from goldthread.out.returns.cin.spans import Span, overlapping


def check(child: Child, census: CensusYear) -> Places:
    spans = [Span(plan.CPPstartDate, plan.CPPendDate, plan) for details in child.CINdetails for plan in details.ChildProtectionPlans]
    for part in overlapping(spans, may_touch=False):
        yield part, "CPPstartDate"


RULE = Rule(
    "8940",
    ERROR,
    "ChildProtectionPlans",
    "Child Protection Plan data contains overlapping dates",
    (
        "CPPstartDate",
        "CPPendDate",
    ),
    check,
    needs="ChildProtectionPlans",
    uncertain="A plan that begins on the day another ended is taken to overlap, as it is for child in need plans (4014).",
    examples=(
        fails(
            "on the day the other ended",
            sound(ChildProtectionPlans=[a_protection_plan("2025-06-24", "2025-09-24"), a_protection_plan("2025-09-24")]),
        ),
        passes(
            "the day after", sound(ChildProtectionPlans=[a_protection_plan("2025-06-24", "2025-09-23"), a_protection_plan("2025-09-24")])
        ),
    ),
)
