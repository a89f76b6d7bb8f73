"""An assessment that was authorised was authorised in the census year."""

from goldthread.out.returns.cin.examples import an_assessment, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_outside


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        for assessment in details.Assessments:
            if is_outside(assessment.AssessmentAuthorisationDate, census):
                yield assessment, "AssessmentAuthorisationDate"


RULE = Rule(
    "8696",
    ERROR,
    "Assessments",
    "Assessment end date must fall within the census year",
    (
        "AssessmentAuthorisationDate",
        "ReferenceDate",
    ),
    check,
    examples=(
        fails("the day before the year", sound(Assessments=[an_assessment("2025-03-03", "2025-03-31")])),
        fails("the day after the year", sound(Assessments=[an_assessment("2026-03-03", "2026-04-01")])),
        passes("its first day", sound(Assessments=[an_assessment("2025-03-03", "2025-04-01")])),
        passes("its last day", sound(Assessments=[an_assessment("2026-03-03", "2026-03-31")])),
    ),
)
