"""A pupil number begins with its check letter. One whose other signs are wrong has no check letter: rules 1530 to 1550 tell of those."""

import re

from stdnum.gb.upn import calc_check_digit

from goldthread.out.returns.cin.examples import fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule

WITHOUT_LETTER = re.compile(r"[0-9]{11}[0-9A-HJ-NP-RT-Z]")


def check(child: Child, census: CensusYear) -> Places:
    upn = child.ChildIdentifiers.UPN
    if upn and WITHOUT_LETTER.fullmatch(upn[1:]) and upn[0] != calc_check_digit(upn[1:]):
        yield child.ChildIdentifiers, "UPN"


RULE = Rule(
    "1510",
    ERROR,
    "ChildIdentifiers",
    "UPN invalid (wrong check letter at character 1)",
    ("UPN",),
    check,
    examples=(
        fails("another letter", sound(UPN="F318000000006")),
        fails("a temporary number with another letter", sound(UPN="A31800000001A")),
        passes("its letter", sound(UPN="E318000000006")),
        passes("a temporary number with its letter", sound(UPN="H31800000001A")),
        passes("none", sound(UPN=None)),
    ),
)
