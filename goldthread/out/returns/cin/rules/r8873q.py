"""A closed case whose only assessment found no factors (21) was closed after that assessment (RC8, RC9)."""

from goldthread.out.returns.cin.examples import an_assessment, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import QUERY, Places, Rule


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        reason = details.ReasonForClosure
        if len(details.Assessments) == 1 and reason is not None and reason not in ("RC8", "RC9"):
            assessment = details.Assessments[0]
            if assessment.AssessmentAuthorisationDate is not None and "21" in assessment.FactorsIdentifiedAtAssessment:
                yield details, "ReasonForClosure"


RULE = Rule(
    "8873Q",
    QUERY,
    "Assessments",
    "When there is only one assessment on the episode and the factors code “21 No factors identified” has been used for the completed assessment, the reason for closure ‘RC8’ or 'RC9' should be used.",
    (
        "ReasonForClosure",
        "AssessmentFactors",
    ),
    check,
    uncertain="A case that is open, or closed without a reason, is not asked.",
    examples=(
        fails(
            "closed for another reason",
            sound(CINclosureDate="2025-12-01", ReasonForClosure="RC7", Assessments=[an_assessment("2025-06-03", "2025-07-03", "21")]),
        ),
        passes(
            "RC9", sound(CINclosureDate="2025-12-01", ReasonForClosure="RC9", Assessments=[an_assessment("2025-06-03", "2025-07-03", "21")])
        ),
        passes(
            "two assessments",
            sound(
                CINclosureDate="2025-12-01",
                ReasonForClosure="RC7",
                Assessments=[an_assessment("2025-06-03", "2025-07-03", "21"), an_assessment("2025-08-03", "2025-09-03", "3B")],
            ),
        ),
        passes("open", sound(Assessments=[an_assessment("2025-06-03", "2025-07-03", "21")])),
    ),
)
