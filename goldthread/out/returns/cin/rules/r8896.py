"""An episode has at most one assessment under way."""

from goldthread.out.returns.cin.examples import an_assessment, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_missing
from goldthread.out.returns.cin.spans import later_ones


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        if len(details.Assessments) > 1:
            running = [each for each in details.Assessments if is_missing(each, "AssessmentAuthorisationDate")]
            for assessment in later_ones(running, "AssessmentActualStartDate"):
                yield assessment, "AssessmentAuthorisationDate"


RULE = Rule(
    "8896",
    ERROR,
    "Assessments",
    "Within one CINDetails group there are 2 or more open Assessments groups",
    ("AssessmentAuthorisationDate",),
    check,
    examples=(
        fails("two", sound(Assessments=[an_assessment("2026-03-03", None), an_assessment("2026-03-10", None)])),
        passes("one of two authorised", sound(Assessments=[an_assessment("2026-03-03", "2026-03-10"), an_assessment("2026-03-10", None)])),
    ),
)
