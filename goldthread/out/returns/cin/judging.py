"""Asks the rules: of one child, or of a whole return seen in pieces."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import Check, Rule, Spot, WholeReturn, spot
from goldthread.out.returns.cin.rules import rules_of

PARTS = ("CINPlanDates", "Section47", "ChildProtectionPlans")  # what a rule may need


class Failure(NamedTuple):
    """A rule's code, and where it is broken; `says` only where the rule's message does not."""

    code: str
    spot: Spot
    says: str = ""


def failures_of(child: Child, census: CensusYear, rules: Iterable[Rule] | None = None) -> Iterator[Failure]:
    """What the rules of the census say of one child by itself, in the order of their codes."""
    held = _held(child)
    for code, check in _checks(census.year, held) if rules is None else _checks_for(held, rules):
        for part, element in check(child, census):
            yield Failure(code, spot(child, part, element))


def _held(child: Child) -> tuple[bool, ...]:
    """Which of `PARTS` the child has. Most children have few of them, and then a third of the rules need not be asked."""
    details = child.CINdetails
    return (
        any(each.CINPlanDates for each in details),
        any(each.Section47 for each in details),
        any(each.ChildProtectionPlans for each in details),
    )


@cache
def _checks(year: int, held: tuple[bool, ...]) -> list[tuple[str, Check]]:
    return _checks_for(held, rules_of(year))


def _checks_for(held: tuple[bool, ...], rules: Iterable[Rule]) -> list[tuple[str, Check]]:
    absent = {name for name, has in zip(PARTS, held, strict=True) if not has}
    return [(rule.code, rule.check) for rule in rules if rule.check is not None and rule.needs not in absent]


class Whole:
    """The rules over the whole return, seeing one child after another."""

    def __init__(self, census: CensusYear, rules: Iterable[Rule] | None = None) -> None:
        asked = rules_of(census.year) if rules is None else rules
        self.seen: dict[str, WholeReturn] = {rule.code: rule.whole(census) for rule in asked if rule.whole is not None}

    def see(self, child: Child) -> None:
        for each in self.seen.values():
            each.see(child)

    def merge(self, later: "Whole") -> None:
        for code, each in self.seen.items():
            each.merge(later.seen[code])

    def end(self) -> Iterator[Failure]:
        for code, each in self.seen.items():
            for found in each.end():
                yield Failure(code, found)


def failures_of_return(children: Iterable[Child], census: CensusYear, rules: Iterable[Rule] | None = None) -> Iterator[Failure]:
    """Of every child in turn, then over the whole."""
    asked = tuple(rules_of(census.year) if rules is None else rules)
    whole = Whole(census, asked)
    for child in children:
        yield from failures_of(child, census, asked)
        whole.see(child)
    yield from whole.end()
