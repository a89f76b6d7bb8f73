"""Reading what was typed: typed answers, and the one list of problems behind the page's summary and the API's 422."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from goldthread.core.people.folding import fold
from goldthread.core.people.models import Person
from goldthread.pathway.definition import OF_RECORD, Answered, Detail, EachChild, Part, Problem, Several
from goldthread.pathway.questions import Day, Raw, Unreadable, Words


def input_name(part: type[Part], person: Person, question: str = "") -> str:
    """`child-7kq2m9xh4p-outcome`: an answer about one person."""
    return f"{part.prefix}-{person.reference}-{question}"


@dataclass
class Sheet:
    """The answers of one table's row: the record's own, or one person's part."""

    asked_of: type[Answered]
    values: dict[str, Any]
    person: Person | None = None
    children: list[Person] = field(default_factory=list)
    of_record: "Sheet | None" = None  # of a part: the record's own sheet
    slot: int | None = None  # of several: which
    is_late: bool = False  # of somebody who came to be known, or came onto the record, after an earlier step was complete

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["values"][name]
        except KeyError:
            raise AttributeError(name) from None

    def name_of(self, question: str) -> str:
        if self.slot is not None:
            return f"{self.asked_of.prefix}-{self.slot}-{question}"  # type: ignore[attr-defined]
        if self.person is None:
            return question
        return input_name(self.asked_of, self.person, question)  # type: ignore[arg-type]

    def questions(self, step: str) -> list[Any]:
        """A step's questions; with those of earlier steps, where they could not be asked of this person then."""
        if not self.is_late:
            return self.asked_of.questions(step)
        number = self.asked_of.step_number(step)
        return [q for step in self.asked_of.all_steps()[:number] for q in self.asked_of.questions(step.name)]

    @property
    def called(self) -> str:
        """Whose or which: a person's name, “Need 2”; empty for the record's own."""
        if self.slot is not None:
            return f"{self.asked_of.row_words} {self.slot}"  # type: ignore[attr-defined]
        return str(self.person) if self.person else ""

    @property
    def is_unused(self) -> bool:
        """A place among several in which nothing was written."""
        return self.slot is not None and all(value is None for value in self.values.values())

    def holds(self, condition: Q | None) -> bool:
        """Whether a `when` holds of these answers."""
        return condition is None or holds(condition, self.values, self.of_record.values if self.of_record else {})


@dataclass
class Answers:
    """Everything answered on a record so far: its own sheet, and one for each person of each part."""

    own: Sheet
    each: list[Sheet] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        for sheet in self.each:
            sheet.of_record, sheet.children = self.own, self.own.children

    def __getattr__(self, name: str) -> Any:
        return getattr(self.__dict__["own"], name)

    def sheets(self) -> Iterator[Sheet]:
        yield self.own
        yield from self.each

    def of_children(self) -> dict[int, Sheet]:
        """Each child's own part, by the child's key."""
        return {sheet.person.pk: sheet for sheet in self.each if sheet.person is not None and issubclass(sheet.asked_of, EachChild)}


def holds(condition: Q, values: dict[str, Any], of_record: dict[str, Any] | None = None) -> bool:
    """A restricted Q, asked of answers: equality, `in`, `contains` (of a Many), joined by & | ~.

    `record__` before a name asks the record's own answers of a part.
    """
    results = []
    children: list[Any] = list(condition.children)
    for child in children:
        if isinstance(child, Q):
            results.append(holds(child, values, of_record))
            continue
        asked = values if not str(child[0]).startswith(OF_RECORD) else of_record or {}
        name, _, lookup = str(child[0]).removeprefix(OF_RECORD).partition("__")
        value, wanted = asked.get(name), child[1]
        if lookup == "in":
            results.append(value in wanted)
        elif lookup == "contains":
            results.append(set(wanted) <= set(value or []))
        elif lookup == "overlap":
            results.append(bool(set(wanted) & set(value or [])))
        elif lookup in ("", "exact"):
            results.append(value == wanted)
        else:
            raise ValueError(f"`when` may not ask {lookup!r}: the page, the check and this list must agree.")
    joined = all(results) if condition.connector == Q.AND else any(results)
    return not joined if condition.negated else joined


def read_sheet(sheet: Sheet, raw: Raw, step: str, problems: list[Problem]) -> None:
    """Read one step's questions into the sheet; what cannot be read is a problem and stays unanswered."""
    for question in sheet.questions(step):
        name = sheet.name_of(question.name)
        try:
            sheet.values[question.name] = question.read(raw, name, on=event_day(sheet))
            if isinstance(question, Day) and question.has_time:
                sheet.values[question.time_name] = question.read_time(raw, name)
        except Unreadable as unreadable:
            sheet.values[question.name] = None
            problems.append(Problem(str(unreadable), question.inputs(name)[0], question.name, sheet.person.pk if sheet.person else None))


