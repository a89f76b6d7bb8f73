"""The keys a person is found by, kept in `SearchKeys` under a plain GIN index.

| Key | Of |
|---|---|
| w:oconnor | a name as folded |
| s:AKNR | how it, or another spelling of it, sounds |
| v:saniamh | a row of known spellings or short forms |
| x:scnr | its letters in any order |
| b:oco, e:nor | how it begins and ends, and i:o its initial |
| d:2014-03-12, m:2014-03, k:2014-12, y:2014 | born on; in that month; in that year on that day of some month; in that year |
| p:n19gu, t:02079460000, n:9434765919 | postcode, telephone, identifier |

Searches ask for several of these together, so that no common key is ever read alone.
"""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache

from goldthread.core.people.folding import fold, name_tokens, phone_key, postcode_key
from goldthread.core.people.sounds import skeleton, sounds, variant_rows

ENDS = 3


@lru_cache(maxsize=100_000)
def exact_key(token: str) -> str:
    return f"w:{token}"


@lru_cache(maxsize=100_000)
def sounding_keys(token: str) -> frozenset[str]:
    """The token itself, everything it sounds like, and its known other forms."""
    return frozenset({exact_key(token), *(f"s:{code}" for code in sounds(token)), *(f"v:{row}" for row in variant_rows(token))})


@lru_cache(maxsize=100_000)
def loose_keys(token: str) -> frozenset[str]:
    """What a mistyped or half-typed token still shares: its letters, one of its ends; for a single letter, the initial."""
    if len(token) == 1:
        return frozenset({f"i:{token}"})
    return frozenset({f"x:{skeleton(token)}", f"b:{token[:ENDS]}", f"e:{token[-ENDS:]}"})


def token_keys(token: str) -> frozenset[str]:
    return sounding_keys(token) | loose_keys(token) | {f"i:{token[:1]}"}


def name_keys(given: Iterable[str], family: Iterable[str], preferred: str | None = None) -> set[str]:
    tokens = {*name_tokens(given), *name_tokens(family), *name_tokens([preferred] if preferred else [])}
    return set().union(*(token_keys(token) for token in tokens)) if tokens else set()


def day_key(day: dt.date) -> str:
    return f"d:{day.isoformat()}"


def month_key(day: dt.date) -> str:
    return f"m:{day:%Y-%m}"


def birth_keys(born_on: dt.date | None, accuracy: str | None = None) -> set[str]:
    """An unknown or estimated part gives no key of its own; an estimated year reaches a year either way."""
    if born_on is None:
        return set()
    day, month, year = tuple(accuracy or "AAA")
    keys = {f"y:{born_on.year}"}
    if year == "E":
        keys |= {f"y:{born_on.year - 1}", f"y:{born_on.year + 1}"}
    if year == "A" and month == "A":
        keys.add(month_key(born_on))
    if (day, month, year) == ("A", "A", "A"):
        keys |= {day_key(born_on), f"k:{born_on:%Y-%d}"}
    return keys


def swapped(day: dt.date) -> dt.date | None:
    """Day and month the other way round, where that is a date and another one."""
    if day.day > 12 or day.day == day.month:
        return None
    return dt.date(day.year, day.day, day.month)


def near_birth_keys(day: dt.date) -> set[str]:
    """The date, and the dates it is commonly mistaken for: swapped, a year or ten out, day or month wrong."""
    keys = {day_key(day), month_key(day), f"k:{day:%Y-%d}"}
    keys |= {f"d:{day.year + out}-{day:%m-%d}" for out in (-10, -1, 1, 10)}
    other = swapped(day)
    return keys | ({day_key(other)} if other else set())


def postcode_keys(postcodes: Iterable[str | None]) -> set[str]:
    return {f"p:{key}" for postcode in postcodes if postcode and (key := postcode_key(postcode))}


def phone_keys(numbers: Iterable[str]) -> set[str]:
    return {f"t:{key}" for number in numbers if len(key := phone_key(number)) >= 6}


def identifier_keys(values: Iterable[str]) -> set[str]:
    return {f"n:{key}" for value in values if (key := fold(value).replace(" ", ""))}
