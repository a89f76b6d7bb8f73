"""No section 47 enquiry of an episode begins while another awaits its conference; the day that was held will do."""

from goldthread.out.returns.cin.examples import a_section_47, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child, Section47
from goldthread.out.returns.cin.rule import ERROR, Places, Rule
from goldthread.out.returns.cin.spans import Span, awaits_conference, overlapping


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        if len(details.Section47) > 1:
            for part in overlapping(map(_span, details.Section47), may_touch=True):
                yield part, "S47ActualStartDate"


def _span(enquiry: Section47) -> Span:
    """One that required no conference has no end in the census, so it is over when it begins."""
    end = enquiry.DateOfInitialCPC or (None if awaits_conference(enquiry) else enquiry.S47ActualStartDate)
    return Span(enquiry.S47ActualStartDate, end, enquiry)


RULE = Rule(
    "8890",
    ERROR,
    "CINdetails",
    "A Section 47 enquiry is shown as starting when there is another Section 47 Enquiry ongoing",
    ("S47ActualStartDate",),
    check,
    needs="Section47",
    uncertain="When an enquiry that required no conference ended is not in the census; it is taken to stand in no other’s way.",
    examples=(
        fails("the day before the conference", sound(Section47=[a_section_47("2025-06-05", "2025-06-24"), a_section_47("2025-06-23")])),
        fails(
            "while the other awaits one", sound(Section47=[a_section_47("2026-03-10", ICPCnotRequired=False), a_section_47("2026-03-20")])
        ),
        passes("the day of the conference", sound(Section47=[a_section_47("2025-06-05", "2025-06-24"), a_section_47("2025-06-24")])),
        passes("the other required none", sound(Section47=[a_section_47("2025-06-05"), a_section_47("2025-06-06")])),
    ),
)
