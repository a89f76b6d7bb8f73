"""A child and family assessment: allocated, written, authorised or sent back; each child's and parent's part."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from goldthread.demo import mixes, phrases
from goldthread.demo.calls import explain
from goldthread.demo.people import Happening
from goldthread.demo.people_to_meet import Person
from goldthread.demo.tale import Tale
from goldthread.demo.telling import own_words
from goldthread.practice.family_help import wording
from goldthread.practice.family_help.actions import ALLOCATE
from goldthread.practice.family_help.pathways import STRATEGY


@dataclass
class Assessed:
    """`authorised_on` is None while the assessment is still being made."""

    happening: Happening
    authorised_on: date | None
    outcome: dict[int, str]
    team: str
    worker: Person


def assess(tale: Tale, referral: Happening, accepted_on: date, by_conference_on: date | None = None) -> Assessed:
    """From the referral's acceptance; `by_conference_on` brings it forward to inform a conference."""
    rng, children = tale.rng, referral.children
    team, worker = tale.pick_team("assessment", tale.told("assessor", lambda: None))
    allocated_on = tale.work(accepted_on, tale.told("days to allocate", lambda: mixes.draw(rng, ((0, 55), (1, 30), (3, 12), (6, 3)))))
    days = tale.told("assessment days", lambda: mixes.draw_days(rng, mixes.ASSESSMENT_DAYS))
    authorised_on = max(tale.work(referral.on, days), tale.work(allocated_on, 2))
    if by_conference_on is not None:
        authorised_on = max(min(authorised_on, tale.work(by_conference_on, -1)), accepted_on)
    written_on = max(tale.work(authorised_on, -tale.told("days to authorise", lambda: rng.randint(1, 5))), accepted_on)
    outcome = _outcomes(tale, children, by_conference_on is not None)
    values: dict[str, Any] = {"referred_on": referral.on, "started_on": accepted_on, "why_now": referral.values["reason"]}
    by = referral.done[-1][1]
    happening = tale.add(
        Happening("family_help.child_and_family_assessment", accepted_on, referral.done[-1][2], by, children, values, follows=referral)
    )
    happening.parents = tale.parents(children)
    tale.hand_over(children, team, None, accepted_on)
    found = Assessed(happening, None, outcome, team, worker)
    if not tale.is_past(allocated_on):
        tale.ask(happening, what=wording.ask_to_allocate(tale.all_shown(children)), step=ALLOCATE, team=team, due_on=accepted_on)
        return found
    tale.hand_over(children, team, worker.username, allocated_on)
    _write(tale, found, accepted_on, min(written_on, tale.work(tale.today, -1)), is_whole=tale.is_past(written_on))
    _carry_forward(tale, found, written_on, authorised_on)
    if tale.is_past(written_on):
        met_on = authorised_on if tale.is_past(authorised_on) else None
        found.authorised_on = met_on
        explain(tale, happening, "assessment.complete", tale.work(referral.on, 45), met_on)
    elif tale.today > tale.work(referral.on, 45):
        explain(tale, happening, "assessment.complete", tale.work(referral.on, 45), None)
    return found


def _outcomes(tale: Tale, children: list[int], for_conference: bool) -> dict[int, str]:
    """Brothers and sisters mostly alike, but each child's own."""
    if for_conference:
        return dict.fromkeys(children, STRATEGY)
    chosen = tale.told("after", lambda: mixes.draw(tale.rng, mixes.AFTER_ASSESSMENT))
    found = dict.fromkeys(children, chosen)
    if len(children) > 1 and tale.story is None and tale.chance(0.1):
        found[children[0]] = mixes.draw(tale.rng, mixes.AFTER_ASSESSMENT)
    return found


