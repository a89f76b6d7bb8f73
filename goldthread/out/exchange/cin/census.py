"""What a census file says, as plain objects. A field that is None was not in the file, or could not be soundly read.

Authority: DfE, Children in need census, technical specification; elements keep their official names in `Fault.element`.
"""

from dataclasses import dataclass
from datetime import date

from goldthread.ground.boot.trouble import Trouble

# How much a fault cost. Everything else in the same file is still read.
CHILD_REFUSED = "child not imported"
PART_REFUSED = "part not imported"
VALUE_UNKNOWN = "value left unknown"
QUERY = "imported, please check"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in the file: where, what, and what someone may do about it."""

    line: int
    la_child_id: str | None
    element: str
    what_is_wrong: str
    what_to_do: str
    severity: str


class FileRefused(Trouble):
    """The whole file is refused, in one plain sentence."""

    def __init__(self, sentence: str, line: int | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.line = line


@dataclass(frozen=True, slots=True)
class Header:
    year: int  # of the 31 March on which the census year ends
    reference_date: date
    authority: str  # three digits, the element LEA
    software: str | None
    made_at: str | None

    @property
    def first_day(self) -> date:
        return date(self.year - 1, 4, 1)

    @property
    def year_in_words(self) -> str:
        return f"{self.year - 1}-{self.year % 100:02d}"


@dataclass(slots=True)
class Part:
    """Where a part stood, and which of its elements held something that could not be read.

    An element in `unsound` is not absent: an assessment whose authorisation date is unsound has perhaps ended.
    """

    line: int
    unsound: tuple[str, ...]


@dataclass(slots=True)
class Identifiers(Part):
    la_child_id: str | None = None
    upn: str | None = None
    former_upn: str | None = None
    upn_unknown: str | None = None
    born_on: date | None = None
    expected_on: date | None = None
    sex: str | None = None  # M, F or U in every year; I where GenderCurrent is 9
    died_on: date | None = None


@dataclass(slots=True)
class Characteristics(Part):
    ethnicity: str | None = None
    disabilities: tuple[str, ...] = ()  # NONE stands alone


@dataclass(slots=True)
class Assessment(Part):
    started_on: date | None = None
    reviewed_on: date | None = None
    authorised_on: date | None = None
    factors: tuple[str, ...] = ()


@dataclass(slots=True)
class CinPlan(Part):
    started_on: date | None = None
    ended_on: date | None = None


@dataclass(slots=True)
class Section47(Part):
    """`started_on` is None where only the conference could be read."""

    started_on: date | None = None
    conference_target_on: date | None = None
    conference_on: date | None = None
    is_conference_not_required: bool | None = None


@dataclass(slots=True)
class ProtectionPlan(Part):
    """`started_on` is None where only its reviews could be read."""

    started_on: date | None = None
    ended_on: date | None = None
    initial_category: str | None = None
    latest_category: str | None = None
    earlier_plans: int | None = None
    reviews: tuple["Review", ...] = ()


@dataclass(slots=True)
class Review:
    line: int
    held_on: date


@dataclass(slots=True)
class PreProceedings(Part):
    started_on: date | None = None
    letter_sent_on: date | None = None
    is_fgdm_offered: bool | None = None
    is_fgdm_held: bool | None = None
    first_meeting_on: date | None = None
    review_meetings: int | None = None
    step_decided_on: date | None = None
    outcome: str | None = None
    court_application_on: date | None = None
    letter_initial_cp_on: date | None = None


@dataclass(slots=True)
class Details(Part):
    """One CINdetails: a referral and what followed. `referred_on` is None where only what followed could be read."""

    referred_on: date | None = None
    source: str | None = None
    need: str | None = None
    closed_on: date | None = None
    closed_because: str | None = None
    conference_on: date | None = None  # a conference without a section 47 enquiry
    assessments: tuple[Assessment, ...] = ()
    plans: tuple[CinPlan, ...] = ()
    section_47s: tuple[Section47, ...] = ()
    is_nfa: bool | None = None
    protection_plans: tuple[ProtectionPlan, ...] = ()
    pre_proceedings: tuple[PreProceedings, ...] = ()


@dataclass(slots=True)
class Child(Part):
    identifiers: Identifiers
    characteristics: Characteristics | None = None
    details: tuple[Details, ...] = ()
    sha256: str = ""  # of what the file says of this child, whatever its spacing
