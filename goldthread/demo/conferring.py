"""Conferences, reviews and core groups: who came, whose report was late, who saw a child otherwise, and who works the plan."""

from datetime import date, datetime, time, timedelta
from typing import Any

from goldthread.demo import mixes, places
from goldthread.demo.calling_meetings import stand_ready
from goldthread.demo.discussing import BROUGHT, NURSES, VISITORS
from goldthread.demo.people import Asked, Happening
from goldthread.demo.people_to_meet import CHAIR, Person
from goldthread.demo.phrases_conferring import (
    APART,
    ARRIVES,
    CHANGED,
    CONTINGENCY,
    DONE,
    FAMILY,
    GOOD,
    HEARD,
    HOW,
    NO_PLAN,
    NOT_YET,
    OTHERWISE,
    REASONS,
    REMAINS,
    SAYS,
    STILL,
    WATCHES,
    WHY_ABSENT,
    WHY_APART,
)
from goldthread.demo.tale import Tale
from goldthread.demo.telling import own_words
from goldthread.pathway.registry import definition_of

SENT, IN_LAW = "conference.outcome.sent", "conference.initial"
WITHOUT_WHOM_NO_PLAN_IS_REFUSED = ("police", "health")
SHARES = {"police": (0.72, 0.55), "health": (0.84, 0.7), "school": (0.88, 0.8), "gp": (0.16, 0.5)}  # come; send a report