def _carry_forward(tale: Tale, found: Assessed, written_on: date, authorised_on: date) -> None:
    """Who is asked for what at the stage it has reached."""
    happening, shown = found.happening, tale.all_shown(found.happening.children)
    due_on = tale.work(happening.values["referred_on"], 45)
    if not tale.is_past(written_on):
        happening.by = found.worker.username
        tale.ask(happening, what=wording.ask_to_assess(shown), step="write", worker=found.worker.username, due_on=due_on)
        return
    happening.by, happening.recorded_at = found.worker.username, tale.moment(written_on)
    happening.done.append(("write", found.worker.username, happening.recorded_at))
    if not tale.is_past(authorised_on):
        tale.ask(happening, what=wording.ask_to_authorise(shown), step="authorise", team=found.team, due_on=due_on)
        if tale.told("sent back", lambda: False):
            happening.sent_back = tale.manager(found.team), phrases.SENT_BACK
        return
    facts = tale.facts(happening.children)
    happening.values |= {"authorised_on": authorised_on, "authorising_words": tale.teller.one(phrases.AUTHORISING, **facts)}
    for child in happening.children:
        happening.each[child]["authorised_outcome"] = found.outcome[child]
    happening.done.append(("authorise", tale.manager(found.team), max(tale.moment(authorised_on), happening.recorded_at)))


def _write(tale: Tale, found: Assessed, started_on: date, by: date, *, is_whole: bool) -> None:
    happening, theme, say = found.happening, tale.family.theme, tale.teller.one
    facts = tale.facts(happening.children, worker=found.worker)
    happening.values["history"] = say(theme.history, **facts)
    happening.values["home_and_family"] = say(phrases.HOME, **facts)
    if is_whole:
        happening.values["analysis"] = say(theme.means, **facts)
    for place, child in enumerate(happening.children):
        if is_whole or place == 0:
            happening.each[child] = _child(tale, found, child, started_on, by, is_whole=is_whole)
    for parent in happening.parents if is_whole else happening.parents[:1]:
        happening.of_parents[parent] = _parent(tale, parent)


def _child(tale: Tale, found: Assessed, child: int, started_on: date, by: date, *, is_whole: bool) -> dict[str, Any]:
    rng, say = tale.rng, tale.teller.one
    facts = tale.facts(found.happening.children, child, found.worker)
    age = tale.age(child, by)
    group = max(known for known in phrases.DAILY if known <= age)
    is_seen = age >= 0 and tale.chance(0.96)
    is_alone = is_seen and tale.chance(0.86 if age >= 4 else 0.25)
    answers: dict[str, Any] = {"is_seen": is_seen, "childs_words": own_words(tale.next_number(), age, facts["m"])}
    if is_seen:
        latest = max((by - max(started_on, tale.person(child).begins)).days, 0)
        answers |= {"seen_on": date.fromordinal(by.toordinal() - rng.randint(0, min(latest, 20))), "is_seen_alone": is_alone}
        if not is_alone:
            answers["why_not_alone"] = say(phrases.NOT_ALONE[1:2] if age < 3 else phrases.NOT_ALONE[::2], **facts)
    else:
        answers["why_not_seen"] = say(phrases.NOT_SEEN[:1] if age < 0 else phrases.NOT_SEEN[1:], **facts)
    if not is_whole:
        return answers
    return answers | {
        "daily_life": say(phrases.DAILY[group], **facts),
        "factors": _factors(tale, age, found.outcome[child]),
        "analysis": say(phrases.MEANS_FOR_CHILD, **facts),
        "outcome": found.outcome[child],
    }


def _factors(tale: Tale, age: int, outcome: str) -> list[str]:
    """Mostly two or three; none found is common where nothing follows."""
    if outcome in ("no_further_action", "early_help") and tale.chance(0.22):
        return ["21"]
    first, *others = tale.family.theme.factors
    many = mixes.draw(tale.rng, ((0, 30), (1, 40), (2, 24), (3, 6)))
    return [first, *others[:many]] if age >= 0 else [first]


def _parent(tale: Tale, parent: int) -> dict[str, Any]:
    human = tale.person(parent)
    if tale.chance(0.95 if human.sex == "F" else 0.66):
        return {"took_part": True, "views": tale.teller.one(phrases.PARENT_SAYS, p=human.given, s="school")}
    return {"took_part": False, "why_not": tale.teller.one(phrases.PARENT_WHY_NOT, p=human.given, m=tale.mother().given)}
