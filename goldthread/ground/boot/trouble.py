"""What a person at the keyboard is told when something outside the program is wrong: one plain sentence."""


class Trouble(Exception):
    """A start that cannot go on; the text is the whole message, shown without a traceback."""


class Impossible(ValueError):
    """What was asked for cannot be. The sentence stands at the question that `about` names."""

    def __init__(self, words: str, about: str = "") -> None:
        super().__init__(words)
        self.about = about
