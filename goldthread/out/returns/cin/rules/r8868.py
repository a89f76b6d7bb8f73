"""In a closed case every section 47 enquiry had its conference, or required none."""

from goldthread.out.returns.cin.examples import a_section_47, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule
from goldthread.out.returns.cin.spans import awaits_conference


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        if details.CINclosureDate is not None:
            for enquiry in details.Section47:
                if awaits_conference(enquiry):
                    yield enquiry, "ICPCnotRequired"


RULE = Rule(
    "8868",
    ERROR,
    "CINdetails",
    "CIN episode is shown as closed, however Section 47 enquiry is not shown as completed by ICPC date or ICPC not required flag",
    (
        "ICPCnotRequired",
        "CINclosureDate",
        "DateOfInitialCPC",
    ),
    check,
    needs="Section47",
    uncertain="An enquiry with a conference and the flag that none was required has been completed, and is not told.",
    examples=(
        fails("neither", sound(CINclosureDate="2025-12-01", ReasonForClosure="RC7", Section47=[a_section_47(ICPCnotRequired=False)])),
        fails(
            "the flag is not given",
            sound(CINclosureDate="2025-12-01", ReasonForClosure="RC7", Section47=[a_section_47(ICPCnotRequired=None)]),
        ),
        passes(
            "a conference", sound(CINclosureDate="2025-12-01", ReasonForClosure="RC7", Section47=[a_section_47("2025-06-05", "2025-06-24")])
        ),
        passes("none required", sound(CINclosureDate="2025-12-01", ReasonForClosure="RC7", Section47=[a_section_47()])),
        passes("open", sound(Section47=[a_section_47(ICPCnotRequired=False)])),
    ),
)
