"""Small forms about a person: the kernel's questions asked outside a record, read and refused in the same words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from goldthread.pathway.questions import Line, Question, Unreadable, Words

Typed = dict[str, Any]
MAIN = "main"  # what a form of one press points at when it is refused


@dataclass(frozen=True)
class Ask:
    """One question of a small form.

    options  (code, label) or (code, label, hint), in place of a code list; for a `Many` any number may be chosen
    when     (name, values, words): asked only under these answers of an earlier question
    """

    name: str
    question: Any
    options: Sequence[Sequence[str]] | None = None
    needed: bool = False
    when: tuple[str, Sequence[str], str] | None = None
    heading: str = ""
    rows: int = 3

    @property
    def choices(self) -> Sequence[Sequence[str]]:
        return self.options if self.options is not None else self.question.options()

    def read(self, typed: Typed) -> Any:
        if self.options is None:
            return self.question.read(typed, self.name)
        codes = {option[0] for option in self.options}
        if self.question.kind == "many":
            chosen = typed.get(self.name) or []
            return [code for code in ([chosen] if isinstance(chosen, str) else chosen) if code in codes] or None
        code = typed.get(self.name) or None
        if code is not None and code not in codes:
            raise Unreadable(f"Choose one of the answers to “{self.question.label.rstrip('?')}”.")
        return code


@dataclass
class Form:
    """The questions, what was typed, and what is wrong. `values` holds the typed answers once `is_sound()` was asked."""

    asks: Sequence[Ask]
    typed: Typed = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, request: HttpRequest, asks: Sequence[Ask], known: Mapping[str, Any] | None = None) -> "Form":
        """What was posted, or what is known already, as it would have been typed."""
        if request.method == "POST":
            return cls(asks, posted(request.POST))
        typed: Typed = {}
        for ask in asks:
            value = (known or {}).get(ask.name)
            if value is not None:
                typed |= ask.question.write(value, ask.name) if ask.options is None else {ask.name: value}
        return cls(asks, typed)

    def is_sound(self) -> bool:
        """Reads every answer; what is missing or unreadable is said in `problems`."""
        for ask in self.asks:
            if ask.when and str(self.typed.get(ask.when[0]) or "") not in ask.when[1]:
                self.values[ask.name] = None
                continue
            try:
                self.values[ask.name] = ask.read(self.typed)
                if getattr(ask.question, "has_time", False):
                    self.values[f"{ask.name}_time"] = ask.question.read_time(self.typed, ask.name)
            except Unreadable as unreadable:
                self.problems.append((ask.name, str(unreadable)))
                continue
            if ask.needed and self.values[ask.name] is None:
                self.problems.append((ask.name, ask.question.missing()))
        return not self.problems

    def refuse(self, refused: ValidationError | ValueError, name: str = "") -> None:
        """What an action would not do, in its own words, at the first question unless it says which."""
        about = getattr(refused, "about", "")
        name = name or (about if about in {ask.name for ask in self.asks} else "")
        said = refused.messages if isinstance(refused, ValidationError) else [str(refused)]
        self.problems += [(name or (self.asks[0].name if self.asks else MAIN), words) for words in said]

    @property
    def errors(self) -> list[dict[str, str]]:
        return [{"text": words, "href": f"#{name}"} for name, words in self.problems]

    @property
    def groups(self) -> list[tuple[str, list[dict[str, Any]]]]:
        """Questions as the question macro draws them, under their headings."""
        wrong = dict(reversed(self.problems))
        groups: list[tuple[str, list[dict[str, Any]]]] = []
        for ask in self.asks:
            if not groups or (ask.heading and groups[-1][0] != ask.heading):
                groups.append((ask.heading, []))
            groups[-1][1].append(self._drawn(ask, wrong.get(ask.name, "")))
        return groups

    def _drawn(self, ask: Ask, error: str) -> dict[str, Any]:
        question: Question = ask.question
        value: Any = self.typed.get(ask.name, "")
        if question.kind == "day":
            value = {part: self.typed.get(f"{ask.name}-{part}", "") for part in ("day", "month", "year", "time")}
        elif question.kind == "many":
            value = [value] if isinstance(value, str) and value else list(value or [])
        drawn: dict[str, Any] = {
            "name": ask.name, "id": ask.name, "kind": question.kind, "label": question.label, "hint": question.hint,
            "value": value, "options": ask.choices, "error": error, "needed": ask.needed, "rows": ask.rows,
            "has_time": getattr(question, "has_time", False),
        }  # fmt: skip
        if ask.when:
            drawn["when"] = {"name": ask.when[0], "values": list(ask.when[1]), "words": ask.when[2]}
        return drawn


def posted(post: QueryDict) -> Typed:
    """Single answers as text, several boxes of one name as a list."""
    return {name: values if len(values) > 1 else values[0] for name, values in post.lists() if name != "csrfmiddlewaretoken" and values}


def answered(
    request: HttpRequest,
    form: Form,
    *,
    do: Callable[[dict[str, Any]], Any],
    done: str,
    to: str,
    context: dict[str, Any],
    template: str = "web/child/form.jinja",
) -> HttpResponse:
    """Draws the form; when it is sound, does what was asked and goes on. A refusal by the action is shown at the form, nothing cleared.

    `do` may give back the sentence that is said instead of `done`, or a page that is shown at once.
    """
    if request.method == "POST" and form.is_sound():
        try:
            with transaction.atomic():
                said = do(form.values)
        except (ValidationError, ValueError) as refused:
            form.refuse(refused)
        else:
            if isinstance(said, HttpResponse):
                return said
            messages.success(request, said if isinstance(said, str) else done)
            return redirect(to)
    return render(request, template, {"form": form, **context}, status=422 if form.problems else 200)


def line(words: str, hint: str = "") -> Line:
    return Line(words, hint=hint)


def prose(words: str, hint: str = "") -> Words:
    return Words(words, hint=hint)
