"""Children whom no rule fails, of any census year, made by chance; and what may be broken in one, with the rules that say so."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import strategies as st
from stdnum.gb.upn import calc_check_digit

from goldthread.out.returns.cin.code_sets import ASSESSMENT_FACTOR, CATEGORY_OF_ABUSE, DISABILITY, ETHNICITY, PRIMARY_NEED, REFERRAL_SOURCE
from goldthread.out.returns.cin.examples import nfa, sound
from goldthread.out.returns.cin.items import (
    Assessment,
    Child,
    ChildProtectionPlan,
    CINdetails,
    CINPlan,
    Review,
    Section47,
)

FACTORS = sorted(ASSESSMENT_FACTOR - {"18A", "19A", "21"})


def pupil_number(body: str) -> str:
    return calc_check_digit(body) + body


def later(draw, day: date, least: int, most: int) -> date:
    return day + timedelta(days=draw(st.integers(least, most)))


def weekday(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


@st.composite
def identified(draw, year: int, details: list[CINdetails]) -> Child:
    sex = draw(st.sampled_from("MFU"))
    body = f"318{draw(st.integers(0, 99_999_999)):08d}{draw(st.sampled_from('0123456789AZ'))}"
    disabilities = draw(st.lists(st.sampled_from(sorted(DISABILITY - {"NONE"})), unique=True, max_size=4)) or ["NONE"]
    return sound(
        LAchildID=f"C{draw(st.integers(1, 10**9))}",
        UPN=pupil_number(body),
        PersonBirthDate=date(year - draw(st.integers(2, 17)), draw(st.integers(1, 12)), draw(st.integers(1, 28))).isoformat(),
        Sex=sex if year >= 2025 else None,
        GenderCurrent=None if year >= 2025 else {"M": "1", "F": "2", "U": "0"}[sex],
        Ethnicity=draw(st.sampled_from(sorted(ETHNICITY))),
        Disabilities=disabilities,
        CINdetails=details,
    )


@st.composite
def of_everything(draw, year: int) -> Child:
    """Referred, assessed, an enquiry, a conference, a protection plan that ended, then a child in need plan; open or closed."""
    referred_on = later(draw, date(year - 1, 4, 1), 10, 80)
    assessed_on = later(draw, referred_on, 1, 5)
    authorised_on = later(draw, assessed_on, 1, 40)
    enquired_on = later(draw, assessed_on, 0, 5)
    conference_on = weekday(later(draw, enquired_on, 1, 15))
    review_on = later(draw, conference_on, 30, 60)
    unprotected_on = later(draw, review_on, 2, 20)
    planned_on = later(draw, unprotected_on, 0, 5)
    plan_ended_on = later(draw, planned_on, 2, 30)
    closed_on = draw(st.none() | st.just(later(draw, max(plan_ended_on, authorised_on), 0, 20)))
    category = st.sampled_from(sorted(CATEGORY_OF_ABUSE))
    details = CINdetails(
        CINreferralDate=referred_on,
        ReferralSource=draw(st.sampled_from(sorted(REFERRAL_SOURCE))),
        PrimaryNeedCode=draw(st.sampled_from(sorted(PRIMARY_NEED))),
        CINclosureDate=closed_on,
        ReasonForClosure=closed_on and "RC7",
        Assessments=[
            Assessment(
                AssessmentActualStartDate=assessed_on,
                AssessmentAuthorisationDate=authorised_on,
                FactorsIdentifiedAtAssessment=draw(st.lists(st.sampled_from(FACTORS), min_size=1, max_size=5, unique=True)),
            )
        ],
        CINPlanDates=[CINPlan(CINPlanStartDate=planned_on, CINPlanEndDate=plan_ended_on)],
        Section47=[
            Section47(
                S47ActualStartDate=enquired_on,
                InitialCPCtarget=weekday(conference_on + timedelta(days=1)),
                DateOfInitialCPC=conference_on,
                ICPCnotRequired=False,
            )
        ],
        ReferralNFA=False,
        ChildProtectionPlans=[
            ChildProtectionPlan(
                CPPstartDate=conference_on,
                CPPendDate=unprotected_on,
                InitialCategoryOfAbuse=draw(category),
                LatestCategoryOfAbuse=draw(category),
                NumberOfPreviousCPP=draw(st.integers(0, 3)),
                Reviews=[Review(CPPreviewDate=review_on)],
            )
        ],
    )
    return draw(identified(year, [details]))


@st.composite
def of_no_further_action(draw, year: int) -> Child:
    """Referred once or several times, and nothing came of it."""
    first = date(year - 1, 4, 1)
    days = sorted(draw(st.lists(st.integers(0, 364), min_size=1, max_size=3, unique=True)))
    return draw(identified(year, [nfa((first + timedelta(days=day)).isoformat()) for day in days]))


@st.composite
def sound_children(draw, year: int) -> Child:
    return draw(of_everything(year) | of_no_further_action(year))


@dataclass(frozen=True)
class Break:
    """`codes` are all that say so, and no others do."""

    says: str
    codes: set[str]
    do: Callable[[Child], object]
    years: range = range(2023, 2028)

    def broken(self, child: Child) -> Child:
        made = deepcopy(child)
        self.do(made)
        return made


def a(says: str, codes: str, where: str, years: range = range(2023, 2028), **changes: object) -> Break:
    """In the part that `where` names, a value that is given, or reckoned from the part and the episode."""

    def do(child: Child) -> None:
        details = child.CINdetails[0]
        part = {"child": child.ChildIdentifiers, "characteristics": child.ChildCharacteristics, "episode": details}.get(where)
        part = part or getattr(details, where)[0]
        reckoned = {name: value(part, details) if callable(value) else value for name, value in changes.items()}
        for name, value in reckoned.items():
            setattr(part, name, value)

    return Break(says, set(codes.split()), do, years)


DAY = timedelta(days=1)
NEW = range(2025, 2028)
BREAKS = [
    a("no id", "8500", "child", LAchildID=None),
    a("an id of 21 signs", "1570", "child", NEW, LAchildID="C" * 21),
    a("an id with a stroke", "1580", "child", NEW, LAchildID="C-1"),
    a("another check letter", "1510", "child", UPN=lambda part, _: ("A" if part.UPN[0] != "A" else "B") + part.UPN[1:]),
    a("an authority that is none", "1530", "child", UPN=pupil_number("999000000016")),
    a("a letter among the digits", "1540", "child", UPN="A3180000000A1"),
    a("an O at the end", "1550", "child", UPN="A31800000000O"),
    a("a former number too short", "1560Q", "child", FormerUPN="A318"),
    a("no sex", "4180", "child", Sex=None, GenderCurrent=None),
    a("both dates of birth", "8525Q", "child", ExpectedPersonBirthDate=lambda part, details: date(details.CINreferralDate.year + 1, 3, 31)),
    a("neither date of birth", "8525Q", "child", PersonBirthDate=None),
    a("referred too long before birth", "8606", "child", PersonBirthDate=lambda _, details: details.CINreferralDate + 281 * DAY),
    a("UN7 after further action", "8772", "child", UPNunknown="UN7"),
    a(
        "died before birth",
        "8535Q 8545Q 8555Q 8915 8920 4008 4009Q",
        "child",
        PersonDeathDate=lambda part, _: part.PersonBirthDate - DAY,
    ),
    a("no ethnicity", "4220", "characteristics", Ethnicity=None),
    a("no disability said", "8540", "characteristics", Disabilities=[]),
    a("NONE and another", "8790", "characteristics", Disabilities=["NONE", "AUT"]),
    a("a disability twice", "8794", "characteristics", Disabilities=["AUT", "AUT"]),
    a("no referral date", "8600", "episode", CINreferralDate=None),
    a("no source", "8866", "episode", ReferralSource=None),
    a("no need", "8610", "episode", PrimaryNeedCode=None),
    a("a need that is none", "8650", "episode", PrimaryNeedCode="N10"),
    a("nothing about further action", "8568", "episode", ReferralNFA=None),
    a("no further action", "4000 8831 8832", "episode", ReferralNFA=True),
    a(
        "closed without a reason",
        "8805",
        "episode",
        CINclosureDate=lambda _, d: d.CINPlanDates[0].CINPlanEndDate + 30 * DAY,
        ReasonForClosure=None,
    ),
    a("a reason without a day", "8810", "episode", CINclosureDate=None, ReasonForClosure="RC7"),
    a("closed too early", "8565", "episode", CINclosureDate=lambda _, d: d.CINPlanDates[0].CINPlanStartDate, ReasonForClosure="RC7"),
    a("died, it says", "8585Q", "episode", CINclosureDate=lambda _, d: d.CINPlanDates[0].CINPlanEndDate + 30 * DAY, ReasonForClosure="RC2"),
    a(
        "closed after assessment",
        "2990",
        "episode",
        CINclosureDate=lambda _, d: d.CINPlanDates[0].CINPlanEndDate + 30 * DAY,
        ReasonForClosure="RC8",
    ),
    a("a conference told twice", "2884", "episode", DateOfInitialCPC=lambda _, d: d.Section47[0].DateOfInitialCPC),
    a("no assessment", "2991Q", "episode", Assessments=[]),
    a("assessed before the referral", "1103", "Assessments", AssessmentActualStartDate=lambda _, d: d.CINreferralDate - DAY),
    a(
        "authorised before it began",
        "8608",
        "Assessments",
        AssessmentAuthorisationDate=lambda part, _: part.AssessmentActualStartDate - DAY,
    ),
    a("no factors", "8897Q", "Assessments", FactorsIdentifiedAtAssessment=[]),
    a(
        "21 and another, in a case that is open",
        "8869",
        "episode",
        CINclosureDate=None,
        ReasonForClosure=None,
        Assessments=lambda _, d: [replace(d.Assessments[0], FactorsIdentifiedAtAssessment=["21", "3B"])],
    ),
    a("a factor twice", "8898", "Assessments", FactorsIdentifiedAtAssessment=["3B", "3B"]),
    a("18A", "8945Q", "Assessments", NEW, FactorsIdentifiedAtAssessment=["18A"]),
    a("19A", "8950Q", "Assessments", NEW, FactorsIdentifiedAtAssessment=["19A"]),
    a("an enquiry before the referral", "2889", "Section47", S47ActualStartDate=lambda _, d: d.CINreferralDate - DAY),
    a("an enquiry without a start", "8615", "Section47", S47ActualStartDate=None),
    a(
        "a target on a Sunday",
        "8870Q",
        "Section47",
        InitialCPCtarget=lambda part, _: part.InitialCPCtarget + (6 - part.InitialCPCtarget.weekday()) * DAY,
    ),
    a("the plan a day after its conference", "2885", "ChildProtectionPlans", CPPstartDate=lambda part, _: part.CPPstartDate + DAY),
    a("a plan without a start", "8720", "ChildProtectionPlans", CPPstartDate=None),
    a("a plan of a day", "8840", "ChildProtectionPlans", CPPendDate=lambda part, _: part.CPPstartDate),
    a("a plan that ends before it begins", "8925", "ChildProtectionPlans", CPPendDate=lambda part, _: part.CPPstartDate - DAY),
    a("no earlier plans said", "8730", "ChildProtectionPlans", NumberOfPreviousCPP=None),
    a("no first category", "8905", "ChildProtectionPlans", InitialCategoryOfAbuse=None),
    a("no latest category", "8910", "ChildProtectionPlans", LatestCategoryOfAbuse=None),
    a("a review without a date", "8842Q", "ChildProtectionPlans", Reviews=[Review()]),
    a("a review on the first day", "8841", "ChildProtectionPlans", Reviews=lambda part, _: [Review(CPPreviewDate=part.CPPstartDate)]),
    a("no start of the plan", "4010", "CINPlanDates", CINPlanStartDate=None),
    a("a plan that ended before", "4011", "CINPlanDates", CINPlanEndDate=lambda part, _: part.CINPlanStartDate - DAY),
    a("a plan of one day", "4012Q", "CINPlanDates", CINPlanEndDate=lambda part, _: part.CINPlanStartDate),
    a("a plan beside a protection plan", "4016", "CINPlanDates", CINPlanStartDate=lambda _, d: d.ChildProtectionPlans[0].CPPendDate - DAY),
]
