"""The failures that stand: of which child, with whom, since when; and how many there were month by month."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from goldthread.core.agencies.models import Allocation, Team, Worker
from goldthread.core.people.models import Person
from goldthread.ground.access.predicate import withheld_from
from goldthread.out.returns.cin.one_child import year_of
from goldthread.out.returns.failures.models import Explanation, Failure

NOBODY = 0  # in the place of a child or a record where there is none


@dataclass(frozen=True)
class Wanted:
    """What of them is asked for; a team or a worker is one that answers for the child today. Empty asks for all."""

    year: int
    code: str = ""
    team: str = ""
    worker: str = ""
    which: str = ""  # errors, queries or explained; without it, everything that nobody has explained


def failures(wanted: Wanted) -> QuerySet[Failure]:
    """Those that stand, the newest first."""
    found = Failure.objects.filter(year=wanted.year, gone_on=None).annotate(is_explained=Exists(_explanations()))
    found = found.filter(is_explained=wanted.which == "explained")
    if wanted.which in ("errors", "queries"):
        found = found.filter(is_query=wanted.which == "queries")
    if wanted.code:
        found = found.filter(code=wanted.code)
    held = Allocation.objects.on(localdate())
    if wanted.team.isdecimal():
        found = found.filter(child__in=held.filter(team=int(wanted.team)).values("child"))
    if wanted.worker.isdecimal():
        found = found.filter(child__in=held.filter(worker=int(wanted.worker)).values("child"))
    return found.select_related("child", "record").order_by("-found_on", "code", "pk")


def explanations_of(shown: list[Failure]) -> dict[int, Explanation]:
    """What was said of each of these failures, by its key."""
    place = {(one.child_id, one.code, one.record_id, one.element): one.pk for one in shown}
    said = Explanation.objects.filter(code__in={one.code for one in shown}).select_related("by")
    return {place[key]: one for one in said if (key := (one.child_id, one.code, one.record_id, one.element)) in place}


def _explanations() -> QuerySet[Explanation]:
    same = {name: Coalesce(OuterRef(name), Value(NOBODY)) for name in ("child", "record")}
    found = Explanation.objects.filter(code=OuterRef("code"), element=OuterRef("element"))
    found = found.annotate(of_child=Coalesce(F("child"), Value(NOBODY)), of_record=Coalesce(F("record"), Value(NOBODY)))
    return found.filter(of_child=same["child"], of_record=same["record"])


def seen_by(user: Any, found: QuerySet[Failure], *, every_child: bool) -> tuple[QuerySet[Failure], int]:
    """Those about children this user may see, or else about every child who is not withheld; and how many are withheld."""
    if every_child:
        kept = found.exclude(child__in=withheld_from(user.pk))
        return kept, found.count() - kept.count()
    return found.filter(child__in=Person.objects.seen_by(user).values("pk")), 0


def asked_of_worker(worker: int | None) -> int:
    """How many errors stand in records of the children this worker answers for: what only the worker can put right."""
    children = Allocation.objects.on(localdate()).filter(worker=worker).values("child")
    found = Failure.objects.filter(year=year_of(localdate()), gone_on=None, is_query=False, child__in=children)
    return found.exclude(record=None).count() if worker else 0


def codes_standing(year: int) -> list[str]:
    """The rules that something fails now."""
    return sorted(Failure.objects.filter(year=year, gone_on=None).values_list("code", flat=True).distinct())


def teams_and_workers() -> tuple[list[Team], list[Worker]]:
    """Those who answer for a child today."""
    held = Allocation.objects.on(localdate())
    teams, workers = (held.exclude(**{name: None}).values(name) for name in ("team", "worker"))
    return list(Team.objects.filter(pk__in=teams).order_by("name")), list(Worker.objects.filter(pk__in=workers).order_by("name"))


def month_by_month(year: int, first_day: date, today: date) -> Iterator[tuple[date, int, int, int]]:
    """(first of the month, found in it, mended in it, standing at its end), over the census year as far as it has come."""
    found, gone = (
        Counter(day.replace(day=1) for day in Failure.objects.filter(year=year).exclude(**{name: None}).values_list(name, flat=True))
        for name in ("found_on", "gone_on")
    )
    month, standing = first_day.replace(day=1), 0
    while month <= today:
        standing += found[month] - gone[month]
        yield month, found[month], gone[month], standing
        month = (month + timedelta(days=31)).replace(day=1)
