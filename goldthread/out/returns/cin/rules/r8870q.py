"""The day by which an initial conference should be held is a weekday."""

from goldthread.out.returns.cin.examples import a_section_47, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import QUERY, Places, Rule


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        for enquiry in details.Section47:
            if enquiry.InitialCPCtarget is not None and enquiry.InitialCPCtarget.weekday() > 4:
                yield enquiry, "InitialCPCtarget"


RULE = Rule(
    "8870Q",
    QUERY,
    "Section47",
    "The Target Date for Initial Child Protection Conference should not be a weekend",
    ("InitialCPCtarget",),
    check,
    needs="Section47",
    examples=(
        fails("a Saturday", sound(Section47=[a_section_47("2025-06-05", "2025-06-24", InitialCPCtarget="2025-06-28")])),
        fails("a Sunday", sound(Section47=[a_section_47("2025-06-05", "2025-06-24", InitialCPCtarget="2025-06-29")])),
        passes("a Friday", sound(Section47=[a_section_47("2025-06-05", "2025-06-24", InitialCPCtarget="2025-06-27")])),
        passes("a Monday", sound(Section47=[a_section_47("2025-06-05", "2025-06-24", InitialCPCtarget="2025-06-30")])),
    ),
)
