"""A section 47 enquiry that still awaits a conference began at most 15 working days before the end of the census year."""

from goldthread.ground.time.working_days import england
from goldthread.out.returns.cin.examples import a_section_47, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import QUERY, Places, Rule
from goldthread.out.returns.cin.spans import awaits_conference


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        for enquiry in details.Section47:
            start = enquiry.S47ActualStartDate
            if start and awaits_conference(enquiry) and england().between(start, census.reference_date) > 15:
                yield enquiry, "S47ActualStartDate"


RULE = Rule(
    "8675Q",
    QUERY,
    "Section47",
    "S47 Enquiry started more than 15 working days before the end of the census year. However, there is no date of Initial Child Protection Conference.",
    (
        "DateOfInitialCPC",
        "S47ActualStartDate",
        "ICPCnotRequired",
    ),
    check,
    needs="Section47",
    examples=(
        fails("16 working days", sound(Section47=[a_section_47("2026-03-09", ICPCnotRequired=False)])),
        fails("the flag is not given", sound(Section47=[a_section_47("2026-03-09", ICPCnotRequired=None)])),
        passes("15 working days", sound(Section47=[a_section_47("2026-03-10", ICPCnotRequired=False)])),
        passes("no conference is required", sound(Section47=[a_section_47("2026-03-09")])),
    ),
)
