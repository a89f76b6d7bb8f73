"""No factor of an assessment is given twice."""

from goldthread.out.returns.cin.examples import an_assessment, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        for assessment in details.Assessments:
            factors = assessment.FactorsIdentifiedAtAssessment
            if len(factors) > len(set(factors)):
                yield assessment, "AssessmentFactors"


RULE = Rule(
    "8898",
    ERROR,
    "Assessments",
    "The assessment has more than one parental or child factors with the same code",
    ("AssessmentFactors",),
    check,
    examples=(
        fails("twice", sound(Assessments=[an_assessment("2025-06-03", "2025-07-03", "3B", "2A", "3B")])),
        passes("of the child and of a parent", sound(Assessments=[an_assessment("2025-06-03", "2025-07-03", "3A", "3B")])),
    ),
)
