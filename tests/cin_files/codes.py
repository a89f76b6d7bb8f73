"""The census code sets with rough national shares, used as weights."""

from random import Random

REFERRAL_SOURCES = {
    "6": 287, "2A": 182, "3E": 45, "3B": 40, "3A": 25, "3F": 25, "3D": 10, "3C": 5, "5A": 50, "5B": 40, "5D": 35, "5C": 16,
    "1A": 40, "1B": 10, "1C": 10, "1D": 21, "8": 49, "7": 39, "2B": 21, "9": 21, "10": 14, "4": 13,
}  # fmt: skip
PRIMARY_NEEDS = {"N1": 560, "N5": 150, "N4": 90, "N2": 80, "N3": 40, "N8": 25, "N6": 25, "N9": 15, "N0": 10, "N7": 5}
ETHNICITIES = {
    "WBRI": 480, "WIRI": 8, "WIRT": 4, "WROM": 8, "WOTH": 90, "MWBC": 50, "MWBA": 20, "MWAS": 20, "MOTH": 50, "AIND": 20, "APKN": 35,
    "ABAN": 25, "AOTH": 30, "CHNE": 4, "BCRB": 40, "BAFR": 70, "BOTH": 25, "OOTH": 40, "REFU": 3, "NOBT": 18,
}  # fmt: skip
DISABILITIES = ["MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR", "VIS", "BEH", "CON", "AUT", "DDA"]
FACTORS = [
    "1A", "1B", "1C", "2A", "2B", "2C", "3A", "3B", "3C", "4A", "4B", "4C", "5A", "5B", "5C", "6A", "6B", "6C", "7A", "8B", "8C", "8D", "8E",
    "8F", "9A", "10A", "11A", "12A", "13A", "14A", "15A", "16A", "17A", "18B", "18C", "19B", "19C", "20", "22A", "23A", "24A",
]  # fmt: skip
CATEGORIES = {"NEG": 480, "EMO": 370, "PHY": 80, "SAB": 40, "MUL": 30}
CLOSURES = {"RC7": 900, "RC5": 60, "RC4": 20, "RC3": 15, "RC1": 10, "RC6": 10}


def one_of(shares: dict[str, int], chance: Random) -> str:
    return chance.choices(list(shares), weights=list(shares.values()))[0]


_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def pupil_number(number: int, *, temporary: bool = False) -> str:
    """A unique pupil number of the number-th child: check letter, authority, serial, and a letter last when temporary."""
    body = f"318{number:08d}" + ("A" if temporary else str(number % 10))
    total = sum(place * (0 if sign == "A" else int(sign)) for place, sign in enumerate(body, start=2))
    return _LETTERS[total % 23] + body
