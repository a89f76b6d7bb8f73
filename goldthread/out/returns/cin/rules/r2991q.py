"""An episode with a section 47 enquiry has an assessment."""

from goldthread.out.returns.cin.examples import a_section_47, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import QUERY, Places, Rule


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        if details.Section47 and not details.Assessments:
            yield details.Section47[0], "S47ActualStartDate"


RULE = Rule(
    "2991Q",
    QUERY,
    "CINdetails",
    "A Section 47 module is recorded and there is no assessment on the episode",
    ("CINdetailsID",),
    check,
    needs="Section47",
    examples=(
        fails("no assessment", sound(Assessments=[], Section47=[a_section_47()])),
        passes("an assessment", sound(Section47=[a_section_47()])),
        passes("no enquiry", sound(Assessments=[])),
    ),
)