class Meeting:
    """One of them, as it was called, prepared and held."""

    def __init__(self, tale: Tale, happening: Happening, worker: Person, agreed: dict[int, bool] | None = None) -> None:
        """`agreed` says of each child whether there is (or goes on) a plan; None at a core group, which decides nothing of the kind."""
        self.tale, self.happening, self.worker, self.agreed = tale, happening, worker, agreed
        self.on, self.children = happening.on, happening.children
        self.surely: tuple[str, ...] = ()  # the kinds of agency that come
        self.is_quorate = True  # until those who came are counted
        self.by = CHAIR if agreed is not None else worker.username
        self.at = tale.moment(self.on, time(10 + tale.rng.randrange(5), 30 * tale.rng.randrange(2)))
        self.held_at = max(happening.recorded_at, self.at)
        self.lines = mixes.draw(tale.rng, (("in_person", 70), ("video", 30)))
        happening.chair = CHAIR if agreed is not None else None
        happening.values |= {"held_on": self.on, "held_at": self.at.time().replace(second=0, microsecond=0), "held_how": "mixed" if self.lines == "video" else self.lines}  # fmt: skip

    def hold(self) -> None:
        tale, happening = self.tale, self.happening
        if self.agreed is not None:
            self._adults()
        partners = [self._partner(*seat) for seat in self._seats()]
        happening.asked = [*self._ours(), *partners, *self._family()]
        if self.agreed is not None:
            self._everyone_told()
        kinds = {one.kind for one in partners if one.values["attended"] == self.lines}
        self.is_quorate = len(kinds) >= definition_of(happening.kind).at_least  # type: ignore[attr-defined]
        if not self.is_quorate:
            happening.values["why_inquorate"] = "Those who could not come sent word, and the family had waited long enough."
        if self.agreed is not None:
            facts = tale.facts(self.children, worker=self.worker)
            happening.values |= {
                "good": tale.teller.one(GOOD, **facts),
                "heard": tale.teller.one(HEARD, **facts),
                "may_complain": tale.chance(0.93),
            }
            happening.values["worry"] = tale.teller.one(tale.family.theme.worry, **facts)
            prepared_at = tale.moment(max(tale.work(self.on, -3), happening.follows.on if happening.follows else self.on))
            happening.done.append(("prepare", self.worker.username, min(prepared_at, self.held_at)))
        happening.done.append(("hold", self.by, self.held_at))

    def _everyone_told(self) -> None:
        """The clock of the decisions is met once the last of them has been sent."""
        told = [one.values for one in self.happening.asked if "left_out_at" not in one.values]
        days = [values["sent_at"].date() if "sent_at" in values else None for values in told]
        if all(days):
            met_on = max(max(day for day in days if day), self.on)
            self.happening.met[SENT] = met_on
            if met_on > self.tale.work(self.on, 1):
                self.happening.causes[SENT] = "chair"

    def _seats(self) -> list[tuple[str, str, str]]:
        people = [self.tale.person(child) for child in self.children]
        small = any(self.tale.age(child, self.on) < 5 for child in self.children)
        seats = [(VISITORS, "Health visitor", "health") if small else (NURSES, "School nurse", "health")]
        seats += [(school, "Nursery manager" if "Nursery" in school else "Designated safeguarding lead", "school") for school in dict.fromkeys(h.school for h in people if h.school)]  # fmt: skip
        if self.agreed is None:
            return seats
        surgery = next((human.surgery for human in people if human.surgery), None)
        return [(places.POLICE, "Police", "police"), *seats, *([(surgery, "GP", "gp")] if surgery else [])]

    def _ours(self) -> list[Asked]:
        values = {
            "attended": self.lines,
            "attended_noted_at": self.held_at,
            "sent_at": self.held_at,
            "sent_how": "at_the_meeting",
            "acknowledged_at": self.held_at,
        }
        return [Asked("Social worker", worker=self.worker.username, values=values | {"in_group": True}, by={"attended_by": self.by})]

    def _partner(self, agency: str, role: str, kind: str) -> Asked:
        tale, rng = self.tale, self.tale.rng
        comes, reports = SHARES[kind]
        if kind in self.surely:
            comes = 1
        asked_at = tale.moment(tale.work(self.on, -rng.randint(5, 8)))
        is_there, now = tale.chance(comes), tale.now
        has_report = self.agreed is not None and tale.chance(reports if not is_there else reports + 0.1)
        attended = self.lines if is_there else "report" if has_report else "not"
        one = Asked(role, agency=agency, kind="health" if kind == "gp" else kind, by={"invited_by": self.worker.username, "attended_by": self.by, "sent_by": self.by})  # fmt: skip
        one.values = {"invited_at": asked_at, "invited_how": "email_without_names" if tale.chance(0.7) else "telephone", "attended": attended, "attended_noted_at": self.held_at}  # fmt: skip
        if tale.chance(0.8):
            answered_at = tale.later(asked_at, rng.randrange(4))
            one.values |= {"delivered_at": answered_at, "reply": "accepted" if is_there else "declined", "replied_at": answered_at}
        if attended == "not":
            one.values["why_absent"] = rng.choice(WHY_ABSENT)
        one.values["in_group"] = kind in ("health", "school")
        if is_there:
            facts = tale.facts(self.children)
            one.brought.append((tale.teller.one(BROUGHT["health" if kind == "gp" else kind], **facts), "police_and_social_care" if kind == "police" else "family_may_know"))  # fmt: skip
            if self.agreed is not None:
                one.views = {child: self._view(child) for child in self.children}
        if has_report or (self.agreed is not None and kind != "police"):
            one.report = self._report(asked_at, has_report)
        sent_at = self.held_at if is_there else tale.later(self.held_at, rng.randrange(2))
        if sent_at < now and ((tale.today - self.on).days > 14 or tale.chance(0.9)):
            one.values |= {"sent_at": sent_at, "sent_how": "at_the_meeting" if is_there else "secure_email"}
            said_at = tale.later(sent_at, rng.randrange(5))
            if said_at < now and tale.chance(0.7):
                one.values["acknowledged_at"] = said_at
        else:
            one.by.pop("sent_by")
        return one

    def _view(self, child: int) -> tuple[str, str | None]:
        """Most see it as it was decided; of those who do not, half say so for the record."""
        assert self.agreed is not None
        tale, is_plan = self.tale, self.agreed[child]
        if tale.chance(0.9):
            return "yes" if is_plan else "no", None
        if tale.chance(0.3):
            return "none", None
        why = tale.teller.tell(OTHERWISE[1 if is_plan else 0], **tale.facts(self.children, child))
        return "no" if is_plan else "yes", why if tale.chance(0.5) else None

    def _report(self, asked_at: datetime, has_come: bool) -> dict[str, Any]:
        """Asked for with the invitation; most in time, some late, a few never; most shared with each parent."""
        tale = self.tale
        due_on = tale.work(self.on, -3)
        report: dict[str, Any] = {"asked_at": asked_at, "due_on": due_on, "shared": {}}
        if has_come:
            days = -tale.rng.randint(0, 2) if tale.chance(0.68) else tale.rng.randint(1, 3)
            came_on = max(min(tale.work(due_on, days), self.on), asked_at.date())
            report |= {"received_on": came_on, "received_noted_at": tale.moment(came_on)}
            for adult in self._around():
                if tale.chance(0.82):
                    report["shared"][adult] = (min(max(came_on, tale.work(came_on, 1)), self.on) if came_on < self.on else self.on, None)
                elif tale.chance(0.3):
                    report["shared"][adult] = (None, "It names where somebody lives who is not to be found.")
        return report

    def _around(self) -> list[int]:
        return self.tale.parents(self.children)

    def _family(self) -> list[Asked]:
        found: list[Asked] = []
        values: dict[str, Any]
        for number, adult in enumerate(self._around()):
            if self.happening.of_parents.get(adult, {}).get("place") == "excluded":
                decided_at = self.tale.moment(self.tale.work(self.on, -3))
                values = {"left_out_at": decided_at, "left_out_why": "The chair’s decision: seen apart."}
                found.append(Asked("Mother" if number == 0 else "Father", person=adult, values=values, by={}))
                continue
            values = {"in_group": number == 0}
            asked_at = self.tale.moment(self.tale.work(self.on, -self.tale.rng.randint(4, 7)))
            is_there = self.tale.chance(0.8 if number == 0 else 0.45)
            values |= {"invited_at": asked_at, "invited_how": "in_person", "delivered_at": asked_at, "attended": self.lines if is_there else "not", "attended_noted_at": self.held_at}  # fmt: skip
            by = {"invited_by": self.worker.username, "attended_by": self.by}
            sent_at = self.held_at if is_there else self.tale.later(self.held_at, self.tale.rng.randint(1, 2))
            if sent_at < self.tale.now:
                values |= {"sent_at": sent_at, "sent_how": "at_the_meeting" if is_there else "letter"}
                by["sent_by"] = self.by
            found.append(Asked("Mother" if number == 0 else "Father", person=adult, values=values, by=by))
        return found

    def _adults(self) -> None:
        say, happening = self.tale.teller.one, self.happening
        happening.parents = self._around()
        for number, adult in enumerate(happening.parents):
            facts = {"p": self.tale.person(adult).given, "m": self.tale.mother().given}
            answers: dict[str, Any] = {
                "place": "whole" if number == 0 else mixes.draw(self.tale.rng, (("whole", 86), ("split", 9), ("excluded", 5)))
            }
            if answers["place"] == "whole" or number == 0:
                answers["arrives"] = say(ARRIVES, **facts)
            else:
                answers |= {"place_why": say(WHY_APART, **facts), "apart": say(APART, **facts)}
            happening.of_parents[adult] = answers | {"is_met_by_chair": self.tale.chance(0.8), "says": say(SAYS, **facts)}

    def child(self, child: int) -> dict[str, Any]:
        """What every conference hears of a child."""
        age = self.tale.age(child, self.on)
        part = "too_young" if age < 4 else mixes.draw(self.tale.rng, (("worker", 60), ("message", 20), ("advocate", 12), ("comes", 8)))
        return {"takes_part": part, "childs_words": own_words(self.tale.next_number(), age, self.tale.mother().given)}


