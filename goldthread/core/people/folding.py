"""Names and places brought to a plain form, so that marks, capitals and punctuation never keep two spellings apart.

PostgreSQL's `unaccent` is an extension and none may be needed, so folding happens here, on save and on asking.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator

# Letters that carry no separable mark, so that decomposition leaves them as they are.
UNMARKED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ŧ": "t", "ı": "i", "ə": "e"})
APOSTROPHES = re.compile(r"['’‘`´ʼʻ′＇]")
NOT_WORD = re.compile(r"[\W_]+")

# Particles written together with the next word or apart from it: O Connor, Mc Donald, Al Hassan, van Dijk, Abdul Rahman.
PARTICLES = frozenset(
    [
        "o",
        "mc",
        "mac",
        "fitz",
        "ni",
        "nic",
        "ui",
        "al",
        "el",
        "ul",
        "bin",
        "ibn",
        "ben",
        "bint",
        "abu",
        "abd",
        "abdul",
        "abdel",
        "abdal",
        "umm",
        "de",
        "da",
        "di",
        "del",
        "della",
        "du",
        "la",
        "le",
        "los",
        "van",
        "von",
        "der",
        "den",
        "st",
        "san",
        "ap",
        "ab",
    ]
)


def fold(text: str) -> str:
    """Lower case, no marks, no apostrophes; everything else that is not a letter or digit becomes one space."""
    if text.isascii():
        return NOT_WORD.sub(" ", text.lower().replace("'", "").replace("`", "")).strip()
    if text.isascii():
        return NOT_WORD.sub(" ", APOSTROPHES.sub("", text.lower())).strip()
    decomposed = unicodedata.normalize("NFKD", text.casefold()).casefold()
    plain = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(UNMARKED)
    return NOT_WORD.sub(" ", APOSTROPHES.sub("", plain)).strip()


def words_of(text: str) -> list[str]:
    return fold(text).split()


def name_tokens(parts: Iterable[str]) -> list[str]:
    """Every plain word one name part may be looked for under, each once.

    "O'Connor" gives oconnor and connor; "Smith-Jones" smith, jones and smithjones; "Abdul Rahman"
    abdul, rahman and abdulrahman. `parts` are the given names or the family names, not both.
    """
    found: dict[str, None] = {}
    words: list[str] = []
    for part in parts:
        words += words_of(part)
        for bare in _after_apostrophe(part):
            found[bare] = None
    for word in words:
        if word not in PARTICLES or len(words) == 1 or len(word) > 3:
            found[word] = None
    for first, second in itertools.pairwise(words):
        found[first + second] = None
    if len(words) > 2 and len(words) <= 4:
        found["".join(words)] = None
    return list(found)


def _after_apostrophe(part: str) -> Iterator[str]:
    for word in unicodedata.normalize("NFKC", part).split():
        pieces = APOSTROPHES.split(word)
        if len(pieces) == 2 and len(pieces[0]) <= 2 and len(pieces[1]) > 2:
            yield fold(pieces[1])


def sort_key(family: str, given: str) -> str:
    """Alphabetical order that does not depend on the database's collation: family name, then given names."""
    return f"{fold(family).replace(' ', '')} {fold(given)}".strip()


def postcode_key(text: str) -> str:
    return fold(text).replace(" ", "")


POSTCODE = re.compile(r"^([a-z]{1,2}\d[a-z\d]?)(\d[a-z]{2})$")


def shown_postcode(text: str) -> str:
    """ "n19gu" and "N1 9GU" both as "N1 9GU"; what is not a British postcode is left in capitals."""
    match = POSTCODE.match(postcode_key(text))
    return f"{match[1]} {match[2]}".upper() if match else text.strip().upper()


def phone_key(text: str) -> str:
    """Digits as dialled within the United Kingdom: +44 20 7946 0000 and 0044… as 02079460000."""
    digits = re.sub(r"\D", "", text)
    for prefix in ("0044", "44"):
        if digits.startswith(prefix) and len(digits) - len(prefix) in (9, 10, 11):
            return "0" + digits.removeprefix(prefix).lstrip("0")
    return digits


def place_key(line1: str | None, line2: str | None, town: str | None, postcode: str | None) -> str | None:
    """The same for two spellings of one address; None where too little is known to tell a place by."""
    lines = fold(f"{line1 or ''} {line2 or ''}").replace(" ", "")
    where = postcode_key(postcode) if postcode else fold(town or "").replace(" ", "")
    return f"{where}|{lines}" if lines and where else None
