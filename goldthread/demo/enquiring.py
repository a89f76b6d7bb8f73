"""Section 47 enquiries, each started by a strategy discussion: the child seen, what was found, what was decided."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from goldthread.demo import mixes, phrases
from goldthread.demo.calling_meetings import call_ahead
from goldthread.demo.discussing import discuss
from goldthread.demo.people import Happening
from goldthread.demo.people_to_meet import Person
from goldthread.demo.tale import Tale
from goldthread.demo.telling import own_words
from goldthread.practice.protection.meetings import wording
from goldthread.practice.protection.meetings.section_47 import RISK

CONFERENCE, CENSUS = "conference.initial", "conference.initial.census"
SEEN = "section_47.child_seen"
CONSULTED = (
    "Police, {s} and [the health visitor|the school nurse|the surgery] were asked again. [All agree that {c} is at risk|The school sees a change for the better|Nobody else has seen an injury].",
    "{s} and the police. [The GP did not answer and was rung again|Adult services know {m} and are helping].",
)
FOUND = (
    "{w} saw {kids} and both parents. [The marks are older than {m} said|{m} told us what had happened|{f} gave three accounts]. [The doctor thinks that it was done to {c}|The doctor cannot say how it was done].",
    "What {c} said [has stayed the same each time|was said to three people on different days]. {m} [believes {c}|does not believe it].",
)
PROTECTIVE = (
    "[A grandmother in the next street|An aunt who moved in|{m}, now that she has help], and {s}, who see {kids} every day.",
    "{f} is [on bail and stays away|living with his brother]; {m} rings when she is frightened.",
)
DOCTOR = (
    "Bruises of [two|three] ages, not like those of play. [Photographs taken|A skeletal survey is arranged].",
    "Nothing that could not be an accident; growth and health are good.",
)
DECIDED = (
    "What was found makes {c} [unsafe without a plan|safe for now with help]. [The agencies agree|The police agree].",
    "I have read the enquiry and spoken with {w}. [{kids} cannot wait|The family has taken the help offered].",
)
WHY_NONE = (
    "{c} is [protected by {m} and the family|no longer in contact with {f}], and the family takes help as children in need do. {extra}",
    "What was feared for {c} is not borne out; help goes on by agreement. {extra}",
)


@dataclass
class Enquiry:
    """`conference_on` is the day it is (or will be) held; None where none is needed. `is_over` once its outcome is known."""

    happening: Happening
    conference_on: date | None
    is_over: bool


def enquire(tale: Tale, children: list[int], follows: Happening, on: date, chair: str, worker: Person, last_day: date) -> Enquiry:
    """A strategy discussion on this day, and the enquiry it decides on."""
    rng = tale.rng
    discussion = discuss(tale, children, follows, on, chair, worker, dict.fromkeys(children, "section_47"))
    needs_conference = tale.told("conference", lambda: tale.chance(mixes.CONFERENCE_AFTER_SECTION_47))
    days = tale.told("conference days", lambda: mixes.draw_days(rng, mixes.CONFERENCE_DAYS))
    held_at = discussion.values["held_at"]
    values = {"strategy_on": on, "strategy_at": held_at, "started_on": on, "lead": worker.name, "conference_target_on": tale.work(on, 15)}
    happening = tale.add(
        Happening("protection.section47", on, discussion.recorded_at, worker.username, children, values, follows=discussion)
    )
    happening.parents = tale.parents(children)
    ends_on = tale.work(on, days if needs_conference else rng.randint(4, 12))
    if needs_conference and ends_on >= last_day:
        needs_conference, ends_on = False, min(ends_on, last_day)
    decided_on = min(tale.work(on, min(days - 4, rng.randint(5, 9))), ends_on) if needs_conference else ends_on
    _steps(tale, happening, worker, chair, decided_on, needs_conference)
    is_decided = happening.done and happening.done[-1][0] == "decide"
    if needs_conference and tale.is_past(ends_on):
        values["conference_on"] = ends_on
        happening.met |= {CONFERENCE: ends_on, CENSUS: ends_on}
        if ends_on > values["conference_target_on"]:
            cause = mixes.draw(rng, (("chair", 30), ("police_enquiry", 20), ("not_quorate", 25), ("family_not_available", 25)))
            happening.causes |= {CONFERENCE: cause, CENSUS: cause}
    if is_decided:
        values["conference_not_required"] = not needs_conference
        if not needs_conference:
            happening.stopped |= dict.fromkeys((CONFERENCE, CENSUS), (decided_on, "It was decided that no conference is required."))
    if is_decided and needs_conference and not tale.is_past(ends_on):
        call_ahead(tale, happening, worker.username, tale.work(on, 15))
    return Enquiry(happening, ends_on if needs_conference else None, is_over=tale.is_past(ends_on))


def _steps(tale: Tale, happening: Happening, worker: Person, chair: str, decided_on: date, to_conference: bool) -> None:
    """As far as it has come by today; whoever is next is asked."""
    seen_on = happening.on if tale.chance(0.75) else tale.work(happening.on, 1)
    written_on = max(tale.work(decided_on, -1), seen_on)
    shown = tale.all_shown(happening.children)
    if not tale.is_past(seen_on):
        tale.ask(happening, what=wording.ask_to_see(shown), step="see", worker=worker.username, due_on=tale.work(happening.on, 1))
        return
    happening.recorded_at = max(tale.recorded(seen_on), happening.recorded_at)
    _seen(tale, happening, worker, seen_on)
    happening.done.append(("see", worker.username, happening.recorded_at))
    if not tale.is_past(written_on):
        tale.ask(happening, what=wording.ask_to_write(shown), step="write", worker=worker.username, due_on=tale.work(happening.on, 10))
        return
    _written(tale, happening, worker, to_conference)
    happening.done.append(("write", worker.username, max(tale.moment(written_on), happening.recorded_at)))
    if not tale.is_past(decided_on):
        team = tale.held().team if tale.held() else "front_door"  # type: ignore[union-attr]
        tale.ask(happening, what=wording.ask_to_decide(shown), step="decide", team=team, due_on=tale.work(happening.on, 10))
        return
    _decided(tale, happening, worker, decided_on, to_conference)
    happening.done.append(("decide", chair, max(tale.moment(decided_on), happening.done[-1][2])))


def _seen(tale: Tale, happening: Happening, worker: Person, on: date) -> None:
    is_any_seen = False
    for child in happening.children:
        facts = tale.facts(happening.children, child, worker)
        age = tale.age(child, on)
        if age < 0 or (tale.chance(0.03) and len(happening.children) > 1):
            why = tale.teller.one(phrases.NOT_SEEN[:1] if age < 0 else phrases.NOT_SEEN[1:], **facts)
            happening.each[child] = {"is_seen": False, "why_not_seen": why}
            continue
        is_any_seen = True
        is_alone = tale.chance(0.85 if age >= 4 else 0.3)
        answers: dict[str, Any] = {"is_seen": True, "seen_on": on, "is_seen_alone": is_alone}
        answers["childs_words"] = own_words(tale.next_number(), age, facts["m"])
        if not is_alone:
            answers["why_not_alone"] = tale.teller.one(phrases.NOT_ALONE[1:2] if age < 3 else phrases.NOT_ALONE[::2], **facts)
        happening.each[child] = answers
    if is_any_seen:
        happening.met[SEEN] = on


def _written(tale: Tale, happening: Happening, worker: Person, to_conference: bool) -> None:
    say, facts = tale.teller.one, tale.facts(happening.children, worker=worker)
    happening.values |= {"consulted": say(CONSULTED, **facts), "found": say(FOUND, **facts), "protective": say(PROTECTIVE, **facts)}
    for child in happening.children:
        own = tale.facts(happening.children, child, worker)
        is_examined = happening.each[child]["is_seen"] and tale.chance(0.3)
        answers: dict[str, Any] = {"medical": "held" if is_examined else "not_needed", "meaning": f"{say(phrases.MEANS_FOR_CHILD, **own)} {say(tale.family.theme.worry, **own)}"}  # fmt: skip
        if is_examined:
            answers |= {"medical_on": happening.each[child]["seen_on"], "medical_said": say(DOCTOR, **own)}
        happening.each[child] |= answers | {"recommended": _outcome(tale, to_conference)}
    for parent in happening.parents:
        name = tale.person(parent).given
        if tale.chance(0.85):
            happening.of_parents[parent] = {"is_told": True, "says": say(phrases.PARENT_SAYS, p=name, s="school")}
        else:
            happening.of_parents[parent] = {"is_told": False, "why_not_told": say(phrases.PARENT_WHY_NOT, p=name, m=tale.mother().given)}


def _outcome(tale: Tale, to_conference: bool) -> str:
    return RISK if to_conference else mixes.draw(tale.rng, (("unsubstantiated", 48), ("substantiated_no_risk", 52)))


def _decided(tale: Tale, happening: Happening, worker: Person, on: date, to_conference: bool) -> None:
    say = tale.teller.one
    facts = tale.facts(happening.children, worker=worker)
    happening.values |= {"decided_on": on, "conference_decided_by": "The team manager", "why": say(DECIDED, **facts)}
    for child in happening.children:
        own = tale.facts(happening.children, child, worker)
        answers = {"outcome": happening.each[child]["recommended"], "conference": to_conference}
        if not to_conference:
            answers["why_no_conference"] = say(WHY_NONE, **own, extra=say(tale.family.theme.worry, **own))
        happening.each[child] |= answers
