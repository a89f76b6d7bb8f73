"""What stands on children's files, read for many children at once in as many queries as there are tables."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from goldthread.core.people.models import Identifier, Person
from goldthread.ground.access.belt import over_everyone
from goldthread.pathway.definition import Detail, Part
from goldthread.practice.family_help.models import (
    AssessmentChild,
    ChildAndFamilyAssessment,
    ChildInNeedPlan,
    ChildInNeedReview,
    Closure,
    ClosureChild,
    PlanChild,
)
from goldthread.practice.front_door.models import Contact, Referral
from goldthread.practice.protection.models import (
    InitialConference,
    PlanCategory,
    PreProceedings,
    ProtectionPlan,
    ReviewConference,
    Section47,
    Section47Child,
    StrategyDiscussion,
    TransferInConference,
)

BLOCK = (
    "started_on", "letter_sent_on", "is_fgdm_offered", "is_fgdm_held", "first_meeting_on", "review_meetings", "step_decided_on", "outcome",
    "court_application_on", "letter_initial_cp_on",
)  # fmt: skip
ANSWERS: dict[type[Detail], tuple[str, ...]] = {
    Referral: ("source", "is_nfa", "primary_need", "decided_on"),
    ChildAndFamilyAssessment: ("started_on", "internal_review_on", "authorised_on"),
    ChildInNeedPlan: ("started_on", "ended_on"),
    Section47: ("started_on", "strategy_on", "decided_on", "conference_target_on", "conference_not_required"),
    InitialConference: ("held_on",),
    TransferInConference: ("held_on",),
    ProtectionPlan: ("started_on", "ended_on", "initial_category", "latest_category", "previous_plans", "stands"),
    ReviewConference: ("held_on",),
    PreProceedings: BLOCK,
    Closure: ("closed_on",),
}
OWN: dict[type[Detail], tuple[type[Part], str]] = {
    ChildAndFamilyAssessment: (AssessmentChild, "factors"),
    ChildInNeedPlan: (PlanChild, "left_on"),
    Section47: (Section47Child, "conference"),
    Closure: (ClosureChild, "reason"),
}
BETWEEN: tuple[type[Detail], ...] = (Contact, StrategyDiscussion, ChildInNeedReview)  # what often stands between a record and its referral
KINDS: dict[str, type[Detail]] = {each.kind(): each for each in [*ANSWERS, *BETWEEN]}

HEADERS = """SELECT r.id, r.kind, r.follows_id, r.happened_on, l.child_id, r.responsible_authority
FROM records_recordchild l JOIN records_record r ON r.id = l.record_id
WHERE l.child_id = ANY(%s) AND l.removed_at IS NULL AND r.kind = ANY(%s) AND r.state <> 'void' ORDER BY r.happened_on, r.id"""
UPWARDS = """WITH RECURSIVE up AS (
    SELECT id, kind, follows_id FROM records_record WHERE id = ANY(%s)
  UNION SELECT r.id, r.kind, r.follows_id FROM up JOIN records_record r ON r.id = up.follows_id
) SELECT id, kind, follows_id FROM up"""


@dataclass(slots=True)
class Event:
    """A record on a child's file; `says` its answers by name, none while nobody has completed a step of it."""

    key: int
    kind: type[Detail]
    on: date
    says: dict[str, Any] | None
    own: Any = None  # the answer of the child's own part


@dataclass(slots=True)
class Life:
    """Everything on file of one child that the census may ask for. `person` holds the columns by name."""

    person: dict[str, Any]
    numbers: list[tuple[str, str, date | None, date | None]] = field(
        default_factory=list
    )  # system, value, from, until; the child's own first
    events: list[Event] = field(default_factory=list)  # the oldest first


@dataclass(slots=True)
class Facts:
    """Many children's lives, and what each record follows, whoever it is about."""

    lives: list[Life]
    follows: dict[int, int | None]
    categories: dict[int, list[tuple[date, str]]]  # of protection plans, the oldest first


def rows(sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


@over_everyone()
def read(children: Sequence[int], duplicates: dict[int, int], authorities: list[str] | None) -> Facts:
    """Of these children, with what stands on the file of a row merged into one (`duplicates`: row → the child it stands for).

    `authorities`: only referrals for which one of these answers; any where there is none.
    """
    whose = {row: child for row, child in duplicates.items() if child in set(children)} | {child: child for child in children}
    lives = {person["id"]: Life(person) for person in Person.objects.filter(pk__in=children).order_by("pk").values(*PERSONAL)}
    _add_numbers(lives, whose)
    headers = rows(HEADERS, list(whose), list(KINDS))
    follows = {key: after for key, _, after, *_ in headers}
    missing = {after for after in follows.values() if after is not None} - set(follows)
    if missing:
        follows |= {key: after for key, _, after in rows(UPWARDS, list(missing))}
    says, own = _answers(headers)
    seen = set()
    for key, kind, _, on, row, authority in headers:
        child, definition = whose[row], KINDS[kind]
        is_elsewhere = definition is Referral and authorities is not None and authority not in authorities
        if (key, child) not in seen and not is_elsewhere:
            seen.add((key, child))
            lives[child].events.append(Event(key, definition, on, says.get(key), own.get((key, row), own.get((key, child)))))
    plans = [key for key, kind, *_ in headers if KINDS[kind] is ProtectionPlan]
    return Facts(list(lives.values()), follows, _categories(plans))


PERSONAL = ("id", "reference", "born_on", "expected_on", "died_on", "sex", "ethnicity", "disabilities", "upn_unknown")


def _add_numbers(lives: dict[int, Life], whose: dict[int, int]) -> None:
    """The child's own before those of a row merged into it, the newest first."""
    found = (
        Identifier.objects.filter(person__in=list(whose)).order_by("-pk").values_list("person", "system", "value", "from_on", "until_on")
    )
    for row, *number in sorted(found, key=lambda one: one[0] not in lives):
        lives[whose[row]].numbers.append(tuple(number))  # type: ignore[arg-type]


def _answers(headers: Iterable[tuple[Any, ...]]) -> tuple[dict[int, dict[str, Any]], dict[tuple[int, int], Any]]:
    """What each record says, and what it says of each child apart."""
    by_kind: dict[type[Detail], list[int]] = defaultdict(list)
    for key, kind, *_ in headers:
        by_kind[KINDS[kind]].append(key)
    says: dict[int, dict[str, Any]] = {}
    own: dict[tuple[int, int], Any] = {}
    for definition, names in ANSWERS.items():
        keys = by_kind.get(definition)
        if not keys:
            continue
        table = definition._meta.db_table
        found = rows(f"SELECT record_id, {', '.join(names)} FROM {table} WHERE record_id = ANY(%s)", keys)  # noqa: S608 (declared above)
        says |= {key: dict(zip(names, answers, strict=True)) for key, *answers in found}
        if definition in OWN:
            part, name = OWN[definition]
            found = rows(f"SELECT record_id, person_id, {name} FROM {part._meta.db_table} WHERE record_id = ANY(%s)", keys)  # noqa: S608
            own |= {(key, person): answer for key, person, answer in found}
    return says, own


def _categories(plans: list[int]) -> dict[int, list[tuple[date, str]]]:
    found: dict[int, list[tuple[date, str]]] = defaultdict(list)
    if plans:
        dated = PlanCategory.objects.filter(record__in=plans).order_by("from_on", "pk")
        for key, from_on, category in dated.values_list("record", "from_on", "category"):
            found[key].append((from_on, category))
    return found
