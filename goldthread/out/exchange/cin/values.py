"""Reading one value, strictly: what is not exactly right raises `Unsound`, with what to do about it."""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from stdnum.gb.upn import calc_check_digit

Reader = Callable[[str], object]

EARLIEST = date(1900, 1, 1)  # a date before this is a slip of the keyboard
LONGEST_SHOWN = 40


class Unsound(Exception):
    """The value cannot be taken: what is wrong, and what to do."""

    def __init__(self, what_is_wrong: str, what_to_do: str) -> None:
        super().__init__(what_is_wrong)
        self.what_is_wrong = what_is_wrong
        self.what_to_do = what_to_do


def shown(text: str) -> str:
    """The value as a fault may quote it."""
    return f"“{text[:LONGEST_SHOWN]}…”" if len(text) > LONGEST_SHOWN else f"“{text}”"


def day(text: str) -> date:
    """A date written YYYY-MM-DD and nothing else: 03/04/2015 means two days to two readers."""
    found = _day(text)
    if found is None:
        raise Unsound(f"{shown(text)} is not a date written YYYY-MM-DD.", _how_to_write_day(text))
    if found < EARLIEST:
        raise Unsound(f"{shown(text)} is too long ago to be right.", "Check the year.")
    return found


@lru_cache(maxsize=20_000)
def _day(text: str) -> date | None:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _how_to_write_day(text: str) -> str:
    if match := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", text):
        first, second, year = match.groups()
        return f"Write {year}-{second:>02}-{first:>02} if the day comes first."
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return "There is no such day in the calendar. Check the day and the month."
    if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[TZ+ ]", text):
        return f"Leave out the time: write {text[:10]}."
    return "Write the whole date, year first: 2015-04-03 for 3 April 2015."


def yes_no(text: str) -> bool:
    if text in ("1", "true"):
        return True
    if text in ("0", "false"):
        return False
    raise Unsound(f"{shown(text)} is neither yes nor no.", "Write 1 for yes or 0 for no.")


def whole_number(text: str) -> int:
    if re.fullmatch(r"[0-9]{1,3}", text):
        return int(text)
    raise Unsound(f"{shown(text)} is not a whole number.", "Write a number in digits, 0 for none.")


def code(allowed: frozenset[str]) -> Reader:
    def read(text: str) -> str:
        if text in allowed:
            return text
        if text.upper() in allowed:
            raise Unsound(f"{shown(text)} is not a code of the census.", f"Write it in capitals: {text.upper()}.")
        listed = ", ".join(sorted(allowed, key=lambda each: (len(each), each)))
        raise Unsound(f"{shown(text)} is not a code of the census.", f"Use one of {listed}.")

    return read


def code_in_place_of(codes: dict[str, str]) -> Reader:
    """A code that has since been replaced, read as its successor."""
    check = code(frozenset(codes))

    def read(text: str) -> str:
        check(text)
        return codes[text]

    return read


def short_text(longest: int) -> Reader:
    def read(text: str) -> str:
        if len(text) > longest:
            raise Unsound(f"{shown(text)} is longer than {longest} characters.", "Shorten it in the system the file came from.")
        return text

    return read


def upn(text: str) -> str:
    """A unique pupil number whose check letter agrees; which authorities have numbers changes too often to be asked here."""
    if not re.fullmatch(r"[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]", text):
        raise Unsound(f"{shown(text)} is not a pupil number: a letter, eleven digits, then a digit or letter.", "Check it with the school.")
    letter = calc_check_digit(text[1:])
    if letter != text[0]:
        raise Unsound(f"{shown(text)} is mistyped: its check letter would be {letter}.", "Check it with the school.")
    return text
