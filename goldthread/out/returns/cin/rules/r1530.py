"""Signs 2 to 4 of a pupil number are an authority’s number; that of the return itself is one (a demo’s is in no list)."""

from goldthread.out.returns.cin.code_sets import UPN_AUTHORITIES
from goldthread.out.returns.cin.examples import fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule


def check(child: Child, census: CensusYear) -> Places:
    upn = child.ChildIdentifiers.UPN
    if upn and upn[1:4] not in UPN_AUTHORITIES and upn[1:4] != census.authority:
        yield child.ChildIdentifiers, "UPN"


RULE = Rule(
    "1530",
    ERROR,
    "ChildIdentifiers",
    "UPN invalid (characters 2-4 not a recognised LA code)",
    ("UPN",),
    check,
    uncertain="Before 2023-24 other authorities’ numbers were listed; the list of 2023-24 is used for every year.",
    examples=(
        fails("a number no authority has", sound(UPN="E999000000006")),
        fails("between two", sound(UPN="E006000000006")),
        passes("an authority", sound(UPN="E318000000006")),
        passes("the last of a row", sound(UPN="E943000000006"), year=2023),
    ),
)
