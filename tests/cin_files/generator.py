"""Writes valid children in need census files of 2021-22 to 2026-27, any number of children, child by child.

    with open("cin.xml", "wb") as out:
        tally = write_census(out, year=2026, children=500, seed=1)

One element to a line, so that a test knows the line of everything. `tally` counts what was written.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import BinaryIO

from tests.cin_files.codes import pupil_number
from tests.cin_files.lives import Assessment, Enquiry, Life, Need, ProtectionPlan, lives

YEARS = range(2022, 2028)  # a census is named after the year of its 31 March
LOCAL_AUTHORITY = "318"
FIRST_YEAR_OF_SEX = 2025  # GenderCurrent until 2023-24
FIRST_YEAR_OF_PRE_PROCEEDINGS = 2027  # the schema of 2025-26 has no such block
GENDER = {"M": "1", "F": "2", "U": "0"}


def write_census(
    out: BinaryIO, *, year: int, children: int, seed: int = 1, authority: str = LOCAL_AUTHORITY, words_for_booleans: bool = False
) -> Counter[str]:
    """Write one whole file and say what is in it.

    `words_for_booleans`: true and false in place of 1 and 0; both are allowed.
    """
    view = _Year(year, words_for_booleans)
    out.write(_head(year, authority))
    for number, life in enumerate(_in_the_year(seed, view), start=1):
        out.write("\n".join(_child(life, view)).encode() + b"\n")
        if number == children:
            break
    out.write(b" </Children>\n</Message>\n")
    return view.tally


def _head(year: int, authority: str) -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Message>
 <Header>
  <CollectionDetails>
   <Collection>CIN</Collection>
   <Year>{year}</Year>
   <ReferenceDate>{year}-03-31</ReferenceDate>
  </CollectionDetails>
  <Source>
   <SourceLevel>L</SourceLevel>
   <LEA>{authority}</LEA>
   <SoftwareCode>Made up</SoftwareCode>
   <Release>1</Release>
   <SerialNo>001</SerialNo>
   <DateTime>{year}-05-01T09:00:00</DateTime>
  </Source>
 </Header>
 <Children>
""".encode()


