"""Factors stand with an assessment that has been authorised, and with no other."""

from goldthread.out.returns.cin.examples import an_assessment, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_missing


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        for assessment in details.Assessments:
            if assessment.FactorsIdentifiedAtAssessment and is_missing(assessment, "AssessmentAuthorisationDate"):
                yield assessment, "AssessmentFactors"


RULE = Rule(
    "8614",
    ERROR,
    "Assessments",
    "Parental or child factors at assessment should only be present for a completed assessment.",
    (
        "AssessmentAuthorisationDate",
        "AssessmentFactors",
    ),
    check,
    examples=(
        fails("not authorised", sound(Assessments=[an_assessment("2026-03-03", None, "3B")])),
        passes("authorised", sound(Assessments=[an_assessment("2026-03-03", "2026-03-31", "3B")])),
        passes("neither", sound(Assessments=[an_assessment("2026-03-03", None)])),
    ),
)
