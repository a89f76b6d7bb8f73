"""A former pupil number is a letter, eleven digits, then a digit or, in a temporary one, a letter."""

import re

from goldthread.out.returns.cin.examples import fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import QUERY, Places, Rule

WELL_FORMED = re.compile(r"[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]")


def check(child: Child, census: CensusYear) -> Places:
    former = child.ChildIdentifiers.FormerUPN
    if former and not WELL_FORMED.fullmatch(former):
        yield child.ChildIdentifiers, "FormerUPN"


RULE = Rule(
    "1560Q",
    QUERY,
    "ChildIdentifiers",
    "Former UPN wrongly formatted",
    ("FormerUPN",),
    check,
    examples=(
        fails("too short", sound(FormerUPN="E31800000000")),
        fails("a digit first", sound(FormerUPN="1318000000006")),
        passes("a number", sound(FormerUPN="E318000000006")),
        passes("a temporary number", sound(FormerUPN="H31800000001A")),
    ),
)
