"""Who issues which number. Authority: PUB01 Identifier {value, system URI}.

The draft gives a URI for the NHS number only. Those for the UPN and for a council's own numbers
are settings, since councils that exchange records must agree them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from stdnum.exceptions import InvalidComponent
from stdnum.exceptions import ValidationError as NotValid
from stdnum.gb import nhs, upn

NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"


@dataclass(frozen=True)
class System:
    uri: str
    words: str
    compact: Callable[[str], str]
    problem: Callable[[str], str | None]


def upn_system() -> str:
    return getattr(settings, "UPN_SYSTEM", "urn:goldthread:upn")


def former_upn_system() -> str:
    return f"{upn_system()}:former"


def la_child_id_system(authority: str = "own") -> str:
    """A council's own child numbers; `authority` is the DfE's three digits, or "own" for the council whose database this is."""
    return f"{getattr(settings, 'LA_CHILD_ID_SYSTEM', 'urn:goldthread:la-child-id')}:{authority}"


def _nhs_problem(value: str) -> str | None:
    try:
        nhs.validate(value)
    except NotValid:
        return "An NHS number has 10 digits, the last of which checks the others. Look at it again."
    return None


def _upn_problem(value: str) -> str | None:
    try:
        upn.validate(value)
    except InvalidComponent:
        # The library's list of authorities is from 2011; the check letter is what tells a slip of the pen.
        return None if upn.calc_check_digit(value[1:]) == value[0] else "The first letter of this UPN does not fit its other characters."
    except NotValid:
        return "A UPN is a check letter, then 12 digits (the last is a letter in a temporary one). Look at it again."
    return None


_compact_upn = lru_cache(maxsize=10_000)(upn.compact)  # asked several times of each of the many numbers of an import


def _plain(value: str) -> str:
    return value.strip()


def _no_problem(value: str) -> str | None:
    return None


def system(uri: str) -> System:
    """What is known of a system; one that nobody described takes any value as it stands."""
    if uri == NHS_NUMBER:
        return System(uri, "NHS number", nhs.compact, _nhs_problem)
    if uri == upn_system():
        return System(uri, "UPN", _compact_upn, _upn_problem)
    if uri == former_upn_system():
        return System(uri, "Former UPN", _compact_upn, _upn_problem)
    if uri.startswith(la_child_id_system("")):
        return System(uri, "Child number", _plain, _no_problem)
    return System(uri, uri.rsplit(":", 1)[-1].rsplit("/", 1)[-1], _plain, _no_problem)


def problem_with(uri: str, value: str) -> str | None:
    """What is wrong with a number, in a sentence; None when nothing is."""
    known = system(uri)
    compact = known.compact(value)
    return known.problem(compact) if compact else "There is no number here."


def person_system() -> str:
    """Our own public references, as others will know our people by."""
    return getattr(settings, "PERSON_SYSTEM", "urn:goldthread:person")
