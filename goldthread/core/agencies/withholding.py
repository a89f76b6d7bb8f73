"""What must not stand on paper or in a file: an address kept from somebody, and whatever would give it away.

A confidential address also hides school, surgery, nursery and the names of agencies (rules of practice and safety).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import pairwise

from goldthread.core.agencies.models import Involvement
from goldthread.core.people.folding import APOSTROPHES, POSTCODE, fold, phone_key
from goldthread.core.people.models import Address, PersonAddress
from goldthread.core.people.models.dated import holding_on
from goldthread.core.people.queries import standing_as
from goldthread.ground.access.belt import over_everyone

SHORTEST = 4  # a house number alone is no address
FIGURES = 5  # from here on figures alone are a number, and may stand apart; fewer are a time or a day
NUMBERED = re.compile(
    r"^(?:(?:flat|apartment|apt|unit|room|no)\W*\w{1,4}\W+)*\d+[a-z]?(?:\s*[-/–]\s*\d+[a-z]?)?\W+(?=\w+\W+\w)", re.IGNORECASE
)
# Two letters that begin a sentence and are an ordinary word are not taken for a name.
ORDINARY = re.compile(r"am|an|as|at|be|by|do|go|he|if|in|is|it|me|my|no|of|oh|on|or|so|to|up|us|we", re.IGNORECASE)


@over_everyone()
def secrets_of(people: Iterable[int], today: date) -> list[str]:
    """Words that would tell where these people live, the longest first, whichever merged row they stand on. Three queries at most.

    A confidential address that has ended is still withheld: it may be where the other parent lives.
    """
    rows = list(standing_as(people))
    addresses = [stay.address for stay in PersonAddress.objects.filter(person__in=rows, is_confidential=True).select_related("address")]
    if not addresses:
        return []
    return secrets_in(addresses, Involvement.objects.filter(child__in=rows).filter(holding_on(today)).select_related("agency"))


def secrets_in(addresses: list[Address], involved: Iterable[Involvement]) -> list[str]:
    """The same from what has been read already: confidential addresses, and professionals with their agencies."""
    if not addresses:
        return []
    words = {part for address in addresses for part in (address.line1, street_of(address), address.line2, address.postcode) if part}
    words |= {
        told for one in involved if one.agency.kind not in ("local_authority", "police") for told in (one.agency.name, one.name) if told
    }
    return sorted({word.strip() for word in words if len(word.strip()) >= SHORTEST}, key=len, reverse=True)


def street_of(address: Address) -> str:
    """The street without its number; empty where there is no number, or a single word is left."""
    line = (address.line1 or "").strip()
    return line[found.end() :] if (found := NUMBERED.match(line)) else ""


def withheld(text: str, secrets: Iterable[str]) -> str:
    """The text without them, however they are spelt."""
    plain, found, last = Plain(text), "", 0
    for start, end in sorted(span for secret in secrets for span in plain.spans(secret)):
        if start >= last:
            found += f"{text[last:start]}[withheld]"
        last = max(last, end)
    return found + text[last:]


class Plain:
    """A text in plain letters, and where each stands in it: words are found in it whatever their marks, capitals, spaces and apostrophes."""

    def __init__(self, text: str) -> None:
        letters = [(plain, place) for place, letter in enumerate(text) for plain in _plain(letter)]
        self.text = text
        self.letters = "".join(plain for plain, _ in letters)
        self.places = [place for _, place in letters]

    def spans(self, words: str) -> Iterator[tuple[int, int]]:
        """Where these words stand in the text, from and to."""
        if pattern := _looked_for(words):
            for found in re.finditer(pattern, self.letters):
                yield self.places[found.start()], self.places[found.end() - 1] + 1

    def tells(self, words: str) -> bool:
        return next(self.spans(words), None) is not None

    def names(self, name: str) -> bool:
        """Whether somebody is named. A name of two letters only where it is written as a name: Mo and Jo, not “so” or “do”."""
        if len(plain_of(name)) > 2:
            return self.tells(name)
        return any(not self.text[start].islower() and not self._begins(start, end) for start, end in self.spans(name))

    def _begins(self, start: int, end: int) -> bool:
        before = self.text[:start].rstrip(" \t\"'“‘(")
        return ORDINARY.fullmatch(self.text[start:end]) is not None and (not before or before[-1] in ".!?:;\n")


def plain_of(words: str) -> str:
    """The same for two spellings of a name, a place or a number."""
    return "".join(map(_plain, words)).replace(" ", "")


@lru_cache(maxsize=2048)
def _plain(letter: str) -> str:
    """As `fold` has it, but an apostrophe parts two words: “Grace’s” names Grace. A mark of its own, or one nobody sees, is nothing."""
    if APOSTROPHES.match(letter):
        return " "
    return "" if unicodedata.category(letter) == "Cf" else fold(f"x{letter}x")[1:-1]


def _looked_for(words: str) -> str:
    """A pattern over plain letters, for whole words. A number is found however it is dialled; figures of a day or a time stay apart."""
    parts = "".join(map(_plain, words)).split()
    bare = "".join(parts)
    if not bare:
        return ""
    if bare.isdigit() and len(bare) >= FIGURES:
        return r"(?<!\w)(?:0 *0 *)?(?:4 *4 *)?(?:0 *)?" + " *".join(phone_key(bare).lstrip("0")) + r"(?!\w)"
    if POSTCODE.match(bare):
        return r"(?<!\w)" + " *".join(bare) + r"(?!\w)"
    found = re.escape(parts[0])
    for before, part in pairwise(parts):
        found += (" +" if before[-1].isdigit() and part[0].isdigit() else " *") + re.escape(part)
    return rf"(?<!\w){found}{'s?' if len(bare) >= SHORTEST else ''}(?!\w)"
