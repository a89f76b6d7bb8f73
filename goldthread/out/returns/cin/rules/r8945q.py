"""The factor 18A is no longer used: 18B or 18C says who abused the child."""

from goldthread.out.returns.cin.examples import an_assessment, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import QUERY, SINCE_2025, Places, Rule


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        for assessment in details.Assessments:
            if "18A" in assessment.FactorsIdentifiedAtAssessment:
                yield assessment, "AssessmentFactors"


RULE = Rule(
    "8945Q",
    QUERY,
    "Assessments",
    "The assessment factors code '18A' should not be used ('18B' or '18C' should be used instead)",
    ("AssessmentFactors",),
    check,
    years=SINCE_2025,
    examples=(
        fails("18A", sound(Assessments=[an_assessment("2025-06-03", "2025-07-03", "18A")])),
        passes("18B and 18C", sound(Assessments=[an_assessment("2025-06-03", "2025-07-03", "18B", "18C")])),
    ),
)
