"""An initial conference was held on a weekday, whether an enquiry led to it or not."""

from goldthread.out.returns.cin.examples import a_section_47, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        if details.DateOfInitialCPC is not None and details.DateOfInitialCPC.weekday() > 4:
            yield details, "DateOfInitialCPC"
        for enquiry in details.Section47:
            if enquiry.DateOfInitialCPC is not None and enquiry.DateOfInitialCPC.weekday() > 4:
                yield enquiry, "DateOfInitialCPC"


RULE = Rule(
    "8875",
    ERROR,
    "Section47",
    "The Date of Initial Child Protection Conference cannot be a weekend",
    ("DateOfInitialCPC",),
    check,
    uncertain="The rule stands under Section47; a conference without an enquiry is asked as well.",
    examples=(
        fails("a Saturday", sound(Section47=[a_section_47("2025-06-05", "2025-06-28")])),
        fails("a Sunday, without an enquiry", sound(DateOfInitialCPC="2025-06-29")),
        passes("a Friday", sound(Section47=[a_section_47("2025-06-05", "2025-06-27")])),
        passes("a Monday, without an enquiry", sound(DateOfInitialCPC="2025-06-30")),
    ),
)
