"""Over the return, no more protection plans begin in the year than initial conferences are held in it."""

from collections.abc import Iterator
from typing import Self

from goldthread.out.returns.cin.examples import a_protection_plan, a_section_47, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Rule, Spot


class PlansAndConferences:
    def __init__(self, census: CensusYear) -> None:
        self.census = census
        self.plans = self.conferences = 0

    def see(self, child: Child) -> None:
        holds = self.census.holds
        for details in child.CINdetails:
            self.plans += sum(holds(plan.CPPstartDate) for plan in details.ChildProtectionPlans)
            self.conferences += holds(details.DateOfInitialCPC) + sum(holds(enquiry.DateOfInitialCPC) for enquiry in details.Section47)

    def merge(self, later: Self) -> None:
        self.plans += later.plans
        self.conferences += later.conferences

    def end(self) -> Iterator[Spot]:
        if self.plans > self.conferences:
            yield Spot(0, "", "CPPstartDate", f"{self.plans} plans, {self.conferences} conferences")


RULE = Rule(
    "2883",
    ERROR,
    "ChildProtectionPlans",
    "There are more child protection plans starting than initial conferences taking place",
    (
        "CPPstartDate",
        "DateOfInitialCPC",
    ),
    whole=PlansAndConferences,
    examples=(
        fails("a plan without a conference", sound(ChildProtectionPlans=[a_protection_plan("2025-06-24")]), sound()),
        fails(
            "its conference the year before", sound(DateOfInitialCPC="2025-03-31", ChildProtectionPlans=[a_protection_plan("2025-04-01")])
        ),
        passes(
            "one each", sound(Section47=[a_section_47("2025-06-05", "2025-06-24")], ChildProtectionPlans=[a_protection_plan("2025-06-24")])
        ),
        passes(
            "a conference without an enquiry", sound(DateOfInitialCPC="2025-06-24", ChildProtectionPlans=[a_protection_plan("2025-06-24")])
        ),
    ),
)
