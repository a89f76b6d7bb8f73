"""What was typed into the one search box, read as a person would read it: names, a date, a postcode, a number."""

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from goldthread.core.people.folding import APOSTROPHES, PARTICLES, fold, phone_key, postcode_key
from goldthread.core.people.reference import ALPHABET, LENGTH

MONTHS = {name: n for n, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)}
MONTH = r"(?P<name>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\.?"
YEAR = r"(?P<year>(?:19|20)\d\d|\d\d)"
DATES = [re.compile(pattern, re.IGNORECASE) for pattern in [
    r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b",
    rf"(?<![\d/.-])(?P<day>\d\d?)[/.\-](?P<month>\d\d?)[/.\-]{YEAR}(?![\d/.-])",
    rf"\b(?P<day>\d\d?)(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH},?\s+{YEAR}\b",
    rf"\b{MONTH}\s+(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)\b",
    r"\b(?P<day>[0-3]\d)(?P<month>[01]\d)(?P<year>(?:19|20)\d\d)\b",
]]  # fmt: skip
MONTHS_OF_YEARS = [re.compile(pattern, re.IGNORECASE) for pattern in [
    rf"\b{MONTH},?\s+(?P<year>(?:19|20)\d\d)\b",
    r"(?<![\d/.-])(?P<month>\d\d?)[/.\-](?P<year>(?:19|20)\d\d)(?![\d/.-])",
]]  # fmt: skip
AGES = [re.compile(pattern, re.IGNORECASE) for pattern in [r"\baged?\s+(\d\d?)\b", r"\b(\d\d?)\s*(?:yo|yrs?|years?)(?:\s+old)?\b"]]
YEAR_ALONE = re.compile(r"\b((?:19|20)\d\d)\b")
POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b", re.IGNORECASE)
PHONE = re.compile(r"(?:\+44|0044|\b0)(?:[\s()-]*\d){9,10}\b")
BORN = re.compile(
    r"\b(?:d\.?\s?o\.?\s?b\b\.?|born|b\.)\s*(?:on|in)?\s*:?\s*(?=\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.IGNORECASE
)
NUMBER = re.compile(r"\b\d{3}[ -]\d{3}[ -]\d{4}\b|\b(?=[a-z]*\d)[a-z\d]{4,}\b", re.IGNORECASE)
REFERENCE = re.compile(rf"\b[{ALPHABET}]{{{LENGTH}}}\b")


@dataclass(frozen=True)
class Word:
    """A name as typed, and the plain tokens it may stand for: "O Connor" for oconnor or connor.

    `joined` are those it makes with its neighbours, taken only as they stand: Abdi Rahman for Abdirahman.
    """

    shown: str
    tokens: tuple[str, ...]
    joined: tuple[str, ...] = ()


@dataclass
class Asked:
    words: list[Word] = field(default_factory=list)
    day: dt.date | None = None
    month: tuple[int, int] | None = None
    years: tuple[int, ...] = ()
    postcode: str | None = None
    phone: str | None = None
    numbers: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not any(vars(self).values())


def read_words(text: str) -> list[Word]:
    """Names in the order typed. A particle is taken with the word after it, and that word may also stand alone."""
    pieces: list[tuple[str, tuple[str, ...]]] = []
    for raw in re.split(r"[\s\-‐-―,;]+", text):
        if not (token := fold(raw).replace(" ", "")):
            continue
        after = [fold(part) for part in APOSTROPHES.split(raw)]
        bare = (after[1],) if len(after) == 2 and len(after[0]) <= 2 < len(after[1]) else ()
        pieces.append((raw, (token, *bare)))
    words, waiting = [], []
    for place, (raw, tokens) in enumerate(pieces):
        if tokens[0] in PARTICLES and place + 1 < len(pieces):
            waiting.append((raw, tokens[0]))
            continue
        prefixes = ["".join(particle for _, particle in waiting[start:]) for start in range(len(waiting))]
        joined = tuple(prefix + tokens[0] for prefix in prefixes)
        words.append(Word(" ".join([*(raw for raw, _ in waiting), raw]), (*joined, *tokens)))
        waiting = []
    return [replace(word, joined=_joined(words, place)) for place, word in enumerate(words)]


def _joined(words: list[Word], place: int) -> tuple[str, ...]:
    firsts = [word.tokens[0] for word in words[max(place - 1, 0) : place + 2]]
    return tuple(first + second for first, second in pairwise(firsts))


def read(text: str, today: dt.date) -> Asked:
    """Everything recognised in `text`; what is not a date, age, postcode or number is taken for a name."""
    asked = Asked()
    rest = _read_date(BORN.sub(" ", text), asked, today)
    rest = _take(POSTCODE, rest, lambda found: setattr(asked, "postcode", postcode_key(found)))
    rest = _take(PHONE, rest, lambda found: setattr(asked, "phone", phone_key(found)))
    asked.references = [found.upper() for found in REFERENCE.findall(rest.upper())]
    rest = _take(NUMBER, rest, lambda found: asked.numbers.append(fold(found).replace(" ", "")))
    asked.words = read_words(rest)
    return asked


def _take(pattern: re.Pattern[str], text: str, keep: object) -> str:
    for found in pattern.findall(text):
        keep(found)  # type: ignore[operator]
    return pattern.sub(" ", text)


def _read_date(text: str, asked: Asked, today: dt.date) -> str:
    """Take the first date, month, age or year out of `text`. An impossible date (31/2/14) is left standing as words."""
    for pattern in DATES:
        for match in pattern.finditer(text):
            if day := _day(match, today):
                asked.day = day
                return text[: match.start()] + " " + text[match.end() :]
    return _read_month_or_years(text, asked, today)


def _read_month_or_years(text: str, asked: Asked, today: dt.date) -> str:
    for pattern in MONTHS_OF_YEARS:
        if match := pattern.search(text):
            found = match.groupdict()
            month = MONTHS[found["name"][:3].lower()] if found.get("name") else int(found["month"])
            if 1 <= month <= 12:
                asked.month = (int(found["year"]), month)
                return text[: match.start()] + " " + text[match.end() :]
    for pattern in AGES:
        if match := pattern.search(text):
            age = int(match[1])
            asked.years = (today.year - age - 1, today.year - age)
            return text[: match.start()] + " " + text[match.end() :]
    if (match := YEAR_ALONE.search(text)) and int(match[1]) <= today.year + 1:
        asked.years = (int(match[1]),)
        return text[: match.start()] + " " + text[match.end() :]
    return text


def _day(match: re.Match[str], today: dt.date) -> dt.date | None:
    found = match.groupdict()
    month = MONTHS[found["name"][:3].lower()] if found.get("name") else int(found["month"])
    year = int(found["year"])
    if len(found["year"]) == 2:
        # Next year is still this century: an expected date of birth may lie there.
        year += 2000 if year <= (today.year + 1) % 100 else 1900
    try:
        return dt.date(year, month, int(found["day"]))
    except ValueError:
        return None


def read_day(text: str, today: dt.date) -> dt.date | None:
    """One date in any of the styles above; None where there is none."""
    asked = Asked()
    _read_date(text, asked, today)
    return asked.day
