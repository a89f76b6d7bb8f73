"""A conference is recorded with its enquiry, or with the episode where no enquiry led to it: not with both."""

from goldthread.out.returns.cin.examples import a_section_47, fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule


def check(child: Child, census: CensusYear) -> Places:
    days = {details.DateOfInitialCPC for details in child.CINdetails if details.DateOfInitialCPC}
    if days:
        for details in child.CINdetails:
            for enquiry in details.Section47:
                if enquiry.DateOfInitialCPC in days:
                    yield enquiry, "DateOfInitialCPC"


RULE = Rule(
    "2884",
    ERROR,
    "Section47",
    "An initial child protection conference is recorded at both the S47 and CIN Details level and it should only be recorded in one",
    ("DateOfInitialCPC",),
    check,
    needs="Section47",
    uncertain="Two conferences on different days are two conferences; the same day anywhere in the child is taken to be one told twice.",
    examples=(
        fails("the same day in both", sound(DateOfInitialCPC="2025-06-24", Section47=[a_section_47("2025-06-05", "2025-06-24")])),
        passes("different days", sound(DateOfInitialCPC="2025-06-23", Section47=[a_section_47("2025-06-05", "2025-06-24")])),
        passes("only with the enquiry", sound(Section47=[a_section_47("2025-06-05", "2025-06-24")])),
    ),
)