class _Year:
    """What the census of one year may see of a life."""

    def __init__(self, year: int, words_for_booleans: bool) -> None:
        self.year = year
        self.first = date(year - 1, 4, 1)
        self.last = date(year, 3, 31)
        self.true, self.false = ("true", "false") if words_for_booleans else ("1", "0")
        self.tally: Counter[str] = Counter()

    def within(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    def known(self, day: date | None) -> date | None:
        """The day, unless it had not come by the reference date."""
        return day if day and day <= self.last else None

    def shows(self, need: Need) -> bool:
        if need.is_nfa:
            return self.within(need.referred_on)
        return need.referred_on <= self.last and (need.closed_on is None or need.closed_on >= self.first)


def _in_the_year(seed: int, view: _Year) -> Iterator[Life]:
    return (life for life in lives(seed) if any(view.shows(need) for need in life.needs))


def _line(name: str, value: object) -> list[str]:
    return [] if value is None else [f"<{name}>{value}</{name}>"]


def _within(name: str, lines: list[str]) -> list[str]:
    return [f"<{name}>", *lines, f"</{name}>"]


def _child(life: Life, view: _Year) -> list[str]:
    needs = [need for need in life.needs if view.shows(need)]
    view.tally["children"] += 1
    lines = _identifiers(life, needs, view) + _characteristics(life, view)
    for need in needs:
        lines += _details(need, life, view)
    return _within("Child", lines)


def _identifiers(life: Life, needs: list[Need], view: _Year) -> list[str]:
    is_unborn = life.born_on > view.last
    lines = _line("LAchildID", f"C{life.number:09d}")
    start_of_school = date(view.year - 1, 8, 31)
    is_of_school_age = not is_unborn and (start_of_school - life.born_on).days >= 4 * 365.25
    if is_of_school_age and life.has_upn:
        lines += _line("UPN", pupil_number(life.number, temporary=life.number % 97 == 0))
        if life.number % 53 == 0:
            lines += _line("FormerUPN", pupil_number(life.number + 50_000_000))
        view.tally["pupil numbers"] += 1
    elif is_of_school_age:
        lines += _line("UPNunknown", "UN7" if all(need.is_nfa for need in needs) else f"UN{2 + life.number % 5}")
    elif life.number % 2:
        lines += _line("UPNunknown", "UN1")
    lines += _line("ExpectedPersonBirthDate" if is_unborn else "PersonBirthDate", life.born_on)
    sex = "U" if is_unborn else life.sex
    lines += _line("Sex", sex) if view.year >= FIRST_YEAR_OF_SEX else _line("GenderCurrent", "9" if life.number % 211 == 0 else GENDER[sex])
    lines += _line("PersonDeathDate", view.known(life.died_on))
    view.tally["unborn"] += is_unborn
    view.tally["deaths"] += view.known(life.died_on) is not None
    return _within("ChildIdentifiers", lines)


def _characteristics(life: Life, view: _Year) -> list[str]:
    lines = _line("Ethnicity", life.ethnicity)
    if life.born_on <= view.last:
        lines += _within("Disabilities", [line for code in life.disabilities for line in _line("Disability", code)])
        view.tally["disabilities"] += len(life.disabilities)
    return _within("ChildCharacteristics", lines)


def _details(need: Need, life: Life, view: _Year) -> list[str]:
    closed_on = view.known(need.closed_on)
    view.tally["referrals"] += 1
    view.tally["referrals received in the year"] += view.within(need.referred_on)
    view.tally["no further action"] += need.is_nfa
    view.tally["closures"] += closed_on is not None
    transfer_on = need.transfer_conference_on if view.within(need.transfer_conference_on) else None
    view.tally["conferences"] += transfer_on is not None
    lines = _line("CINreferralDate", need.referred_on) + _line("ReferralSource", need.source) + _line("PrimaryNeedCode", need.need)
    lines += _line("CINclosureDate", closed_on) + _line("ReasonForClosure", need.closed_because if closed_on else None)
    lines += _line("DateOfInitialCPC", transfer_on)
    for assessment in need.assessments:
        lines += _assessment(assessment, view)
    for plan in need.plans:
        lines += _plan(*plan, view)
    for enquiry in need.enquiries:
        lines += _enquiry(enquiry, closed_on, view)
    lines += _line("ReferralNFA", view.true if need.is_nfa else view.false)
    for protection_plan in need.protection_plans:
        lines += _protection_plan(protection_plan, view)
    return _within("CINdetails", lines + _pre_proceedings(need, life, view))


def _assessment(assessment: Assessment, view: _Year) -> list[str]:
    authorised_on = view.known(assessment.authorised_on)
    if assessment.started_on > view.last or (authorised_on and not view.within(authorised_on)):
        return []
    view.tally["assessments"] += 1
    view.tally["assessments authorised"] += authorised_on is not None
    lines = _line("AssessmentActualStartDate", assessment.started_on)
    lines += _line("AssessmentInternalReviewDate", view.known(assessment.reviewed_on))
    lines += _line("AssessmentAuthorisationDate", authorised_on)
    if authorised_on:
        view.tally["factors"] += len(assessment.factors)
        codes = [line for code in assessment.factors for line in _line("AssessmentFactors", code)]
        lines += _within("FactorsIdentifiedAtAssessment", codes)
    return _within("Assessments", lines)


def _plan(started_on: date, ended_on: date, view: _Year) -> list[str]:
    end = view.known(ended_on)
    if started_on > view.last or (end and not view.within(end)):
        return []
    view.tally["plans"] += 1
    view.tally["plans open"] += end is None
    return _within("CINPlanDates", _line("CINPlanStartDate", started_on) + _line("CINPlanEndDate", end))


def _enquiry(enquiry: Enquiry, closed_on: date | None, view: _Year) -> list[str]:
    conference_on = view.known(enquiry.conference_on)
    if enquiry.started_on > view.last or not (view.within(conference_on) if conference_on else view.within(enquiry.started_on)):
        return []
    is_excused = enquiry.conference_on is None and enquiry.decided_on <= view.last
    view.tally["section 47s"] += 1
    view.tally["conferences"] += conference_on is not None
    lines = _line("S47ActualStartDate", enquiry.started_on)
    lines += _line("InitialCPCtarget", None if is_excused else enquiry.target_on)
    lines += _line("DateOfInitialCPC", conference_on) + _line("ICPCnotRequired", view.true if is_excused else view.false)
    return _within("Section47", lines)


def _protection_plan(plan: ProtectionPlan, view: _Year) -> list[str]:
    ended_on = view.known(plan.ended_on)
    if plan.started_on > view.last or (ended_on and not view.within(ended_on)):
        return []
    reviews = [day for day in plan.reviews if day <= view.last]
    view.tally["protection plans"] += 1
    view.tally["protection plans open"] += ended_on is None
    view.tally["reviews"] += len(reviews)
    lines = _line("CPPstartDate", plan.started_on) + _line("CPPendDate", ended_on)
    lines += _line("InitialCategoryOfAbuse", plan.first_category) + _line("LatestCategoryOfAbuse", plan.latest_category)
    lines += _line("NumberOfPreviousCPP", plan.earlier_plans)
    for day in reviews:
        lines += _within("Reviews", _line("CPPreviewDate", day))
    return _within("ChildProtectionPlans", lines)


def _pre_proceedings(need: Need, life: Life, view: _Year) -> list[str]:
    started_on = need.pre_proceedings_on
    if view.year < FIRST_YEAR_OF_PRE_PROCEEDINGS or started_on is None or not view.within(started_on):
        return []
    chance = Random(f"pre-proceedings:{life.number}")
    view.tally["pre-proceedings"] += 1
    step_on = view.known(started_on + timedelta(days=110))
    lines = _line("PPStartDate", started_on) + _line("LBPSentDate", started_on)
    lines += _line("FGDMMeetingOffer", view.true) + _line("FGDMMeetingFac", chance.choice([view.true, view.false]))
    lines += _line("InitialPPMeetingDate", view.known(started_on + timedelta(days=14)))
    lines += _line("ReviewMeetingsCount", chance.randint(0, 3)) + _line("StepDecisionDate", step_on)
    return _within("PreProceedingsandFGDM", lines + _line("PPOutcome", "A" if step_on else None))
