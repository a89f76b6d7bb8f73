"""How family help asks for things: said once, for the actions and for whatever writes many records at a time."""

from collections.abc import Sequence

from goldthread.core.people.words import names_of


def ask_to_allocate(children: Sequence[object]) -> str:
    return f"Allocate {names_of(children)}"


def ask_to_assess(children: Sequence[object]) -> str:
    return f"Assess {names_of(children)}"


def ask_to_authorise(children: Sequence[object]) -> str:
    return f"Authorise the assessment of {names_of(children)}"


def ask_to_write_plan(children: Sequence[object]) -> str:
    return f"Write the plan for {names_of(children)}"


def ask_to_review_plan(children: Sequence[object]) -> str:
    return f"Review the plan of {names_of(children)}"


def ask_to_visit(children: Sequence[object]) -> str:
    return f"Visit {names_of(children)}"


def not_seen_twice(children: Sequence[object]) -> str:
    return f"Two visits running have failed: nobody has seen {names_of(children)}. Decide what happens now"


def ask_to_write_closure(children: Sequence[object]) -> str:
    return f"Write the closure for {names_of(children)}"


def ask_to_decide_closure(children: Sequence[object]) -> str:
    return f"Decide on closing {names_of(children)}"
