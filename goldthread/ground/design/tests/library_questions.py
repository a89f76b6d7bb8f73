"""The same questions through the GOV.UK library's own macros: what ours are compared with."""

from typing import Any

from goldthread.ground.design.questions import Question
from goldthread.ground.design.tests.drawing import draw

PARTS = (("day", "Day", 2), ("month", "Month", 2), ("year", "Year", 4), ("time", "Time, if known", 4))


def drawn(question: Question) -> str:
    """The library's HTML for one question without guidance or known facts, with the same classes asked for."""
    macro, folder, options = OF_KIND[question.kind if not (question.kind == "one" and question.is_long) else "list"](question)
    if question.hint:
        options["hint"] = {"text": question.hint}
    if question.error:
        options["errorMessage"] = {"text": question.error, "visuallyHiddenText": "Problem"}
    return draw("{% from 'govuk_frontend_jinja/components/" + folder + "/macro.html' import " + macro + " as m %}{{ m(o) }}", o=options)


def box(question: Question, **more: Any) -> dict[str, Any]:
    return {
        "id": question.id,
        "name": question.name,
        "value": question.value,
        "label": {"text": question.label, "classes": "gt-label"},
        **more,
    }


def words(question: Question) -> tuple[str, str, dict[str, Any]]:
    more = box(question, rows=question.rows, spellcheck=True, classes="gt-words", attributes={"data-grow": ""})
    return "govukTextarea", "textarea", more


def line(question: Question) -> tuple[str, str, dict[str, Any]]:
    return "govukInput", "input", box(question)


def number(question: Question) -> tuple[str, str, dict[str, Any]]:
    more = box(question, inputmode="decimal", classes="govuk-input--width-5", spellcheck=False)
    return "govukInput", "input", {**more, "suffix": {"text": question.suffix}} if question.suffix else more


def options(question: Question) -> dict[str, Any]:
    items = []
    for i, (code, label, hint) in enumerate(question.choices, 1):
        item: dict[str, Any] = {
            "value": code,
            "text": label,
            "checked": code in question.chosen,
            "id": f"{question.id}-{i}" if i > 1 else question.id,
        }
        items.append({**item, "hint": {"text": hint}} if hint else item)
    fieldset = {"legend": {"text": question.label, "classes": "gt-label"}}
    return {"idPrefix": question.id, "name": question.name, "items": items, "fieldset": fieldset}


def one(question: Question) -> tuple[str, str, dict[str, Any]]:
    inline = " govuk-radios--inline" if question.kind == "yes_no" and len(question.choices) < 4 else ""
    return "govukRadios", "radios", {**options(question), "classes": "govuk-radios--small" + inline}


def many(question: Question) -> tuple[str, str, dict[str, Any]]:
    return "govukCheckboxes", "checkboxes", {**options(question), "classes": "govuk-checkboxes--small"}


def long_list(question: Question) -> tuple[str, str, dict[str, Any]]:
    items = [{"value": "", "text": ""}] + [
        {"value": code, "text": f"{label} – {hint}" if hint else label, "selected": code in question.chosen}
        for code, label, hint in question.choices
    ]
    return "govukSelect", "select", box(question, items=items, classes="gt-select", attributes={"data-typeahead": ""})


def day(question: Question) -> tuple[str, str, dict[str, Any]]:
    items = [
        {
            "id": question.id if part == "day" else f"{question.id}-{part}",
            "name": part,
            "label": label,
            "value": (question.value or {}).get(part, ""),
            "inputmode": "text" if part == "time" else "numeric",
            "classes": f"govuk-input--width-{width}{' gt-time' if part == 'time' else ''}{' govuk-input--error' if question.error else ''}",
        }
        for part, label, width in PARTS
        if part != "time" or question.has_time
    ]
    fieldset = {"legend": {"text": question.label, "classes": "gt-label"}}
    more = {"id": f"{question.id}-parts", "namePrefix": question.name, "items": items, "fieldset": fieldset, "attributes": {"data-day": ""}}
    return "govukDateInput", "date-input", more


OF_KIND = {"words": words, "line": line, "number": number, "one": one, "yes_no": one, "many": many, "list": long_list, "day": day}
