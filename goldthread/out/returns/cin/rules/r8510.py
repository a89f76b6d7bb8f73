"""No two children of a return have one id."""

from goldthread.out.returns.cin.examples import fails, passes, sound
from goldthread.out.returns.cin.given_twice import GivenTwice
from goldthread.out.returns.cin.rule import ERROR, Rule


class SameId(GivenTwice):
    element = "LAchildID"


RULE = Rule(
    "8510",
    ERROR,
    "ChildIdentifiers",
    "More than one child record with the same LA Child ID",
    ("LAchildID",),
    whole=SameId,
    examples=(
        fails("the same id twice", sound(LAchildID="C1"), sound(LAchildID="C2"), sound(LAchildID="C1")),
        passes("another in capitals", sound(LAchildID="C1"), sound(LAchildID="c1")),
        passes("none given", sound(LAchildID=None), sound(LAchildID=None)),
    ),
)
