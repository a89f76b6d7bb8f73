"""What every teller of a life needs: the family, the calendar, chance, and who works where."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.utils.timezone import localtime

from goldthread.demo import mixes
from goldthread.demo.people import Family, Happening, Held, Human, Job, Life
from goldthread.demo.people_to_meet import Person
from goldthread.demo.staff import Roster
from goldthread.demo.stories import Story
from goldthread.demo.telling import Teller
from goldthread.ground.time.ages import age_on, birthday
from goldthread.ground.time.periods import start_of_day
from goldthread.ground.time.working_days import Calendar

PREGNANCY = timedelta(days=275)


class Tale:
    """One family's life while it is being told. Nothing is dated after half past midnight `today`."""

    def __init__(self, family: Family, today: date, roster: Roster, calendar: Calendar, rng: Random, story: Story | None = None) -> None:
        self.family, self.today, self.roster, self.calendar, self.rng, self.story = family, today, roster, calendar, rng, story
        self.teller = Teller(rng)
        self.life = Life(family)
        self.now = start_of_day(today) + timedelta(minutes=30)
        self.sayings = 0

    def told(self, name: str, by_chance: Callable[[], Any]) -> Any:
        """What the family's story says, or else chance."""
        return self.story.told[name] if self.story and name in self.story.told else by_chance()

    @contextmanager
    def aside(self, what: str) -> Iterator[None]:
        """Told by a chance of its own: whatever is added here moves nothing else in the family's life."""
        usual, own = self.rng, Random(f"{self.family.number}/{what}/{self.family.first_on}")
        self.rng = self.teller.rng = own
        try:
            yield
        finally:
            self.rng = self.teller.rng = usual

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def work(self, day: date, days: int) -> date:
        """So many working days on."""
        return self.calendar.add(day, days)

    def is_past(self, day: date) -> bool:
        """Over before today began: whatever falls on today is still to be done."""
        return day < self.today

    def moment(self, day: date, at: time | None = None) -> datetime:
        """A moment of that day, in office hours unless a time is given, and never after now."""
        at = at or time(9 + self.rng.randrange(8), self.rng.randrange(60))
        return min(start_of_day(day) + timedelta(hours=at.hour, minutes=at.minute), self.now)

    def later(self, at: datetime, days: int) -> datetime:
        """In office hours, so many working days on, and never before; it may lie after now, and then has not happened yet."""
        on = self.work(localtime(at).date(), days)
        office = start_of_day(on) + timedelta(hours=9 + self.rng.randrange(8), minutes=self.rng.randrange(60))
        return max(office, at + timedelta(minutes=self.rng.randint(4, 50)))

    def recorded(self, day: date, at: time | None = None) -> datetime:
        """When something of that day was written down: mostly at once, sometimes weeks later."""
        late = mixes.draw(self.rng, mixes.RECORDING_DAYS)
        return self.moment(day, at) + timedelta(minutes=20) if not late else self.moment(min(self.work(day, late), self.today))

    def person(self, place: int) -> Human:
        return self.family.people[place]

    def mother(self) -> Human:
        return self.family.people[0]

    def father(self) -> Human | None:
        return next((self.person(kin.other) for kin in self.family.kin if kin.kind in ("father", "partner") and kin.other), None)

    def children(self, on: date) -> list[int]:
        """Those under 18, expected or born, and alive on the day."""
        return [place for place in self.family.children if self._is_child(self.person(place), on)]

    def _is_child(self, human: Human, on: date) -> bool:
        conceived = (human.expected_on or human.begins) - PREGNANCY
        return conceived < on and (human.died_on is None or on < human.died_on) and (not human.born_on or on < birthday(human.born_on, 18))

    def last_day(self, children: Sequence[int]) -> date:
        """The last day on which all of them are children and alive."""
        days = [date.max]
        for child in children:
            human = self.person(child)
            days += [birthday(human.born_on, 18) - timedelta(days=1)] if human.born_on else []
            days += [human.died_on - timedelta(days=1)] if human.died_on else []
        return min(days)

    def parents(self, children: Sequence[int]) -> list[int]:
        return sorted({parent for child in children for parent in self.family.parents[child]})

    def shown(self, place: int) -> str:
        """As the person's own record shows the name."""
        human = self.person(place)
        if human.given:
            return f"{human.given} {human.family}"
        return f"Baby of {self.mother().given} {self.mother().family}"

    def all_shown(self, children: Sequence[int]) -> list[str]:
        return [self.shown(child) for child in children]

    def age(self, place: int, on: date) -> int:
        """Whole years; -1 before birth."""
        human = self.person(place)
        return age_on(human.born_on, on) if human.born_on and human.born_on <= on else -1

    def facts(self, children: Sequence[int], focus: int | None = None, worker: Person | None = None) -> dict[str, str]:
        """What stands in the curly brackets of a sentence."""
        child = self.person(focus if focus is not None else children[0])
        father = self.father()
        names = [self.person(place).called for place in children]
        is_one = len(names) == 1
        return {
            "are": "is" if is_one else "are",
            "were": "was" if is_one else "were",
            "live": "lives" if is_one else "live",
            "c": child.called,
            "kids": names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}",
            "m": self.mother().given,
            "f": father.given if father else "the father",
            "s": child.school or child.surgery or "the health visitor",
            "w": worker.name if worker else "The worker",
        }

    def add(self, happening: Happening) -> Happening:
        self.life.happenings.append(happening)
        return happening

    def ask(self, happening: Happening, **job: Any) -> None:
        """Somebody is asked for the next step."""
        made_at = happening.done[-1][2] if happening.done else happening.recorded_at
        happening.jobs.append(Job(made_at=min(made_at, self.now), **job))

    def worker(self, username: str) -> Person:
        return next(person for person in self.roster.everybody() if person.username == username)

    def manager(self, team: str) -> str:
        return self.roster.manager(team).username

    def pick_team(self, purpose: str, username: str | None) -> tuple[str, Person]:
        """A team for this work and a worker of it: the named one, or anyone."""
        for team in self.roster.of(purpose):
            for member in self.roster.members[team] if username else ():
                if member.username == username:
                    return team, member
        teams = self.roster.of(purpose)
        team = teams[self.family.number % len(teams)]  # in turn, as a duty manager would
        workers = self.roster.workers(team)
        return team, workers[self.family.number // len(teams) % len(workers)]

    def held(self) -> Held | None:
        """Who answers for the family at this point of the telling."""
        return self.life.held[-1] if self.life.held and self.life.held[-1].until_on is None else None

    def hand_over(self, children: Sequence[int], team: str, worker: str | None, on: date, why: str = "Reallocated") -> None:
        """From this day others answer for these children."""
        if not self.is_past(on):
            return
        if (now := self.held()) is not None:
            now.until_on, now.why_ended = max(on, now.from_on), why
        self.life.held.append(Held(list(children), team, worker, on))

    def next_number(self) -> int:
        """For a child's own words: no two alike in the whole borough."""
        self.sayings += 1
        return (
            self.family.number * 16 + self.sayings % 16 if self.sayings < 16 else 16 * 10_000_000 + self.family.number * 64 + self.sayings
        )
