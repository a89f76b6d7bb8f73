"""A question is a Django field: its column, its words, and when it must be answered, said once.

Words, hints, codes and needed-ness are hidden from migrations: editing them makes none.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate

from goldthread.ground.codes import codes as code_list

Raw = Mapping[str, Any]  # what was typed, by input name: text, or a list of codes
TODAY = "today"

if TYPE_CHECKING:
    TextBase = models.TextField[str | None, str | None]
    DateBase = models.DateField[date | None, date | None]
    TruthBase = models.BooleanField[bool | None, bool | None]
    NumberBase = models.IntegerField[int | None, int | None]
    ManyBase = ArrayField[list[str] | None, list[str] | None]
else:
    TextBase, DateBase, TruthBase, NumberBase, ManyBase = (
        models.TextField,
        models.DateField,
        models.BooleanField,
        models.IntegerField,
        ArrayField,
    )


class Unreadable(ValueError):
    """What was typed cannot be read; the sentence says what to do."""


class Question:
    """What a question carries besides its column.

    needed: the step that may not be completed without an answer; None if it may stay unanswered.
    asked:  the step whose page shows it; the needed step, or the first.
    when:   a Q over this record's own questions; asked (and needed) only where it holds.
    codes:  the name of a dated code list.
    since, until: the first version of the definition that asks it, and the last: its column and its answers stay.
    place:  0 in order of writing; an archetype's closing questions have 1.
    for_family: a parent or child will read it: whoever writes is shown how hard it is to read.
    is_own: one child's alone; the same words are never taken for two children.
    kept_from_family: no part of what the family gets or of what is printed; whoever sees the record reads it on the screen.
    protected: a Q like `when`; while it holds, the answer stays out of print, letters, reports and exports, and on the
            record it is shown only to those at the front door and to managers.
    """

    kind = ""
    column = ""

    def __init__(
        self,
        words: str = "",
        *,
        needed: str | None = None,
        asked: str | None = None,
        when: Q | None = None,
        hint: str = "",
        codes: str = "",
        section: str = "",
        prefill: str | None = None,
        for_family: bool = False,
        is_own: bool = False,
        protected: Q | None = None,
        kept_from_family: bool = False,
        since: int = 1,
        until: int | None = None,
        place: int = 0,
        **field: Any,
    ) -> None:
        self.words, self.needed, self.asked, self.when = words, needed, asked, when
        self.hint, self.codes, self.section = hint, codes, section
        self.prefill, self.is_own, self.protected = prefill, is_own, protected
        self.since, self.until, self.place = since, until, place
        self.for_family, self.kept_from_family = for_family, kept_from_family
        field["null"] = True
        super().__init__(**field)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """As the plain Django field it is, so that a migration holds the column alone."""
        name, _, _, kwargs = super().deconstruct()  # type: ignore[misc]
        kwargs = {key: value for key, value in kwargs.items() if key in ("null", "db_column")}
        return name, self.column, [], kwargs

    @property
    def label(self) -> str:
        return self.words or str(self.name).replace("_", " ").capitalize()  # type: ignore[attr-defined]

    def inputs(self, name: str) -> list[str]:
        """The names of the inputs that make up this question."""
        return [name]

    def read(self, raw: Raw, name: str, on: date | None = None) -> Any:
        """The typed answer, or None where nothing was typed. Unreadable when it cannot be read."""
        text = str(raw.get(name) or "").strip()
        return text or None

    def write(self, value: Any, name: str) -> dict[str, Any]:
        """The inputs as they would have been typed: what a draft made from a typed answer holds."""
        return {} if value is None else {name: value}

    def shown(self, value: Any) -> str:
        """The answer in words, for the fair copy, print and letters."""
        return "" if value is None else str(value)

    def missing(self) -> str:
        """The sentence when an answer is needed and there is none."""
        return f"Answer “{self.label.rstrip('?')}”."

    def options(self, on: date | None = None) -> list[tuple[str, str]]:
        return code_list(self.codes).choices(on=on or localdate()) if self.codes else []

    def options_in(self, sheet: Any, on: date | None = None) -> list[tuple[str, str]]:
        """What may be chosen on this sheet, of a record of that day."""
        return self.options(on=on)

    def shown_in(self, value: Any, sheet: Any) -> str:
        """`shown`, where the words hang on whom the record is about."""
        return self.shown(value)


class Words(Question, TextBase):
    """Free words, as many as it takes."""

    kind, column = "words", "django.db.models.TextField"

    def missing(self) -> str:
        return f"Write something for “{self.label.rstrip('?')}”."


class Line(Words):
    """A few words on one line."""

    kind = "line"


class One(Question, TextBase):
    """One code of a dated list."""

    kind, column = "one", "django.db.models.TextField"

    def read(self, raw: Raw, name: str, on: date | None = None) -> str | None:
        code = super().read(raw, name)
        problem = code and code_list(self.codes).check(code, on=on or localdate())
        if problem:
            raise Unreadable(problem)
        return code

    def shown(self, value: Any) -> str:
        return "" if value is None else code_list(self.codes).label(value)

    def missing(self) -> str:
        return f"Choose an answer to “{self.label.rstrip('?')}”."


class Many(Question, ManyBase):
    """Any number of codes of a dated list, in the list's order, each once."""

    kind, column = "many", "django.contrib.postgres.fields.ArrayField"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("base_field", models.TextField())
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "base_field": models.TextField(), "size": None}

    def read(self, raw: Raw, name: str, on: date | None = None) -> list[str] | None:
        typed = raw.get(name) or []
        chosen = [code for code in ([typed] if isinstance(typed, str) else typed) if code]
        known = code_list(self.codes)
        for code in chosen:
            problem = known.check(code, on=on or localdate())
            if problem:
                raise Unreadable(problem)
        return sorted(set(chosen), key=chosen.index) or None

    def shown(self, value: Any) -> str:
        known = code_list(self.codes)
        return "; ".join(known.label(code) for code in value or [])

    def missing(self) -> str:
        return f"Choose at least one answer to “{self.label.rstrip('?')}”."


