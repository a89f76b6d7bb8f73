"""Whether an episode stands: kept in step with its record and with what else is known of the child."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Value, When

from goldthread.core.records.models import Record, RecordChild
from goldthread.pathway.archetypes import Episode
from goldthread.pathway.episodes.periods import Told, standing_among
from goldthread.pathway.registry import definition_or_none


def settle(kind: type[Episode], children: Iterable[int]) -> None:
    """Of these children's periods, which can all be true: what stands goes before what does not, what was written here before
    what was imported, the earlier before the later. What is withdrawn or taken off stands for nobody."""
    on_file = RecordChild.objects.filter(record=OuterRef("record"), child=OuterRef("child"), removed_at=None)
    rows = kind.objects.filter(Exists(on_file), child__in=set(children)).exclude(record__state=Record.VOID)
    first = Case(When(stands=True, then=Value(0)), When(origin=Record.HERE, then=Value(1)), default=Value(2), output_field=IntegerField())
    told = rows.order_by(first, "started_on", "record").values_list("child_id", "record_id", "started_on", "ended_on", "stands")
    waiting = {row[1] for row in told if not row[4]}
    if waiting:
        now = standing_among(Told(*row[:4]) for row in told) & waiting
        kind.objects.filter(record__in=now).update(stands=True)


def let_go(record: Record, children: Iterable[int], **_: Any) -> None:
    """The record left the child's file: its period does not hold, and one that had to give way to it may."""
    if (kind := _episode(record)) is not None:
        kind.objects.filter(record=record).update(stands=False)
        settle(kind, children)


def take_up(record: Record, children: Iterable[int], **_: Any) -> None:
    """The record is on the child's file again, and its period holds if no other has taken its place."""
    if (kind := _episode(record)) is not None:
        settle(kind, children)


def _episode(record: Record) -> type[Episode] | None:
    kind = definition_or_none(record.kind)
    return kind if kind is not None and issubclass(kind, Episode) else None
