"""A section 47 enquiry that still awaits a conference began in the census year."""

from goldthread.out.returns.cin.examples import a_section_47, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_before, is_outside
from goldthread.out.returns.cin.spans import awaits_conference


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        for enquiry in details.Section47:
            is_held_later = is_before(census.reference_date, enquiry.DateOfInitialCPC)
            if (is_held_later or awaits_conference(enquiry)) and is_outside(enquiry.S47ActualStartDate, census):
                yield enquiry, "S47ActualStartDate"


RULE = Rule(
    "8740",
    ERROR,
    "Section47",
    "For a Section 47 Enquiry that has not held the Initial Child Protection Conference by the end of the census year, the start date must fall within the census year",
    (
        "S47ActualStartDate",
        "DateOfInitialCPC",
        "ICPCnotRequired",
    ),
    check,
    needs="Section47",
    examples=(
        fails("the day before the year", sound(Section47=[a_section_47("2025-03-31", ICPCnotRequired=False)])),
        fails("the day after the year", sound(Section47=[a_section_47("2026-04-01", ICPCnotRequired=False)])),
        fails("the year before, its conference held after this one", sound(Section47=[a_section_47("2025-03-31", "2026-04-03")])),
        passes("its first day", sound(Section47=[a_section_47("2025-04-01", ICPCnotRequired=False)])),
        passes("the year before, its conference held", sound(Section47=[a_section_47("2025-03-31", "2025-04-10")])),
        passes("the year before, no conference required", sound(Section47=[a_section_47("2025-03-31")])),
    ),
)
