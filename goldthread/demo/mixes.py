"""How often things happen in the demo borough: the one place where its proportions are written.

England's published figures are those of the Department for Education's statistics on children in need; what is not
published is our own assumption for a borough of 60,000 residents under 18, and says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

# Who refers, in thousandths: children in need statistics, England 2019-20, referrals by source. Where the published
# groups are wider than the census codes, the split within a group is our assumption.
SOURCES = (
    ("6", 287), ("2A", 182), ("3A", 24), ("3B", 28), ("3C", 8), ("3D", 22), ("3E", 38), ("3F", 30), ("5A", 42), ("5B", 38), ("5C", 24),
    ("5D", 37), ("1A", 42), ("1B", 17), ("1C", 6), ("1D", 16), ("8", 49), ("7", 39), ("2B", 21), ("9", 21), ("10", 14), ("4", 13),
)  # fmt: skip

# Re-referral within twelve months, referrals with no further action, and referrals assessed as not in need:
# children in need statistics, England 2024-25.
REREFERRED_WITHIN_A_YEAR = 0.226
NO_FURTHER_ACTION = 0.065

# What an assessment leads to. Not in need (30.8% of referrals, England 2024-25) is split between no further action and
# early help by our assumption; conferences as below.
AFTER_ASSESSMENT = (("no_further_action", 225), ("early_help", 105), ("child_in_need", 670))

# Days from referral to authorisation, in working days: most within 45, a tail beyond (England: about five in six in time).
ASSESSMENT_DAYS = (((3, 10), 10), ((11, 20), 13), ((21, 30), 16), ((31, 40), 23), ((41, 45), 22), ((46, 60), 11), ((61, 95), 5))

# Section 47: 36 for every hundred referrals, and a conference follows 31 in a hundred (England 2024-25).
SECTION_47_AT_REFERRAL = 0.24
SECTION_47_LATER = 0.07
CONFERENCE_AFTER_SECTION_47 = 0.31
CONFERENCE_DAYS = (((6, 10), 87), ((11, 15), 727), ((16, 20), 89), ((21, 30), 97))
PLAN_AFTER_CONFERENCE = 0.87

# Reviews held when a protection plan ends (the first at three months, then half-yearly), pre-proceedings and earlier plans: our assumption,
# so that about 39 in ten thousand children are on a plan on any day.
REVIEWS_BEFORE_PLAN_ENDS = ((1, 20), (2, 42), (3, 26), (4, 9), (5, 3))
PRE_PROCEEDINGS_ON_A_PLAN = 0.15
EARLIER_PLANS = ((0, 76), (1, 19), (2, 5))
CATEGORIES = (("NEG", 48), ("EMO", 36), ("PHY", 8), ("SAB", 4), ("MUL", 4))

# Months on a child in need plan: our assumption, so that some 2,000 of 60,000 children are in need on any day.
PLAN_MONTHS = (((2, 3), 16), ((4, 6), 36), ((7, 9), 22), ((10, 13), 14), ((14, 20), 8), ((21, 34), 4))

# A contact on a child who is not open: 3 to 6 contacts for each referral (one published authority: six), our assumption.
CONTACT_OUTCOMES = (("no_further_action", 380), ("information_and_advice", 208), ("signpost", 130), ("early_help", 155), ("referral", 127))
AFTER_EARLIER_REFERRAL = (
    ("no_further_action", 126),
    ("information_and_advice", 77),
    ("signpost", 49),
    ("early_help", 83),
    ("referral", 665),
)

# Visits: our assumption, so that some doors stay shut and a few children are overdue on any day.
VISIT_OUTCOMES = (("made", 91), ("nobody_in", 7), ("refused", 2))
VISITS_WITHIN = ((5, 22), (10, 66), (15, 12))  # working days, as plans say
VISIT_PLACES = (("home", 74), ("school", 16), ("relative", 4), ("health", 2), ("elsewhere", 4))
WHY_NOT_ALONE = (("child_asked", 45), ("no_room", 30), ("adult_refused", 15), ("interpreter", 10))

# Main need: England 2014 has abuse or neglect 47.2% and family dysfunction 18.6%; the rest by theme is our assumption (see `themes`).

# Families: our assumption, near the census of population for London.
CHILDREN_IN_FAMILY = ((1, 38), (2, 33), (3, 18), (4, 8), (5, 3))
CHANCE = {
    "another contact": 0.66,
    "unborn child": 0.05,
    "twins": 0.03,
    "second father": 0.24,
    "father lives elsewhere": 0.47,
    "father not known": 0.07,
    "kinship carer": 0.04,
    "partner in the home": 0.16,
    "confidential address": 0.035,
    "no address": 0.02,
    "ethnicity not yet known": 0.06,
    "disability": 0.11,
    "death": 0.0006,
    "recorded twice": 0.006,
    "restricted": 0.002,
    "moved": 0.18,
    "parents of two communities": 0.17,
}

# How late things are done: our assumption.
DECISION_DAYS = ((0, 62), (1, 27), (2, 6), (3, 3), (6, 2))
RECORDING_DAYS = ((0, 80), (1, 10), (3, 5), (8, 3), (20, 2))
REVIEW_LATE_DAYS = ((-10, 30), (-3, 32), (0, 14), (6, 12), (18, 8), (45, 4))
CAUSES = (
    ("workload", 22), ("family_not_available", 18), ("partner_information", 14), ("sibling_group", 10), ("worker_away", 10),
    ("no_worker", 7), ("new_information", 7), ("interpreter", 4), ("family_asked", 4), ("manager_decision", 4),
)  # fmt: skip
RESIDENTS_FOR_A_CONTACT = 5  # children living there for each contact in a year: our assumption, as above
CONTACT_GAP_DAYS = 110  # the mean time between two contacts on one family
NOTES_A_MONTH = 5.8  # case notes on a family while it is open


@dataclass(frozen=True)
class Size:
    """`contacts` a year inside the window of `months`; families known only before it are left out."""

    contacts: int
    months: int
    workers_of: float  # how many times the smallest set of teams

    @property
    def wanted(self) -> int:
        return round(self.contacts * self.months / 12)

    @property
    def residents(self) -> int:
        """Children aged 0 to 17 living there: 60,000 where a borough's 12,000 contacts come in a year."""
        return RESIDENTS_FOR_A_CONTACT * self.contacts


SIZES = {
    "tiny": Size(60, 12, 1),
    "locality": Size(1_400, 18, 1),
    "borough": Size(12_000, 36, 8.6),
}


def draw(rng: Random, mix: Sequence[tuple[Any, int]]) -> Any:
    """One of the mix, by weight."""
    at = rng.random() * sum(weight for _, weight in mix)
    for what, weight in mix:
        at -= weight
        if at < 0:
            return what
    return mix[-1][0]


def draw_days(rng: Random, mix: Sequence[tuple[tuple[int, int], int]]) -> int:
    """A number from one of the mix's ranges, both ends counted."""
    return rng.randint(*draw(rng, mix))
