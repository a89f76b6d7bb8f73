"""Names that go together: given names, family name, ethnicity and language of one community, in the mix of a London borough."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

PARTICLES = ("Ó", "Ní", "Mac")
UNSETTLED = {"MWBC": {"WBRI", "BCRB"}, "MWBA": {"WBRI", "BAFR"}}
WHITE = {"WBRI", "WIRI", "WIRT", "WROM", "WOTH"}
ASIAN = {"AIND", "APKN", "ABAN", "AOTH", "CHNE"}


@dataclass(frozen=True)
class Community:
    """`interpreter` is how many of a hundred adults need one."""

    group: str
    ethnicity: str
    language: str
    interpreter: int
    weight: int
    girls: tuple[str, ...]
    boys: tuple[str, ...]
    families: tuple[str, ...]

    def given(self, rng: Random, sex: str) -> str:
        return rng.choice(self.girls if sex == "F" else self.boys)


@cache
def communities() -> tuple[Community, ...]:
    with (Path(__file__).parent / "names.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            Community(
                row["group"], row["ethnicity"], row["language"], int(row["interpreter"]), int(row["weight"]),
                tuple(row["girls"].split()), tuple(row["boys"].split()), tuple(_joined(row["families"].split())),
            )
            for row in csv.DictReader(lines)
        )  # fmt: skip


def _joined(words: list[str]) -> list[str]:
    """ "Ó Súilleabháin" is one name."""
    found: list[str] = []
    for word in words:
        if found and found[-1] in PARTICLES:
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found


@cache
def _weights() -> tuple[int, ...]:
    return tuple(community.weight for community in communities())


def draw(rng: Random) -> Community:
    return rng.choices(communities(), _weights())[0]


def community(group: str) -> Community:
    return next(found for found in communities() if found.group == group)


def ethnicity_of(mother: str, father: str) -> str:
    """A child's code from its parents': theirs where they agree, otherwise the Mixed code that holds both."""
    both = {mother, father}
    if len(both) == 1:
        return mother
    for code, parts in UNSETTLED.items():
        if both & WHITE and both & (parts - WHITE):
            return code
    if both & WHITE and both & ASIAN:
        return "MWAS"
    return mother if both <= WHITE else "MOTH"
