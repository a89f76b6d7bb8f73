"""No initial conference is held before the referral, whether an enquiry led to it or not."""

from goldthread.out.returns.cin.examples import a_section_47, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_before


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        if is_before(details.DateOfInitialCPC, details.CINreferralDate):
            yield details, "DateOfInitialCPC"
        for enquiry in details.Section47:
            if is_before(enquiry.DateOfInitialCPC, details.CINreferralDate):
                yield enquiry, "DateOfInitialCPC"


RULE = Rule(
    "1104",
    ERROR,
    "Section47",
    "The date of the initial child protection conference cannot be before the referral date",
    (
        "CINreferralDate",
        "DateOfInitialCPC",
    ),
    check,
    examples=(
        fails("the day before", sound(Section47=[a_section_47("2025-06-01", "2025-06-01")])),
        fails("the day before, without an enquiry", sound(DateOfInitialCPC="2025-06-01")),
        passes("the day of the referral", sound(Section47=[a_section_47("2025-06-02", "2025-06-02")])),
        passes("the day of the referral, without an enquiry", sound(DateOfInitialCPC="2025-06-02")),
    ),
)
