"""Conferences, protection plans and their reviews."""

from datetime import date, datetime, timedelta
from typing import Any

from goldthread.demo import mixes, phrases
from goldthread.demo.calling_meetings import stand_ready
from goldthread.demo.conferring import IN_LAW, confer_again, confer_first, gather
from goldthread.demo.enquiring import Enquiry
from goldthread.demo.people import Happening
from goldthread.demo.people_to_meet import Person
from goldthread.demo.tale import Tale
from goldthread.demo.visiting import PROTECTION, Round
from goldthread.demo.wording_plans import Wording
from goldthread.ground.time.periods import add_months

ENDED = "The protection plan ended: a review conference decided it."
FIRST_REVIEW, LATER_REVIEW = "conference.review.first", "conference.review.later"


def confer(tale: Tale, enquiry: Enquiry, last_day: date) -> tuple[Happening, date | None, tuple[str, Person]] | None:
    """The conference was held. None when it makes no plan; else its last record, the day the plan ended, and who holds it."""
    on, children, by = enquiry.conference_on, enquiry.happening.children, enquiry.happening.by
    assert on is not None
    conference = tale.add(
        Happening(
            "protection.initial_conference",
            on,
            tale.recorded(on),
            by,
            children,
            {"held_on": on, "without_section_47": False},
            follows=enquiry.happening,
        )
    )
    if not tale.told("plan", lambda: tale.chance(mixes.PLAN_AFTER_CONFERENCE)):
        with tale.aside("conference"):
            confer_first(tale, conference, tale.worker(by), None)
        return None
    team, worker = tale.pick_team("protection", tale.told("protector", lambda: None))
    tale.hand_over(children, team, worker.username, on)
    category = mixes.draw(tale.rng, mixes.CATEGORIES)
    values = {
        "started_on": on,
        "decided_by": "initial",
        "initial_category": category,
        "latest_category": mixes.draw(tale.rng, mixes.CATEGORIES) if tale.chance(0.12) else category,
        "previous_plans": mixes.draw(tale.rng, mixes.EARLIER_PLANS),
    }
    recorded_at = tale.recorded(on)
    plans = [_begin(tale, conference, child, dict(values), tale.manager(team), recorded_at) for child in children]
    last, ended_on = _reviews(tale, conference, plans, worker, last_day)
    if tale.told("pre-proceedings", lambda: tale.chance(mixes.PRE_PROCEEDINGS_ON_A_PLAN)):
        _pre_proceedings(tale, plans[0], children, worker, min(ended_on or last_day, last_day))
    if ended_on is None:
        tale.life.on_protection_plan |= set(children)
    with tale.aside("protection"):
        _work_the_plan(tale, plans, children, (team, worker), ended_on)
    with tale.aside("conference"):
        _confer(tale, conference, plans, worker, last, ended_on)
    return last, ended_on, (team, worker)


def _confer(tale: Tale, conference: Happening, plans: list[Happening], worker: Person, last: Happening, ended_on: date | None) -> None:
    """Who came to the conference and its reviews, what was said and decided; and the core groups between them."""
    children = [plan.children[0] for plan in plans]
    confer_first(tale, conference, worker, plans[0].values["initial_category"])
    reviews: list[Happening] = []
    while last is not conference and last.follows is not None:
        reviews.insert(0, last)
        last = last.follows
    categories = {plan.children[0]: plan.values["latest_category"] for plan in plans}
    for review in reviews:
        is_quorate = confer_again(tale, review, worker, categories, ends=ended_on is not None and review is reviews[-1])
        if is_quorate and conference.follows:
            conference.follows.met.setdefault(IN_LAW, review.on)
    gather(tale, conference, children, worker, ended_on)
    if ended_on is None:
        latest = reviews[-1] if reviews else conference
        due_on = add_months(latest.on, 6 if reviews else 3)
        stand_ready(tale, "protection.review_conference", "Review child protection conference", latest, children, worker, due_on)


