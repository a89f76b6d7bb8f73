"""No section 47 enquiry begins before the referral."""

from goldthread.out.returns.cin.examples import a_section_47, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_before


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        for enquiry in details.Section47:
            if is_before(enquiry.S47ActualStartDate, details.CINreferralDate):
                yield enquiry, "S47ActualStartDate"


RULE = Rule(
    "2889",
    ERROR,
    "Section47",
    "The S47 start date cannot be before the referral date.",
    (
        "S47ActualStartDate",
        "CINreferralDate",
    ),
    check,
    needs="Section47",
    examples=(
        fails("the day before", sound(Section47=[a_section_47("2025-06-01")])),
        passes("the day of the referral", sound(Section47=[a_section_47("2025-06-02")])),
    ),
)
