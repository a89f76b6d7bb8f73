"""How protection asks for things: said once, for the actions and for whatever writes many records at a time."""

from collections.abc import Sequence

from goldthread.core.people.words import names_of


def ask_to_visit(children: Sequence[object]) -> str:
    return f"Visit {names_of(children)}"


def ask_to_write_plan(children: Sequence[object]) -> str:
    return f"Write the protection plan for {names_of(children)}"


def not_seen_twice(children: Sequence[object]) -> str:
    return f"Two visits running have failed: nobody has seen {names_of(children)}. Decide what happens now"


def ask_to_withdraw(child: object) -> str:
    return f"Withdraw the plan: {child}’s file says that there was nobody to protect on the day it began"


def ended_at_eighteen(child: object) -> str:
    return f"{child} turned 18: the protection plan ended"
