"""Child in need plans, their reviews, and closing."""

from datetime import date, timedelta
from typing import Any

from goldthread.demo import mixes, phrases
from goldthread.demo.people import Happening
from goldthread.demo.people_to_meet import Person
from goldthread.demo.tale import Tale
from goldthread.demo.visiting import IN_NEED, Round
from goldthread.ground.time.periods import add_months
from goldthread.practice.family_help import wording
from goldthread.practice.family_help.pathways import CLOSES_AS

REVIEW = "plan.cin.review"
VISIT_EVERY = 20  # working days: the four weeks of the shipped local rule `visit.cin`
REVIEW_EVERY = 3  # months: the shipped local rule `plan.cin.review`


class Planned:
    """A child in need plan as it goes on: who holds it, and the record that the next one follows."""

    def __init__(self, tale: Tale, children: list[int], after: Happening) -> None:
        self.tale, self.children, self.last = tale, children, after
        self.team, self.worker = tale.pick_team("family_help", tale.told("worker", lambda: None))
        self.plan: Happening | None = None

    def start(self, on: date, *, stays_with: tuple[str, Person] | None = None) -> bool:
        """The plan is agreed on this day. False when that day has not come: the worker is asked for it."""
        tale, facts, say = self.tale, self.tale.facts(self.children, worker=self.worker), self.tale.teller.one
        if stays_with is not None:
            self.team, self.worker = stays_with
        by = self.worker.username
        plan = Happening(
            "family_help.child_in_need_plan", on, self.last.done[-1][2], by, self.children, {"started_on": on}, follows=self.last
        )
        tale.hand_over(self.children, self.team, by, self.last.on if not tale.is_past(on) else on)
        tale.add(plan)
        if not tale.is_past(on):
            plan.on = min(tale.today, self.last.done[-1][2].date())
            plan.values = {"what_must_change": say(tale.family.theme.change, **facts)} if tale.chance(0.5) else {}
            holder = {"worker": by} if tale.held() and tale.held().worker == by else {"team": tale.held().team}  # type: ignore[union-attr]
            tale.ask(plan, what=wording.ask_to_write_plan(tale.all_shown(self.children)), step="write", **holder)
            return False
        plan.values |= {
            "what_must_change": say(tale.family.theme.change, **facts),
            "how_we_shall_know": say(phrases.KNOW, **facts),
            "who_helps": say(phrases.WHO, **facts),
            "if_not": say(phrases.IF_NOT, **facts),
            "family_help_lead": self.worker.name,
            "review_on": add_months(on, REVIEW_EVERY),
        }
        plan.links = {IN_NEED[1]: None}
        plan.each = {child: {"childs_view": say(phrases.WANTS, **tale.facts(self.children, child))} for child in self.children}
        plan.recorded_at = tale.recorded(on)
        plan.done.append(("write", by, plan.recorded_at))
        self.plan = self.last = plan
        return True

    def run(self, ends_on: date, *, for_conference: bool = False) -> date | None:
        """Visits and reviews until the plan ends by about this day, or on it when a protection plan takes its place. None while it goes on."""
        assert self.plan is not None
        ended_on = self._reviews(ends_on, for_conference=for_conference)
        with self.tale.aside(f"in need/{self.plan.on}"):
            visits = Round(self.tale, IN_NEED, self.plan, self.children, self.worker)
            visits.walk(ended_on, VISIT_EVERY)
        if ended_on is None:
            visits.stand_ready()
        return ended_on

    def _reviews(self, ends_on: date, *, for_conference: bool) -> date | None:
        assert self.plan is not None
        tale = self.tale
        while True:
            due_on = add_months(self.last.on, REVIEW_EVERY)
            late = tale.told("review late", lambda: mixes.draw(tale.rng, mixes.REVIEW_LATE_DAYS))
            held_on = max(tale.work(due_on + timedelta(days=late), 0), tale.work(self.last.on, 5))
            if for_conference and held_on >= ends_on:
                self.end(ends_on, "A child protection conference took its place.")
                return ends_on
            if ends_on < held_on:
                held_on = max(tale.work(ends_on, 0), tale.work(self.last.on, 1))
            if not tale.is_past(held_on):
                self.await_review(due_on)
                return None
            goes_on = for_conference or held_on < ends_on - timedelta(days=20)
            if held_on > due_on and tale.chance(0.7):
                self.last.causes[REVIEW] = mixes.draw(tale.rng, mixes.CAUSES)
            self.last.met[REVIEW] = held_on
            self.review(held_on, goes_on=goes_on)
            if not goes_on:
                self.end(held_on)
                return held_on

    def await_review(self, due_on: date) -> None:
        tale = self.tale
        since = self.last.done[-1][2]
        review = tale.add(
            Happening("family_help.child_in_need_review", since.date(), since, self.last.by, self.children, {}, follows=self.last)
        )
        if due_on < tale.today and tale.told("cause", lambda: tale.chance(0.5)):
            self.last.causes[REVIEW] = mixes.draw(tale.rng, mixes.CAUSES)
        tale.ask(
            review, what=wording.ask_to_review_plan(tale.all_shown(self.children)), step="write", worker=self.worker.username, due_on=due_on
        )

    def review(self, on: date, *, goes_on: bool) -> None:
        tale, say, by = self.tale, self.tale.teller.one, self.worker.username
        facts = tale.facts(self.children, worker=self.worker)
        values: dict[str, Any] = {"held_on": on, "what_changed": say(phrases.CHANGED, **facts), "goes_on": goes_on}
        values |= {"what_next": say(phrases.NEXT, **facts)} if goes_on else {"why_it_ends": say(phrases.ENDS, **facts)}
        review = tale.add(
            Happening("family_help.child_in_need_review", on, tale.recorded(on), by, self.children, values, follows=self.last)
        )
        review.done.append(("write", by, review.recorded_at))
        self.last = review

    def end(self, on: date, why: str = "The plan ended.") -> None:
        """The plan ends, and nothing more is due under it."""
        assert self.plan is not None
        self.plan.values["ended_on"] = on
        self.plan.stopped[IN_NEED[1]] = (on, why)
        for child in self.children:
            self.plan.each[child]["left_on"] = on
        if REVIEW not in self.last.met:
            self.last.stopped[REVIEW] = (on, why)


