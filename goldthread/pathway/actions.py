"""The verbs every process shares: begin, complete a step, send back, correct."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate

from goldthread.core.agencies.models import Worker
from goldthread.core.agencies.queries import user_of, worker_of
from goldthread.core.people.models import Person
from goldthread.core.records.actions import add_children, begin_record, comment, lock_children
from goldthread.core.records.drafts import keep_effort, open_draft
from goldthread.core.records.models import Draft, Record
from goldthread.core.work.actions import Running, finish_tasks, give_task, rewind_links, wind
from goldthread.ground.boot.queries import responsible_authority
from goldthread.pathway.answers import Answers, Sheet, read_sheet, read_step
from goldthread.pathway.archetypes import BEGIN, END, Episode
from goldthread.pathway.definition import Clock, Detail, EachChild, Problem
from goldthread.pathway.episodes.events import began, ended
from goldthread.pathway.fair_copy import asked_and_answered, make_fair_copy
from goldthread.pathway.queries import load_answers
from goldthread.pathway.questions import TODAY, Day
from goldthread.pathway.registry import BEGUN, JOINED, actions_after, definition_of, likely_at, problems_before, whom_it_runs_for


class Incomplete(ValueError):
    """The step cannot be completed yet: `problems` says what is missing or wrong. Nothing was written."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.words for problem in problems))
        self.problems = problems


class NotNow(ValueError):
    """The record is not at this step: somebody has already completed it, or it was withdrawn."""


@dataclass(frozen=True)
class Completed:
    """What a room's action is told when a step of its process is complete."""

    record: Record
    detail: Any
    answers: Answers
    step: str
    by: Any

    @property
    def children(self) -> list[Person]:
        return [sheet.person for sheet in self.answers.of_children().values() if sheet.person] or [
            link.child for link in self.record.children.filter(removed_at=None).select_related("child")
        ]


def begin(
    definition: type[Detail],
    *,
    children: Iterable[int] = (),
    by: Any,
    opening: dict[str, Any] | None = None,
    each: dict[int, dict[str, Any]] | None = None,
    follows: Record | None = None,
    is_ahead: bool = False,
) -> Record:
    """Open a record at its first step. `is_ahead`: it stands ready for another day, so today is no likely answer yet.

    `opening` holds answers already known, `each` those about one child (keyed by person): they stand in the draft, so
    nothing is typed twice, and start clocks.
    """
    children, opening = list(children), opening or {}
    if definition.is_of_one_child and len(children) != 1:
        raise Incomplete([Problem(f"“{definition.title}” is about one child alone: begin one for each.", "children")])
    record = begin_record(
        kind=definition.kind(),
        children=children,
        by=by,
        happened_on=opening.get(definition.happened) or localdate(),
        happened_at=opening.get(_time_of(definition)) if definition.happened else None,
        follows=follows,
        step=definition.steps[0].name,
        definition_version=definition.version,
        responsible_authority=responsible_authority(),
        headline=f"{definition.title}: {'waiting for a decision' if definition.steps[0].by_manager else 'being written'}",
    )
    draft = open_draft(record=record, step=definition.steps[0].name, by=by)
    draft.answers = likely_answers(definition, record, definition.steps[0].name, opening, each or {}, on=None if is_ahead else localdate())
    _add_what_is_known(draft, definition, record)
    draft.save(update_fields=["answers"])
    wind(record=record, children=children, runnings=runnings(definition, opening))
    for action in actions_after(definition, BEGUN):
        action(Completed(record, None, load_answers(definition, record), BEGUN, by))
    return record


