"""The census's elements, in the order the format asks for them, and what each is read into.

Authority: DfE, Children in need census, technical specification, 2021-22 to 2026-27.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from goldthread.out.exchange.cin import census, checks, code_sets, values
from goldthread.out.exchange.cin.checks import Check
from goldthread.out.exchange.cin.values import Reader

ALWAYS = range(9999)
UNTIL_2024 = range(2025)
SINCE_2025 = range(2025, 9999)
SINCE_2027 = range(2027, 9999)


@dataclass(frozen=True, slots=True)
class Value:
    """An element that holds one value."""

    field: str
    read: Reader
    is_needed: bool = False
    years: range = ALWAYS
    may_lie_ahead: bool = False  # a date that may fall after the census year


@dataclass(frozen=True, slots=True)
class Several:
    """An element that only holds a list of values; `is_repeated` where some systems write one list per value."""

    field: str
    inner: str
    read: Reader
    make: Callable[[int, Any], object] | None = None  # from the line and the value, where the line must be kept
    is_repeated: bool = False


@dataclass(frozen=True, slots=True)
class Inside:
    """An element that is itself a part."""

    field: str
    shape: "Shape"
    is_repeated: bool = True
    years: range = ALWAYS


@dataclass(frozen=True, slots=True)
class Shape:
    """How an element becomes a part. Without its `key` only what stands in `survivors` is kept."""

    make: type[census.Part]
    items: dict[str, Value | Several | Inside]
    key: str | None = None
    without_key: str = ""
    severity: str = census.PART_REFUSED
    survivors: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    places: dict[str, int] = field(default_factory=dict)
    needed: list[tuple[str, Value]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.places.update({name: place for place, name in enumerate(self.items)})
        self.needed.extend((name, item) for name, item in self.items.items() if isinstance(item, Value) and item.is_needed)

    def element(self, field_name: str) -> str:
        """The official name of a field."""
        return next(name for name, item in self.items.items() if item.field == field_name)


IDENTIFIERS = Shape(
    census.Identifiers,
    {
        "LAchildID": Value("la_child_id", values.short_text(50), is_needed=True),
        "UPN": Value("upn", values.upn),
        "FormerUPN": Value("former_upn", values.upn),
        "UPNunknown": Value("upn_unknown", values.code(code_sets.UPN_UNKNOWN)),
        "PersonBirthDate": Value("born_on", values.day),
        "ExpectedPersonBirthDate": Value("expected_on", values.day, may_lie_ahead=True),
        "GenderCurrent": Value("sex", values.code_in_place_of(code_sets.GENDER), is_needed=True, years=UNTIL_2024),
        "Sex": Value("sex", values.code(code_sets.SEX), is_needed=True, years=SINCE_2025),
        "PersonDeathDate": Value("died_on", values.day),
    },
    key="la_child_id",
    without_key="Without it the child cannot be told from another, so nothing of the child is imported.",
    severity=census.CHILD_REFUSED,
    checks=(checks.one_birth_date, checks.not_before("born_on", "died_on"), checks.plain_la_child_id),
)

CHARACTERISTICS = Shape(
    census.Characteristics,
    {
        "Ethnicity": Value("ethnicity", values.code(code_sets.ETHNICITY), is_needed=True),
        "Disabilities": Several("disabilities", "Disability", values.code(code_sets.DISABILITY)),
    },
    checks=(checks.no_disability_stands_alone,),
)

ASSESSMENT = Shape(
    census.Assessment,
    {
        "AssessmentActualStartDate": Value("started_on", values.day, is_needed=True),
        "AssessmentInternalReviewDate": Value("reviewed_on", values.day, may_lie_ahead=True),
        "AssessmentAuthorisationDate": Value("authorised_on", values.day),
        "FactorsIdentifiedAtAssessment": Several("factors", "AssessmentFactors", values.code(code_sets.ASSESSMENT_FACTOR)),
    },
    key="started_on",
    without_key="Without it the assessment has no place in time, so it is not imported.",
    checks=(checks.not_before("started_on", "authorised_on"),),
)

CIN_PLAN = Shape(
    census.CinPlan,
    {
        "CINPlanStartDate": Value("started_on", values.day, is_needed=True),
        "CINPlanEndDate": Value("ended_on", values.day),
    },
    key="started_on",
    without_key="Without it the plan has no place in time, so it is not imported.",
    checks=(checks.not_before("started_on", "ended_on"),),
)

SECTION_47 = Shape(
    census.Section47,
    {
        "S47ActualStartDate": Value("started_on", values.day, is_needed=True),
        "InitialCPCtarget": Value("conference_target_on", values.day, may_lie_ahead=True),
        "DateOfInitialCPC": Value("conference_on", values.day),
        "ICPCnotRequired": Value("is_conference_not_required", values.yes_no),
    },
    key="started_on",
    without_key="Without it the enquiry has no place in time: it is not imported, only its conference if there was one.",
    survivors=("conference_on",),
    checks=(checks.not_before("started_on", "conference_on"),),
)

PROTECTION_PLAN = Shape(
    census.ProtectionPlan,
    {
        "CPPstartDate": Value("started_on", values.day, is_needed=True),
        "CPPendDate": Value("ended_on", values.day),
        "InitialCategoryOfAbuse": Value("initial_category", values.code(code_sets.CATEGORY_OF_ABUSE), is_needed=True),
        "LatestCategoryOfAbuse": Value("latest_category", values.code(code_sets.CATEGORY_OF_ABUSE), is_needed=True),
        "NumberOfPreviousCPP": Value("earlier_plans", values.whole_number, is_needed=True),
        "Reviews": Several("reviews", "CPPreviewDate", values.day, make=census.Review, is_repeated=True),
    },
    key="started_on",
    without_key="Without it the plan has no place in time: it is not imported, only its reviews.",
    survivors=("reviews",),
    checks=(checks.not_before("started_on", "ended_on"), checks.reviews_after_start),
)

PRE_PROCEEDINGS = Shape(
    census.PreProceedings,
    {
        "PPStartDate": Value("started_on", values.day),
        "LBPSentDate": Value("letter_sent_on", values.day),
        "FGDMMeetingOffer": Value("is_fgdm_offered", values.yes_no),
        "FGDMMeetingFac": Value("is_fgdm_held", values.yes_no),
        "InitialPPMeetingDate": Value("first_meeting_on", values.day),
        "ReviewMeetingsCount": Value("review_meetings", values.whole_number),
        "StepDecisionDate": Value("step_decided_on", values.day),
        "PPOutcome": Value("outcome", values.short_text(20)),  # the codes are not published with the rules
        "CourtAppDate": Value("court_application_on", values.day),
        "LetterInitCPDate": Value("letter_initial_cp_on", values.day),
    },
)

DETAILS = Shape(
    census.Details,
    {
        "CINreferralDate": Value("referred_on", values.day, is_needed=True),
        "ReferralSource": Value("source", values.code(code_sets.REFERRAL_SOURCE), is_needed=True),
        "PrimaryNeedCode": Value("need", values.code(code_sets.PRIMARY_NEED)),
        "CINclosureDate": Value("closed_on", values.day),
        "ReasonForClosure": Value("closed_because", values.code(code_sets.REASON_FOR_CLOSURE)),
        "DateOfInitialCPC": Value("conference_on", values.day),
        "Assessments": Inside("assessments", ASSESSMENT),
        "CINPlanDates": Inside("plans", CIN_PLAN),
        "Section47": Inside("section_47s", SECTION_47),
        "ReferralNFA": Value("is_nfa", values.yes_no, is_needed=True),
        "ChildProtectionPlans": Inside("protection_plans", PROTECTION_PLAN),
        "PreProceedingsandFGDM": Inside("pre_proceedings", PRE_PROCEEDINGS, years=SINCE_2027),
    },
    key="referred_on",
    without_key="Without it the referral has no place in time: it is not imported, only what followed it.",
    survivors=("assessments", "plans", "section_47s", "protection_plans", "pre_proceedings", "conference_on"),
    checks=(checks.not_before("referred_on", "closed_on"), checks.closure_has_reason, checks.need_unless_nfa, checks.nothing_after_nfa),
)

CHILD = Shape(
    census.Child,
    {
        "ChildIdentifiers": Inside("identifiers", IDENTIFIERS, is_repeated=False),
        "ChildCharacteristics": Inside("characteristics", CHARACTERISTICS, is_repeated=False),
        "CINdetails": Inside("details", DETAILS),
    },
    key="identifiers",
    severity=census.CHILD_REFUSED,
)