def close(
    tale: Tale, children: list[int], after: Happening, on: date, team: str, worker: Person, reasons: dict[int, str] | None = None
) -> date | None:
    """Closing is proposed, then decided. Returns the day the case is closed; None while it is open."""
    rng, say, facts = tale.rng, tale.teller.one, tale.facts(children, worker=worker)
    written_on = tale.work(on, tale.told("closure days", lambda: rng.randint(0, 6)))
    decided_on = tale.work(written_on, tale.told("closing days", lambda: rng.randint(1, 4)))
    last = tale.last_day(children)
    written_on, decided_on = min(written_on, max(last, on)), min(decided_on, max(last, on))
    happening = tale.add(Happening("family_help.closure", on, after.done[-1][2], worker.username, children, {}, follows=after))
    happening.each = {
        child: {"reason": CLOSES_AS.get((reasons or {}).get(child, ""), _reason(tale, child, decided_on))} for child in children
    }
    worry = say(tale.family.theme.worry, **facts)
    if not worry.startswith((facts["c"], facts["m"], facts["f"])):
        worry = worry[:1].lower() + worry[1:]
    happening.values["summary"] = say(phrases.SUMMARY, worry=worry, **facts)
    if not tale.is_past(written_on):
        tale.ask(happening, what=wording.ask_to_write_closure(tale.all_shown(children)), step="write", worker=worker.username)
        return None
    happening.values |= {"remaining": say(phrases.REMAINING, **facts), "where_to_turn": say(phrases.TURN, **facts)}
    happening.on, happening.recorded_at = written_on, max(tale.moment(written_on), after.done[-1][2])
    happening.done.append(("write", worker.username, happening.recorded_at))
    if not tale.is_past(decided_on):
        tale.ask(happening, what=wording.ask_to_decide_closure(tale.all_shown(children)), step="decide", team=team)
        return None
    happening.on = decided_on
    happening.values |= {"closed_on": decided_on, "why": say(phrases.CLOSING, **facts)}
    happening.done.append(("decide", tale.manager(team), max(tale.moment(decided_on), happening.recorded_at)))
    return decided_on


def _reason(tale: Tale, child: int, on: date) -> str:
    if tale.person(child).died_on and tale.last_day([child]) <= on:
        return "RC2"
    if tale.age(child, on) >= 17 and tale.last_day([child]) - on < timedelta(days=30):
        return "RC6"
    return mixes.draw(tale.rng, (("RC7", 90), ("RC5", 7), ("RC3", 2), ("RC4", 1)))
