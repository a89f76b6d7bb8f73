"""Reasons to look again at what was looked at on one day. Each is a rule that can be said in a sentence; none accuses anybody."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Max
from django.utils.timezone import localtime

from goldthread.core.agencies.queries import names_of_users
from goldthread.core.oversight.limits import limits_on
from goldthread.core.oversight.links import DESK, Pair, linked, on_duty
from goldthread.core.oversight.models import Finding, Watched
from goldthread.core.people.models import PersonName
from goldthread.ground.access.belt import over_everyone
from goldthread.ground.access.models import Conflict, Restriction
from goldthread.ground.audit.models import Reading, Seal
from goldthread.ground.time.periods import LONDON
from goldthread.ground.time.words import short_day

OPENED = ("view", "print", "export")  # a list or a search shows many whom nobody asked for
HISTORY = timedelta(days=28)
ENOUGH_DAYS = 5  # of history, before anything is called usual


@dataclass(frozen=True)
class Found:
    user: int
    person: int | None
    reason: str
    sentence: str


class Day:
    """What was looked at on one day, by whom, and what links them."""

    def __init__(self, day: date) -> None:
        self.day, self.limits = day, limits_on(day)
        self.opened: dict[int, list[tuple[datetime, list[int]]]] = defaultdict(list)
        self.refused: dict[int, list[list[int]]] = defaultdict(list)
        start = datetime(day.year, day.month, day.day, tzinfo=LONDON)
        # Seals say from which key on a day was written: nobody reads years of looks for one day.
        sealed = Seal.objects.filter(trail="audit_reading", day__lt=day - timedelta(days=1)).aggregate(top=Max("last_key"))["top"] or 0
        rows = Reading.objects.filter(
            pk__gt=sealed, at__gte=start, at__lt=start + timedelta(days=1), user_id__isnull=False, act__in=[*OPENED, "refused"]
        ).order_by("pk")
        for user, at, act, people in rows.values_list("user_id", "at", "act", "people").iterator():
            if act == "refused":
                self.refused[user or 0].append(people)
            elif people:
                self.opened[user or 0].append((localtime(at), people))
        self.pairs: set[Pair] = {(user, one) for user, rows in self.opened.items() for _, people in rows for one in people}
        self.linked = linked(self.pairs, day, self.limits)
        self.desk = on_duty(day, DESK)

    def opened_by(self, user: int) -> set[int]:
        return {one for _, people in self.opened[user] for one in people}


def findings_of(day: date) -> Iterator[Found]:
    """Every reason to look again that the day gives."""
    read = Day(day)
    for rule in (_own_family, _watched, _restricted, _no_relationship, _bulk, _night, _refused):
        yield from rule(read)


def _own_family(read: Day) -> Iterator[Found]:
    """Whom a worker declared knowing, who lives with them, and, where nothing links the two, who bears the worker’s family name."""
    tried = {(user, one) for user, rows in read.refused.items() for people in rows for one in people}
    asked = read.pairs | tried
    told: dict[int, dict[int, str]] = defaultdict(dict)
    for user, person, at in Conflict.objects.filter(user__in={user for user, _ in asked}, person__isnull=False).values_list(
        "user_id", "person", "declared_at"
    ):
        told[user][person or 0] = short_day(localtime(at).date())
    for user, person in sorted(asked):
        if person in told[user]:
            did = "opened this record" if (user, person) in read.pairs else "asked for this record and was refused"
            yield Found(
                user, person, "own_family", f"They declared on {told[user][person]} that they know this person outside work, and {did}."
            )
    near = _at_one_address({one for people in told.values() for one in people})
    for user, person in sorted(read.pairs):
        if person not in told[user] and near.get(person, set()) & set(told[user]):
            yield Found(user, person, "own_family", "This person lives at the address of somebody whom they declared knowing outside work.")
    yield from _same_name(read, told)


def _same_name(read: Day, told: dict[int, dict[int, str]]) -> Iterator[Found]:
    loose = read.pairs - read.linked
    names = {user: name.split()[-1].casefold() for user, name in names_of_users(user for user, _ in loose).items() if name.split()}
    family: dict[int, set[str]] = defaultdict(set)
    for person, parts in PersonName.objects.filter(person__in={one for _, one in loose}).values_list("person_id", "family_names"):
        family[person] |= {part.casefold() for part in [*parts, " ".join(parts)]}
    for user, person in sorted(loose):
        if person not in told[user] and names.get(user) in family[person]:
            yield Found(user, person, "own_family", "This person has the worker’s own family name, and nothing links the worker with them.")


def _at_one_address(people: set[int]) -> dict[int, set[int]]:
    """Who lives, or lived, where one of these people does; by key, with those of them."""
    found: dict[int, set[int]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT theirs.person_id, mine.person_id FROM people_personaddress mine JOIN people_address a ON a.id = mine.address_id "
            "JOIN people_address b ON b.id = a.id OR b.place_key = a.place_key JOIN people_personaddress theirs ON theirs.address_id = b.id "
            "WHERE mine.person_id = ANY(%s) AND theirs.person_id <> mine.person_id",
            [list(people)],
        )
        for person, of in cursor.fetchall():
            found[person].add(of)
    return found


def _watched(read: Day) -> Iterator[Found]:
    watched = set(Watched.objects.filter(ended_at=None).values_list("person", flat=True))
    for user, person in sorted(read.pairs - read.linked):
        if person in watched:
            yield Found(user, person, "watched", "The record is watched, and nothing links the worker with this person.")


def _restricted(read: Day) -> Iterator[Found]:
    restricted = set(Restriction.objects.filter(ended_at=None).values_list("person", flat=True))
    for user, rows in sorted(read.refused.items()):
        for person in sorted({one for people in rows for one in people} & restricted):
            yield Found(user, person, "restricted", "They asked for a record that is restricted, and were stopped.")


def _no_relationship(read: Day) -> Iterator[Found]:
    for user, person in sorted(read.pairs - read.linked):
        contact = f" The front door wrote nothing about them within {read.limits['desk_days']} days." if user in read.desk else ""
        yield Found(user, person, "no_relationship", f"They opened this record; no allocation, line, cover, task, involvement, meeting, permit or writing of theirs links them with it.{contact}")  # fmt: skip


def _bulk(read: Day) -> Iterator[Found]:
    for user, rows in sorted(read.opened.items()):
        kind = "desk_" if user in read.desk else ""
        hours: dict[int, set[int]] = defaultdict(set)
        for at, people in rows:
            hours[at.hour].update(people)
        hour, most = max(((hour, len(people)) for hour, people in hours.items()), key=lambda one: one[1])
        count = len(read.opened_by(user))
        if most <= read.limits[f"{kind}hour"] and count <= read.limits[f"{kind}day"]:
            continue
        usual = _usual(user, read.day)
        if usual is not None and count <= usual * read.limits["times_usual"]:
            continue
        told = f"their usual day is {usual}" if usual is not None else "there are too few days before to say what is usual"
        yield Found(user, None, "bulk", f"They opened the records of {count} people, {most} of them between {hour}:00 and {hour + 1}:00; {told}.")  # fmt: skip


def _usual(user: int, day: date) -> int | None:
    """The middle one of their days before, by people opened; None where there are too few."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT one) FROM audit_reading, unnest(people) AS one WHERE user_id = %s AND act = ANY(%s) "
            "AND at >= %s::date - %s AND at < %s::date GROUP BY (at AT TIME ZONE 'Europe/London')::date ORDER BY 1",
            [user, list(OPENED), day, HISTORY.days, day],
        )
        days = [count for (count,) in cursor.fetchall()]
    return days[len(days) // 2] if len(days) >= ENOUGH_DAYS else None


def _night(read: Day) -> Iterator[Found]:
    on_call = on_duty(read.day, ["out_of_hours"])
    begins, ends = read.limits["night_from"], read.limits["night_until"]
    for user, rows in sorted(read.opened.items()):
        night = [(at, people) for at, people in rows if at.hour >= begins or at.hour < ends]
        if night and user not in on_call:
            count = len({one for _, people in night for one in people})
            whom = "one person" if count == 1 else f"{count} people"
            yield Found(user, None, "night", f"They opened the records of {whom} at night ({min(at for at, _ in night):%H:%M} to {max(at for at, _ in night):%H:%M}) and held no out-of-hours duty.")  # fmt: skip


def _refused(read: Day) -> Iterator[Found]:
    for user, rows in sorted(read.refused.items()):
        if len(rows) >= read.limits["refused"]:
            yield Found(user, None, "refused", f"They were refused {len(rows)} times in the day.")


@over_everyone()
def to_rows(day: date) -> list[Finding]:
    return [Finding(user_id=one.user, person=one.person, reason=one.reason, day=day, sentence=one.sentence) for one in findings_of(day)]
