"""Filling an empty database that is marked as a demo with the borough of Hallowmere.

People stand on file only where services knew them: a family, those around it, and nobody else of the borough's residents.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice

from django.utils.timezone import localdate

from goldthread.core.people.models import Person
from goldthread.demo.lettering import AT_MOST, write_letters
from goldthread.demo.plan import SEED, Plan, make_plan
from goldthread.demo.singly import finish
from goldthread.demo.writing import Writer
from goldthread.demo.writing_staff import write_staff
from goldthread.ground.access.models import User
from goldthread.ground.audit.acting import acting
from goldthread.ground.boot.models import Installation
from goldthread.ground.boot.queries import installation, must_be_demo
from goldthread.ground.boot.trouble import Trouble
from goldthread.ground.time.queries import calendar
from goldthread.out.insight.actions import enter_population
from goldthread.out.returns.failures.actions import check_everyone

FAMILIES_AT_ONCE = 400
ADMINISTRATOR = "morag.urquhart"
INVENTED = "Invented for the demo, as is the borough"
Say = Callable[[str, int, int], None]


def fill(size: str, say: Say | None = None, *, today: date | None = None, seed: str = SEED) -> Writer:
    """Simulate the borough up to `today` and write it. `say` hears what is being done, how much of it is done, and of how much.

    Trouble when the database is not a demo or not empty.
    Each few hundred families are one transaction; memory does not grow with the size.
    """
    authority = _must_be_empty()
    plan = make_plan(size, today or localdate(), calendar(), seed)
    tell = say or (lambda text, done, total: None)
    tell("Putting the council and its partners on file", 0, plan.wanted)
    with acting(system="demo", purpose="filling the demo"):
        standing = write_staff(plan.roster, plan.today, authority.authority, seed)
        say_who_lives_here(plan, standing.users[ADMINISTRATOR])
    writer = Writer(standing, plan.today, authority.la_code)
    lives = plan.lives()
    with _without_searching_for_garbage():
        while batch := list(islice(lives, FAMILIES_AT_ONCE)):
            with acting(system="demo", purpose="filling the demo"):
                people = writer.write([life for life, _ in batch])
                for life, _ in batch:
                    finish(life, people, standing)
                writer.letters += write_letters([life for life, _ in batch], standing, AT_MOST - writer.letters)
            tell("Living through it, family by family", min(batch[-1][1], plan.wanted), plan.wanted)
            gc.collect()
    tell("Asking the census’s rules of everybody", plan.wanted, plan.wanted)
    check_everyone(plan.today)
    return writer


def say_who_lives_here(plan: Plan, by: User) -> None:
    """A number of children for each mid-year that a rate of these months asks for: the last is a year old, as estimates are when they appear."""
    latest = plan.today.year - (1 if plan.today >= date(plan.today.year, 6, 30) else 2)
    for mid_year in range(plan.starts_on.year - 1, latest + 1):
        enter_population(mid_year=mid_year, children=plan.size.residents, source=INVENTED, by=by)


@contextmanager
def _without_searching_for_garbage() -> Iterator[None]:
    """A batch makes a hundred thousand objects and few cycles: looking for those between batches is enough."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _must_be_empty() -> Installation:
    must_be_demo()
    found = installation()
    if found is None or Person.objects.exists():
        raise Trouble("This demo holds people already: “goldthread demo --reset” throws them away and starts over.")
    return found
