"""How far a long piece of work has come: a bar on a screen, a line every tenth where nobody is looking."""

import sys
from collections.abc import Callable

WIDTH = 30


class Progress:
    """`what` in words (“children”); `total` may be 0 where it is not known."""

    def __init__(self, what: str, total: int, say: Callable[[str], None]) -> None:
        self.what, self.total, self.say = what, total, say
        self.is_watched = sys.stdout.isatty()
        self._tenth = 0
        self._drawn = ""

    def reach(self, done: int) -> None:
        share = done / self.total if self.total else 0
        if self.is_watched:
            bar = "█" * int(WIDTH * share)
            drawn = f"\r  {bar:░<{WIDTH}} {share:4.0%}  {done:,} of {self.total:,} {self.what}"
            if drawn != self._drawn:
                self._drawn = drawn
                sys.stdout.write(drawn)
                sys.stdout.flush()
        elif int(share * 10) > self._tenth:
            self._tenth = int(share * 10)
            self.say(f"  {share:.0%}: {done:,} of {self.total:,} {self.what}")

    def end(self) -> None:
        if self._drawn:
            sys.stdout.write("\n")
