"""A referral from 1 April 2013 on has its source, in the census’s own code."""

from datetime import date

from goldthread.out.returns.cin.code_sets import REFERRAL_SOURCE
from goldthread.out.returns.cin.examples import fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule

SINCE = date(2013, 4, 1)


def check(child: Child, census: CensusYear) -> Places:
    for details in child.CINdetails:
        if details.CINreferralDate is not None and details.CINreferralDate >= SINCE and details.ReferralSource not in REFERRAL_SOURCE:
            yield details, "ReferralSource"


RULE = Rule(
    "8866",
    ERROR,
    "CINdetails",
    "Source of Referral is missing or an invalid code",
    (
        "CINreferralDate",
        "ReferralSource",
    ),
    check,
    examples=(
        fails("none", sound(CINreferralDate="2013-04-01", ReferralSource=None)),
        fails("no such code", sound(ReferralSource="11")),
        passes("none, the day before", sound(CINreferralDate="2013-03-31", ReferralSource=None)),
        passes("unknown is a code", sound(ReferralSource="10")),
    ),
)
