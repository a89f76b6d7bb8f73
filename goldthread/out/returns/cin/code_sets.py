"""The census's code sets as the rules ask for them."""

from goldthread.ground.codes import codes

GENDER = frozenset("1209")  # GenderCurrent, to 2023-24


def _set(name: str) -> frozenset[str]:
    return frozenset(code.code for code in codes(name))


SEX = _set("cin.sex")
UPN_UNKNOWN = _set("cin.upn_unknown")
ETHNICITY = _set("ethnicity")
DISABILITY = _set("cin.disability")
REFERRAL_SOURCE = _set("cin.referral_source")
PRIMARY_NEED = _set("cin.primary_need")
REASON_FOR_CLOSURE = _set("cin.closure_reason")
CATEGORY_OF_ABUSE = _set("cin.abuse_category")
ASSESSMENT_FACTOR = _set("cin.assessment_factors")

# Authorities' numbers that may stand in a pupil number, as the rules of 2023-24 list them.
_NUMBERS = """001-005 201-213 301-320 330-336 340-344 350-359 370-373 380-384 390-394 420 660-681 701-708 800-803 805-808 810-813 815 816
820-823 825 826 830 831 835-841 845 846 850-852 855-857 860 861 865-896 908 909 916 919 921 925 926 928 929 931 933 935-938 940-943"""


def _numbers() -> frozenset[str]:
    spans = (span.partition("-") for span in _NUMBERS.split())
    return frozenset(f"{number:03d}" for first, _, last in spans for number in range(int(first), int(last or first) + 1))


UPN_AUTHORITIES = _numbers()
