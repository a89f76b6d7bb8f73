"""No assessment is authorised before it began."""

from goldthread.out.returns.cin.examples import an_assessment, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_before


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        for assessment in details.Assessments:
            if is_before(assessment.AssessmentAuthorisationDate, assessment.AssessmentActualStartDate):
                yield assessment, "AssessmentAuthorisationDate"


RULE = Rule(
    "8608",
    ERROR,
    "Assessments",
    "Assessment Start Date cannot be later than its End Date",
    (
        "AssessmentActualStartDate",
        "AssessmentAuthorisationDate",
    ),
    check,
    examples=(
        fails("the day before", sound(Assessments=[an_assessment("2025-06-03", "2025-06-02")])),
        passes("that day", sound(Assessments=[an_assessment("2025-06-03", "2025-06-03")])),
    ),
)
