"""What was typed on a page, as a posted form or as drafts.js sends it, by input name; and back again."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils.timezone import localtime

from goldthread.core.records.models import Draft, Record
from goldthread.ground.boot.bodies import read_json, without_zeros
from goldthread.pathway.definition import Detail
from goldthread.pathway.queries import load_answers
from goldthread.pathway.questions import Day

UNREADABLE = {"problem": "The save could not be read."}
NOT_ANSWERS = {"csrfmiddlewaretoken", "revision", "press", "send_back_words", "correction_why"}


def posted(request: HttpRequest, definition: type[Detail], record: Record, step: str) -> dict[str, Any]:
    """What the form holds, by input name; questions with several boxes as lists, without a tick as None (taken away)."""
    answers = load_answers(definition, record)
    several = {sheet.name_of(q.name) for sheet in answers.sheets() for q in sheet.questions(step) if q.kind == "many"}
    found: dict[str, Any] = dict.fromkeys(several)
    for name in request.POST:
        if name not in NOT_ANSWERS:
            found[name] = request.POST.getlist(name) if name in several else request.POST[name]
    return found


@dataclass(frozen=True)
class Sent:
    """What drafts.js sends to be saved: since which revision, from which open page, the answers by input name, and for
    how long an outage kept them in the browser.
    """

    revision: int
    tab: str | None
    answers: dict[str, Any]
    held: timedelta


def sent_in(request: HttpRequest) -> Sent | None:
    """None where it cannot be read."""
    try:
        sent = without_zeros(read_json(request))
        held = timedelta(seconds=max(0, int(sent.get("held", 0))))
        return Sent(int(sent["revision"]), str(sent.get("tab", "")) or None, flat(dict(sent["answers"])), held)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return None


def revision_in(request: HttpRequest) -> int:
    """The revision a posted form was drawn from; -1, which none is, where it says none."""
    text = request.POST.get("revision", "")
    return int(text) if text.isdecimal() else -1


def clock_of(saved: Any) -> str:
    """When a draft, or whatever else is saved as it is typed, was saved: "14:32", or empty."""
    return f"{localtime(saved.saved_at):%H:%M}" if saved.saved_at else ""


def flat(answers: dict[str, Any]) -> dict[str, Any]:
    """As drafts.js sends it: a day comes as one value with parts, and is kept part by part."""
    found: dict[str, Any] = {}
    for name, value in answers.items():
        if isinstance(value, dict):
            found |= {f"{name}-{part}": typed for part, typed in value.items()}
        else:
            found[name] = value
    return found


def whole(definition: type[Detail], draft: Draft) -> dict[str, Any]:
    """A draft as drafts.js reads it: each question's answer under its name, a day with its parts together."""
    found: dict[str, Any] = {}
    for sheet in load_answers(definition, draft.record).sheets():
        for question in sheet.questions(draft.step):
            name = sheet.name_of(question.name)
            if isinstance(question, Day):
                parts = {part.rsplit("-", 1)[1]: draft.answers.get(part, "") for part in question.inputs(name)}
                found[name] = parts if any(parts.values()) else ""
            else:
                found[name] = draft.answers.get(name, "")
    return found
