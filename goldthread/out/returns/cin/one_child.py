"""What the census would say of one child as things stand, and which rules it would fail."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from goldthread.core.people.models import Person
from goldthread.core.people.queries import merged_with
from goldthread.ground.boot.queries import installation
from goldthread.out.returns.cin.asked import YEARS, Asked, asked
from goldthread.out.returns.cin.facts import read
from goldthread.out.returns.cin.items import Child, Part
from goldthread.out.returns.cin.rule import Rule, spot
from goldthread.out.returns.cin.rules import rules_of
from goldthread.out.returns.cin.tally import Tally
from goldthread.out.returns.cin.written import Writer


@dataclass(frozen=True)
class Broken:
    """A rule that the child fails, and where."""

    rule: Rule
    part: Part
    element: str
    value: str


@dataclass(frozen=True)
class Told:
    """`child` is None where this census does not tell of it. What one child alone cannot show (two with one UPN) is not asked."""

    asked: Asked
    child: Child | None
    tally: Tally
    broken: tuple[Broken, ...] = ()


def year_of(day: date) -> int:
    """The census year a day falls in, called after its 31 March."""
    return day.year + (day >= date(day.year, 4, 1))


def told_of(person: Person, today: date) -> Told | None:
    """As at today, by this year's rules. None where nobody has said yet whose census it is, or no such census is known."""
    here = installation()
    if here is None or not here.la_code or year_of(today) not in YEARS:
        return None
    census = asked(year=year_of(today), authority=here.la_code, at=today, today=today)
    tally = Tally()
    facts = read([person.pk], dict.fromkeys(merged_with(person) - {person.pk}, person.pk), census.authorities)
    child = Writer(census, tally, set()).child(facts.lives[0], facts)
    return Told(census, child, tally, tuple(broken_rules(child, census)) if child is not None else ())


def broken_rules(child: Child, census: Asked) -> Iterable[Broken]:
    for rule in rules_of(census.census.year):
        if rule.check is not None:
            for part, element in rule.check(child, census.so_far):
                yield Broken(rule, part, element, spot(child, part, element).value)
