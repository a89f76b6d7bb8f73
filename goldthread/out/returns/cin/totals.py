"""What one return adds up to: how much of each module it holds, and the published indicators that a file alone can tell.

The keys and meanings are those of the dashboard; it counts from the records, this from a file, which holds no more of the time
before its year than the census asks for. What only the records know is named in `UNKNOWN`.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from goldthread.ground.time.periods import add_months, add_years
from goldthread.ground.time.working_days import england
from goldthread.out.returns.cin.items import CensusYear, Child, ChildProtectionPlan, CINdetails

ASSESSMENT_DAYS, CONFERENCE_DAYS = 45, 15
FIRST_REVIEW_MONTHS, REVIEW_MONTHS = 3, 6
MODULES = {
    "Child": "Children",
    "CINdetails": "Referrals",
    "Assessments": "Assessments",
    "CINPlanDates": "Child in need plans",
    "Section47": "Section 47 enquiries",
    "ChildProtectionPlans": "Child protection plans",
    "Reviews": "Reviews of protection plans",
    "PreProceedingsandFGDM": "Pre-proceedings",
}
UNKNOWN = (
    "Rates per 10,000 children: a return does not say how many children live in the area.",
    "Re-referrals whose earlier referral is not in the same file: what was closed before the year is not, so the share is a lower bound.",
    "Plans reviewed on time, where a file leaves out the reviews of earlier years: such a plan is counted as late.",
    "What stands at 31 March, of a return that was written before that day: plans open and reviewed on time are reckoned to the day all the same.",
    "Referrals decided, visits, core groups and who took part: the census does not ask.",
)


class Measure(NamedTuple):
    """Where `out_of` is empty, it is a number; else a share of the measure of that key."""

    key: str
    title: str
    out_of: str = ""


MEASURES = (
    Measure("FD04", "Referrals in the year"),
    Measure("FD06", "Re-referrals within 12 months, as far as the file shows", "FD04"),
    Measure("FD07", "Referrals with no further action", "FD04"),
    Measure("FD11", "Assessments authorised in the year"),
    Measure("FD12", "Assessments within 45 working days", "FD11"),
    Measure("B01", "Children in need at 31 March"),
    Measure("C03", "Section 47 enquiries begun in the year"),
    Measure("C06", "Initial conferences in the year"),
    Measure("C07", "Conferences within 15 working days of the enquiry’s start", "C06 of an enquiry"),
    Measure("C09", "Plans open at 31 March"),
    Measure("C10", "Plans begun in the year"),
    Measure("C10E", "Plans ended in the year"),
    Measure("C11", "Plans that are not the child’s first", "C10 with the number before"),
    Measure("C13", "Plans ended that lasted two years or more", "C10E with a start"),
    Measure("C15", "Plans reviewed on time", "C09 of three months"),
)


class Totals:
    """Of the children seen so far."""

    def __init__(self, census: CensusYear) -> None:
        self.census = census
        self.modules: Counter[str] = Counter()
        self.counts: Counter[str] = Counter()

    def see(self, child: Child) -> None:
        self.modules["Child"] += 1
        last = self.census.reference_date
        self._referrals(child)
        self._count("B01", any(_is_open(details, last) for details in child.CINdetails))
        for details in child.CINdetails:
            self._assessments(details)
            self._enquiries(details)
            for name in ("CINPlanDates", "PreProceedingsandFGDM"):
                self.modules[name] += len(getattr(details, name))
            for plan in details.ChildProtectionPlans:
                self._plan(plan)

    def share(self, measure: Measure) -> float | None:
        """Of a hundred; None where there is nothing to take it of, or where it is a number."""
        among = self.counts[measure.out_of] if measure.out_of else 0
        return 100 * self.counts[measure.key] / among if among else None

    def _count(self, key: str, holds: bool | None) -> None:
        self.counts[key] += bool(holds)

    def _referrals(self, child: Child) -> None:
        self.modules["CINdetails"] += len(child.CINdetails)
        for details in child.CINdetails:
            if self.census.holds(details.CINreferralDate):
                self._count("FD04", True)
                self._count("FD07", details.ReferralNFA)
        days = sorted(details.CINreferralDate for details in child.CINdetails if details.CINreferralDate)
        for before, day in pairwise(days):
            self._count("FD06", self.census.holds(day) and before >= add_years(day, -1))

    def _assessments(self, details: CINdetails) -> None:
        self.modules["Assessments"] += len(details.Assessments)
        for each in details.Assessments:
            start, end = each.AssessmentActualStartDate, each.AssessmentAuthorisationDate
            if self.census.holds(end):
                self._count("FD11", True)
                self._count("FD12", _is_within(start, end, ASSESSMENT_DAYS))

    def _enquiries(self, details: CINdetails) -> None:
        self.modules["Section47"] += len(details.Section47)
        self._count("C06", self.census.holds(details.DateOfInitialCPC))
        for each in details.Section47:
            self._count("C03", self.census.holds(each.S47ActualStartDate))
            if self.census.holds(each.DateOfInitialCPC):
                self._count("C06", True)
                self._count("C06 of an enquiry", each.S47ActualStartDate is not None)
                self._count("C07", _is_within(each.S47ActualStartDate, each.DateOfInitialCPC, CONFERENCE_DAYS))

    def _plan(self, plan: ChildProtectionPlan) -> None:
        self.modules["ChildProtectionPlans"] += 1
        self.modules["Reviews"] += len(plan.Reviews)
        start, end, last = plan.CPPstartDate, plan.CPPendDate, self.census.reference_date
        if self.census.holds(start):
            self._count("C10", True)
            self._count("C10 with the number before", plan.NumberOfPreviousCPP is not None)
            self._count("C11", bool(plan.NumberOfPreviousCPP))
        if end and self.census.holds(end):
            self._count("C10E", True)
            self._count("C10E with a start", start is not None)
            self._count("C13", start is not None and end >= add_years(start, 2))
        if start and start <= last and _is_running(plan, "CPPendDate", last):
            self._count("C09", True)
            if start <= add_months(last, -FIRST_REVIEW_MONTHS):
                self._count("C09 of three months", True)
                self._count("C15", is_reviewed_in_time(plan, last))


def is_reviewed_in_time(plan: ChildProtectionPlan, last: date) -> bool:
    """Within three months of its start, then within six of each review, up to the last day."""
    since = plan.CPPstartDate
    if since is None:
        return False
    by = add_months(since, FIRST_REVIEW_MONTHS)
    for day in _after(since, plan, last):
        if day > by:
            return False
        by = add_months(day, REVIEW_MONTHS)
    return by >= last


def _after(start: date, plan: ChildProtectionPlan, last: date) -> Iterator[date]:
    yield from sorted(each.CPPreviewDate for each in plan.Reviews if each.CPPreviewDate and start < each.CPPreviewDate <= last)


def _is_open(details: CINdetails, day: date) -> bool:
    begun = details.CINreferralDate is not None and details.CINreferralDate <= day
    return begun and not details.ReferralNFA and _is_running(details, "CINclosureDate", day)


def _is_running(part: CINdetails | ChildProtectionPlan, element: str, day: date) -> bool:
    """An end that cannot be read is an end all the same."""
    end: date | None = getattr(part, element)
    return element not in part.unreadable and (end is None or end > day)


def _is_within(start: date | None, end: date | None, days: int) -> bool:
    return start is not None and end is not None and england().between(start, end) <= days
