"""The data dictionary, made from the declarations: docs/dictionary.md is this, written out and pinned."""

from collections.abc import Iterator

from goldthread.pathway.definition import Answered, Detail, Several
from goldthread.pathway.questions import Question
from goldthread.pathway.registry import definitions

KINDS = {
    "words": "Words",
    "line": "One line",
    "one": "One code",
    "many": "Codes",
    "yes_no": "Yes or no",
    "number": "Whole number",
    "day": "Day",
}


def dictionary() -> str:
    """Markdown: every process, its steps and clocks, and every question with its column, kind, codes and when it is needed."""
    lines = ["# Data dictionary", "", "Made from the declarations by `make refresh`. Unknown is NULL everywhere.", ""]
    for kind, definition in definitions().items():
        lines += _process(kind, definition)
    return "\n".join(lines).rstrip() + "\n"


def _process(kind: str, definition: type[Detail]) -> Iterator[str]:
    yield f"## {definition.title}"
    yield ""
    yield f"`{kind}`, definition {definition.version}. {_sentence(definition)}"
    yield ""
    if not definition.is_written_here:
        yield "Comes from imports only: no page writes it yet."
        yield ""
    yield "Steps: " + " → ".join(f"{step.title.lower()}{' (a manager)' if step.by_manager else ''}" for step in definition.steps) + "."
    for clock in definition.clocks:
        whom = f", for each child whose `{clock.each}` is yes" if clock.each else ""
        how = (
            f", met by `{clock.met_by}`."
            if clock.met_by
            else ", met by the next of its kind."
            if clock.is_link
            else ", met by a later record."
        )
        yield f"Clock `{clock.key}`: from `{clock.starts}`{whom}{how}"
    yield ""
    for asked_of in (definition, *definition.parts()):
        yield from _table(asked_of)


def _table(asked_of: type[Answered]) -> Iterator[str]:
    questions = asked_of.questions()
    if not questions:
        return
    several = f" Up to {asked_of.places} rows a record." if issubclass(asked_of, Several) else ""
    yield f"Table `{asked_of._meta.db_table}`. {_sentence(asked_of)}{several}"
    yield ""
    yield "| Column | Question | Kind | Needed at | Asked when |"
    yield "|---|---|---|---|---|"
    for question in questions:
        yield f"| `{question.name}` | {question.label} | {_kind(question)} | {question.needed or 'never'} | {_when(question)} |"
    yield ""


def _kind(question: Question) -> str:
    codes = f": `{question.codes}`" if question.codes else ""
    return KINDS[question.kind] + (" and time" if getattr(question, "has_time", False) else "") + codes


def _when(question: Question) -> str:
    if question.until is not None:
        return f"not any more, since definition {question.until + 1}"
    return "always" if question.when is None else ", ".join(f"`{lookup}` is {value}" for lookup, value in question.when.children)  # type: ignore[misc]


def _sentence(documented: type) -> str:
    return " ".join((documented.__doc__ or "").split())