def include(*, record: Record, children: Iterable[int], by: Any, each: dict[int, dict[str, Any]] | None = None) -> None:
    """The record is about these children too (ValueError where its kind is of one child alone): their clocks run from the day it was received, as the others' do.

    `each` holds answers already known about one of them; what has been typed stands.
    """
    children, definition = list(children), definition_of(record.kind)
    if definition.is_of_one_child:
        raise ValueError(f"“{definition.title}” is about one child alone.")
    lock_children(children)
    add_children(record=record, children=children)
    answers = load_answers(definition, record)
    draft = Draft.objects.select_for_update().filter(record=record, step=record.step).first()
    if draft is not None:
        for sheet in answers.sheets():
            read_sheet(sheet, draft.answers, draft.step, [])
        for sheet in answers.each:
            of_child = sheet.person is not None and issubclass(sheet.asked_of, EachChild)
            for name, value in (each or {}).get(sheet.person.pk if sheet.person and of_child else 0, {}).items():
                question = sheet.asked_of._meta.get_field(name)
                if sheet.values.get(name) is None:
                    draft.answers |= question.write(value, sheet.name_of(name))  # type: ignore[union-attr]
        draft.save(update_fields=["answers"])
    if definition.happened and answers.own.values.get(definition.happened) is None:
        answers.own.values[definition.happened] = record.happened_on
    wind(record=record, children=children, runnings=runnings(definition, answers.own.values))
    for action in actions_after(definition, JOINED):
        action(Completed(record, None, answers, JOINED, by))


def _time_of(definition: type[Detail]) -> str:
    return definition.happened.removesuffix("_on") + "_at"


def likely_answers(
    definition: type[Detail],
    record: Record,
    step: str,
    opening: dict[str, Any] | None = None,
    each: dict[int, dict[str, Any]] | None = None,
    on: date | None = None,
) -> dict[str, Any]:
    """A step's answers as they would have been typed: those known, and the day `on` where today is the likely one."""
    answers = load_answers(definition, record)
    for question in definition.questions(step):
        if question.prefill == TODAY and answers.own.values[question.name] is None:
            answers.own.values[question.name] = on
    answers.own.values |= opening or {}
    for sheet in answers.each:
        if sheet.person is not None and issubclass(sheet.asked_of, EachChild):
            sheet.values |= (each or {}).get(sheet.person.pk, {})
    return retyped(answers, step)


def open_step(*, record: Record, step: str, by: Any) -> Draft:
    """The draft of a step, holding the likely answers when it is opened for the first time."""
    draft = open_draft(record=record, step=step, by=by)
    definition = definition_of(record.kind)
    dated = [q for q in definition.questions(step) if q.prefill == TODAY]
    if draft.revision == 0 and (not draft.answers or any(q.inputs(q.name)[0] not in draft.answers for q in dated)):
        draft.answers = likely_answers(definition, record, step, on=localdate()) | draft.answers
        _add_what_is_known(draft, definition, record)
    if draft.revision == 0 and draft.known != draft.answers:
        draft.known = draft.answers
        draft.save(update_fields=["answers", "known"])
    return draft


def _add_what_is_known(draft: Draft, definition: type[Detail], record: Record) -> None:
    """What the room knows goes where nothing stands."""
    for name, typed in likely_at(definition, draft.step, record).items():
        draft.answers[name] = draft.answers.get(name) or typed


def runnings(definition: type[Detail], values: dict[str, Any]) -> list[Running]:
    """The clocks whose start is known from these answers, links aside; hour clocks run from the instant where the time is known."""
    found = []
    for clock in definition.clocks:
        started_on = values.get(clock.starts)
        if started_on is not None and not clock.is_link:
            at = values.get(clock.starts.removesuffix("_on") + "_at")
            instant = timezone.make_aware(datetime.combine(started_on, at)) if at else None
            found.append(Running(clock.key, started_on, instant, values.get(clock.met_by), is_met_elsewhere=not clock.met_by))
    return found


def children_of_link(clock: Clock, answers: Answers, children: list[int]) -> list[int]:
    """Those of whom the clock's own question of each child is answered yes; all, where it has none."""
    if not clock.each:
        return children
    return [s.person.pk for s in answers.each if s.person and s.person.pk in children and s.values.get(clock.each)]


