"""The census's code sets, every code that any year from 2021-22 to 2026-27 allows.

Authority: DfE, Children in need census, technical specification. 18A and 19A, retired in 2024-25, stand in older files.
"""


def _set(codes: str) -> frozenset[str]:
    return frozenset(codes.split())


SEX = frozenset({"M", "F", "U"})
GENDER = {"1": "M", "2": "F", "0": "U", "9": "U"}  # GenderCurrent, to 2023-24: not known and not specified both say no more than U
UPN_UNKNOWN = frozenset({f"UN{n}" for n in range(1, 8)})
ETHNICITY = _set("WBRI WIRI WIRT WROM WOTH MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH CHNE BCRB BAFR BOTH OOTH REFU NOBT")
DISABILITY = _set("NONE MOB HAND PC INC COMM LD HEAR VIS BEH CON AUT DDA")
REFERRAL_SOURCE = _set("1A 1B 1C 1D 2A 2B 3A 3B 3C 3D 3E 3F 4 5A 5B 5C 5D 6 7 8 9 10")
PRIMARY_NEED = frozenset({f"N{n}" for n in range(10)})
REASON_FOR_CLOSURE = frozenset({f"RC{n}" for n in range(1, 10)})
CATEGORY_OF_ABUSE = frozenset({"NEG", "PHY", "SAB", "EMO", "MUL"})
ASSESSMENT_FACTOR = _set(
    "1A 1B 1C 2A 2B 2C 3A 3B 3C 4A 4B 4C 5A 5B 5C 6A 6B 6C 7A 8B 8C 8D 8E 8F 9A 10A 11A 12A 13A 14A 15A 16A 17A"
    " 18A 18B 18C 19A 19B 19C 20 21 22A 23A 24A"
)
