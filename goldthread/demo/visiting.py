"""Visits to children on a plan: most in time and made, some late, some to a door nobody opens."""

from datetime import date
from typing import Any

from goldthread.demo import mixes, phrases
from goldthread.demo.people import Happening
from goldthread.demo.people_to_meet import Person
from goldthread.demo.tale import Tale
from goldthread.demo.telling import own_words
from goldthread.practice.family_help import wording

PROTECTION = ("protection.protection_visit", "visit.cp")
IN_NEED = ("family_help.child_in_need_visit", "visit.cin")


class Round:
    """The visits under one plan, from its first day until it ends; `every` so many working days, or the rule's time where None."""

    def __init__(self, tale: Tale, what: tuple[str, str], plan: Happening, children: list[int], worker: Person) -> None:
        self.tale, self.plan, self.children, self.worker = tale, plan, children, worker
        self.kind, self.key = what
        self.seen_on = plan.on
        self.again_on: date | None = None

    def walk(self, until: date | None, every: int, *, said_from: date | None = None) -> None:
        """Up to the day the plan ended (or today). `said_from`: since when the plan itself says how often."""
        tale = self.tale
        last = until or date.max
        while True:
            days = every - tale.rng.randint(0, every // 3) if tale.chance(0.86) else every + tale.rng.randint(1, every)
            on = self.again_on or tale.work(self.seen_on, max(days, 1))
            if on >= last or not tale.is_past(on) or on > tale.last_day(self.children):
                return
            self.again_on = None
            self._visit(on, every if said_from is not None and on >= said_from else None)

    def _visit(self, on: date, limit: int | None) -> None:
        tale, say = self.tale, self.tale.teller.one
        facts = tale.facts(self.children, worker=self.worker)
        values: dict[str, Any] = {"visited_on": on, "place": mixes.draw(tale.rng, mixes.VISIT_PLACES), "was_expected": tale.chance(0.72)}
        values |= {"aim": say(phrases.VISIT_FOR, **facts), "outcome": mixes.draw(tale.rng, mixes.VISIT_OUTCOMES)}
        visit = Happening(self.kind, on, tale.recorded(on), self.worker.username, self.children, values, follows=self.plan)
        if values["outcome"] == "made":
            values["what_moved"] = say(phrases.MOVED, **facts)
            visit.each = {child: self._child(child, on) for child in self.children}
            self.seen_on = on
        else:
            values |= {"place": "home", "what_next": say(phrases.NOBODY_IN, **facts), "try_again_on": tale.work(on, tale.rng.randint(1, 3))}
            visit.each = {child: {} for child in self.children}
            self.again_on = values["try_again_on"]
        visit.links = {self.key: limit}
        visit.done.append(("record", self.worker.username, visit.recorded_at))
        tale.add(visit)

    def _child(self, child: int, on: date) -> dict[str, Any]:
        tale = self.tale
        age = tale.age(child, on)
        if age < 0 or not tale.chance(0.95):
            why, where = mixes.draw(tale.rng, phrases.WHERE_INSTEAD) if age >= 0 else ("not_born", "Expected; the mother was seen")
            return {"is_seen": False, "why_not_seen": why, "where_instead": where}
        found: dict[str, Any] = {"is_seen": True, "is_seen_alone": tale.chance(0.84 if age >= 4 else 0.2)}
        if not found["is_seen_alone"]:
            found["why_not_alone"] = "too_young" if age < 3 else mixes.draw(tale.rng, mixes.WHY_NOT_ALONE)
        found["childs_words"] = own_words(tale.next_number(), age, tale.mother().given)
        if self.kind == PROTECTION[0]:
            found["bedroom"] = mixes.draw(tale.rng, (("seen", 70), ("not_seen", 12), ("not_at_home", 18)))
        return found

    def stand_ready(self) -> None:
        """The next visit, on the worker's list."""
        tale, latest = self.tale, self.tale.life.happenings[-1]
        since = latest.recorded_at if latest.kind == self.kind else self.plan.recorded_at
        ready = tale.add(Happening(self.kind, since.date(), since, self.worker.username, self.children, {}, follows=self.plan))
        what = wording.ask_to_visit(tale.all_shown(self.children))
        tale.ask(ready, what=what, step="record", worker=self.worker.username, due_on=self.again_on, key=self.key)
