"""Nothing is dated after the day a case was closed."""

from goldthread.out.returns.cin.examples import a_protection_plan, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_before

DAYS_OF = {
    "Assessments": ("AssessmentActualStartDate", "AssessmentAuthorisationDate"),
    "CINPlanDates": ("CINPlanStartDate", "CINPlanEndDate"),
    "Section47": ("S47ActualStartDate", "DateOfInitialCPC"),
    "ChildProtectionPlans": ("CPPstartDate", "CPPendDate"),
}


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        closed_on = details.CINclosureDate
        if closed_on is None:
            continue
        if is_before(closed_on, details.DateOfInitialCPC):
            yield details, "DateOfInitialCPC"
        for parts, elements in DAYS_OF.items():
            for part in getattr(details, parts):
                for element in elements:
                    if is_before(closed_on, getattr(part, element)):
                        yield part, element


RULE = Rule(
    "8565",
    ERROR,
    "ChildProtectionPlans",
    "Activity shown after a case has been closed",
    (
        "CINclosureDate",
        "DateOfInitialCPC",
        "AssessmentActualStartDate",
        "AssessmentAuthorisationDate",
        "S47ActualStartDate",
        "CPPendDate",
        "CINPlanStartDate",
        "CINPlanEndDate",
    ),
    check,
    uncertain="The start of a protection plan is asked beside its end.",
    examples=(
        fails("an assessment authorised the day after", sound(CINclosureDate="2025-07-02", ReasonForClosure="RC8")),
        fails(
            "a protection plan that ended later",
            sound(CINclosureDate="2025-12-01", ChildProtectionPlans=[a_protection_plan("2025-06-24", "2025-12-02")]),
        ),
        fails("a conference later", sound(CINclosureDate="2025-12-01", DateOfInitialCPC="2025-12-02")),
        passes("an assessment authorised that day", sound(CINclosureDate="2025-07-03", ReasonForClosure="RC8")),
        passes(
            "a protection plan that ended that day",
            sound(CINclosureDate="2025-12-01", ChildProtectionPlans=[a_protection_plan("2025-06-24", "2025-12-01")]),
        ),
    ),
)
