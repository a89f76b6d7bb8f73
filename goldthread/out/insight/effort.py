"""What each form costs whoever fills it in: how long, how many questions, what stood there already and was changed, where it was left.

About forms, not about anybody: `Effort` names neither a record nor a writer. Authority: the product's own (recording that takes a
disproportionate amount of time is what inspectors wrote of). How long is estimated from save to save; see `Draft` and `PAUSE`.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from goldthread.core.records.models import Draft, Record
from goldthread.pathway.correcting import PREFIX
from goldthread.pathway.registry import definition_of, definitions

LEFT_AFTER = timedelta(days=14)
COST = """
SELECT kind, step, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds), percentile_cont(0.9) WITHIN GROUP (ORDER BY seconds),
       count(seconds), avg(asked), sum(answered), sum(asked), avg(known), sum(changed), sum(known)
  FROM records_effort WHERE written_on BETWEEN %s AND %s AND kind = ANY(%s) GROUP BY 1, 2
"""


@dataclass(frozen=True)
class Cost:
    """One step of one kind of record over some days. Seconds are None where none was measured; shares are per cent, None of nothing."""

    kind: str
    step: str
    completed: int
    half_within: float | None
    most_within: float | None
    measured: int
    asked: float
    answered: float | None
    known: float
    changed: float | None


@dataclass(frozen=True)
class Left:
    """Forms begun, typed in, and not touched for `LEFT_AFTER`: by the question that was answered last."""

    kind: str
    step: str
    question: str | None
    drafts: int


def costs(from_on: date, until_on: date) -> list[Cost]:
    """By the forms' own order. One query."""
    order = list(definitions())
    with connection.cursor() as cursor:
        cursor.execute(COST, [from_on, until_on, order])
        rows = cursor.fetchall()
    found = [
        Cost(kind, step, n, half, most, measured, float(asked), _share(answered, of), float(known), _share(changed, stood))
        for kind, step, n, half, most, measured, asked, answered, of, known, changed, stood in rows
    ]
    return sorted(found, key=lambda one: (order.index(one.kind), definition_of(one.kind).step_number(one.step)))


def _share(count: int, of: int) -> float | None:
    return 100 * count / of if of else None


def left_behind(kind: str | None = None, step: str | None = None) -> Any:
    """Drafts that were begun, typed in and left, of records that still wait for that step; the longest left first."""
    left = (
        Draft.objects.filter(saved_at__lt=timezone.now() - LEFT_AFTER).exclude(step__startswith=PREFIX).exclude(record__state=Record.VOID)
    )
    which = Q(record__kind=kind, step=step) if kind else Q(record__kind__in=definitions())
    return left.filter(which).select_related("record").order_by("saved_at")


def left() -> list[Left]:
    """The most first."""
    counts: dict[tuple[str, str, str | None], int] = {}
    for kind, step, typed in left_behind().values_list("record__kind", "step", "last_question"):
        key = kind, step, question_in(kind, typed)
        counts[key] = counts.get(key, 0) + 1
    return sorted((Left(*key, n) for key, n in counts.items()), key=lambda one: (-one.drafts, one.kind, one.step, one.question or ""))


def question_in(kind: str, typed: str | None) -> str | None:
    """The question an input belongs to, as it is asked; None where it was not kept or is asked no more. Children's parts have their names before."""
    if typed is None:
        return None
    definition = definition_of(kind)
    asked = [*definition.questions(), *(q for part in definition.parts() for q in part.questions())]
    name = typed.rsplit("-", 1)[-1]
    return next((str(one.label) for one in asked if name in one.inputs(one.name)), None)
