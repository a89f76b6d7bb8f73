"""What a person at the keyboard is told when something outside the program is wrong: one plain sentence."""


class Trouble(Exception):
    """A start that cannot go on; the text is the whole message, shown without a traceback."""
