"""A referral with no further action has no assessment, enquiry or conference."""

from goldthread.out.returns.cin.examples import a_section_47, an_assessment, fails, nfa, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        if details.ReferralNFA:
            for assessment in details.Assessments:
                yield assessment, "AssessmentActualStartDate"
            for enquiry in details.Section47:
                yield enquiry, "S47ActualStartDate"
            if details.DateOfInitialCPC is not None:
                yield details, "DateOfInitialCPC"


RULE = Rule(
    "8831",
    ERROR,
    "CINdetails",
    "Activity is recorded against a case marked as a referral with no further action",
    (
        "AssessmentActualStartDate",
        "AssessmentAuthorisationDate",
        "S47ActualStartDate",
        "DateOfInitialCPC",
    ),
    check,
    examples=(
        fails("an assessment", sound(CINdetails=[nfa(Assessments=[an_assessment()])])),
        fails("an enquiry", sound(CINdetails=[nfa(Section47=[a_section_47()])])),
        fails("a conference", sound(CINdetails=[nfa(DateOfInitialCPC="2025-06-24")])),
        passes("none", sound(CINdetails=[nfa()])),
        passes("further action", sound(Section47=[a_section_47("2025-06-05", "2025-06-24")])),
    ),
)
