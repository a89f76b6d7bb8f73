"""The batch form of every process: the same questions, rules, checks, fair copies and clocks, a thousand records at a time.

For importers, the demo borough and benchmarks. A room's own consequences (the next record, tasks) are the caller's,
each with its own batch form.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from goldthread.core.people.models import Person
from goldthread.core.records.models import Draft, FairCopy, Record, RecordChild
from goldthread.core.work.actions import Running, wind_many
from goldthread.ground.boot.many_rows import insert_many
from goldthread.pathway.actions import Incomplete, children_of_link, retyped, runnings
from goldthread.pathway.answers import Answers, Sheet, check_copies, check_rules, check_sheet, sheets_of, unanswered
from goldthread.pathway.definition import Detail, EachParent, Part
from goldthread.pathway.fair_copy import make_fair_copy

CHUNK = 1000


@dataclass(frozen=True)
class Done:
    """A step that was completed, by which sign-in and when."""

    step: str
    by: int | None
    at: datetime


@dataclass
class Entry:
    """One record as it happened. Answers are typed values, as `Detail.answers()` gives them.

    `each` is keyed by (part, person's key), or (part, which of several). `done` lists the completed steps in order; an entry
    with none is a draft. `beside` are unsaved rows of an archetype's own tables (invitees, say), those that others point to
    first; the record is set.
    `became` says by clock what other records or people made of it, in the words of `Running`: met, stopped, why it was missed.
    `links` names the clocks that come round again which this entry begins, with the time the plan sets (None: the rule's);
    `core/work.link_up`, once all is written, says which met which. `record` is the saved header afterwards.
    """

    children: Sequence[Person]
    values: dict[str, Any]
    happened_on: Any
    recorded_at: datetime
    recorded_by: int | None = None
    each: dict[tuple[type[Part], int], dict[str, Any]] = field(default_factory=dict)
    parents: Sequence[Person] = ()
    done: Sequence[Done] = ()
    follows: Record | None = None
    origin: str = Record.HERE
    source_line: int | None = None
    source_hash: str | None = None
    responsible_authority: str = ""
    extra_clocks: Sequence[Running] = ()
    became: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    beside: Sequence[Any] = ()
    links: Mapping[str, int | None] = field(default_factory=dict)
    record: Record | None = None


def record_many(definition: type[Detail], entries: Iterable[Entry]) -> list[Record]:
    """Write the entries; each keeps its header in `record`. Incomplete names the first entry that its rules refuse."""
    made: list[Record] = []
    waiting: list[Entry] = []
    for entry in entries:
        waiting.append(entry)
        if len(waiting) == CHUNK:
            made += _write_chunk(definition, waiting)
            waiting = []
    return made + _write_chunk(definition, waiting)


def _write_chunk(definition: type[Detail], entries: list[Entry]) -> list[Record]:
    answered = [_answers(definition, entry) for entry in entries]
    details = [_detail(definition, entry, answers) for entry, answers in zip(entries, answered, strict=True)]
    headers = [_header(definition, entry, detail) for entry, detail in zip(entries, details, strict=True)]
    insert_many(headers)
    insert_many(
        [RecordChild(record=entry.record, child=child, happened_on=entry.happened_on) for entry in entries for child in entry.children]
    )
    insert_many([_bound(d, e) for d, e in zip(details, entries, strict=True) if e.done or e.origin != Record.HERE])
    for part in definition.parts():
        insert_many([row for e, a in zip(entries, answered, strict=True) for row in _part_rows(part, e, a)])
    _write_beside(entries)
    insert_many([c for e, a in zip(entries, answered, strict=True) for c in _fair_copies(definition, e, a)])
    insert_many([d for e, a in zip(entries, answered, strict=True) if (d := _draft(definition, e, a))])
    wind_many(
        (headers[i].pk, child.pk, running)
        for i, entry in enumerate(entries)
        for running in _clocks(definition, entry, answered[i])
        for child in entry.children
    )
    wind_many((headers[i].pk, child, running) for i, e in enumerate(entries) for child, running in _links(definition, e, answered[i]))
    return headers


def _write_beside(entries: list[Entry]) -> None:
    """Table by table, so that a row finds the key of the one it points to."""
    by_table: dict[type, list[Any]] = {}
    for entry in entries:
        for row in entry.beside:
            if hasattr(row, "record_id"):
                row.record = entry.record
            by_table.setdefault(type(row), []).append(row)
    for rows in by_table.values():
        insert_many(rows)


def _clocks(definition: type[Detail], entry: Entry, answers: Answers) -> list[Running]:
    found = [*runnings(definition, answers.own.values), *entry.extra_clocks]
    return [replace(running, **entry.became[running.key]) if running.key in entry.became else running for running in found]


def _links(definition: type[Detail], entry: Entry, answers: Answers) -> Iterator[tuple[int, Running]]:
    children = [child.pk for child in entry.children]
    for clock in definition.clocks:
        started_on = answers.own.values.get(clock.starts)
        if clock.key in entry.links and started_on is not None:
            running = Running(clock.key, started_on, limit_set=entry.links[clock.key], is_link=True, **entry.became.get(clock.key, {}))
            yield from ((child, running) for child in children_of_link(clock, answers, children))


def _answers(definition: type[Detail], entry: Entry) -> Answers:
    people = {part: list(entry.parents if issubclass(part, EachParent) else entry.children) for part in definition.parts()}
    own = Sheet(definition, unanswered(definition) | entry.values, children=list(entry.children))
    answers = Answers(own, list(sheets_of(definition, people, entry.each)))
    if entry.done and entry.origin == Record.HERE:
        for sheet in answers.sheets():
            check_sheet(sheet, entry.done[-1].step, answers.problems)
        check_rules(answers, definition)
        check_copies(answers)
        if answers.problems:
            raise Incomplete(answers.problems)
    return answers


def _detail(definition: type[Detail], entry: Entry, answers: Answers) -> Any:
    return definition(
        origin=entry.origin,
        definition_version=definition.version,
        reached=_reached(definition, entry),
        **{name: value for name, value in answers.own.values.items() if hasattr(definition, name)},
    )


def _reached(definition: type[Detail], entry: Entry) -> int:
    return definition.step_number(entry.done[-1].step) if entry.done else 0


def _bound(detail: Any, entry: Entry) -> Any:
    detail.record = entry.record
    if detail.is_of_one_child:
        (detail.child,) = entry.children
    return detail


def _header(definition: type[Detail], entry: Entry, detail: Any) -> Record:
    last = entry.done[-1] if entry.done else None
    following = definition.step_after(last.step) if last else definition.steps[0]
    state = definition.step(last.step).ends_in if last else Record.DRAFT
    if entry.origin != Record.HERE:
        state, following = Record.AGREED, None
    entry.record = Record(
        kind=definition.kind(),
        definition_version=definition.version,
        state=state,
        step=following.name if following else None,
        origin=entry.origin,
        happened_on=entry.happened_on,
        happened_at=entry.values.get(definition.happened.removesuffix("_on") + "_at"),
        recorded_at=entry.recorded_at,
        recorded_by_id=entry.recorded_by,
        agreed_at=last.at if last and state == Record.AGREED else None,
        agreed_by_id=last.by if last and state == Record.AGREED else None,
        headline=detail.headline() if last or entry.origin != Record.HERE else f"{definition.title}: being written",
        follows=entry.follows,
        responsible_authority=entry.responsible_authority,
        version=len(entry.done),
        source_line=entry.source_line,
        source_hash=entry.source_hash,
    )
    return entry.record


def _part_rows(part: type[Part], entry: Entry, answers: Answers) -> list[Any]:
    if not entry.done and entry.origin == Record.HERE:
        return []
    return [
        part(
            record=entry.record,
            origin=entry.origin,
            definition_version=part.version,
            reached=_reached(part.of, entry),
            **({"person": sheet.person} if sheet.slot is None else {"slot": sheet.slot}),
            **{name: value for name, value in sheet.values.items() if hasattr(part, name)},
        )
        for sheet in answers.each
        if sheet.asked_of is part and not sheet.is_unused
    ]


def _fair_copies(definition: type[Detail], entry: Entry, answers: Answers) -> list[FairCopy]:
    """Imported records keep their source line and hash instead."""
    if entry.origin != Record.HERE or entry.record is None:
        return []
    copies, further = [], definition.further(entry.record, entry.beside)
    for number, done in enumerate(entry.done, start=1):
        copy = make_fair_copy(record=entry.record, answers=answers, step=done.step, by=None, version=number, at=done.at, further=further)
        copy.made_by_id = done.by
        copies.append(copy)
    return copies


def _draft(definition: type[Detail], entry: Entry, answers: Answers) -> Draft | None:
    if entry.done or entry.origin != Record.HERE:
        return None
    step = definition.steps[0].name
    return Draft(
        record=entry.record, step=step, answers=retyped(answers, step), author_id=entry.recorded_by, revision=1 if entry.values else 0,
        begun_at=entry.recorded_at, saved_at=entry.recorded_at,
    )  # fmt: skip
