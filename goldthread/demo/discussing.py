"""Strategy discussions: who was asked, who came and what they brought; who did not, and who has not said that they know."""

from datetime import date, datetime, time, timedelta
from typing import Any

from goldthread.demo import mixes, places
from goldthread.demo.people import Asked, Happening
from goldthread.demo.people_to_meet import Person
from goldthread.demo.tale import Tale
from goldthread.pathway.meeting.wording import ask_to_send
from goldthread.practice.protection.meetings.strategy_discussion import SENT

NURSES, VISITORS = "Hallowmere School Nursing", "Hallowmere Health Visiting"
KNOWN = (
    "[Each agency held a piece|What the agencies know fits together]: {c} has been [hurt more than once|seen frightened|left alone with this] and [nobody had the whole picture|the account given does not explain it].",
    "The [injury|account] and what {s} has seen [point the same way|cannot be explained by play]. {m} [was open with the nurse|could not say how it happened].",
)
BECAUSE = (
    "There is reasonable cause to suspect that {c} is suffering significant harm: [the injury|what {c} said|what was seen] is not explained.",
    "{c} is likely to suffer significant harm if [nothing is done this week|{f} goes back to the house].",
    "What {c} [told the teacher|showed the nurse] must be looked into with the police, and {c} seen [today|in the morning].",
)
TONIGHT = (
    "{c} stays with [an aunt|a grandmother|{m}] tonight. {f} has agreed to stay away. The night team rings at [eight|nine] and goes round if nobody answers.",
    "{c} is at [the hospital|home with {m} and a grandmother]. Nobody else looks after {c} until the next decision. Ring the police if {f} comes.",
)
MAY_BE_TOLD = (
    "{w} tells {m} [tomorrow morning|when {c} has been seen] that an enquiry has started and why. Nothing of what the police hold.",
    "{m} is told [today|after the medical], {f} after the police have spoken to him.",
)
WHY_NOT_KNOWN = ("The police ask that {f} is not told before they have spoken to him.", "Telling them now could put {c} under pressure before {c} is seen.")  # fmt: skip
BROUGHT = {
    "police": ("[Two|Three|Four] calls to the address in twelve months[, one with an arrest|]. Nothing on {m}.", "{f} is known for [violence to a former partner|breach of an order] in [2021|2023]."),
    "health": ("{c} was [brought late|not brought] to [two|three] appointments. [A bruise was noted in spring and explained as a fall|Weight and growth are as they should be].", "Registered and seen [last month|in the summer]; no injuries recorded."),
    "school": ("{c} [has come in tired and hungry since half term|says little and keeps close to one teacher]. Attendance is [81|88|93] per cent.", "{c} told [a teaching assistant|the class teacher] “[I do not want to go home|he gets cross at night]”."),
}  # fmt: skip
ABSENT = ("Rang twice; no answer.", "On leave, and nobody covered.", "In clinic until five.", "The message did not reach them.")


def discuss(
    tale: Tale, children: list[int], follows: Happening, on: date, chair: str, worker: Person, decision: dict[int, str]
) -> Happening:
    """Held on this day by telephone or video, under a manager, with those who were reached."""
    rng, say = tale.rng, tale.teller.one
    facts = tale.facts(children, worker=worker)
    at = time(rng.choice((1, 2, 3)), 5 * rng.randrange(12)) if tale.chance(0.08) else time(9 + rng.randrange(8), 5 * rng.randrange(12))
    moment = tale.moment(on, at)
    is_known = tale.chance(0.55)
    lines = mixes.draw(rng, (("telephone", 55), ("video", 40), ("in_person", 5)))
    values: dict[str, Any] = {
        "held_on": on, "held_at": at, "held_how": lines, "suspected_on": min(follows.done[-1][2].date(), on) if follows.done else on,
        "cause": say(tale.family.theme.worry, **facts), "known": say(KNOWN, **facts), "is_known_by_family": is_known,
        "family_may_be_told": say(MAY_BE_TOLD, **facts), "agreed_with_police": tale.chance(0.9),
    }  # fmt: skip
    if not is_known:
        values["why_not_known"] = say(WHY_NOT_KNOWN, **facts)
    discussion = tale.add(
        Happening("protection.strategy_discussion", on, moment + timedelta(minutes=25), chair, children, values, at=at, follows=follows)
    )
    discussion.each = {child: _for_child(tale, child, children, worker, decision[child], on) for child in children}
    discussion.done.append(("hold", chair, discussion.recorded_at))
    discussion.asked = _everyone(tale, children, discussion, chair, worker, moment, lines)
    if not any(
        one.values.get("attended") in ("telephone", "video", "in_person") and one.agency == places.POLICE for one in discussion.asked
    ) or not _has_health(discussion):
        values["why_inquorate"] = "It could not wait: those who were missing were rung afterwards, and what they said is in the list."
    sent = [one.values["sent_at"] for one in discussion.asked if "sent_at" in one.values]
    unsent = [one for one in discussion.asked if "sent_at" not in one.values and "left_out_at" not in one.values]
    if unsent and (tale.today - on).days < 20:
        what = ask_to_send("Strategy discussion", len(unsent))
        tale.ask(discussion, what=what, step="meeting", team=tale.held().team if tale.held() else "front_door", due_on=tale.work(on, 1))  # type: ignore[union-attr]
    if not unsent:
        discussion.met[SENT] = max(max(sent).date(), on)
    return discussion


