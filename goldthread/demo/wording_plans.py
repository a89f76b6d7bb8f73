"""What a protection plan says, version by version, in words a family can read."""

from datetime import date, timedelta
from typing import Any

from goldthread.demo import mixes, phrases
from goldthread.demo.people import Happening
from goldthread.demo.people_to_meet import Person
from goldthread.demo.tale import Tale
from goldthread.practice.protection import wording

KIND = "protection.written_plan"


class Wording:
    """The versions of one family's plan. `from_on` is the day of the first, None while nothing is written; `within` what it says of visits."""

    def __init__(self, tale: Tale, plans: list[Happening], children: list[int], worker: Person) -> None:
        self.tale, self.plans, self.children, self.worker = tale, plans, children, worker
        self.within: int = mixes.draw(tale.rng, mixes.VISITS_WITHIN)
        self.from_on: date | None = None
        self.latest = plans[0]

    def write(self, until: date | None) -> None:
        """The first version before the first core group, another after each review at which the plan goes on."""
        tale, began_on = self.tale, self.plans[0].on
        first_on = tale.work(began_on, tale.rng.randint(2, 9))
        if until is not None and first_on >= until:
            return
        if not tale.is_past(first_on):
            self._stand_ready(began_on)
            return
        self.from_on = first_on
        self._version(first_on, "core_group" if tale.chance(0.5) else "conference")
        for review in list(tale.life.happenings):
            if review.kind == "protection.review_conference" and review.on > first_on and set(review.children) == set(self.children):
                on = tale.work(review.on, tale.rng.randint(0, 6))
                if tale.is_past(on) and (until is None or on < until):
                    self._version(on, "review")

    def _version(self, on: date, made_at: str) -> None:
        tale, say, facts = self.tale, self.tale.teller.one, self.tale.facts(self.children, worker=self.worker)
        values: dict[str, Any] = {
            "written_on": on,
            "made_at": made_at,
            "lead": f"{self.worker.name}, social worker",
            "if_unsafe": say(phrases.AT_ONCE, **facts),
        }
        if made_at != "conference":
            values["what_changed"] = say(phrases.PLAN_CHANGED, **facts)
        version = Happening(KIND, on, tale.recorded(on), self.worker.username, self.children, values, follows=self.latest)
        version.parents = tale.parents(self.children)
        version.several = {number: self._need(number, on) for number in range(1, tale.rng.randint(2, 3) + 1)}
        wants = {child: say(phrases.WANTS, **tale.facts(self.children, child)) for child in self.children}
        version.each = {child: {"childs_view": wants[child], "visit_within": self.within} for child in self.children}
        version.of_parents = {parent: self._parent(parent) for parent in version.parents}
        version.done.append(("write", self.worker.username, version.recorded_at))
        self.latest = tale.add(version)

    def _need(self, number: int, on: date) -> dict[str, Any]:
        tale = self.tale
        worry, change, know, helps, if_not = phrases.NEEDS[int(tale.rng.random() * len(phrases.NEEDS))]
        facts = tale.facts(self.children, worker=self.worker)
        tell = tale.teller.tell
        found: dict[str, Any] = {
            "worry": tell(worry, **facts), "must_change": tell(change, **facts), "how_we_know": tell(know, **facts),
            "who_helps": tell(helps, **facts), "if_not": tell(if_not, **facts), "by_on": on + timedelta(days=tale.rng.randint(28, 84)),
        }  # fmt: skip
        if number > 1 and len(self.children) > 1 and tale.chance(0.3):
            found["about"] = [self.children[int(tale.rng.random() * len(self.children))]]
        return found

    def _parent(self, parent: int) -> dict[str, Any]:
        tale, human = self.tale, self.tale.person(parent)
        may = parent == 0 or tale.chance(0.8)
        found: dict[str, Any] = {"does": tale.teller.one(phrases.PARENT_DOES, p=human.given), "gets_copy": may}
        return found if may else found | {"why_no_copy": tale.teller.one(phrases.NO_COPY, p=human.given)}

    def _stand_ready(self, began_on: date) -> None:
        tale, since = self.tale, self.plans[0].recorded_at
        ready = tale.add(Happening(KIND, since.date(), since, self.worker.username, self.children, {}, follows=self.plans[0]))
        ready.parents = tale.parents(self.children)
        what = wording.ask_to_write_plan(tale.all_shown(self.children))
        tale.ask(ready, what=what, step="write", worker=self.worker.username, due_on=tale.work(began_on, 10))
