"""How a meeting asks for things: said once."""

from collections.abc import Sequence

SEND = "Send the decisions"
ANSWER, ACKNOWLEDGE = "Ring who has not answered", "Ask who has not acknowledged the decisions"


def chasing(what: str, names: Sequence[str]) -> str:
    """ "Ring who has not answered: Ruth Amadi (School nurse); Police, nobody named yet"."""
    return f"{what}: {'; '.join(names)}"


def ask_to_send(title: str, number: int) -> str:
    return f"{SEND} of the {title.lower()} to {number} who must know them"