def confer_first(tale: Tale, conference: Happening, worker: Person, category: str | None) -> None:
    """An initial conference; `category` is None where it makes no plan."""
    meeting = Meeting(tale, conference, worker, dict.fromkeys(conference.children, category is not None))
    if category is None:
        meeting.surely = WITHOUT_WHOM_NO_PLAN_IS_REFUSED
    meeting.hold()
    if not meeting.is_quorate and conference.follows:
        del conference.follows.met[IN_LAW]
        conference.follows.causes[IN_LAW] = "not_quorate"
    for child in conference.children:
        facts = tale.facts(conference.children, child, worker)
        own = meeting.child(child) | {"decision": "plan" if category else "in_need"}
        own["rationale"] = (
            f"{tale.teller.one(REASONS if category else NO_PLAN, **facts)} {tale.teller.one(tale.family.theme.worry, **facts)}"
        )
        conference.each[child] = own | ({"category": category, "contingency": tale.teller.one(CONTINGENCY, **facts)} if category else {})
    if category:
        on = conference.on
        conference.values |= {
            "lead": worker.name,
            "core_group_on": tale.work(on, tale.rng.randint(5, 9)),
            "next_on": on + timedelta(days=tale.rng.randint(75, 88)),
        }


def confer_again(tale: Tale, review: Happening, worker: Person, categories: dict[int, str], ends: bool) -> bool:
    """A review: the plan of all of them goes on, or ends with what shows that it may. Whether it was quorate."""
    meeting = Meeting(tale, review, worker, dict.fromkeys(review.children, not ends))
    meeting.hold()
    for child in review.children:
        say, facts = tale.teller.one, tale.facts(review.children, child, worker)
        own = meeting.child(child) | {"changed": say(CHANGED if ends else (*CHANGED, *NOT_YET), **facts), "goes_on": not ends}
        own["rationale"] = f"{say(NO_PLAN if ends else REASONS, **facts)} {say(tale.family.theme.worry, **facts)}"
        if ends:
            own |= {"remains": say(REMAINS, **facts), "after": mixes.draw(tale.rng, (("child_in_need", 80), ("early_help", 14), ("nothing", 6))), "watches": say(WATCHES, **facts)}  # fmt: skip
        else:
            own["category"] = categories[child]
        review.each[child] = own
    if not ends:
        review.values |= {"lead": worker.name, "next_on": review.on + timedelta(days=tale.rng.randint(150, 178))}
    return meeting.is_quorate


