"""Asking the rules of the records: of everybody at night, and of a child when something was written about it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from goldthread.core.people.models import Person
from goldthread.core.people.queries import standing_as
from goldthread.ground.boot.queries import installation
from goldthread.out.returns.cin.asked import YEARS, Asked, asked
from goldthread.out.returns.cin.file import children
from goldthread.out.returns.cin.items import Child
from goldthread.out.returns.cin.judging import Whole
from goldthread.out.returns.cin.one_child import Broken, broken_rules, told_of, year_of
from goldthread.out.returns.cin.rule import QUERY
from goldthread.out.returns.cin.rules import rules_of
from goldthread.out.returns.cin.tally import Tally
from goldthread.out.returns.cin.where_asked import record_of
from goldthread.out.returns.failures import twice
from goldthread.out.returns.failures.models import Explanation, Failure
from goldthread.out.returns.failures.twice import perhaps_twice

MENDED_UNTIL = (7, 31)  # month and day: until then the year that ended on 31 March is still being put right
AT_ONCE = 2_000
Place = tuple[int | None, str, int | None, str]  # child, code, record, element


@dataclass(frozen=True)
class Checked:
    year: int
    found: int
    gone: int
    standing: int


class NotAQuery(ValueError):
    """Only a query is explained; an error is mended. A sentence for the one who asked."""


def check_everyone(today: date) -> list[Checked]:
    """Each census that is being made ready, by its own rules. Nothing where nobody has said yet whose census it is."""
    here = installation()
    if here is None:
        return []
    return [check_all(asked(year=year, authority=here.la_code, at=None, today=today), today) for year in years_at_work(today)]


def years_at_work(today: date) -> list[int]:
    """The year today lies in, and the one before it while that is still put right."""
    year = year_of(today)
    is_mended = date(year - 1, 4, 1) <= today <= date(year - 1, *MENDED_UNTIL)
    return [one for one in ([year - 1, year] if is_mended else [year]) if one in YEARS]


def check_all(census: Asked, today: date) -> Checked:
    """Every child of one census, the return as a whole, and who may be in it twice."""
    found: dict[Place, Failure] = {}
    whole, persons = Whole(census.so_far), {}
    for child in children(census, Tally()):
        persons[child.ChildIdentifiers.LAchildID] = child.record
        whole.see(child)
        found |= _failed(child, broken_rules(child, census), census, today)
    queries = {rule.code for rule in rules_of(census.census.year) if rule.severity == QUERY}
    for code, spot, _ in whole.end():
        place = (persons.get(spot.la_child_id), code, None, spot.element)
        found[place] = _failure(census, place, spot.value, code in queries, today)
    for child_key in perhaps_twice([key for key in persons.values() if key is not None]):
        place = (child_key, twice.CODE, None, twice.ELEMENT)
        found[place] = _failure(census, place, "", True, today)
    return _keep(found, Q(year=census.census.year), census.census.year, today)


def check_child(person: Person, today: date) -> Checked | None:
    """One child by this year's rules; what the whole return alone can show waits for the night."""
    told = told_of(person, today)
    if told is None:
        return None
    year = told.asked.census.year
    by_child = [rule.code for rule in rules_of(year) if rule.check is not None]
    found = _failed(told.child, told.broken, told.asked, today) if told.child is not None else {}
    return _keep(found, Q(year=year, child=person, code__in=by_child), year, today)


def check_children_of(record: int, today: date) -> None:
    """Something was written: each child it is about is asked again."""
    about = Person.objects.filter(record_links__record=record, record_links__removed_at=None).values_list("pk", flat=True)
    for person in Person.objects.filter(pk__in=set(standing_as(about).values())):
        check_child(person, today)


def explain(failure: Failure, words: str, by: Any) -> Explanation:
    """NotAQuery for an error, for nothing said, and for what is explained already."""
    if not failure.is_query:
        raise NotAQuery("This is an error and not a query: it is put right, not explained.")
    if not words.strip():
        raise NotAQuery("Say why it is right as it stands.")
    place = {"child": failure.child, "record": failure.record, "code": failure.code, "element": failure.element}
    kept, is_new = Explanation.objects.get_or_create(**place, defaults={"words": words.strip(), "by": by})
    if not is_new:
        raise NotAQuery("Somebody has explained it already. What they said stands.")
    return kept


def _failed(child: Child, broken: Iterable[Broken], census: Asked, today: date) -> dict[Place, Failure]:
    return dict(_each(child, broken, census, today))


def _each(child: Child, broken: Iterable[Broken], census: Asked, today: date) -> Iterator[tuple[Place, Failure]]:
    for one in broken:
        place = (child.record, one.rule.code, record_of(one.part, one.element), one.element)
        yield place, _failure(census, place, one.value, one.rule.severity == QUERY, today)


def _failure(census: Asked, place: Place, value: str, is_query: bool, today: date) -> Failure:
    child, code, record, element = place
    return Failure(
        year=census.census.year,
        child_id=child,
        record_id=record,
        code=code,
        element=element,
        value=value,
        is_query=is_query,
        found_on=today,
    )


def _keep(found: dict[Place, Failure], among: Q, year: int, today: date) -> Checked:
    """What is new is kept with its day; what is not found any more is over; what stands keeps the day it was found."""
    with transaction.atomic():
        standing = Failure.objects.select_for_update().filter(among, gone_on=None)
        kept = {(one.child_id, one.code, one.record_id, one.element): one for one in standing}
        gone = [one.pk for place, one in kept.items() if place not in found]
        Failure.objects.filter(pk__in=gone).update(gone_on=today)
        changed = [one for place, one in kept.items() if place in found and one.value != found[place].value]
        for one in changed:
            one.value = found[one.child_id, one.code, one.record_id, one.element].value
        Failure.objects.bulk_update(changed, ["value"], batch_size=AT_ONCE)
        fresh = [one for place, one in found.items() if place not in kept]
        Failure.objects.bulk_create(fresh, batch_size=AT_ONCE)
    return Checked(year, len(fresh), len(gone), len(found))