def complete(*, record: Record, step: str, by: Any, raw: dict[str, Any] | None = None) -> Completed:
    """Complete the step the record waits for, from its draft (and what was just typed).

    Incomplete when something is missing, with nothing written; NotNow when the record has moved on.
    """
    definition = definition_of(record.kind)
    with transaction.atomic():
        record = Record.objects.select_for_update().get(pk=record.pk)
        if record.step != step:
            raise NotNow("This step is already complete. Look at the record to see what was written.")
        draft = Draft.objects.filter(record=record, step=step).first() or open_step(record=record, step=step, by=by)
        done = _write(definition, record, step, by, {**draft.answers, **(raw or {})}, draft)
        Draft.objects.filter(record=record, step=step).delete()
        finish_tasks(record=record, step=step, by=by)
        for action in actions_after(definition, step):
            action(done)
        if issubclass(definition, Episode):
            tell_of(done)
        return done


def tell_of(done: Completed) -> None:
    """Rooms that do not know each other hear that a period began or ended."""
    if done.step == BEGIN:
        began.send(type(done.detail), kind=done.record.kind, child=done.detail.child_id, on=done.detail.started_on, by=done.by)
    elif done.step == END:
        ended.send(type(done.detail), kind=done.record.kind, child=done.detail.child_id, on=done.detail.ended_on, by=done.by)


def hand_to(worker: Worker, *, record: Record, step: str, what: str, by: Any, **task: Any) -> None:
    """The work is this worker's: the draft is on their list, and so is the task."""
    Draft.objects.filter(record=record, step=step).update(author_id=user_of(worker.pk))
    give_task(record=record, step=step, what=what, worker=worker, by=by, **task)


def correct(*, record: Record, step: str, by: Any, raw: dict[str, Any], why: str, draft: Draft | None = None) -> Completed:
    """Write a completed step anew: a new version with a reason, earlier fair copies kept, clocks reckoned again.

    `draft` is what it was typed in, where it was.
    """
    if not why.strip():
        raise Incomplete([Problem("Say why the record is corrected.", "correction_why")])
    definition = definition_of(record.kind)
    with transaction.atomic():
        record = Record.objects.select_for_update().get(pk=record.pk)
        if record.state == Record.VOID or not record.fair_copies.filter(step=step).exists():
            raise NotNow("Only a completed step can be corrected.")
        done = _write(definition, record, step, by, raw, draft, why=why)
        for action in actions_after(definition, step, is_correction=True):
            action(done)
        return done


def _write(
    definition: type[Detail], record: Record, step: str, by: Any, raw: dict[str, Any], draft: Draft | None, why: str | None = None
) -> Completed:
    """Read, refuse or write: typed rows, header, fair copy and clocks, all in the caller's transaction."""
    answers = load_answers(definition, record)
    children = [link.child_id for link in record.children.filter(removed_at=None)]
    lock_children(children)
    read_step(answers, raw, step)
    answers.problems += problems_before(definition, step, record, answers, is_correction=why is not None)
    if answers.problems:
        raise Incomplete(answers.problems)
    number = definition.step_number(step)
    detail = _save_rows(definition, record, answers, number if why is None else None)
    _save_header(definition, record, detail, answers, step, by, why)
    version = record.fair_copies.count() + 1
    copy = make_fair_copy(record=record, answers=answers, step=step, by=by, version=version, why=why, further=definition.further(record))
    if draft is not None:
        copy.held_from, copy.held_until = draft.held_from, draft.held_until
    copy.save()
    if draft is not None and why is None:
        asked, answered = asked_and_answered(copy.content, step)
        keep_effort(draft=draft, record=record, raw=raw, asked=asked, answered=answered)
    why_wound = why or "The date was corrected."
    wind(record=record, children=children, runnings=runnings(definition, answers.own.values), why=why_wound)
    for clock in definition.clocks:
        started_on = answers.own.values.get(clock.starts)
        if clock.is_link and started_on is not None:
            whom = whom_it_runs_for(clock.key, children_of_link(clock, answers, children), started_on)
            rewind_links(record=record, key=clock.key, started_on=started_on, limits=whom, why=why_wound)
    return Completed(record, detail, answers, step, by)


