"""People in a sentence."""

from collections.abc import Sequence


def names_of(people: Sequence[object]) -> str:
    """`Maya, Leo and Ada`; for nobody, "a child not yet known"."""
    names = [str(person) for person in people]
    if not names:
        return "a child not yet known"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
