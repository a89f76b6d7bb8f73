"""Made-up children's lives with children's social care, from which the census of any year can be taken.

A life is decided by (seed, number) alone, so the files of two years tell of the same children.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from tests.cin_files.codes import CATEGORIES, CLOSURES, DISABILITIES, ETHNICITIES, FACTORS, PRIMARY_NEEDS, REFERRAL_SOURCES, one_of

FIRST_DAY, LAST_DAY = date(2020, 4, 1), date(2027, 12, 31)


@dataclass
class Assessment:
    started_on: date
    authorised_on: date
    factors: list[str]
    reviewed_on: date | None = None


@dataclass
class Enquiry:
    """A section 47 enquiry; it leads to a conference, or on `decided_on` it is settled that none is needed."""

    started_on: date
    target_on: date
    conference_on: date | None
    decided_on: date


@dataclass
class ProtectionPlan:
    started_on: date
    ended_on: date
    first_category: str
    latest_category: str
    earlier_plans: int
    reviews: list[date] = field(default_factory=list)


@dataclass
class Need:
    """One episode of need: from a referral to closure."""

    referred_on: date
    source: str
    need: str | None
    is_nfa: bool = False
    closed_on: date | None = None
    closed_because: str = ""
    transfer_conference_on: date | None = None
    assessments: list[Assessment] = field(default_factory=list)
    enquiries: list[Enquiry] = field(default_factory=list)
    plans: list[tuple[date, date]] = field(default_factory=list)
    protection_plans: list[ProtectionPlan] = field(default_factory=list)
    pre_proceedings_on: date | None = None


@dataclass
class Life:
    number: int
    born_on: date
    sex: str
    ethnicity: str
    disabilities: list[str]
    has_upn: bool
    needs: list[Need]
    died_on: date | None = None


def weekday(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def after(day: date, chance: Random, low: int, high: int) -> date:
    """A weekday between low and high days later."""
    return weekday(day + timedelta(days=chance.randint(low, high)))


def lives(seed: int) -> Iterator[Life]:
    """Children 1, 2, 3, ... without end."""
    number = 0
    while True:
        number += 1
        yield life(seed, number)


def life(seed: int, number: int) -> Life:
    chance = Random(f"{seed}:{number}")
    day = after(FIRST_DAY, chance, 0, (LAST_DAY - FIRST_DAY).days - 30)
    age_in_days = chance.randint(-200, 0) if chance.random() < 0.03 else chance.randint(1, 16 * 365)
    child = Life(
        number=number,
        born_on=day - timedelta(days=age_in_days),
        sex=chance.choices("MFU", weights=[530, 465, 5])[0],
        ethnicity=one_of(ETHNICITIES, chance),
        disabilities=sorted(chance.sample(DISABILITIES, chance.choice([1, 1, 2, 3]))) if chance.random() < 0.13 else ["NONE"],
        has_upn=chance.random() < 0.93,
        needs=[],
    )
    while day < LAST_DAY:
        need = _need(child, day, chance)
        child.needs.append(need)
        ended_on = need.closed_on or need.referred_on
        if child.died_on or chance.random() > 0.3:
            break
        day = after(ended_on, chance, 20, 500)
        if (day - child.born_on).days > 17 * 365:
            break
    return child


def _need(child: Life, day: date, chance: Random) -> Need:
    is_unborn = day < child.born_on
    need = Need(referred_on=day, source=one_of(REFERRAL_SOURCES, chance), need=one_of(PRIMARY_NEEDS, chance))
    route = chance.random()
    if route < 0.065 and not is_unborn:
        need.is_nfa, need.need = True, need.need if chance.random() < 0.7 else None
        return need
    if route < 0.075 and not is_unborn:
        _arrives_on_a_plan(need, child, chance)
        return need
    assessed_on = _assess(need, day, chance)
    if route < 0.40:
        need.closed_on = after(assessed_on, chance, 0, 9)
        need.closed_because = chance.choice(["RC8", "RC8", "RC9"])
        if need.closed_because == "RC8" and chance.random() < 0.15:
            need.assessments[-1].factors = ["21"]
        return need
    ended_on = _enquire(need, child, assessed_on, chance) if route > 0.62 else assessed_on
    if route < 0.80:
        ended_on = _plan(need, ended_on, chance)
    need.closed_on = after(ended_on, chance, 0, 20)
    need.closed_because = one_of(CLOSURES, chance)
    if chance.random() < 0.004 and need.closed_on > child.born_on:
        child.died_on, need.closed_because = need.closed_on, "RC2"
    return need


def _assess(need: Need, day: date, chance: Random) -> date:
    """One or two assessments, one after the other; the last authorisation."""
    for _ in range(1 if chance.random() < 0.93 else 2):
        started_on = after(day, chance, 0, 4)
        authorised_on = after(started_on, chance, 62, 90) if chance.random() < 0.12 else after(started_on, chance, 8, 60)
        reviewed_on = after(started_on, chance, 3, 7) if chance.random() < 0.3 else None
        factors = sorted(chance.sample(FACTORS, chance.choice([1, 2, 2, 3, 5])))
        need.assessments.append(Assessment(started_on, authorised_on, factors, reviewed_on))
        day = authorised_on + timedelta(days=30)
    return need.assessments[-1].authorised_on


def _enquire(need: Need, child: Life, assessed_on: date, chance: Random) -> date:
    """Section 47 enquiries one after another; those with a conference may lead to a protection plan. The last day of it all."""
    day, last = need.assessments[0].started_on, assessed_on
    for _ in range(1 if chance.random() < 0.9 else 2):
        started_on = after(day, chance, 0, 10)
        conference_on = after(started_on, chance, 11, 26) if chance.random() < 0.33 else None
        decided_on = conference_on or after(started_on, chance, 5, 14)
        need.enquiries.append(Enquiry(started_on, after(started_on, chance, 21, 21), conference_on, decided_on))
        last = max(last, decided_on)
        if conference_on and chance.random() < 0.85:
            return max(last, _protect(need, conference_on, 1 if chance.random() < 0.2 else 0, chance))
        day = decided_on + timedelta(days=20)
    return last


def _protect(need: Need, day: date, earlier: int, chance: Random) -> date:
    """A child protection plan from that conference on; its end. Pre-proceedings for some."""
    ended_on = after(day, chance, 80, 620)
    first = one_of(CATEGORIES, chance)
    latest = first if chance.random() < 0.85 else one_of(CATEGORIES, chance)
    plan = ProtectionPlan(day, ended_on, first, latest, earlier)
    review_on = after(day, chance, 60, 88)
    while review_on < ended_on:
        plan.reviews.append(review_on)
        review_on = after(review_on, chance, 120, 182)
    plan.reviews.append(ended_on)
    need.protection_plans.append(plan)
    if chance.random() < 0.15:
        need.pre_proceedings_on = after(day, chance, 30, 70)
    return ended_on


def _arrives_on_a_plan(need: Need, child: Life, chance: Random) -> None:
    """Moved in from another authority: a conference without a section 47 enquiry here."""
    need.source = "5C"
    need.transfer_conference_on = after(need.referred_on, chance, 10, 20)
    ended_on = _protect(need, need.transfer_conference_on, 0, chance)
    need.closed_on, need.closed_because = after(ended_on, chance, 0, 15), "RC7"


def _plan(need: Need, day: date, chance: Random) -> date:
    """A child in need plan, sometimes a second later, never beside a protection plan; the last day."""
    for _ in range(1 if chance.random() < 0.9 else 2):
        started_on = after(day, chance, 1, 12)
        ended_on = after(started_on, chance, 30, 420)
        need.plans.append((started_on, ended_on))
        day = ended_on + timedelta(days=10)
    return need.plans[-1][1]
