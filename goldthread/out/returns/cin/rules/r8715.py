"""An initial conference was held in the census year, whether an enquiry led to it or not."""

from goldthread.out.returns.cin.examples import a_section_47, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_outside


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        if is_outside(details.DateOfInitialCPC, census):
            yield details, "DateOfInitialCPC"
        for enquiry in details.Section47:
            if is_outside(enquiry.DateOfInitialCPC, census):
                yield enquiry, "DateOfInitialCPC"


RULE = Rule(
    "8715",
    ERROR,
    "Section47",
    "Date of Initial Child Protection Conference must fall within the census year",
    (
        "DateOfInitialCPC",
        "ReferenceDate",
    ),
    check,
    uncertain="The rule stands under Section47; a conference without an enquiry is asked as well.",
    examples=(
        fails("the day before the year", sound(Section47=[a_section_47("2025-03-05", "2025-03-31")])),
        fails("the day after the year, without an enquiry", sound(DateOfInitialCPC="2026-04-01")),
        passes("its first day", sound(Section47=[a_section_47("2025-03-05", "2025-04-01")])),
        passes("its last day, without an enquiry", sound(DateOfInitialCPC="2026-03-31")),
    ),
)
