"""No two children of a return have one pupil number."""

from goldthread.out.returns.cin.examples import fails, passes, sound
from goldthread.out.returns.cin.given_twice import GivenTwice
from goldthread.out.returns.cin.rule import ERROR, Rule


class SameUPN(GivenTwice):
    element = "UPN"


RULE = Rule(
    "1520",
    ERROR,
    "ChildIdentifiers",
    "More than one record with the same UPN.",
    ("UPN",),
    whole=SameUPN,
    examples=(
        fails("the same twice", sound(LAchildID="C1"), sound(LAchildID="C2")),
        passes("two numbers", sound(LAchildID="C1"), sound(LAchildID="C2", UPN="G318000000007")),
        passes("none given", sound(LAchildID="C1", UPN=None), sound(LAchildID="C2", UPN=None)),
    ),
)
