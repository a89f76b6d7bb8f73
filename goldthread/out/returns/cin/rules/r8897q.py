"""An assessment that was authorised has at least one factor of the census’s own codes."""

from goldthread.out.returns.cin.code_sets import ASSESSMENT_FACTOR
from goldthread.out.returns.cin.examples import an_assessment, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import QUERY, Places, Rule


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        for assessment in details.Assessments:
            if assessment.AssessmentAuthorisationDate is not None and ASSESSMENT_FACTOR.isdisjoint(
                assessment.FactorsIdentifiedAtAssessment
            ):
                yield assessment, "AssessmentFactors"


RULE = Rule(
    "8897Q",
    QUERY,
    "Assessments",
    "Parental or child factors at assessment information is missing from a completed assessment",
    (
        "AssessmentAuthorisationDate",
        "AssessmentFactors",
    ),
    check,
    uncertain="No other rule asks whether a factor is one of the codes; an unknown one beside a known one goes untold.",
    examples=(
        fails("none", sound(Assessments=[an_assessment(FactorsIdentifiedAtAssessment=[])])),
        fails("no such code", sound(Assessments=[an_assessment("2025-06-03", "2025-07-03", "3b")])),
        passes("no factors identified is a code", sound(Assessments=[an_assessment("2025-06-03", "2025-07-03", "21")])),
        passes("not authorised", sound(Assessments=[an_assessment("2026-03-03", None)])),
    ),
)
