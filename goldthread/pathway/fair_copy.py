"""The fair copy: questions as asked, answers as shown, hashed. Columns are for counting, the copy is evidence."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from goldthread.core.records.models import FairCopy, Record
from goldthread.pathway.answers import Answers, Sheet
from goldthread.pathway.questions import Day


def shown_answers(sheet: Sheet, step: str) -> list[dict[str, Any]]:
    """What was asked up to this step and how the answer reads; what its condition did not call for, or no version asks any more, is left out."""
    asked_of = sheet.asked_of
    lines: list[dict[str, Any]] = []
    for question in asked_of.questions():
        if asked_of.step_number(asked_of.asked_at(question)) > asked_of.step_number(step) or not sheet.holds(question.when):
            continue
        if question.until is not None and sheet.values.get(question.name) is None:
            continue
        shown = question.shown_in(sheet.values.get(question.name), sheet)
        if shown and isinstance(question, Day) and question.has_time and sheet.values.get(question.time_name):
            shown += f" at {sheet.values[question.time_name]:%H:%M}"
        lines.append({"question": question.name, "step": asked_of.asked_at(question), "asked": question.label, "answer": shown})
        if question.protected is not None and sheet.holds(question.protected):
            lines[-1]["is_protected"] = True
        if question.kept_from_family:
            lines[-1]["is_kept_from_family"] = True
    return lines


def content_of(answers: Answers, step: str, further: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    """The shared part once, and each person's part apart, so that output can be split; `further` as `Detail.further` gives it."""
    definition = answers.own.asked_of
    beside = {"further": list(further)} if further else {}
    return beside | {
        "title": definition.title,  # type: ignore[attr-defined]
        "shared": shown_answers(answers.own, step),
        "each": [
            {
                "part": sheet.asked_of.prefix,  # type: ignore[attr-defined]
                "heading": sheet.asked_of.heading,  # type: ignore[attr-defined]
                "person": sheet.person.pk if sheet.person else None,
                "name": sheet.called,
                "answers": shown_answers(sheet, step),
            }
            for sheet in answers.each
            if not sheet.is_unused
        ],
    }


def asked_and_answered(content: dict[str, Any], step: str) -> tuple[int, int]:
    """How many questions of this step it holds, and how many of them have an answer."""
    lines = [*content["shared"], *(line for part in content["each"] for line in part["answers"])]
    own = [line for line in lines if line["step"] == step]
    return len(own), sum(bool(line["answer"]) for line in own)


def seal(content: dict[str, Any]) -> str:
    """The sha256 of the content in one canonical spelling, in hexadecimal."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def make_fair_copy(
    *, record: Record, answers: Answers, step: str, by: Any, version: int, why: str | None = None, at: datetime | None = None,
    further: Sequence[dict[str, Any]] = (),
) -> FairCopy:  # fmt: skip
    """An unsaved fair copy of the record as it stands after this step."""
    content = content_of(answers, step, further)
    copy = FairCopy(
        record=record,
        version=version,
        step=step,
        made_by=by,
        why=why,
        content=content,
        definition_version=record.definition_version,
        sha256=seal(content),
    )
    if at is not None:
        copy.made_at = at
    return copy
