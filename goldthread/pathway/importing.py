"""Records as another system held them, thousands at a time: written, and later written anew where the source has changed.

Nothing is asked of an imported record: it may lack any answer, has no draft, task or fair copy, and keeps the line and
hash of its source instead. Its clocks are reckoned like any other's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F

from goldthread.core.records.models import Record, RecordChild, new_reference
from goldthread.core.work.actions import Running, rewind_many, wind_many
from goldthread.ground.boot.many_rows import insert_rows, next_keys
from goldthread.pathway.archetypes import Episode
from goldthread.pathway.definition import Answered, Detail, Part
from goldthread.pathway.episodes.actions import settle

HEADER = (
    "id", "reference", "kind", "definition_version", "state", "origin", "happened_on", "recorded_by_id", "headline", "follows_id",
    "responsible_authority", "version", "source_line", "source_hash",
)  # fmt: skip


@dataclass(slots=True, eq=False)
class Imported:
    """One record of another system about one child (by key). `values` holds the same answers in every row of a definition.

    `each` holds the child's own part, by its table.
    """

    definition: type[Detail]
    child: int
    happened_on: date
    values: dict[str, Any]
    source_line: int
    source_hash: str
    each: dict[type[Part], dict[str, Any]] = field(default_factory=dict)
    follows: "Imported | None" = None
    runnings: Sequence[Running] = ()
    key: int = 0  # of the header, once it is written or where it was found

    @property
    def headline(self) -> str:
        """The chronology's line, composed by the definition from the answers."""
        if self.definition.headline is Detail.headline:
            return self.definition.title
        fields = self.definition._meta.concrete_fields
        return self.definition.from_db(None, [one.attname for one in fields], [self.values.get(one.attname) for one in fields]).headline()


def import_many(rows: Sequence[Imported], *, by: Any = None, authority: str = "") -> None:
    """Write new records; each has its header's key afterwards, in the order given. What a row follows is among them, or has its key."""
    writer = getattr(by, "pk", None)
    for row, key in zip(rows, next_keys(Record, len(rows)) if rows else [], strict=True):
        row.key = key
    for definition, group in _by_definition(rows).items():
        kind, version = definition.kind(), definition.version
        insert_rows(
            Record,
            HEADER,
            (
                (row.key, new_reference(), kind, version, Record.AGREED, Record.IMPORTED, row.happened_on, writer, row.headline,
                 row.follows.key if row.follows else None, authority, 0, row.source_line, row.source_hash)
                for row in group
            ),
        )  # fmt: skip
        insert_rows(RecordChild, ("record_id", "child_id", "happened_on"), ((row.key, row.child, row.happened_on) for row in group))
        is_period = issubclass(definition, Episode)
        _insert_answers(
            definition, [((row.key,), row.values | ({"child_id": row.child, "stands": False} if is_period else {})) for row in group]
        )
        if issubclass(definition, Episode):
            settle(definition, [row.child for row in group])
        for part in definition.parts():
            _insert_answers(part, [((row.key, row.child), row.each[part]) for row in group if part in row.each])
    wind_many((row.key, row.child, running) for row in rows for running in row.runnings)


def revise_many(rows: Sequence[Imported], *, why: str) -> None:
    """Write imported records anew where their source says something else: one more version, earlier ones in the trail.

    `key` names the header. Clocks are reckoned again, with history.
    """
    for definition, group in _by_definition(rows).items():
        headers = Record.objects.in_bulk([row.key for row in group])
        for row in group:
            header = headers[row.key]
            header.happened_on, header.headline = row.happened_on, row.headline
            header.source_line, header.source_hash = row.source_line, row.source_hash
            header.version, header.definition_version = header.version + 1, definition.version
        changed = ["happened_on", "headline", "source_line", "source_hash", "version", "definition_version"]
        Record.objects.bulk_update(headers.values(), changed, batch_size=500)
        links = RecordChild.objects.filter(record__in=headers).exclude(happened_on=F("record__happened_on"))
        for link in links.select_related("record"):
            RecordChild.objects.filter(pk=link.pk).update(happened_on=link.record.happened_on)
        is_period = issubclass(definition, Episode)
        _update_answers(definition, {row.key: row.values | ({"stands": False} if is_period else {}) for row in group})
        if issubclass(definition, Episode):
            settle(definition, [row.child for row in group])
        for part in definition.parts():
            _revise_part(part, [row for row in group if part in row.each])
    rewind_many([(row.key, row.child, row.runnings) for row in rows], why=why)


def rewind(rows: Sequence[Imported], *, why: str) -> None:
    """Only the clocks: the records say what they said, but what became of them is known better."""
    rewind_many([(row.key, row.child, row.runnings) for row in rows], why=why)


def _by_definition(rows: Iterable[Imported]) -> dict[type[Detail], list[Imported]]:
    found: dict[type[Detail], list[Imported]] = {}
    for row in rows:
        found.setdefault(row.definition, []).append(row)
    return found


def _insert_answers(table: type[Answered], rows: Sequence[tuple[tuple[int, ...], dict[str, Any]]]) -> None:
    if rows:
        keys = ("record_id", "person_id") if issubclass(table, Part) else ("record_id",)
        columns = (*keys, *rows[0][1], "origin", "definition_version", "reached")
        ending = (Record.IMPORTED, table.version, 0)
        insert_rows(table, columns, ((*key, *values.values(), *ending) for key, values in rows))


def _update_answers(definition: type[Detail], values: dict[int, dict[str, Any]]) -> None:
    held = definition.objects.in_bulk(list(values))
    for key, answers in values.items():
        for name, value in answers.items():
            setattr(held[key], name, value)
    columns = sorted(next(iter(values.values())))
    definition.objects.bulk_update(held.values(), columns, batch_size=500)


def _revise_part(part: type[Part], rows: Sequence[Imported]) -> None:
    own = {(one.record_id, one.person_id): one for one in part.objects.filter(record__in=[row.key for row in rows])}
    _insert_answers(part, [((row.key, row.child), row.each[part]) for row in rows if (row.key, row.child) not in own])
    for row in rows:
        if held := own.get((row.key, row.child)):
            for name, value in row.each[part].items():
                setattr(held, name, value)
    if own:
        part.objects.bulk_update(own.values(), sorted(rows[0].each[part]), batch_size=500)
