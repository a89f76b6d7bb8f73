"""A call, the decision on it, the referral that may follow, and what the referrer is told."""

from datetime import date, time
from typing import Any

from goldthread.demo import mixes, phrases, places
from goldthread.demo.people import Happening
from goldthread.demo.people_to_meet import Person
from goldthread.demo.tale import Tale
from goldthread.practice.front_door import wording
from goldthread.practice.front_door.feedback import PUBLIC_SOURCES
from goldthread.practice.front_door.pathways import BECOMES_A_REFERRAL, GOES_TO_THE_WORKER

RESPONSES = {"assessment": "Child and family assessment", "strategy_discussion": "Strategy discussion now, with the assessment beside it"}
# By code of cin.referral_source: the caller's job, their agency (None: a private person) and how they mostly get in touch.
CALLERS: dict[str, tuple[str, str | None, str]] = {
    "6": ("Police officer, public protection desk", places.POLICE, "police_notification"),
    "2A": ("Designated safeguarding lead", "{s}", "telephone"),
    "2B": ("Education welfare officer", "Hallowmere Education Welfare", "email"),
    "3A": ("GP", "{g}", "email"),
    "3B": ("Health visitor", "Hallowmere Health Visiting", "telephone"),
    "3C": ("School nurse", "Hallowmere School Nursing", "telephone"),
    "3D": ("Community paediatrician", "Hallowmere Child Development Centre", "email"),
    "3E": ("Nurse, emergency department", places.HOSPITAL, "telephone"),
    "3F": ("Midwife", "Queen Philippa’s Midwifery", "email"),
    "4": ("Housing officer", "Hallowmere Homes", "online_form"),
    "5A": ("Social worker, adults", "Hallowmere Adult Social Care", "email"),
    "5B": ("Youth justice worker", "Hallowmere Youth Justice Service", "telephone"),
    "5C": ("Duty social worker", "Another council’s social care", "email"),
    "5D": ("Family hub worker", "Hallowmere Early Help", "online_form"),
    "7": ("Probation officer", "Probation, Mereside", "email"),
    "8": ("Youth project leader", "The Attic Youth Project", "online_form"),
    "1A": ("Grandparent", None, "telephone"),
    "1B": ("Neighbour", None, "telephone"),
    "1C": ("The child", None, "telephone"),
    "1D": ("Friend of the family", None, "online_form"),
    "9": ("Does not want to say", None, "telephone"),
    "10": ("Not known", None, "letter"),
}
GIVEN = (
    "Sam",
    "Jo",
    "Pat",
    "Dr Anand",
    "Ms Clarke",
    "Mr Osei",
    "Mrs Levy",
    "Chris",
    "Sister Agnes",
    "Mr Novak",
    "Miss Pereira",
    "Dr Whitcombe",
)


def contact(tale: Tale, on: date, children: list[int], outcome: str) -> tuple[Happening, date]:
    """Somebody calls. Returns the contact and the day it is decided, which may lie ahead."""
    rng = tale.rng
    source = tale.told("source", lambda: mixes.draw(rng, mixes.SOURCES))
    at = time(rng.choice((8, 9, 9, 10, 11, 12, 13, 14, 15, 15, 16, 17, 20, 23)), rng.randrange(60))
    is_night = at.hour in (20, 23)
    worker = rng.choice(tale.roster.workers("out_of_hours" if is_night else "front_door"))
    is_danger = tale.told("danger", lambda: tale.chance(tale.family.theme.danger))
    decided_on = tale.work(on, tale.told("decision days", lambda: 0 if is_danger else mixes.draw(rng, mixes.DECISION_DAYS)))
    happening = tale.add(
        Happening("front_door.contact", on, tale.moment(on, at), worker.username, children, _call(tale, children, source, is_danger), at=at)
    )
    happening.values |= {"received_on": on, "received_at": at}
    for child in children:
        happening.each[child] = _recommended(tale, children, child, outcome)
    if tale.told("half written", lambda: False):
        _stop_half_way(happening)
        return happening, date.max
    happening.done.append(("record", worker.username, tale.recorded(on, at)))
    if not tale.is_past(decided_on):
        what = wording.ask_to_decide_contact(tale.all_shown(children), danger_now=is_danger)
        tale.ask(happening, what=what, step="decide", team="front_door", due_on=on if is_danger else tale.work(on, 1))
        return happening, date.max
    _decide(tale, happening, decided_on, outcome, worker if is_night else None)
    return happening, decided_on


