"""Living through it: call after call, what each led to, and what was noted between."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from goldthread.demo import mixes, phrases
from goldthread.demo.assessing import Assessed, assess
from goldthread.demo.calling_meetings import move_in
from goldthread.demo.calls import contact, referral
from goldthread.demo.enquiring import Enquiry, enquire
from goldthread.demo.people import Family, Happening, Held, Human, Kin, Life, Note
from goldthread.demo.people_to_meet import Person
from goldthread.demo.plans import Planned, close
from goldthread.demo.protecting import confer
from goldthread.demo.staff import Roster
from goldthread.demo.stories import Story
from goldthread.demo.tale import Tale
from goldthread.ground.time.working_days import Calendar
from goldthread.practice.family_help.pathways import CLOSES_AS
from goldthread.practice.front_door.pathways import GOES_TO_THE_WORKER

MONTH = 30.4
Ends = dict[int, date | None]  # of each child: the day its case was closed, None while it is open


def live(family: Family, today: date, roster: Roster, calendar: Calendar, rng: Random, story: Story | None = None) -> Life:
    """Everything that happened to the family up to today."""
    tale = Tale(family, today, roster, calendar, rng, story)
    if (story and story.name == "recorded twice") or (not story and tale.chance(mixes.CHANCE["recorded twice"])):
        _record_twice(tale)
    on: date | None = family.first_on
    ends: Ends = {}
    was_referred = False
    while on is not None and on < today:
        children = tale.children(on)
        if not children:
            break
        still_open = [child for child in children if child in ends and (ends[child] is None or on < ends[child])]  # type: ignore[operator]
        outcome = GOES_TO_THE_WORKER if still_open else _outcome(tale, was_referred=was_referred)
        call, decided_on = contact(tale, on, still_open or children, outcome)
        if decided_on == date.max:
            break
        if outcome == "referral":
            was_referred, found = True, _episode(tale, call, decided_on, children)
            if found is None:
                break
            ends = found
        on = _next(tale, on, ends)
    tale.life.open_children = {child for held in tale.life.held if held.until_on is None for child in held.children}
    tale.life.on_protection_plan &= tale.life.open_children
    if tale.told("moved in", lambda: False):
        move_in(tale, sorted(tale.life.open_children))
    _write_notes(tale)
    return tale.life


def _outcome(tale: Tale, *, was_referred: bool) -> str:
    mix = mixes.AFTER_EARLIER_REFERRAL if was_referred else mixes.CONTACT_OUTCOMES
    return str(tale.told("outcome", lambda: mixes.draw(tale.rng, mix)))


def _next(tale: Tale, on: date, ends: Ends) -> date | None:
    """The day of the next call, if there is to be one. Families of a story have their own."""
    if tale.story is not None:
        lately = tale.work(tale.today, -1)
        return lately if tale.told("new worry", lambda: False) and on < lately else None
    is_open = any(end is None for end in ends.values())
    if not is_open and not tale.chance(mixes.CHANCE["another contact"]):
        return None
    return on + timedelta(days=3 + round(tale.rng.expovariate(1 / mixes.CONTACT_GAP_DAYS)))


def _episode(tale: Tale, call: Happening, decided_on: date, children: list[int]) -> Ends | None:
    """From referral to closing. None when the referral still waits for its decision."""
    start = len(tale.life.held)
    is_urgent = tale.told("section 47", lambda: tale.chance(mixes.SECTION_47_AT_REFERRAL))
    asked, accepted_on = referral(tale, call, decided_on, children, "strategy_discussion" if is_urgent else "assessment")
    if accepted_on is None:
        return {} if asked.done else None
    last_day = tale.last_day(children)
    enquiry = None
    if is_urgent:
        held_on = tale.work(accepted_on, 0) if tale.chance(0.7) else tale.work(accepted_on, 1)
        if tale.is_past(held_on) and held_on < last_day:
            enquiry = enquire(
                tale,
                children,
                asked,
                held_on,
                tale.manager("front_door"),
                tale.pick_team("assessment", tale.told("assessor", lambda: None))[1],
                last_day,
            )
    assessed = assess(tale, asked, accepted_on, enquiry.conference_on if enquiry else None)
    ends = _after_assessment(tale, assessed, enquiry, last_day)
    _part_ways(tale, start, ends)
    return ends


def _after_assessment(tale: Tale, assessed: Assessed, enquiry: Enquiry | None, last_day: date) -> Ends:
    children, on = assessed.happening.children, assessed.authorised_on
    ends: Ends = dict.fromkeys(children)
    if enquiry and enquiry.conference_on:
        return dict.fromkeys(children, _protect(tale, enquiry, last_day)) if enquiry.is_over else ends
    if on is None:
        return ends
    closing = [child for child in children if assessed.outcome[child] in CLOSES_AS]
    planned = [child for child in children if child not in closing]
    if closing:
        ends |= dict.fromkeys(closing, close(tale, closing, assessed.happening, on, assessed.team, assessed.worker, assessed.outcome))
    if planned:
        ends |= dict.fromkeys(
            planned, _help(tale, planned, assessed.happening, on, tale.last_day(planned), (assessed.team, assessed.worker))
        )
    return ends


def _protect(tale: Tale, enquiry: Enquiry, last_day: date) -> date | None:
    """From the conference on: a protection plan, then a child in need plan or an end."""
    children = enquiry.happening.children
    found = confer(tale, enquiry, last_day)
    if found is None:
        conference = tale.life.happenings[-1]
        return _help(tale, children, conference, conference.on, last_day, None)
    last, ended_on, (team, worker) = found
    if ended_on is None:
        return None
    if ended_on < last_day and tale.chance(0.66):
        return _help(tale, children, last, ended_on, last_day, (team, worker))
    return close(tale, children, last, ended_on, team, worker)


def _help(tale: Tale, children: list[int], after: Happening, on: date, last_day: date, before: tuple[str, Person] | None) -> date | None:
    """A child in need plan until it ends; rarely an enquiry on the way."""
    rng = tale.rng
    planned = Planned(tale, children, after)
    starts_on = tale.work(on, tale.told("days to plan", lambda: rng.randint(1, 9)))
    if starts_on + timedelta(days=40) >= last_day and before is not None:
        return close(tale, children, after, on, *before)
    if not planned.start(starts_on):
        return None
    ends_on = min(
        starts_on + timedelta(days=round(tale.told("plan months", lambda: mixes.draw_days(rng, mixes.PLAN_MONTHS)) * MONTH)), last_day
    )
    if tale.story is None and tale.chance(mixes.SECTION_47_LATER):
        day = tale.work(starts_on + timedelta(days=rng.randint(10, 200)), 0)
        if day < ends_on and tale.is_past(day):
            enquiry = enquire(tale, children, planned.last, day, tale.manager(planned.team), planned.worker, last_day)
            if enquiry.is_over and enquiry.conference_on:
                planned.run(enquiry.conference_on, for_conference=True)
                return _protect(tale, enquiry, last_day)
    ended_on = planned.run(ends_on)
    return None if ended_on is None else close(tale, children, planned.last, ended_on, planned.team, planned.worker)


def _part_ways(tale: Tale, start: int, ends: Ends) -> None:
    """Brothers and sisters were held together; each leaves on the day its own case was closed."""
    rows, tale.life.held[start:] = tale.life.held[start:], []
    for end in sorted(set(ends.values()), key=lambda day: day or date.max):
        for row in rows:
            children = [child for child in row.children if ends[child] == end]
            if not children or (end is not None and row.from_on > end):
                continue
            if end is not None and (row.until_on is None or row.until_on > end):
                tale.life.held.append(replace(row, children=children, until_on=end, why_ended="Closed"))
            else:
                tale.life.held.append(replace(row, children=children))


def _record_twice(tale: Tale) -> None:
    """One child stands on file a second time, a little otherwise, with an earlier call of its own."""
    rng, family = tale.rng, tale.family
    born = [child for child in family.children if tale.person(child).born_on]
    on = tale.work(family.first_on - timedelta(days=rng.randint(30, 90)), 0)
    born = [child for child in born if tale.person(child).born_on < on]  # type: ignore[operator]
    if not born:
        return
    child = tale.person(rng.choice(born))
    assert child.born_on is not None
    day = child.born_on
    swapped = day.replace(month=day.day, day=day.month) if day.day <= 12 and rng.random() < 0.5 else day
    copy = Human(
        family.number * 20 + 19, _misheard(child.given, rng), child.family, child.sex, swapped if swapped < on else day, ethnicity=None,
        school=child.school, surgery=child.surgery, stays=child.stays[-1:], is_copy=True,
    )  # fmt: skip
    family.people.append(copy)
    place = len(family.people) - 1
    family.kin.append(Kin(place, 0, "mother", {}))
    family.parents[place] = [0]
    contact(tale, on, [place], "information_and_advice")


def _misheard(name: str, rng: Random) -> str:
    """As someone on the telephone might write it."""
    plain = "".join({"á": "a", "é": "e", "í": "i", "ó": "o", "ú": "u", "ş": "sh", "ł": "l"}.get(letter, letter) for letter in name)
    if plain != name:
        return plain
    place = rng.randrange(1, len(name))
    return name[:place] + name[place - 1].lower() + name[place:] if name[place - 1].isalpha() else name + "e"


def _write_notes(tale: Tale) -> None:
    """Case notes for as long as somebody held the family, more or less evenly."""
    for held in tale.life.held:
        if held.worker is None:
            continue
        until = min(held.until_on or tale.today, tale.today)
        at = tale.rng.expovariate(mixes.NOTES_A_MONTH / MONTH)
        while at < (until - held.from_on).days:
            tale.life.notes.append(_note(tale, held, held.from_on + timedelta(days=int(at))))
            at += tale.rng.expovariate(mixes.NOTES_A_MONTH / MONTH)


def _note(tale: Tale, held: Held, on: date) -> Note:
    rng = tale.rng
    kind = mixes.draw(rng, phrases.NOTE_KINDS)
    about = held.children if kind in ("visit", "direction", "message") else [held.children[int(rng.random() * len(held.children))]]
    templates = phrases.NOTES[kind] if kind != "visit" or rng.random() < 0.6 else tale.family.theme.note
    by = tale.manager(held.team) if kind == "direction" else held.worker or ""
    words = tale.teller.one(templates, **tale.facts(about))
    return Note(on, None, tale.recorded(on), by, about, kind, words, True if kind == "direction" and rng.random() < 0.3 else None)
