"""What a person at the keyboard is told when something outside the program is wrong: one plain sentence."""

from collections.abc import Iterator


class Trouble(Exception):
    """A start that cannot go on; the text is the whole message, shown without a traceback."""


class Impossible(ValueError):
    """What was asked for cannot be. The sentence stands at the question that `about` names."""

    def __init__(self, words: str, about: str = "") -> None:
        super().__init__(words)
        self.about = about


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error and what it came of, each once: an error that is raised again while what came of it is handled closes a ring."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
