"""The factor 21, no factors identified, stands alone."""

from goldthread.out.returns.cin.examples import an_assessment, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        for assessment in details.Assessments:
            factors = assessment.FactorsIdentifiedAtAssessment
            if "21" in factors and any(code != "21" for code in factors):
                yield assessment, "AssessmentFactors"


RULE = Rule(
    "8869",
    ERROR,
    "Assessments",
    "The assessment factors code “21” cannot be used in conjunction with any other assessment factors.",
    ("AssessmentFactors",),
    check,
    examples=(
        fails("with another", sound(Assessments=[an_assessment("2025-06-03", "2025-07-03", "3B", "21")])),
        passes("alone", sound(Assessments=[an_assessment("2025-06-03", "2025-07-03", "21")])),
        passes("others", sound(Assessments=[an_assessment("2025-06-03", "2025-07-03", "3B", "2A")])),
    ),
)
