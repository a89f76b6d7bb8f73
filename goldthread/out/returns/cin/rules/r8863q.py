"""No assessment begins while another is under way; the day that was authorised will do."""

from goldthread.out.returns.cin.examples import an_assessment, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import QUERY, Places, Rule
from goldthread.out.returns.cin.spans import Span, overlapping


def check(child: Child, census: CensusYear) -> Places:
    spans = [
        Span(assessment.AssessmentActualStartDate, assessment.AssessmentAuthorisationDate, assessment)
        for details in child.CINdetails
        for assessment in details.Assessments
    ]
    for part in overlapping(spans, may_touch=True):
        yield part, "AssessmentActualStartDate"


RULE = Rule(
    "8863Q",
    QUERY,
    "Assessments",
    "An Assessment is shown as starting when there is another Assessment ongoing.",
    (
        "AssessmentActualStartDate",
        "AssessmentAuthorisationDate",
    ),
    check,
    uncertain="An assessment that begins on the day another was authorised is taken to follow it.",
    examples=(
        fails("the day before", sound(Assessments=[an_assessment("2025-06-03", "2025-07-03"), an_assessment("2025-07-02", "2025-08-03")])),
        fails(
            "the other was never authorised",
            sound(Assessments=[an_assessment("2025-06-03", None), an_assessment("2025-07-02", "2025-08-03")]),
        ),
        passes("that day", sound(Assessments=[an_assessment("2025-06-03", "2025-07-03"), an_assessment("2025-07-03", "2025-08-03")])),
    ),
)
