"""A case closed after assessment (RC8, RC9) has an assessment."""

from goldthread.out.returns.cin.examples import fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import QUERY, Places, Rule


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        if details.ReasonForClosure in ("RC8", "RC9") and not details.Assessments:
            yield details, "ReasonForClosure"


RULE = Rule(
    "8825Q",
    QUERY,
    "CINdetails",
    "Reason for Closure code RC8 (case closed after assessment) or RC9 (case closed after assessment, referred to early help) has been returned but there is no assessment present for the episode.",
    ("ReasonForClosure",),
    check,
    examples=(
        fails("none", sound(CINclosureDate="2025-12-01", ReasonForClosure="RC8", Assessments=[])),
        passes("one", sound(CINclosureDate="2025-12-01", ReasonForClosure="RC9")),
        passes("none, closed for another reason", sound(CINclosureDate="2025-12-01", ReasonForClosure="RC7", Assessments=[])),
    ),
)
