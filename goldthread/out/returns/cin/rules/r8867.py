"""A closed case has no assessment that was not authorised."""

from goldthread.out.returns.cin.examples import an_assessment, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_missing


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        if details.CINclosureDate is not None:
            for assessment in details.Assessments:
                if is_missing(assessment, "AssessmentAuthorisationDate"):
                    yield assessment, "AssessmentAuthorisationDate"


RULE = Rule(
    "8867",
    ERROR,
    "CINdetails",
    "CIN episode is shown as closed, however Assessment is not shown as completed",
    (
        "CINclosureDate",
        "AssessmentAuthorisationDate",
    ),
    check,
    examples=(
        fails(
            "not authorised", sound(CINclosureDate="2025-12-01", ReasonForClosure="RC7", Assessments=[an_assessment("2025-11-03", None)])
        ),
        passes(
            "authorised",
            sound(CINclosureDate="2025-12-01", ReasonForClosure="RC7", Assessments=[an_assessment("2025-11-03", "2025-12-01")]),
        ),
        passes("open", sound(Assessments=[an_assessment("2025-11-03", None)])),
    ),
)
