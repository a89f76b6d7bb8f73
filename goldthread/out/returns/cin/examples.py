"""Builds the children of the rules' examples: a sound child with something changed, dates as they stand in a file.

    fails("the day after the census year", sound(CINreferralDate="2026-04-01"))
    passes("two plans apart", sound(CINPlanDates=[a_cin_plan("2025-06-02", "2025-08-01"), a_cin_plan("2025-08-02")]))

The sound child was referred on 2 June 2025 and has one authorised assessment; the census is that of 2025-26.
"""

from dataclasses import fields
from datetime import date
from typing import Any, TypeVar

from goldthread.out.returns.cin.items import (
    Assessment,
    CensusYear,
    Child,
    ChildCharacteristics,
    ChildIdentifiers,
    ChildProtectionPlan,
    CINdetails,
    CINPlan,
    Part,
    Review,
    Section47,
)
from goldthread.out.returns.cin.rule import Example

AUTHORITY = "318"
Day = str | None
P = TypeVar("P", bound=Part)
OF_IDENTIFIERS, OF_CHARACTERISTICS = (
    {each.name for each in fields(part)} - {each.name for each in fields(Part)} for part in (ChildIdentifiers, ChildCharacteristics)
)


def census_of(year: int, reference_date: str | None = None) -> CensusYear:
    return CensusYear(year, AUTHORITY, reference_date)


def fails(says: str, *children: Child, year: int = 2026, reference_date: str | None = None) -> Example:
    return Example(says, children, True, census_of(year, reference_date))


def passes(says: str, *children: Child, year: int = 2026, reference_date: str | None = None) -> Example:
    return Example(says, children, False, census_of(year, reference_date))


def sound(**changes: Any) -> Child:
    """The sound child; each change is an element of the identifiers, the characteristics, or else of the only referral."""
    of_referral = {name: value for name, value in changes.items() if name not in OF_IDENTIFIERS | OF_CHARACTERISTICS}
    all_referrals = of_referral.pop("CINdetails", None)
    identifiers = {"LAchildID": "C000000006", "UPN": "E318000000006", "PersonBirthDate": "2016-02-11", "Sex": "F"}
    characteristics = {"Ethnicity": "WBRI", "Disabilities": ["NONE"]}
    return Child(
        line=1,
        ChildIdentifiers=_made(ChildIdentifiers, identifiers, _of(changes, OF_IDENTIFIERS | {"unreadable"})),
        ChildCharacteristics=_made(ChildCharacteristics, characteristics, _of(changes, OF_CHARACTERISTICS | {"unreadable"})),
        CINdetails=[referral(**of_referral)] if all_referrals is None else all_referrals,
    )


def unborn(expected_on: str, **changes: Any) -> Child:
    """The sound child before birth."""
    return sound(**{"UPN": None, "PersonBirthDate": None, "ExpectedPersonBirthDate": expected_on, "Sex": "U", "Disabilities": []} | changes)


def referral(on: Day = "2025-06-02", **changes: Any) -> CINdetails:
    """A referral with an assessment that began the next day."""
    usual = {"CINreferralDate": on, "ReferralSource": "6", "PrimaryNeedCode": "N1", "ReferralNFA": False, "Assessments": [an_assessment()]}
    return _made(CINdetails, usual, changes)


def nfa(on: Day = "2025-06-02", **changes: Any) -> CINdetails:
    """A referral with no further action."""
    return _made(CINdetails, {"CINreferralDate": on, "ReferralSource": "6", "ReferralNFA": True}, changes)


def an_assessment(start: Day = "2025-06-03", end: Day = "2025-07-03", *factors: str, **changes: Any) -> Assessment:
    """With two factors where none are named and it is authorised; `FactorsIdentifiedAtAssessment=[]` for none."""
    usual = {"AssessmentActualStartDate": start, "AssessmentAuthorisationDate": end}
    return _made(Assessment, usual, {"FactorsIdentifiedAtAssessment": list(factors or ("3B", "17A") if end else factors)} | changes)


def a_cin_plan(start: Day, end: Day = None) -> CINPlan:
    return _made(CINPlan, {"CINPlanStartDate": start, "CINPlanEndDate": end})


def a_section_47(start: Day = "2025-06-05", conference: Day = None, **changes: Any) -> Section47:
    """With the day of its conference; otherwise none is required."""
    return _made(Section47, {"S47ActualStartDate": start, "DateOfInitialCPC": conference, "ICPCnotRequired": conference is None}, changes)


def a_protection_plan(start: Day, end: Day = None, *reviews: str, **changes: Any) -> ChildProtectionPlan:
    usual = {"CPPstartDate": start, "CPPendDate": end, "InitialCategoryOfAbuse": "EMO", "LatestCategoryOfAbuse": "EMO"}
    held = {"Reviews": [Review(CPPreviewDate=date.fromisoformat(day)) for day in reviews], "NumberOfPreviousCPP": 0}
    return _made(ChildProtectionPlan, usual, held | changes)


def _of(changes: dict[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in changes.items() if name in names}


def _made(part: type[P], *changes: dict[str, Any]) -> P:
    values = {name: value for each in changes for name, value in each.items()}
    days = {field.name for field in fields(part) if field.type == date | None}
    read: dict[str, Any] = {name: date.fromisoformat(value) if name in days and value else value for name, value in values.items()}
    return part(**read)