def _save_rows(definition: type[Detail], record: Record, answers: Answers, reached: int | None) -> Any:
    of = {"child_id": record.children.get(removed_at=None).child_id} if definition.is_of_one_child else {}
    detail = _row(definition, {"record": record}, answers.own, reached, **of)
    for sheet in answers.each:
        which = {"person": sheet.person} if sheet.slot is None else {"slot": sheet.slot}
        if sheet.is_unused:
            sheet.asked_of.objects.filter(record=record, **which).delete()
        else:
            _row(sheet.asked_of, {"record": record, **which}, sheet, reached)
    return detail


def _row(table: Any, key: dict[str, Any], sheet: Sheet, reached: int | None, **of: Any) -> Any:
    there = table.objects.filter(**key).first()
    row = there or table(**key, **of, definition_version=table.version)
    for name, value in sheet.values.items():
        setattr(row, name, value)
    if reached is not None:
        row.reached = reached
    row.save(force_insert=there is None)
    return row


def _save_header(definition: type[Detail], record: Record, detail: Any, answers: Answers, step: str, by: Any, why: str | None) -> None:
    happened = answers.own.values.get(definition.happened)
    if happened is not None and happened != record.happened_on:
        record.happened_on = happened
        record.children.update(happened_on=happened)
    record.happened_at = answers.own.values.get(_time_of(definition)) or record.happened_at
    record.headline = detail.headline()
    record.version += 1
    if why is None:
        following = definition.step_after(step)
        if definition.step_number(step) == 1:
            record.recorded_by = by
        record.state = definition.step(step).ends_in
        record.step = following.name if following else None
        if record.state == Record.AGREED:
            record.agreed_at, record.agreed_by = timezone.now(), by
    record.save()


def send_back(*, record: Record, by: Any, words: str) -> None:
    """A manager returns the work with comments: the step before opens again with every answer in it, for whoever wrote that step."""
    if not words.strip():
        raise Incomplete([Problem("Say what must change before you send it back.", "send_back_words")])
    definition = definition_of(record.kind)
    with transaction.atomic():
        record = Record.objects.select_for_update().get(pk=record.pk)
        if record.step is None or not definition.step(record.step).may_send_back:
            raise NotNow("There is nothing here to send back.")
        finish_tasks(record=record, step=record.step, by=by)
        Draft.objects.filter(record=record, step=record.step).delete()
        again = definition.steps[definition.step_number(record.step) - 2].name
        written = record.fair_copies.filter(step=again).select_related("made_by").order_by("version").first()
        writer = written.made_by if written else record.recorded_by
        answers = load_answers(definition, record)
        draft = open_draft(record=record, step=again, by=writer)
        draft.answers, draft.comments = retyped(answers, again), words
        draft.save(update_fields=["answers", "comments"])
        record.state, record.step = Record.RETURNED, again
        record.save(update_fields=["state", "step"])
        comment(record=record, words=words, by=by, sent_back=True)
        worker = worker_of(writer.pk) if writer else None
        if worker is not None:
            give_task(record=record, step=again, what=f"Sent back: {definition.title.lower()}", worker=worker, by=by)


def retyped(answers: Answers, step: str) -> dict[str, Any]:
    """Every answer of a step, as it would have been typed."""
    raw: dict[str, Any] = {}
    for sheet in answers.sheets():
        for question in sheet.asked_of.questions(step):
            name = sheet.name_of(question.name)
            raw |= question.write(sheet.values.get(question.name), name)
            if isinstance(question, Day) and question.has_time and sheet.values.get(question.time_name):
                raw[f"{name}-time"] = f"{sheet.values[question.time_name]:%H:%M}"
    return raw
