"""An assessment without an end began at most 45 working days before the end of the census year."""

from goldthread.ground.time.working_days import england
from goldthread.out.returns.cin.examples import an_assessment, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import QUERY, Places, Rule, is_missing


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        for assessment in details.Assessments:
            start = assessment.AssessmentActualStartDate
            if start and is_missing(assessment, "AssessmentAuthorisationDate") and england().between(start, census.reference_date) > 45:
                yield assessment, "AssessmentActualStartDate"


RULE = Rule(
    "8670Q",
    QUERY,
    "Assessments",
    "Assessment started more than 45 working days before the end of the census year. However, there is no Assessment end date.",
    ("AssessmentActualStartDate",),
    check,
    examples=(
        fails("46 working days", sound(Assessments=[an_assessment("2026-01-26", None)])),
        passes("45 working days", sound(Assessments=[an_assessment("2026-01-27", None)])),
        passes("long ago, and authorised", sound(Assessments=[an_assessment("2025-06-03", "2025-07-03")])),
    ),
)
