"""The whole plan, family by family, without a database: the same seed, day and size give the same lives."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from goldthread.demo.families import make_family
from goldthread.demo.lives import live
from goldthread.demo.mixes import SIZES, Size
from goldthread.demo.people import Life
from goldthread.demo.staff import Roster, plan_roster
from goldthread.demo.stories import STORIES, Story
from goldthread.ground.time.working_days import Calendar

SEED = "Hallowmere"
BEFORE_THE_WINDOW = 800  # days: families known then and still seen within the window bring their earlier history along
FEWER_NEW_LATER = 0.9  # 1: as many families are new in each year, and calls about those known before come on top of them


@dataclass(frozen=True)
class Plan:
    """`wanted` contacts fall inside the window that `starts_on`; `roster` are those who deal with them."""

    size: Size
    today: date
    calendar: Calendar
    roster: Roster
    wanted: int
    seed: str = SEED

    @property
    def starts_on(self) -> date:
        return self.today - timedelta(days=round(self.size.months * 30.44))

    def lives(self) -> Iterator[tuple[Life, int]]:
        """Each family's life, and how many contacts there are so far; families of a story first."""
        contacts = 0
        number = 0
        for story in STORIES:
            life = self.life(number, story)
            contacts, number = contacts + self.seen(life), number + 1
            yield life, contacts
        while contacts < self.wanted:
            life, number = self.life(number), number + 1
            seen = self.seen(life)
            if seen or life.open_children:
                contacts += seen
                yield life, contacts

    def seen(self, life: Life) -> int:
        """Contacts inside the window."""
        return sum(happening.kind == "front_door.contact" and happening.on >= self.starts_on for happening in life.happenings)

    def life(self, number: int, story: Story | None = None) -> Life:
        rng = Random(f"{self.seed}/{number}")
        if story is not None:
            first_on = self.calendar.add(self.today, -story.working_days_ago) if story.working_days_ago else self.today - timedelta(days=1)
        else:
            known = (self.today - self.starts_on).days + BEFORE_THE_WINDOW
            ago = known * (rng.randint(1, known) / known) ** FEWER_NEW_LATER
            first_on = self.today - timedelta(days=max(1, round(ago)))
            if first_on.weekday() > 4 and rng.random() < 0.7:
                first_on -= timedelta(days=2)
        family = make_family(number, rng, first_on, self.today, story)
        return live(family, self.today, self.roster, self.calendar, rng, story)


def make_plan(size: str, today: date, calendar: Calendar, seed: str = SEED) -> Plan:
    """A plan of one of `mixes.SIZES`. KeyError for a size there is none of."""
    chosen = SIZES[size]
    return Plan(chosen, today, calendar, plan_roster(chosen.workers_of, seed), chosen.wanted, seed)
