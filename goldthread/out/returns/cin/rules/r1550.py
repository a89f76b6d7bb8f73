"""Sign 13 of a pupil number is a digit, or a letter of a temporary number, and the last."""

import re

from goldthread.out.returns.cin.examples import fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule

LAST = re.compile(r"[0-9A-HJ-NP-RT-Z]")


def check(child: Child, census: CensusYear) -> Places:
    upn = child.ChildIdentifiers.UPN
    if upn and not LAST.fullmatch(upn[12:]):
        yield child.ChildIdentifiers, "UPN"


RULE = Rule(
    "1550",
    ERROR,
    "ChildIdentifiers",
    "UPN invalid (character 13 not a recognised value)",
    ("UPN",),
    check,
    examples=(
        fails("a letter that is not used", sound(UPN="E31800000000S")),
        fails("a small letter", sound(UPN="E31800000000a")),
        fails("a fourteenth sign", sound(UPN="E3180000000060")),
        passes("a digit", sound(UPN="E318000000006")),
        passes("a letter", sound(UPN="H31800000001A")),
    ),
)
