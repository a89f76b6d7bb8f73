"""No child in need plan ends after the child’s death."""

from goldthread.out.returns.cin.examples import a_cin_plan, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import QUERY, Places, Rule, is_before


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        for plan in details.CINPlanDates:
            if is_before(child.ChildIdentifiers.PersonDeathDate, plan.CINPlanEndDate):
                yield plan, "CINPlanEndDate"


RULE = Rule(
    "4009Q",
    QUERY,
    "ChildIdentifiers",
    "CIN Plan cannot end after the child’s Date of Death",
    (
        "PersonDeathDate",
        "CINPlanEndDate",
    ),
    check,
    needs="CINPlanDates",
    examples=(
        fails("the day after", sound(PersonDeathDate="2025-08-02", CINPlanDates=[a_cin_plan("2025-07-03", "2025-08-03")])),
        passes("that day", sound(PersonDeathDate="2025-08-03", CINPlanDates=[a_cin_plan("2025-07-03", "2025-08-03")])),
    ),
)
