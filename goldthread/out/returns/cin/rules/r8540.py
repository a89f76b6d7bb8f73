"""A born child with a referral that led to action has a disability or NONE, in the census’s own codes."""

from goldthread.out.returns.cin.code_sets import DISABILITY
from goldthread.out.returns.cin.examples import fails, nfa, passes, sound, unborn
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import ERROR, Places, Rule


def check(child: Child, census: CensusYear) -> Places:
    given = child.ChildCharacteristics.Disabilities
    if given:
        is_wrong = not DISABILITY.issuperset(given)
    else:
        is_wrong = child.ChildIdentifiers.PersonBirthDate is not None and any(details.ReferralNFA is False for details in child.CINdetails)
    if is_wrong:
        yield child.ChildCharacteristics, "Disability"


RULE = Rule(
    "8540",
    ERROR,
    "ChildCharacteristics",
    "Child’s disability is missing or invalid",
    (
        "Disability",
        "PersonBirthDate",
        "ReferralNFA",
    ),
    check,
    examples=(
        fails("none given", sound(Disabilities=[])),
        fails("an unknown code", sound(Disabilities=["NONE ", "AUTISM"])),
        passes("before birth", unborn("2026-06-01")),
        passes("no further action", sound(Disabilities=[], CINdetails=[nfa()])),
        passes("NONE", sound(Disabilities=["NONE"])),
    ),
)
