"""The factor 19A is no longer used: 19B or 19C says who abused the child."""

from goldthread.out.returns.cin.examples import an_assessment, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import QUERY, SINCE_2025, Places, Rule


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        for assessment in details.Assessments:
            if "19A" in assessment.FactorsIdentifiedAtAssessment:
                yield assessment, "AssessmentFactors"


RULE = Rule(
    "8950Q",
    QUERY,
    "Assessments",
    "The assessment factors code '19A' should not be used ('19B' or '19C' should be used instead)",
    ("AssessmentFactors",),
    check,
    years=SINCE_2025,
    examples=(
        fails("19A", sound(Assessments=[an_assessment("2025-06-03", "2025-07-03", "19A")])),
        passes("19B and 19C", sound(Assessments=[an_assessment("2025-06-03", "2025-07-03", "19B", "19C")])),
    ),
)