def _work_the_plan(tale: Tale, plans: list[Happening], children: list[int], held: tuple[str, Person], ended_on: date | None) -> None:
    """It is written, visited, written anew; and it ends, if it has."""
    team, worker = held
    words = Wording(tale, plans, children, worker)
    words.write(ended_on)
    visits = Round(tale, PROTECTION, plans[0], children, worker)
    visits.walk(ended_on, words.within, said_from=words.from_on)
    began = None if visits.seen_on > plans[0].on or words.from_on is None else words.within
    for plan in plans:
        plan.links = {PROTECTION[1]: began} if tale.age(plan.children[0], plan.on) >= 0 else {}
        if ended_on is not None:
            _end(tale, plan, ended_on, tale.manager(team))
    if ended_on is None:
        visits.stand_ready()


def _begin(tale: Tale, conference: Happening, child: int, values: dict[str, Any], by: str, recorded_at: datetime) -> Happening:
    """Each child's own period."""
    plan = tale.add(Happening("protection.protection_plan", conference.on, recorded_at, by, [child], values, follows=conference))
    plan.done.append(("begin", by, plan.recorded_at))
    return plan


def _end(tale: Tale, plan: Happening, on: date, by: str) -> None:
    plan.values |= {"ended_on": on, "how_ended": "review", "why_ended": tale.teller.one(phrases.ENDS, **tale.facts(plan.children))}
    plan.stopped[PROTECTION[1]] = (on, ENDED)
    if FIRST_REVIEW not in plan.met:
        plan.stopped[FIRST_REVIEW] = (on, ENDED)
    plan.done.append(("end", by, max(tale.recorded(on), plan.recorded_at)))


def _reviews(tale: Tale, conference: Happening, plans: list[Happening], worker: Person, last_day: date) -> tuple[Happening, date | None]:
    """The first within three months, then within six each; some late. The plan ends by a review, or at 18."""
    last, started_on = conference, conference.on
    for number in range(tale.told("reviews", lambda: mixes.draw(tale.rng, mixes.REVIEWS_BEFORE_PLAN_ENDS))):
        clock, months = (FIRST_REVIEW, 3) if number == 0 else (LATER_REVIEW, 6)
        due_on = add_months(started_on, months)
        held_on = (
            tale.work(due_on - timedelta(days=tale.rng.randint(0, 14)), 0)
            if tale.chance(0.9)
            else tale.work(due_on, tale.rng.randint(1, 12))
        )
        held_on = max(min(held_on, last_day), started_on + timedelta(days=1))
        is_held = tale.is_past(held_on)
        if number:
            last.extra.append((clock, started_on, held_on if is_held else None))
        if not is_held:
            return last, None
        for before in [last] if number else plans:
            before.met |= {} if number else {clock: held_on}
            before.causes |= {clock: "chair"} if held_on > due_on else {}
        review = tale.add(
            Happening(
                "protection.review_conference",
                held_on,
                tale.recorded(held_on),
                worker.username,
                [plan.children[0] for plan in plans],
                {"held_on": held_on},
                follows=last,
            )
        )
        last, started_on = review, held_on
        if held_on >= last_day:
            break
    return last, last.on


def _pre_proceedings(tale: Tale, plan: Happening, children: list[int], worker: Person, until: date) -> None:
    """The plan is not making the children safe: a letter before proceedings, and a meeting about it soon after."""
    started_on = tale.work(plan.on + timedelta(days=tale.rng.randint(60, 150)), 0)
    sent_on = tale.work(started_on, tale.rng.randint(1, 5))
    met_on = tale.work(sent_on, tale.rng.randint(8, 14))
    if met_on >= until or not tale.is_past(sent_on):
        return
    is_offered = tale.chance(0.8)
    values: dict[str, Any] = {"started_on": started_on, "letter_sent_on": sent_on, "is_fgdm_offered": is_offered}
    if is_offered:
        values["is_fgdm_held"] = tale.chance(0.6)
    if tale.is_past(met_on):
        values["first_meeting_on"] = met_on
    letter = tale.add(
        Happening("protection.pre_proceedings", started_on, tale.recorded(sent_on), worker.username, children, values, follows=plan)
    )
    letter.done.append(("record", worker.username, letter.recorded_at))
