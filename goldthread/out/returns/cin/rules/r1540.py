"""Signs 5 to 12 of a pupil number are digits."""

import re

from goldthread.out.returns.cin.examples import fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule

DIGITS = re.compile(r"[0-9]{8}")


def check(child: Child, census: CensusYear) -> Places:
    upn = child.ChildIdentifiers.UPN
    if upn and not DIGITS.fullmatch(upn[4:12]):
        yield child.ChildIdentifiers, "UPN"


RULE = Rule(
    "1540",
    ERROR,
    "ChildIdentifiers",
    "UPN invalid (characters 5-12 not all numeric)",
    ("UPN",),
    check,
    examples=(
        fails("a letter at 12", sound(UPN="E3180000000A6")),
        fails("breaks off", sound(UPN="E3180000000")),
        passes("digits", sound(UPN="E318000000006")),
        passes("a letter at 13", sound(UPN="H31800000001A")),
    ),
)