def _call(tale: Tale, children: list[int], source: str, is_danger: bool) -> dict[str, Any]:
    rng, say, facts = tale.rng, tale.teller.one, tale.facts(children)
    role, agency, how = CALLERS[source]
    is_public = agency is None
    name = None if source in ("9", "10") else rng.choice(GIVEN)
    is_protected = is_public and source != "1C" and tale.chance(0.5)
    told = not is_protected and not is_danger and tale.chance(0.68)
    number = places.mobile(tale.family.number + 500) if is_public else places.landline(rng.randrange(1000))
    return {
        "caller_words": say(tale.family.theme.says, **facts),
        "how": how if tale.chance(0.75) else "telephone",
        "danger_now": is_danger,
        "danger_words": say(phrases.DANGER, **facts) if is_danger else None,
        "safe_now": say(phrases.SAFE_NOW_DANGER if is_danger else phrases.SAFE_NOW, **facts),
        "other_children": "None that the caller knows of." if tale.chance(0.3) else None,
        "source_of_harm": f"{facts['f']}; {rng.choice(('lives in the home', 'has no key', 'sees the children at weekends'))}." if tale.chance(0.35) else None,
        "source": source,
        "caller_name": name,
        "caller_role": role,
        "caller_agency": agency.format(s=facts["s"], g=tale.person(children[0]).surgery) if agency else None,
        "caller_safe_call_back": None if name is None else f"{number}, {rng.choice(('any time', 'before four', 'no messages please', 'mornings'))}",
        "caller_is_protected": is_protected,
        "family_told": told,
        "why_not_told": None if told else say(phrases.WHY_NOT_TOLD, **facts),
        "lawful_basis": "public_task" if tale.chance(0.9) else rng.choice(("legal_obligation", "vital_interests", "consent")),
    }  # fmt: skip


def _recommended(tale: Tale, children: list[int], child: int, outcome: str) -> dict[str, Any]:
    facts, say = tale.facts(children, child), tale.teller.one
    return {
        "worry": say(tale.family.theme.worry, **facts),
        "recommended": outcome,
        "recommended_why": tale.teller.tell(phrases.WHY_RECOMMENDED[outcome], **facts),
    }


def _stop_half_way(happening: Happening) -> None:
    """The call was interrupted: who it is about is not yet written."""
    for name in ("safe_now", "source", "caller_is_protected", "family_told", "why_not_told", "lawful_basis", "caller_agency"):
        happening.values[name] = None
    happening.each = {}


def _decide(tale: Tale, happening: Happening, on: date, outcome: str, alone_at_night: Person | None) -> None:
    manager = alone_at_night.username if alone_at_night and on == happening.on else tale.manager("front_door")
    moment = max(tale.moment(on), happening.done[-1][2])
    happening.values |= {
        "decided_on": on,
        "decided_at": None if on == happening.on else time(9 + tale.rng.randrange(8), tale.rng.randrange(60)),
    }
    for child in happening.children:
        facts = tale.facts(happening.children, child)
        happening.each[child] |= {"decision": outcome, "decision_why": tale.teller.one(phrases.WHY_DECIDED, **facts)}
    happening.done.append(("decide", manager, moment))
    explain(tale, happening, "contact.screen", tale.work(happening.on, 1), on)
    if outcome == GOES_TO_THE_WORKER:
        _tell_the_worker(tale, happening)
    elif outcome not in BECOMES_A_REFERRAL and happening.values["source"] in PUBLIC_SOURCES and happening.values["caller_safe_call_back"]:
        feedback(tale, happening, on, None)


