"""What the question macro needs to know of one question: the contract between a form and how it looks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

KINDS = ("words", "line", "day", "one", "many", "yes_no", "number")
RADIOS_AT_MOST = 7


@dataclass(frozen=True)
class When:
    """The question that calls this one, and the answers (codes; "yes"/"no" for yes_no) that do.

    `words` finishes “Only if …” for a reader without JavaScript or with a printed form.
    """

    name: str
    values: Sequence[str]
    words: str = ""


@dataclass(frozen=True)
class Question:
    """One question as drawn. Everything is plain: no model, no form class.

    name        of the answer in the post and in a saved draft; a day posts name-day, name-month, name-year, name-time
    id          unique on the page; `#id` is where an error links to, whatever the kind
    kind        words (grows), line, day, one, many, yes_no, number
    value       as typed, never cleaned: words, line, number, one, yes_no are strings ("" unanswered; yes_no is "yes" or "no");
                many is a list of codes; day is a dict with day, month, year and perhaps time, or empty
    has_time    a day that may also take "Time, if known"
    options     (code, label) or (code, label, hint); for one and many. More than seven make `one` a list to type into
    error       the sentence, the same as in the summary at the top
    needed      says "Needed" beside the label; whether anything is refused is the step's affair, not the field's
    known       what the record already holds, shown beside the question so that nobody is asked twice
    locked      shows the answer without a way to change it; `locked_words` says why
    guidance    folded under the label; plain words or Markup
    reading     how hard the words typed are to read, for a question a family will read; drafts.js writes it anew at each save. None: not said
    is_own      a council's own question, said so beside it
    """

    name: str
    id: str
    kind: str
    label: str
    hint: str = ""
    guidance: Any = ""
    guidance_title: str = "What to think about"
    value: Any = ""
    options: Sequence[Sequence[str]] = ()
    error: str = ""
    needed: bool = False
    needed_words: str = "Needed"
    when: When | Mapping[str, Any] | None = None
    known: Sequence[Any] = ()
    locked: bool = False
    locked_words: str = ""
    rows: int = 4
    has_time: bool = False
    is_own: bool = False
    suffix: str = ""
    used_in: str = ""
    reading: str | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.name}: {self.kind!r} is not a kind of question ({', '.join(KINDS)})")
        if isinstance(self.when, Mapping):
            object.__setattr__(self, "when", When(**self.when))

    @property
    def choices(self) -> list[tuple[str, str, str]]:
        """The options, each with a hint that may be empty; a yes_no answers with yes or no unless told otherwise."""
        options = self.options or ((("yes", "Yes"), ("no", "No")) if self.kind == "yes_no" else ())
        return [(str(option[0]), str(option[1]), str(option[2]) if len(option) > 2 else "") for option in options]

    @property
    def is_long(self) -> bool:
        """True where the options are too many to lay out."""
        return len(self.choices) > RADIOS_AT_MOST

    @property
    def chosen(self) -> list[str]:
        """The codes answered, whatever the kind."""
        return [str(code) for code in self.value or ()] if self.kind == "many" else [str(self.value)] if self.value else []

    @property
    def answer_words(self) -> str:
        """The answer as it reads, for a locked question."""
        if self.kind == "day":
            day = "/".join(str(self.value.get(part) or "") for part in ("day", "month", "year")) if self.value else ""
            time = self.value.get("time") if self.value else ""
            return f"{day.strip('/')} {time or ''}".strip()
        if self.kind in ("one", "many", "yes_no"):
            labels = {code: label for code, label, _ in self.choices}
            return ", ".join(labels.get(code, code) for code in self.chosen)
        return str(self.value or "")


def as_question(field: Any) -> Question:
    """A Question from a Question, a mapping, or any object with the same names."""
    if isinstance(field, Question):
        return field
    if isinstance(field, Mapping):
        return Question(**{str(name): value for name, value in field.items() if value is not None})
    given = {f.name: getattr(field, f.name) for f in fields(Question) if getattr(field, f.name, None) is not None}
    return Question(**given)
