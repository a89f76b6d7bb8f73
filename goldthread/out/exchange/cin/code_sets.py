"""The census's code sets, every code that any year from 2021-22 to 2026-27 allows."""

from goldthread.ground.codes import codes

GENDER = {"1": "M", "2": "F", "0": "U", "9": "I"}  # GenderCurrent, to 2023-24; 9, not specified, is read as indeterminate: check the guide


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
