"""No child in need plan begins after the child’s death."""

from goldthread.out.returns.cin.examples import a_cin_plan, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_before


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        for plan in details.CINPlanDates:
            if is_before(child.ChildIdentifiers.PersonDeathDate, plan.CINPlanStartDate):
                yield plan, "CINPlanStartDate"


RULE = Rule(
    "4008",
    ERROR,
    "ChildIdentifiers",
    "CIN Plan shown as starting after the child’s Date of Death.",
    (
        "PersonDeathDate",
        "CINPlanStartDate",
    ),
    check,
    needs="CINPlanDates",
    examples=(
        fails("the day after", sound(PersonDeathDate="2025-07-02", CINPlanDates=[a_cin_plan("2025-07-03")])),
        passes("that day", sound(PersonDeathDate="2025-07-03", CINPlanDates=[a_cin_plan("2025-07-03")])),
    ),
)
