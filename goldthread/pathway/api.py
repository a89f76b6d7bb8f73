"""The API every process gets from its declaration: the same questions, the same problems in the same words as the page."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field, create_model

from goldthread.core.people.models import Person
from goldthread.core.people.queries import merged_with
from goldthread.core.records.drafts import save_draft
from goldthread.core.records.models import Record
from goldthread.ground.audit.middleware import Refused
from goldthread.pathway.actions import Incomplete, NotNow, begin, complete, open_step
from goldthread.pathway.answers import Sheet, input_name
from goldthread.pathway.definition import Answered, Detail, Problem, Several
from goldthread.pathway.opening import open_record
from goldthread.pathway.queries import children_of, load_answers, may_begin, may_do, people_of
from goldthread.pathway.questions import Day, Many, Number, YesNo
from goldthread.pathway.registry import definition_of, definitions

TYPES: dict[type, Any] = {Day: str, Many: list[str], YesNo: bool, Number: int}


class ProblemOut(Schema):
    """What is wrong, where, and what to do."""

    words: str
    name: str
    question: str
    child: str | None = None


class ProblemsOut(Schema):
    problems: list[ProblemOut]


class RecordOut(Schema):
    """A record's header and answers; a protected caller's are null. Days are ISO dates; codes keep their official spelling; what is unknown is null."""

    reference: str
    kind: str
    state: str
    step: str | None
    origin: str
    happened_on: date
    children: list[str]
    answers: dict[str, Any]
    each: dict[str, dict[str, dict[str, Any]]]


def schema_of(definition: type[Detail]) -> type[Schema]:
    """The body that completes a step: the record's own answers, each person's under their public reference, and several under “1”, “2” and so on."""
    own = _answers_schema(definition.__name__, definition)
    parts: dict[str, Any] = {
        part.prefix: (dict[str, _answers_schema(part.__name__, part)], Field(default_factory=dict, description=part.heading))  # type: ignore[misc]
        for part in definition.parts()
    }
    return create_model(f"{definition.__name__}Answers", __base__=Schema, answers=(own, Field(default_factory=own)), **parts)


def _answers_schema(name: str, asked_of: type[Answered]) -> Any:
    fields: dict[str, Any] = {}
    for question in asked_of.questions():
        fields[question.name] = (
            next((t for kind, t in TYPES.items() if isinstance(question, kind)), str) | None,
            Field(None, description=question.label),
        )
        if isinstance(question, Day) and question.has_time:
            fields[question.time_name] = (str | None, Field(None, description="The time, as 14:30"))
    return create_model(name, __base__=Schema, **fields)


def as_typed(asked_of: type[Answered], sent: dict[str, Any], name_of: Any) -> dict[str, Any]:
    """JSON answers as they would have been typed on the page, so that both are read by the same reader."""
    raw: dict[str, Any] = {}
    for question in asked_of.questions():
        value = sent.get(question.name)
        name = name_of(question.name)
        if isinstance(question, Day):
            if value is not None:
                year, month, day = [*value.split("-"), "", ""][:3]
                raw |= {f"{name}-year": year, f"{name}-month": month, f"{name}-day": day}
            if question.has_time and sent.get(question.time_name):
                raw[f"{name}-time"] = sent[question.time_name]
        elif value is not None:
            raw |= question.write(value, name)
    return raw


def typed_body(definition: type[Detail], record: Record, body: Any) -> dict[str, Any]:
    """The whole body, as typed. People who have no part in the record are passed over."""
    raw = as_typed(definition, body.answers.dict(exclude_unset=True), lambda name: name)
    for part, people in people_of(definition, record).items():
        sent = getattr(body, part.prefix)
        for person in people:
            if person.reference in sent:
                answers = sent[person.reference].dict(exclude_unset=True)
                raw |= as_typed(part, answers, lambda name, part=part, person=person: input_name(part, person, name))
    for part in definition.parts():
        if issubclass(part, Several):
            for slot, given in getattr(body, part.prefix).items():
                raw |= as_typed(part, given.dict(exclude_unset=True), lambda name, part=part, slot=slot: f"{part.prefix}-{slot}-{name}")
    return raw


def out(record: Record) -> dict[str, Any]:
    """A record as the API gives it."""
    definition = definition_of(record.kind)
    answers = load_answers(definition, record)
    each: dict[str, dict[str, dict[str, Any]]] = {}
    for sheet in answers.each:
        if not sheet.is_unused:
            which = sheet.person.reference if sheet.person else str(sheet.slot)
            each.setdefault(sheet.asked_of.prefix, {})[which] = sheet.values  # type: ignore[attr-defined]
    return {
        "reference": record.reference,
        "kind": record.kind,
        "state": record.state,
        "step": record.step,
        "origin": record.origin,
        "happened_on": record.happened_on,
        "children": [child.reference for child in children_of(record)],
        "answers": shareable(answers.own),
        "each": each,
    }


def shareable(sheet: Sheet) -> dict[str, Any]:
    """The answers but those that tell who is protected (who referred): an export, so never in it, whoever asks."""
    protected = {q.name for q in sheet.asked_of.questions() if q.protected is not None and sheet.holds(q.protected)}
    return {name: None if name in protected else value for name, value in sheet.values.items()}


def refused(problems: list[Problem]) -> dict[str, Any]:
    people = Person.objects.in_bulk([p.person for p in problems if p.person])
    return {
        "problems": [
            {"words": p.words, "name": p.name, "question": p.question, "child": people[p.person].reference if p.person else None}
            for p in problems
        ]
    }


def not_at_step(words: str) -> dict[str, Any]:
    """What holds against the step as a whole, not against one answer."""
    return {"problems": [{"words": words, "name": "step", "question": ""}]}


def router_for(definition: type[Detail]) -> Router:
    """Begin, and complete each step of, one process."""
    router = Router(tags=[definition.title])
    body_schema = schema_of(definition)

    def begin_record(request: HttpRequest, children: list[str]) -> Any:
        found = list(Person.objects.filter(reference__in=children).seen_by(request.user))
        if len(found) != len(set(children)):
            raise Refused(f"begin {definition.kind()}")
        if not all(child.is_child and may_begin(request.user, merged_with(child)) for child in found):
            return Status(403, not_at_step("Whoever answers for the child begins this, or the front door."))
        try:
            return Status(201, out(begin(definition, children=[child.pk for child in found], by=request.user)))
        except Incomplete as refusal:
            return Status(422, refused(refusal.problems))

    def complete_step(request: HttpRequest, reference: str, step: str, body: Any) -> Any:
        record = open_record(request.user, reference)
        if record.kind != definition.kind() or record.step != step:
            return Status(409, not_at_step("The record is not at this step."))
        words = may_do(request.user, record, definition.step(step))
        if words:
            return Status(403, not_at_step(words))
        draft = open_step(record=record, step=step, by=request.user)
        raw = typed_body(definition, record, body)
        if save_draft(draft=draft, revision=draft.revision, answers=raw, by=request.user) is None:
            return Status(409, not_at_step("Somebody else saved this meanwhile. Read it and send again."))
        try:
            return Status(200, out(complete(record=record, step=step, by=request.user).record))
        except Incomplete as incomplete:
            return Status(422, refused(incomplete.problems))
        except NotNow as late:
            return Status(409, not_at_step(str(late)))

    complete_step.__annotations__["body"] = body_schema
    name = definition.kind().replace(".", "_")
    router.post(
        "/",
        response={201: RecordOut, 403: ProblemsOut, 422: ProblemsOut},
        operation_id=f"begin_{name}",
        summary=f"Begin: {definition.title}",
    )(begin_record)
    router.post(
        "/{reference}/{step}",
        response={200: RecordOut, 403: ProblemsOut, 409: ProblemsOut, 422: ProblemsOut},
        operation_id=f"complete_{name}",
        summary=f"Complete a step: {definition.title}",
    )(complete_step)
    return router


def routers() -> dict[str, Router]:
    """A router for each declared process, by its path."""
    return {kind.replace(".", "/"): router_for(definition) for kind, definition in definitions().items() if definition.is_written_here}
