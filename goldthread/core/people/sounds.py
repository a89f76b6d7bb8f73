"""How a name sounds, and the other ways it is spelt or shortened.

`name_variants.csv` holds two kinds of row. "said": spellings of one name, so that an unlisted
spelling which sounds like any of them finds all of them. "short": short and familiar forms, which
find each other but lend each other no sounds, or every Bill would sound like a Liam.
"""

import csv
import re
from functools import cache, lru_cache
from pathlib import Path

import jellyfish

# What metaphone, made for American English, hears wrongly in names said here. Irish bh and mh are v;
# Arabic and South Asian kh, dh, gh are k, d, g; Polish cz and sz are ch and sh; -ska is the feminine of -ski.
AS_SAID = [(re.compile(pattern), said) for pattern, said in [
    (r"^th(?=om)", "t"), (r"mps", "ms"), (r"bh|mh", "v"), (r"kh", "k"), (r"dh", "d"), (r"gh(?=[aeiou])", "g"), (r"cz", "ch"), (r"sz", "sh"),
    (r"rz", "zh"), (r"(?<=[scdz])ka$", "ki"), (r"q", "k"), (r"^x", "s"), (r"^ts", "s"),
]]  # fmt: skip


@lru_cache(maxsize=100_000)
def sound(token: str) -> str:
    """A coarse code: names that could be taken for one another over a bad line share it; '' for other scripts."""
    for pattern, said in AS_SAID:
        token = pattern.sub(said, token)
    code = jellyfish.metaphone(token).replace("0", "T").replace(" ", "")
    if not code:
        return ""
    first = "A" if code[0] in "AEIOU" else code[0]
    return first + code[1:].replace("H", "")


@lru_cache(maxsize=100_000)
def skeleton(token: str) -> str:
    """First letter and the set of consonants after it: unmoved by wrong vowels, doubled letters and letters out of order."""
    return token[:1] + "".join(sorted(set(token[1:]) - set("aeiouy")))


@cache
def _rows() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """token → spellings, token → short and familiar forms, token → names of the rows it stands in."""
    said: dict[str, set[str]] = {}
    short: dict[str, set[str]] = {}
    rows: dict[str, set[str]] = {}
    with (Path(__file__).parent / "name_variants.csv").open(newline="") as lines:
        for row in csv.DictReader(lines):
            names = row["names"].split()
            for name in names:
                (said if row["kind"] == "said" else short).setdefault(name, set()).update(names)
                rows.setdefault(name, set()).add(f"{row['kind'][:2]}{names[0]}")
    return tuple({k: frozenset(v) for k, v in d.items()} for d in (said, short, rows))  # type: ignore[return-value]


def spellings(token: str) -> frozenset[str]:
    return _rows()[0].get(token, frozenset())


def short_forms(token: str) -> frozenset[str]:
    return _rows()[1].get(token, frozenset())


@lru_cache(maxsize=100_000)
def sounds(token: str) -> frozenset[str]:
    """The codes of the token and of every other spelling of the same name."""
    return frozenset(code for each in {token, *spellings(token)} if (code := sound(each)))


def variant_rows(token: str) -> frozenset[str]:
    return _rows()[2].get(token, frozenset())