def _has_health(discussion: Happening) -> bool:
    health = [one for one in discussion.asked if one.role in ("GP", "School nurse", "Health visitor")]
    return any(one.values.get("attended") in ("telephone", "video", "in_person") for one in health)


def _for_child(tale: Tale, child: int, children: list[int], worker: Person, decision: str, on: date) -> dict[str, Any]:
    say, facts = tale.teller.one, tale.facts(children, child, worker)
    answers: dict[str, Any] = {"decision": decision, "decision_why": f"{say(BECAUSE, **facts)} {say(tale.family.theme.worry, **facts)}"}
    if decision == "section_47":
        is_joint = tale.chance(0.62)
        answers |= {
            "enquiry_by": "joint" if is_joint else "social_care", "who_sees": f"{worker.name}{' with a detective' if is_joint else ''}",
            "see_by_on": on if tale.chance(0.7) else tale.work(on, 1), "medical": mixes.draw(tale.rng, (("needed", 30), ("advice", 20), ("not_needed", 50))),
            "tonight": say(TONIGHT, **facts),
        }  # fmt: skip
    return answers


def _everyone(tale: Tale, children: list[int], discussion: Happening, chair: str, worker: Person, at: datetime, lines: str) -> list[Asked]:
    people = [tale.person(child) for child in children]
    schools = list(dict.fromkeys(human.school for human in people if human.school))
    surgery = next((human.surgery for human in people if human.surgery), None)
    small = any(tale.age(child, discussion.on) < 5 for child in children)
    nurse = (VISITORS, "Health visitor") if small else (NURSES, "School nurse")
    seats = [(places.POLICE, "Police", 0.88, 0.0, "police"), (nurse[0], nurse[1], 0.8, 0.06, "health")]
    seats += [(surgery, "GP", 0.22, 0.3, "health")] if surgery else []
    seats += [
        (school, "Nursery manager" if "Nursery" in school else "Designated safeguarding lead", 0.74, 0.1, "school") for school in schools
    ]
    ours = [
        Asked(
            role,
            worker=username,
            values=_ours(at, lines, discussion.recorded_at),
            by={"attended_by": chair, "sent_by": chair, "acknowledged_by": chair},
        )
        for role, username in (("Team manager", chair), ("Social worker", worker.username))
    ]
    return ours + [_partner(tale, discussion, chair, at, lines, *seat) for seat in seats]


def _ours(at: datetime, lines: str, recorded_at: datetime) -> dict[str, Any]:
    moment = max(at, recorded_at)
    return {
        "attended": lines, "attended_noted_at": moment, "sent_at": moment, "sent_how": "at_the_meeting", "acknowledged_at": moment,
    }  # fmt: skip


def _partner(
    tale: Tale, discussion: Happening, chair: str, at: datetime, lines: str, agency: str, role: str, comes: float, report: float, kind: str
) -> Asked:
    """Rung or written to beforehand, except at night; came, sent a report, or did not; told the decisions; said so, or not yet."""
    rng, now, recorded = tale.rng, tale.now, discussion.recorded_at
    values: dict[str, Any] = {}
    one = Asked(role, agency=agency, values=values, by={})
    at_night = at.hour < 6
    if at_night and kind == "school":
        values |= {"left_out_at": recorded, "left_out_why": "Held at night; the school was told in the morning."}
        return one
    if not at_night:
        _invited(tale, one, chair, at - timedelta(minutes=rng.randint(40, 200)))
    drawn = rng.random()
    attended = lines if drawn < comes else "report" if drawn < comes + report else "not"
    values |= {"attended": attended, "attended_noted_at": recorded}
    one.by["attended_by"] = chair
    if attended == "not":
        values["why_absent"] = rng.choice(ABSENT)
        values.pop("reply", None)
        values.pop("replied_at", None)
    else:
        facts = tale.facts(discussion.children)
        one.brought.append((tale.teller.one(BROUGHT[kind], **facts), "police_and_social_care" if kind == "police" else "ask_first"))
    _told(tale, one, chair, attended not in ("report", "not"), recorded, now)
    return one


def _invited(tale: Tale, one: Asked, by: str, at: datetime) -> None:
    is_rung = tale.chance(0.6)
    one.values |= {"invited_at": at, "invited_how": "telephone" if is_rung else "email_without_names"}
    one.by["invited_by"] = by
    if is_rung:
        one.values["delivered_at"] = at
    if tale.chance(0.86):
        answered_at = at + timedelta(minutes=tale.rng.randint(3, 35))
        one.values |= {"delivered_at": one.values.get("delivered_at", answered_at), "reply": "accepted", "replied_at": answered_at}


def _told(tale: Tale, one: Asked, by: str, was_there: bool, recorded: datetime, now: datetime) -> None:
    """Most hear the decisions there or the same day; fewer say that they have them, and fewer still that they have filed them."""
    if not was_there and (now - recorded).days < 12 and not tale.chance(0.82):
        return
    sent_at = recorded if was_there else min(tale.later(recorded, tale.rng.randrange(2)), now)
    one.values |= {"sent_at": sent_at, "sent_how": "at_the_meeting" if was_there else "secure_email"}
    one.by["sent_by"] = by
    said_at = tale.later(sent_at, tale.rng.randrange(4))
    if said_at < now and tale.chance(0.74 if was_there else 0.55):
        one.values["acknowledged_at"] = said_at
        if tale.chance(0.45):
            one.by["acknowledged_by"] = by  # they rang; the others used the link
        if tale.chance(0.68):
            one.values |= {"filed_on": said_at.date(), "filed_noted_at": said_at}