def gather(tale: Tale, conference: Happening, children: list[int], worker: Person, until: date | None) -> None:
    """The core groups under one plan: the first in ten working days or nearly, then every month or so; the next stands ready."""
    started_on, clock = conference.on, "plan.cp.core_group"
    on = tale.work(started_on, tale.rng.randint(5, 10) if tale.chance(0.86) else tale.rng.randint(11, 16))
    latest, last = conference, until or date.max
    while tale.is_past(on) and on < last and on <= tale.last_day(children):
        if clock == "plan.cp.core_group":
            conference.extra.append((clock, started_on, on))
        group = tale.add(Happening("protection.core_group", on, tale.recorded(on), worker.username, children, {}, follows=conference))
        group.links = {"plan.cp.core_group.later": None}
        _core_group(tale, group, worker)
        latest, clock, started_on = group, "plan.cp.core_group.later", on
        on = tale.work(on + timedelta(days=tale.rng.randint(21, 28) if tale.chance(0.8) else tale.rng.randint(29, 44)), 0)
        group.values["next_on"] = on
    if clock == "plan.cp.core_group" and until is None:
        conference.extra.append((clock, started_on, None))
    if until is not None and latest is not conference:
        latest.stopped[clock] = (until, "The protection plan ended: a review conference decided it.")
    if until is None:
        stand_ready(tale, "protection.core_group", "Core group", latest, children, worker, on)


def _core_group(tale: Tale, group: Happening, worker: Person) -> None:
    say = tale.teller.one
    facts = tale.facts(group.children, worker=worker)
    group.values |= {
        "was_done": say(DONE, **facts),
        "family_says": say(FAMILY, **facts),
        "is_stuck": tale.chance(0.2),
        "plan_changes": tale.chance(0.15),
    }
    Meeting(tale, group, worker).hold()
    for child in group.children:
        own = tale.facts(group.children, child, worker)
        worry = say(tale.family.theme.worry, **own)
        group.each[child] = {"how": f"{say(HOW, **own)} {worry}", "still": f"{say(STILL, **own)} {worry}"}
