"""A child is referred at most forty weeks (280 days) before birth, or before the day it is expected."""

from datetime import timedelta

from goldthread.out.returns.cin.examples import fails, passes, sound, unborn
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule, is_before

LONGEST = timedelta(days=280)


def check(child: Child, census: CensusYear) -> Places:
    identifiers = child.ChildIdentifiers
    born_on = identifiers.PersonBirthDate or identifiers.ExpectedPersonBirthDate
    for details in child.CINdetails:
        if born_on and is_before(details.CINreferralDate, born_on - LONGEST):
            yield details, "CINreferralDate"


RULE = Rule(
    "8606",
    ERROR,
    "CINdetails",
    "Child referral date is more than 40 weeks before DOB or expected DOB",
    (
        "CINreferralDate",
        "PersonBirthDate",
        "ExpectedPersonBirthDate",
    ),
    check,
    examples=(
        fails("281 days before birth", sound(PersonBirthDate="2026-03-10")),
        fails("281 days before the expected birth", unborn("2026-03-10")),
        passes("280 days before birth", sound(PersonBirthDate="2026-03-09")),
        passes("280 days before the expected birth", unborn("2026-03-09")),
    ),
)