def _tell_the_worker(tale: Tale, happening: Happening) -> None:
    """Read on the day, mostly; what came in the last days is still to be read by some."""
    held = tale.held()
    if held is None or (tale.today - happening.on).days > 6 or (tale.story is None and tale.chance(0.5)):
        return
    for child in happening.children:
        for holder in ({"worker": held.worker}, {"team": held.team}):
            tale.ask(happening, what=wording.ask_to_read_today(tale.shown(child)), due_on=happening.on, **holder)


def explain(tale: Tale, happening: Happening, clock: str, due_on: date, met_on: date | None) -> None:
    """Why a clock was missed, where somebody has said so."""
    if (met_on or tale.today) > due_on and tale.chance(0.7):
        happening.causes[clock] = tale.told("cause", lambda: mixes.draw(tale.rng, mixes.CAUSES))


def referral(tale: Tale, call: Happening, decided_on: date, children: list[int], response: str) -> tuple[Happening, date | None]:
    """The referral of these children. Returns it and the day it is accepted: None when it is not, or not yet."""
    on = tale.work(decided_on, tale.told("referral days", lambda: mixes.draw(tale.rng, mixes.DECISION_DAYS)))
    is_nfa = tale.told("no further action", lambda: tale.chance(mixes.NO_FURTHER_ACTION))
    manager = tale.manager("front_door")
    values = {
        "received_on": call.on,
        "received_at": call.at,
        "source": call.values["source"],
        "reason": call.values["caller_words"],
        "is_nfa": False,
    }
    happening = tale.add(Happening("front_door.referral", call.on, call.done[-1][2], manager, children, values, at=call.at, follows=call))
    happening.each = {child: {"worry": call.each[child]["worry"]} for child in children}
    if not tale.is_past(on):
        due_on = tale.work(call.on, 1)
        tale.ask(happening, what=wording.ask_to_decide_referral(tale.all_shown(children)), step="decide", team="front_door", due_on=due_on)
        return happening, None
    facts, say = tale.facts(children), tale.teller.one
    values |= {
        "decided_on": on,
        "is_nfa": is_nfa,
        "why": say(phrases.REFERRAL_WHY_NOT if is_nfa else phrases.REFERRAL_WHY_ACCEPTED, **facts),
    }
    if not is_nfa:
        values |= {"response": response, "primary_need": tale.family.theme.need, "instructions": say(phrases.INSTRUCTIONS, **facts)}
    happening.done.append(("decide", manager, max(tale.moment(on), call.done[-1][2])))
    explain(tale, happening, "referral.decide", tale.work(call.on, 1), on)
    decision = "no further action by children’s social care" if is_nfa else RESPONSES[response]
    feedback(tale, happening, on, None if values["source"] in PUBLIC_SOURCES else wording.outcome_for_referrer(decision))
    return happening, None if is_nfa else on


def feedback(tale: Tale, after: Happening, decided_on: date, outcome: str | None) -> None:
    """The outcome to a professional; to the public a receipt (`outcome` None)."""
    told_on = tale.work(decided_on, tale.told("feedback days", lambda: mixes.draw(tale.rng, ((0, 30), (1, 40), (3, 22), (7, 8)))))
    by = tale.rng.choice(tale.roster.workers("front_door")).username
    values: dict[str, Any] = {"decided_on": decided_on, "receipt_only": outcome is None, "words": outcome or wording.RECEIPT}
    happening = Happening("front_door.feedback", decided_on, after.done[-1][2], by, after.children, values, follows=after)
    if tale.is_past(told_on):
        happening.on, happening.recorded_at = told_on, tale.recorded(told_on)
        values |= {"told_on": told_on, "how": tale.rng.choice(("email", "telephone", "email", "letter"))}
        happening.done.append(("record", by, happening.recorded_at))
        explain(tale, happening, "referral.feedback", tale.work(decided_on, 3), told_on)
    elif (tale.today - decided_on).days > 14:
        return
    else:
        due_on = tale.work(decided_on, 3)
        tale.ask(
            happening, what=wording.ask_to_tell_referrer(tale.all_shown(after.children)), step="record", duty="front_door", due_on=due_on
        )
    tale.add(happening)
