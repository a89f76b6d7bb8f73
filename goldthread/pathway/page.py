"""A step's page as plain values: sections of fields, each as the question component wants it."""

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from goldthread.core.records.models import Draft, Record
from goldthread.ground.design.readability import reading_of
from goldthread.pathway.answers import Answers, Sheet, event_day
from goldthread.pathway.definition import OF_RECORD, Detail, Problem, Several
from goldthread.pathway.questions import Day, Many, Question, Unreadable, Whom


@dataclass
class Section:
    """Questions under a heading. For a part: `blocks`, one for each person, with what earlier steps say of that person."""

    heading: str
    fields: list[dict[str, Any]] = field(default_factory=list)
    person: str = ""
    id: str = ""
    blocks: list["Section"] = field(default_factory=list)
    earlier: list[dict[str, str]] = field(default_factory=list)
    is_folded: bool = False  # a place among several that nobody has used yet
    more_words: str = ""  # of several: what one is called

    @property
    def name(self) -> str:
        """Whose block this is, for the row of names."""
        return self.heading


@dataclass
class StepPage:
    """What the template draws: the step's sections, the problems, and where the draft stands."""

    definition: type[Detail]
    record: Record
    step: str
    draft: Draft
    sections: list[Section]
    problems: list[Problem]
    earlier: list[dict[str, str]] = field(default_factory=list)  # the shared part, as earlier steps have it

    @property
    def errors(self) -> list[dict[str, str]]:
        """For the summary at the top: the sentence, and the question it leads to."""
        return [{"text": problem.words, "href": f"#{problem.name}"} for problem in self.problems]


def draw(
    definition: type[Detail],
    record: Record,
    draft: Draft,
    answers: Answers,
    problems: list[Problem],
    written: dict[str, Any] | None = None,
) -> StepPage:
    """The page of the draft's step, with what was typed and what is wrong. `written` is the content of the last fair copy."""
    wrong = {problem.name: problem.words for problem in problems}
    happened = next((question for question in definition.questions(draft.step) if question.name == definition.happened), None)
    if happened is not None:
        with suppress(Unreadable):  # the day that is typed says which codes there were
            answers.own.values[happened.name] = happened.read(draft.answers, happened.name)
    sections: list[Section] = []
    for question in definition.questions(draft.step):
        drawn = _drawn(question, answers.own, draft, wrong)
        if drawn is None:
            continue
        if not sections or sections[-1].heading != question.section:
            sections.append(Section(question.section))
        sections[-1].fields.append(drawn)
    for part in definition.parts():
        blocks = []
        for sheet in answers.each:
            if sheet.asked_of is part:
                fields = [f for q in sheet.questions(draft.step) if (f := _drawn(q, sheet, draft, wrong)) is not None]
                if fields:
                    who = sheet.person.reference if sheet.person else ""
                    earlier = _earlier(written, sheet.person.pk, part.prefix) if sheet.person else []
                    block = Section(sheet.called, fields, who, sheet.name_of("").removesuffix("-"), earlier=earlier)
                    block.is_folded = _may_be_left(sheet) and not any(has_words(field["value"]) or field["error"] for field in fields)
                    blocks.append(block)
        if blocks:
            _fold_only_the_last(blocks)
            sections.append(Section(part.heading, blocks=blocks, more_words=part.row_words if issubclass(part, Several) else ""))
    return StepPage(definition, record, draft.step, draft, sections, problems, (written or {}).get("shared", []))


def _may_be_left(sheet: Sheet) -> bool:
    return sheet.slot is not None and sheet.slot > sheet.asked_of.at_least  # type: ignore[attr-defined]


def has_words(value: Any) -> bool:
    return any(value.values()) if isinstance(value, dict) else bool(value)


def _fold_only_the_last(blocks: list[Section]) -> None:
    """A place before one that is used stands open, so that they keep their order."""
    used = max((place for place, block in enumerate(blocks) if not block.is_folded), default=0)
    for block in blocks[: used + 1]:
        block.is_folded = False


def _earlier(written: dict[str, Any] | None, person: int, prefix: str) -> list[dict[str, str]]:
    found = [part["answers"] for part in (written or {}).get("each", []) if part["person"] == person and part["part"] == prefix]
    return found[0] if found else []


def _drawn(question: Any, sheet: Sheet, draft: Draft, wrong: dict[str, str]) -> dict[str, Any] | None:
    """One field; None where an answer of an earlier step says that this is not asked."""
    when = _condition(question, sheet, draft.step)
    if when is False:
        return None
    name = sheet.name_of(question.name)
    if isinstance(question, Whom) and len(sheet.children) < 2:
        return None
    value = _value(question, name, draft.answers)
    return {
        "name": name,
        "id": question.inputs(name)[0] if isinstance(question, Day) else name,
        "kind": question.kind,
        "label": question.label,
        "hint": question.hint,
        "value": value,
        "options": [(code, label, "") for code, label in question.options_in(sheet, on=event_day(sheet))],
        "reading": reading_of(str(value or "")).said if question.for_family else None,
        "error": next((wrong[i] for i in [name, *question.inputs(name)] if i in wrong), ""),
        "needed": bool(question.needed) and sheet.asked_of.step_number(question.needed) <= sheet.asked_of.step_number(draft.step),
        "when": when,
        "has_time": getattr(question, "has_time", False),
    }


def _value(question: Question, name: str, raw: dict[str, Any]) -> Any:
    if isinstance(question, Day):
        parts = {part: raw.get(f"{name}-{part}", "") for part in ("day", "month", "year")}
        return parts | ({"time": raw.get(f"{name}-time", "")} if question.has_time else {})
    if isinstance(question, Many):
        typed = raw.get(name) or []
        return [typed] if isinstance(typed, str) else typed
    return raw.get(name, "")


def _condition(question: Any, sheet: Sheet, step: str) -> Any:
    """None: always asked. A dict: asked under that answer on this page. False: an earlier step's answer rules it out."""
    if question.when is None:
        return None
    (lookup, wanted), *more = question.when.children
    controls = sheet.of_record if lookup.startswith(OF_RECORD) and sheet.of_record else sheet
    controlling, _, how = lookup.removeprefix(OF_RECORD).partition("__")
    on_page = {q.name: q for q in controls.questions(step)}
    if more or controlling not in on_page:
        return None if sheet.holds(question.when) else False
    values = list(wanted) if how in ("in", "contains", "overlap") else [wanted]
    asked = on_page[controlling]
    typed = [asked.write(value, "x").get("x", value) for value in values]
    codes = [str(v[0] if isinstance(v, list) else v) for v in typed]
    said = [label for code, label in asked.options() if code in codes]
    words = f"you answered “{' or '.join(said)}” to “{asked.label.rstrip('?')}”"
    return {"name": controls.name_of(controlling), "values": codes, "words": words}
