"""How well one fact asked for agrees with what is on file, and the words a page says it in.

A share runs from 1 (the same) through 0 (says nothing) to -1 (the same fact, and different).
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import jellyfish

from goldthread.core.people.asking import Word
from goldthread.core.people.folding import fold, name_tokens
from goldthread.core.people.keys import swapped
from goldthread.core.people.models import Person
from goldthread.core.people.sounds import short_forms, skeleton, sounds, spellings
from goldthread.ground.time.words import short_day

NEARLY = 0.88


class Evidence(NamedTuple):
    share: float
    words: str


@dataclass(frozen=True)
class KnownName:
    """One word of one name on file: its token, as written, and what the name is called if it is not the present one."""

    token: str
    shown: str
    once: str = ""
    weight: float = 1.0


@lru_cache(maxsize=50_000)
def likeness(asked: str, known: str) -> tuple[float, str]:
    """How far one token is another, and how: same, spelt, sounds, short, nearly, begins, initial, or nothing."""
    if asked == known:
        return 1.0, "same"
    if known in spellings(asked):
        return 0.92, "sounds"
    if sounds(asked) & sounds(known):
        return 0.7 + 0.2 * jellyfish.jaro_winkler_similarity(asked, known), "sounds"
    if known in short_forms(asked):
        return 0.85, "short"
    near = jellyfish.jaro_winkler_similarity(asked, known)
    if min(len(asked), len(known)) > 2 and (near >= NEARLY or (skeleton(asked) == skeleton(known) and near > 0.8)):
        return 0.8 * near, "nearly"
    if len(asked) >= 3 and known.startswith(asked):
        return 0.65, "begins"
    if (len(asked) == 1 or len(known) == 1) and asked[0] == known[0]:
        return 0.4, "initial"
    return 0.0, ""


SAID = {"same": "named {0}", "sounds": "sounds like {0}", "short": "{1} can be short for, or a form of, {0}", "nearly": "spelt nearly like {0}",
        "begins": "{0} begins “{1}”", "initial": "same initial as {0}"}  # fmt: skip


def of_word(word: Word, names: Sequence[KnownName]) -> Evidence | None:
    """The best agreement of one word asked with any word of any name on file; None where there is none."""
    best, words = 0.0, ""
    for known in names:
        share, how = (1.0, "same") if known.token in word.joined else max(likeness(token, known.token) for token in word.tokens)
        share *= known.weight
        if share > best:
            best, words = share, SAID[how].format(known.shown, word.shown) + known.once
    return Evidence(best, words) if best else None


ONCE = {
    "old": ", a former name",
    "maiden": ", a name before marriage",
    "nickname": ", a nickname",
    "temp": ", a name for a time",
    "official": "",
    "usual": "",
}


def known_names(use: str, given: Sequence[str], family: Sequence[str], preferred: str | None, is_past: bool) -> list[KnownName]:
    """One name on file as the words it may be recognised by. A name gone by once counts a little less."""
    once = ONCE.get(use) or (", a former name" if is_past else "")
    weight = 0.96 if once else 1.0
    parts = (tuple(given), tuple(family), (preferred,) if preferred else ())
    return [known for part in parts for known in _known_part(part, once, weight)]


@lru_cache(maxsize=50_000)
def _known_part(parts: tuple[str, ...], once: str, weight: float) -> tuple[KnownName, ...]:
    singles = {fold(piece): piece for part in parts for piece in part.replace("-", " ").split()}
    return tuple(KnownName(token, singles.get(token, " ".join(parts)), once, weight) for token in name_tokens(parts))


def of_birth(asked: dt.date, person: Person) -> Evidence | None:
    """Agreement of a birth date with the one on file, or with the date expected. None where neither is on file."""
    if person.born_on is None:
        if person.expected_on is None:
            return None
        away = abs((person.expected_on - asked).days)
        due = f"due {short_day(person.expected_on)}"
        return (
            Evidence(1.0, due)
            if not away
            else Evidence(0.6, f"{due}: within three weeks")
            if away <= 21
            else Evidence(-0.5, f"different: {due}")
        )
    born, accuracy = person.born_on, person.born_accuracy or "AAA"
    if accuracy != "AAA":
        return _of_estimate(asked, born, accuracy)
    said = _born(born)
    if born == asked:
        return Evidence(1.0, said)
    if swapped(asked) == born:
        return Evidence(0.8, f"{said}: day and month the other way round")
    if (born.month, born.day) == (asked.month, asked.day) and abs(born.year - asked.year) in (1, 10):
        return Evidence(0.7, f"{said}: same day, {abs(born.year - asked.year)} year{'s' * (abs(born.year - asked.year) > 1)} apart")
    if (born.year, born.month) == (asked.year, asked.month):
        return Evidence(0.55, f"{said}: same month")
    if (born.year, born.day) == (asked.year, asked.day):
        return Evidence(0.5, f"{said}: same year and day of the month")
    if abs((born - asked).days) <= 7:
        return Evidence(0.5, f"{said}: within a week")
    if born.year == asked.year:
        return Evidence(0.1, f"{said}: same year")
    return Evidence(-1.0, f"different birth date: {said}")


def _of_estimate(asked: dt.date, born: dt.date, accuracy: str) -> Evidence:
    said = f"born about {born.year}"
    apart = abs(born.year - asked.year)
    if accuracy[1:] == "AA" and (born.year, born.month) == (asked.year, asked.month):
        return Evidence(0.7, f"born in {born:%B %Y}")
    if apart <= (1 if accuracy[2] == "E" else 0):
        return Evidence(0.4, said)
    return Evidence(-0.4 if apart < 3 else -1.0, f"different birth date: {said}")


def of_years(years: Iterable[int], person: Person) -> Evidence | None:
    """Agreement of a year of birth, or of the two years an age allows, with the birth date on file."""
    if person.born_on is None:
        return None
    apart = min(abs(person.born_on.year - year) for year in years)
    said = _born(person.born_on) if (person.born_accuracy or "AAA") == "AAA" else f"born about {person.born_on.year}"
    if apart == 0:
        return Evidence(0.8, said)
    return Evidence(0.3, f"{said}: a year away") if apart == 1 else Evidence(-1.0, f"different age: {said}")


def of_month(asked: tuple[int, int], person: Person) -> Evidence | None:
    if person.born_on is None:
        return None
    if (person.born_on.year, person.born_on.month) == asked:
        return Evidence(0.9, _born(person.born_on))
    return Evidence(0.1 if person.born_on.year == asked[0] else -1.0, _born(person.born_on))


def _born(day: dt.date) -> str:
    return f"born {short_day(day)}"
