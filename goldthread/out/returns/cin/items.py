"""What a census says of a child, under the census's own names and in the census's own order.

One shape for a child read from a file and a child written from the records, so that each rule is written once. A code stands
as the text it was given in, sound or not: to judge it is a rule's work. A date, number or yes-and-no that cannot be read is
None, with its element's name in `unreadable`: a rule that asks for a missing value does not ask for that one a second time.

Authority: DfE, Children in need census, technical specification of each year. The element order is that of the schema.
"""

from dataclasses import dataclass, field, fields
from datetime import date


@dataclass(slots=True)
class Part:
    """`line` is where it began in the file, 0 where there is none; `record` the key of the record it was written from."""

    line: int = 0
    record: int | None = None
    unreadable: tuple[str, ...] = ()


def elements_of(part: type[Part]) -> tuple[str, ...]:
    """The names of its elements, in the census's order: what the census names begins with a capital, what is ours does not."""
    return tuple(each.name for each in fields(part) if each.name[0].isupper())


@dataclass(slots=True)
class ChildIdentifiers(Part):
    LAchildID: str | None = None
    UPN: str | None = None
    FormerUPN: str | None = None
    UPNunknown: str | None = None
    PersonBirthDate: date | None = None
    ExpectedPersonBirthDate: date | None = None
    GenderCurrent: str | None = None  # to 2023-24
    Sex: str | None = None  # from 2024-25
    PersonDeathDate: date | None = None


@dataclass(slots=True)
class ChildCharacteristics(Part):
    Ethnicity: str | None = None
    Disabilities: list[str] = field(default_factory=list)  # each a Disability


@dataclass(slots=True)
class Assessment(Part):
    """Element Assessments."""

    AssessmentActualStartDate: date | None = None
    AssessmentInternalReviewDate: date | None = None
    AssessmentAuthorisationDate: date | None = None
    FactorsIdentifiedAtAssessment: list[str] = field(default_factory=list)  # each an AssessmentFactors


@dataclass(slots=True)
class CINPlan(Part):
    """Element CINPlanDates."""

    CINPlanStartDate: date | None = None
    CINPlanEndDate: date | None = None


@dataclass(slots=True)
class Section47(Part):
    S47ActualStartDate: date | None = None
    InitialCPCtarget: date | None = None
    DateOfInitialCPC: date | None = None
    ICPCnotRequired: bool | None = None


@dataclass(slots=True)
class Review(Part):
    """Element Reviews."""

    CPPreviewDate: date | None = None


@dataclass(slots=True)
class ChildProtectionPlan(Part):
    """Element ChildProtectionPlans."""

    CPPstartDate: date | None = None
    CPPendDate: date | None = None
    InitialCategoryOfAbuse: str | None = None
    LatestCategoryOfAbuse: str | None = None
    NumberOfPreviousCPP: int | None = None
    Reviews: list[Review] = field(default_factory=list)


@dataclass(slots=True)
class PreProceedings(Part):
    """Element PreProceedingsandFGDM, new for 2026-27 (known from a sample file only: check against the guide)."""

    PPStartDate: date | None = None
    LBPSentDate: date | None = None
    FGDMMeetingOffer: bool | None = None
    FGDMMeetingFac: bool | None = None
    InitialPPMeetingDate: date | None = None
    ReviewMeetingsCount: int | None = None
    StepDecisionDate: date | None = None
    PPOutcome: str | None = None
    CourtAppDate: date | None = None
    LetterInitCPDate: date | None = None


@dataclass(slots=True)
class CINdetails(Part):
    """One referral and what followed it."""

    CINreferralDate: date | None = None
    ReferralSource: str | None = None
    PrimaryNeedCode: str | None = None
    CINclosureDate: date | None = None
    ReasonForClosure: str | None = None
    DateOfInitialCPC: date | None = None  # of a conference that no section 47 enquiry led to
    Assessments: list[Assessment] = field(default_factory=list)
    CINPlanDates: list[CINPlan] = field(default_factory=list)
    Section47: list[Section47] = field(default_factory=list)
    ReferralNFA: bool | None = None
    ChildProtectionPlans: list[ChildProtectionPlan] = field(default_factory=list)
    PreProceedingsandFGDM: list[PreProceedings] = field(default_factory=list)
    closure: int | None = None  # the key of the record that closed it, where it was written from the records


@dataclass(slots=True)
class Child(Part):
    """`record` is the key of the person it was written from."""

    ChildIdentifiers: ChildIdentifiers = field(default_factory=ChildIdentifiers)
    ChildCharacteristics: ChildCharacteristics = field(default_factory=ChildCharacteristics)
    CINdetails: list[CINdetails] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CensusYear:
    """A census year: 1 April of the year before to 31 March of `year`."""

    year: int
    authority: str  # three digits, the element LEA
    ReferenceDate: str | None = None  # as a file's header gives it, "" where it gives none; None where there is no file

    @property
    def first_day(self) -> date:
        return date(self.year - 1, 4, 1)

    as_at: date | None = None  # where records are asked before the year has ended: its last day so far

    @property
    def reference_date(self) -> date:
        return self.as_at or date(self.year, 3, 31)

    def holds(self, day: date | None) -> bool:
        return day is not None and self.first_day <= day <= self.reference_date