class Whom(Many):
    """Some of the children the record is about, by their references; None: all of them. Not asked where there is one child."""

    def read(self, raw: Raw, name: str, on: date | None = None) -> list[str] | None:
        typed = raw.get(name) or []
        return sorted({one for one in ([typed] if isinstance(typed, str) else typed) if one}) or None

    def options_in(self, sheet: Any, on: date | None = None) -> list[tuple[str, str]]:
        return [(child.reference, str(child)) for child in sheet.children]

    def shown_in(self, value: Any, sheet: Any) -> str:
        names = {child.reference: str(child) for child in sheet.children}
        if value and not set(value) & set(names):
            return "None of the children it is about now"
        if len(names) < 2:
            return ""
        return "; ".join(names[one] for one in value if one in names) if value else "All of them"


class YesNo(Question, TruthBase):
    """Yes, no, or not said: three different things."""

    kind, column = "yes_no", "django.db.models.BooleanField"

    def read(self, raw: Raw, name: str, on: date | None = None) -> bool | None:
        typed = str(raw.get(name) if raw.get(name) is not None else "").lower()
        if typed in ("", "none"):
            return None
        if typed not in ("yes", "no", "true", "false"):
            raise Unreadable(f"Answer yes or no to “{self.label.rstrip('?')}”.")
        return typed in ("yes", "true")

    def write(self, value: Any, name: str) -> dict[str, Any]:
        return {} if value is None else {name: "yes" if value else "no"}

    def shown(self, value: Any) -> str:
        return "" if value is None else "Yes" if value else "No"

    def options(self, on: date | None = None) -> list[tuple[str, str]]:
        return [("yes", "Yes"), ("no", "No")]

    def missing(self) -> str:
        return f"Answer yes or no to “{self.label.rstrip('?')}”."


class Number(Question, NumberBase):
    """A whole number, nought or more; “60,000” is one too."""

    kind, column = "number", "django.db.models.IntegerField"

    def read(self, raw: Raw, name: str, on: date | None = None) -> int | None:
        text = str(raw.get(name) if raw.get(name) is not None else "").strip()
        if re.fullmatch(r"\d{1,3}(,\d{3})+", text):
            text = text.replace(",", "")
        if text and not text.isdecimal():
            raise Unreadable(f"“{text}” is not a whole number. Write “{self.label.rstrip('?')}” in figures, such as 3.")
        return int(text) if text else None

    def write(self, value: Any, name: str) -> dict[str, Any]:
        return {} if value is None else {name: str(value)}

    def missing(self) -> str:
        return f"Write a number for “{self.label.rstrip('?')}”."


class Day(Question, DateBase):
    """A day, with the time where it is known (`time=True` adds the `_at` column beside `_on`)."""

    kind, column = "day", "django.db.models.DateField"

    def __init__(self, *args: Any, time: bool = False, may_be_ahead: bool = False, **kwargs: Any) -> None:
        self.has_time, self.may_be_ahead = time, may_be_ahead
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: type[models.Model], name: str, **kwargs: Any) -> None:  # type: ignore[override]
        super().contribute_to_class(cls, name, **kwargs)
        if self.has_time and not cls._meta.abstract:
            models.TimeField(null=True).contribute_to_class(cls, self.time_name)

    @property
    def time_name(self) -> str:
        return str(self.name).removesuffix("_on") + "_at"

    def inputs(self, name: str) -> list[str]:
        return [f"{name}-day", f"{name}-month", f"{name}-year"] + ([f"{name}-time"] if self.has_time else [])

    def read(self, raw: Raw, name: str, on: date | None = None) -> date | None:
        parts = [str(raw.get(f"{name}-{part}") or "").strip() for part in ("day", "month", "year")]
        if not any(parts):
            return None
        typed = "/".join(parts)
        try:
            day, month, year = (int(part) for part in parts)
            answer = date(year + 2000 if year < 100 else year, month, day)
        except ValueError:
            raise Unreadable(f"“{typed}” is not a day in the calendar. Write “{self.label.rstrip('?')}” like 27 3 2026.") from None
        if answer.year < 1900:
            raise Unreadable(f"“{typed}” is before 1900. Check the year.")
        if answer > localdate() and not self.may_be_ahead:
            raise Unreadable(f"{answer.day} {answer:%B %Y} is in the future. Check “{self.label.rstrip('?')}”.")
        return answer

    def read_time(self, raw: Raw, name: str) -> time | None:
        text = str(raw.get(f"{name}-time") or "").strip().lower().replace(".", ":")
        if not text:
            return None
        for pattern in ("%H:%M", "%H%M", "%I:%M%p", "%I%p", "%I:%M %p", "%H"):
            try:
                return datetime.strptime(text, pattern).time()  # noqa: DTZ007 (a time of day has no zone)
            except ValueError:
                continue
        raise Unreadable(f"“{text}” is not a time of day. Write it like 14:30.")

    def write(self, value: Any, name: str) -> dict[str, Any]:
        if value is None:
            return {}
        return {f"{name}-day": str(value.day), f"{name}-month": str(value.month), f"{name}-year": str(value.year)}

    def shown(self, value: Any) -> str:
        return "" if value is None else f"{value.day} {value:%B %Y}"

    def missing(self) -> str:
        return f"Write the day for “{self.label.rstrip('?')}”."