def event_day(sheet: Sheet) -> date | None:
    """The day the record is of, as far as it has been answered: codes are those of that day."""
    own = sheet.of_record or sheet
    return own.values.get(getattr(own.asked_of, "happened", ""))


def check_sheet(sheet: Sheet, step: str, problems: list[Problem]) -> None:
    """Clear what its condition does not call for, then name what this step still needs."""
    unreadable = {problem.name for problem in problems}
    if sheet.is_unused and sheet.slot > sheet.asked_of.at_least and not any(one.startswith(sheet.name_of("")) for one in unreadable):  # type: ignore[attr-defined]
        return
    number = sheet.asked_of.step_number(step)
    for question in sheet.asked_of.questions():
        if sheet.asked_of.step_number(sheet.asked_of.asked_at(question)) > number:
            continue
        name = sheet.name_of(question.name)
        if not sheet.holds(question.when):
            sheet.values[question.name] = None
        elif _is_wanting(sheet, question, number) and question.inputs(name)[0] not in unreadable:
            words = f"{sheet.called}: {question.missing()}" if sheet.called else question.missing()
            problems.append(Problem(words, question.inputs(name)[0], question.name, sheet.person.pk if sheet.person else None))


def _is_wanting(sheet: Sheet, question: Any, number: int) -> bool:
    """Needed by this step, and not answered."""
    is_needed = question.needed and sheet.asked_of.step_number(question.needed) <= number
    return bool(is_needed and sheet.values.get(question.name) is None)


def check_rules(answers: Answers, definition: type[Detail]) -> None:
    """The process's own rules over everything answered."""
    for rule in definition.rules:
        for question, words in rule(answers):
            known = {problem.question for problem in answers.problems if problem.person is None}
            if question not in known:
                asked = next((q for q in definition.questions() if q.name == question), None)
                answers.problems.append(Problem(words, asked.inputs(question)[0] if asked else question, question))


FEW_WORDS = 3  # "None known." may be true of two children alike


def check_copies(answers: Answers, step: str | None = None) -> None:
    """What one child says, and what is thought and decided for that child, is never copied to a brother or sister.

    The same words, whatever their capitals and commas, are refused in two children's own answers; codes, yes and no, and
    a word or two are not. Of one step's answers, or of all.
    """
    first_with: dict[tuple[str, str], Sheet] = {}
    for sheet in answers.each:
        for question in sheet.asked_of.questions(step):
            text = fold(str(sheet.values.get(question.name) or "")) if question.is_own and isinstance(question, Words) else ""
            if len(text.split()) <= FEW_WORDS:
                continue
            other = first_with.setdefault((question.name, text), sheet)
            if other is not sheet and sheet.person is not None:
                words = (
                    f"{other.person} and {sheet.person} have the same words for “{question.label.rstrip('?')}”. "
                    f"Write what is true of {sheet.person} alone."
                )
                answers.problems.append(Problem(words, sheet.name_of(question.name), question.name, sheet.person.pk))


def empty_answers(
    definition: type[Detail], people: dict[type[Part], list[Person]], kept: dict[Any, dict[str, Any]], children: Iterable[Person] = ()
) -> Answers:
    """Sheets for a record, holding what its rows already say.

    `kept` is keyed None for the record, (part, person's key) or (part, which of several) for parts.
    """
    own = Sheet(definition, unanswered(definition) | kept.get(None, {}), children=list(children))
    return Answers(own, list(sheets_of(definition, people, kept)))


def sheets_of(definition: type[Detail], people: dict[type[Part], list[Person]], kept: dict[Any, dict[str, Any]]) -> Iterator[Sheet]:
    """Of each part: a sheet a person, or a place."""
    for part in definition.parts():
        if issubclass(part, Several):
            yield from (Sheet(part, unanswered(part) | kept.get((part, n), {}), slot=n) for n in range(1, part.places + 1))
        else:
            for one in people.get(part, ()):
                is_late = None in kept and (part, one.pk) not in kept
                yield Sheet(part, unanswered(part) | kept.get((part, one.pk), {}), one, is_late=is_late)


def unanswered(asked_of: type[Answered]) -> dict[str, Any]:
    """Every question of a table, without an answer."""
    return dict(asked_of().answers())


def read_step(answers: Answers, raw: Raw, step: str) -> None:
    """Read one step from what was typed, then check everything up to it."""
    for sheet in answers.sheets():
        read_sheet(sheet, raw, step, answers.problems)
    definition = answers.own.asked_of
    for sheet in answers.sheets():
        check_sheet(sheet, step, answers.problems)
    check_rules(answers, definition)  # type: ignore[arg-type]
    check_copies(answers, step)
