"""How protection asks for things about meetings and enquiries: said once, for the actions and for the demo's batch."""

from collections.abc import Sequence

from goldthread.core.people.words import names_of


def ask_to_hold(children: Sequence[object]) -> str:
    return f"Hold the strategy discussion about {names_of(children)}"


def ask_to_see(children: Sequence[object]) -> str:
    return f"See {names_of(children)}: a section 47 enquiry has started"


def ask_to_write(children: Sequence[object]) -> str:
    return f"Write the section 47 enquiry about {names_of(children)}"


def ask_to_decide(children: Sequence[object]) -> str:
    return f"Decide on the section 47 enquiry about {names_of(children)}"


def ask_for_conference(children: Sequence[object]) -> str:
    return f"Call the child protection conference for {names_of(children)}"


def ask_to_read_decision(children: Sequence[object]) -> str:
    return f"Read what the strategy discussion decided about {names_of(children)}"
