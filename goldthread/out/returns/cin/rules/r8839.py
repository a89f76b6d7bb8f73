"""An episode has at most one open section 47 enquiry: no conference yet, and not known that none is required."""

from goldthread.out.returns.cin.examples import a_section_47, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule
from goldthread.out.returns.cin.spans import awaits_conference, later_ones


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        running = [enquiry for enquiry in details.Section47 if awaits_conference(enquiry)]
        for enquiry in later_ones(running, "S47ActualStartDate"):
            yield enquiry, "DateOfInitialCPC"


RULE = Rule(
    "8839",
    ERROR,
    "Section47",
    "Within one CINDetails group there are 2 or more open S47 Assessments",
    ("DateOfInitialCPC",),
    check,
    needs="Section47",
    examples=(
        fails(
            "two", sound(Section47=[a_section_47("2026-03-10", ICPCnotRequired=False), a_section_47("2026-03-20", ICPCnotRequired=False)])
        ),
        fails(
            "two, and nothing said of a conference",
            sound(Section47=[a_section_47("2026-03-10", ICPCnotRequired=None), a_section_47("2026-03-20", ICPCnotRequired=None)]),
        ),
        passes(
            "one of two had its conference",
            sound(Section47=[a_section_47("2026-03-10", "2026-03-20"), a_section_47("2026-03-20", ICPCnotRequired=False)]),
        ),
        passes(
            "one of two requires none", sound(Section47=[a_section_47("2026-03-10"), a_section_47("2026-03-20", ICPCnotRequired=False)])
        ),
    ),
)
