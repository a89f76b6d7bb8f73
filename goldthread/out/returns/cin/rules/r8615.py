"""A section 47 enquiry has a start, and not one after its conference."""

from goldthread.out.returns.cin.examples import a_section_47, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_before, is_missing


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        for enquiry in details.Section47:
            if is_missing(enquiry, "S47ActualStartDate") or is_before(enquiry.DateOfInitialCPC, enquiry.S47ActualStartDate):
                yield enquiry, "S47ActualStartDate"


RULE = Rule(
    "8615",
    ERROR,
    "Section47",
    "Section 47 Enquiry Start Date must be present and cannot be later than the date of the initial Child Protection Conference",
    (
        "S47ActualStartDate",
        "DateOfInitialCPC",
    ),
    check,
    needs="Section47",
    uncertain="A start that is missing is told whether there was a conference or not.",
    examples=(
        fails("no start", sound(Section47=[a_section_47(None, "2025-06-24")])),
        fails("the day after the conference", sound(Section47=[a_section_47("2025-06-25", "2025-06-24")])),
        passes("the day of the conference", sound(Section47=[a_section_47("2025-06-24", "2025-06-24")])),
    ),
)
