"""No assessment begins before the referral."""

from goldthread.out.returns.cin.examples import an_assessment, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_before


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        for assessment in details.Assessments:
            if is_before(assessment.AssessmentActualStartDate, details.CINreferralDate):
                yield assessment, "AssessmentActualStartDate"


RULE = Rule(
    "1103",
    ERROR,
    "Assessments",
    "The assessment start date cannot be before the referral date",
    (
        "AssessmentActualStartDate",
        "CINreferralDate",
    ),
    check,
    examples=(
        fails("the day before", sound(Assessments=[an_assessment("2025-06-01")])),
        passes("the day of the referral", sound(Assessments=[an_assessment("2025-06-02")])),
    ),
)
