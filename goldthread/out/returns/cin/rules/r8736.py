"""An assessment that has not been authorised began in the census year."""

from goldthread.out.returns.cin.examples import an_assessment, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_missing, is_outside


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        for assessment in details.Assessments:
            if is_missing(assessment, "AssessmentAuthorisationDate") and is_outside(assessment.AssessmentActualStartDate, census):
                yield assessment, "AssessmentActualStartDate"


RULE = Rule(
    "8736",
    ERROR,
    "Assessments",
    "For an Assessment that has not been completed, the start date must fall within the census year",
    (
        "AssessmentAuthorisationDate",
        "AssessmentActualStartDate",
    ),
    check,
    examples=(
        fails("the day before the year", sound(Assessments=[an_assessment("2025-03-31", None)])),
        fails("the day after the year", sound(Assessments=[an_assessment("2026-04-01", None)])),
        passes("its first day", sound(Assessments=[an_assessment("2025-04-01", None)])),
        passes("the year before, and authorised", sound(Assessments=[an_assessment("2025-03-31", "2025-04-30")])),
    ),
)
