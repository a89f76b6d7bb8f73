"""A case closed after assessment (RC8, RC9) has no conference, enquiry or plan."""

from goldthread.out.returns.cin.examples import a_cin_plan, a_section_47, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        is_after_assessment = details.ReasonForClosure in ("RC8", "RC9")
        if is_after_assessment and (details.DateOfInitialCPC or details.Section47 or details.CINPlanDates or details.ChildProtectionPlans):
            yield details, "ReasonForClosure"


RULE = Rule(
    "2990",
    ERROR,
    "CINdetails",
    "Activity is recorded against a case marked as ‘Case closed after assessment, no further action’ or 'case closed after assessment, referred to early help'.",
    ("ReasonForClosure",),
    check,
    examples=(
        fails("an enquiry", sound(CINclosureDate="2025-07-03", ReasonForClosure="RC8", Section47=[a_section_47()])),
        fails("a plan", sound(CINclosureDate="2025-08-03", ReasonForClosure="RC9", CINPlanDates=[a_cin_plan("2025-07-03", "2025-08-03")])),
        passes("only an assessment", sound(CINclosureDate="2025-07-03", ReasonForClosure="RC8")),
        passes(
            "an enquiry, closed for another reason", sound(CINclosureDate="2025-07-03", ReasonForClosure="RC7", Section47=[a_section_47()])
        ),
    ),
)
