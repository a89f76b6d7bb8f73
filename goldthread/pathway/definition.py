"""A process is a class body. From it come the column, the check, the page, the API, print, dictionary and contract tests."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from django.db import models
from django.db.models import BaseConstraint, CheckConstraint, Q, UniqueConstraint
from django.db.models.base import ModelBase

from goldthread.core.records.models import Record
from goldthread.pathway.questions import Day, Question


@dataclass(frozen=True)
class Step:
    """One sitting at a record: who does it, what the button says, and the state the record is in afterwards."""

    name: str
    title: str
    button: str
    ends_in: str = Record.AGREED
    by_manager: bool = False
    may_send_back: bool = False


@dataclass(frozen=True)
class Clock:
    """A dated rule this process runs: from the day that answers `starts`, met on the day that answers `met_by`.

    Without `met_by` another record meets it (`core/work.meet`). `is_link`: the next of its key for the child meets it,
    whatever record begins that one (`core/work.chains`); it runs for those children alone whom the room names
    (`registry.runs_for`), and of whom the answer to `each`, a yes-or-no question of each child's part, is yes.
    """

    key: str
    starts: str
    met_by: str = ""
    is_link: bool = False
    each: str = ""


@dataclass(frozen=True)
class Problem:
    """What is wrong, where, and what to do: the same words on the page, at the question and in the API's 422."""

    words: str
    name: str  # the input's name
    question: str = ""
    person: int | None = None


OF_RECORD = "record__"
Rule = Callable[[Any], Iterable[tuple[str, str]]]  # answers → (question, sentence) pairs about the record's own sheet


class DefinitionBase(ModelBase):
    """Adds the database's own check that a completed record has every answer its step needs."""

    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any], **kwargs: Any) -> Any:
        cls: Any = super().__new__(mcs, name, bases, attrs, **kwargs)
        if not cls._meta.abstract:
            checks: list[BaseConstraint] = [_check(cls, question) for question in questions_of(cls) if _is_checked(question)]
            if "of" in attrs:
                checks.append(UniqueConstraint(fields=["record", cls.row_of], name=f"{cls._meta.db_table}_once"[:63]))
            cls._meta.constraints = [*cls._meta.constraints, *checks]
            cls._meta.original_attrs["constraints"] = cls._meta.constraints
        return cls


def _is_checked(question: Any) -> bool:
    """A part's condition on an answer of the record stands in another table: `problems` alone can ask it."""
    return bool(question.needed) and not (question.when is not None and asks_the_record(question.when))


def asks_the_record(condition: Q) -> bool:
    """Whether a `when` of a part is about an answer of the record itself: Q(record__outcome="made")."""
    return any(
        asks_the_record(child) if isinstance(child, Q) else str(child[0]).startswith(OF_RECORD)  # type: ignore[index]
        for child in condition.children
    )


def _check(cls: Any, question: Any) -> CheckConstraint:
    """Binds only what was recorded here under a definition that asked it."""
    excused = ~Q(origin=Record.HERE) | Q(reached__lt=cls.step_number(question.needed)) | Q(definition_version__lt=question.since)
    if question.when is not None:
        excused |= ~question.when
    return CheckConstraint(condition=excused | Q(**{f"{question.name}__isnull": False}), name=f"{cls._meta.db_table}_{question.name}"[:63])


@cache
def questions_of(cls: Any) -> list[Any]:
    """The questions in the order they are asked."""
    fields = [field for field in cls._meta.local_fields if isinstance(field, Question)]
    return sorted(fields, key=lambda field: (field.place, field.creation_counter))


class Answered(models.Model, metaclass=DefinitionBase):
    """What a record's own table and its parts' tables share."""

    version: ClassVar[int] = 1
    objects: ClassVar[models.Manager[Any]]

    origin = models.CharField(max_length=11, choices=list(Record.ORIGINS.items()), default=Record.HERE)
    definition_version = models.SmallIntegerField(default=1)
    reached = models.SmallIntegerField(default=0)  # how many steps are complete

    class Meta:
        abstract = True

    @classmethod
    def questions(cls, step: str | None = None) -> list[Any]:
        """Those that one step asks; or all, with those that are asked no more."""
        return [q for q in questions_of(cls) if step is None or (cls.asked_at(q) == step and q.until is None)]

    @classmethod
    def asked_at(cls, question: Any) -> str:
        return question.asked or question.needed or cls.all_steps()[0].name

    @classmethod
    def all_steps(cls) -> tuple[Step, ...]:
        raise TypeError(f"{cls.__name__} declares no steps.")

    @classmethod
    @cache
    def step_number(cls, name: str) -> int:
        """1 for the first step. ValueError names the steps there are."""
        names = [step.name for step in cls.all_steps()]
        if name not in names:
            raise ValueError(f"{cls.__name__} has no step {name!r}: it has {', '.join(names)}.")
        return names.index(name) + 1

    def answers(self) -> dict[str, Any]:
        """The typed answers by question, times beside their days."""
        found: dict[str, Any] = {}
        for question in questions_of(type(self)):
            found[question.name] = getattr(self, question.name)
            if isinstance(question, Day) and question.has_time:
                found[question.time_name] = getattr(self, question.time_name)
        return found


class Detail(Answered):
    """A record's own typed answers: one table a process, keyed by the header."""

    title: ClassVar[str] = ""
    plural: ClassVar[str] = ""
    purpose: ClassVar[str] = ""
    shared_for: ClassVar[str] = (
        "child_in_need"  # codes sharing.purpose: what is sent about such a record is for this, unless somebody decides otherwise
    )
    kept_as: ClassVar[str] = ""  # the class by which it is kept: `out/rights/classes.py`
    happened: ClassVar[str] = ""  # the question that says when it happened
    steps: ClassVar[tuple[Step, ...]] = ()
    clocks: ClassVar[tuple[Clock, ...]] = ()
    rules: ClassVar[tuple[Rule, ...]] = ()
    is_written_here: ClassVar[bool] = True  # false while a kind only comes from imports
    is_of_one_child: ClassVar[bool] = False  # then the row has a column `child`, which the kernel fills from the header

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    @classmethod
    def all_steps(cls) -> tuple[Step, ...]:
        return cls.steps

    @classmethod
    def kind(cls) -> str:
        """`front_door.contact`: what the header says this is."""
        return f"{cls._meta.app_label}.{re.sub(r'(?<!^)(?=[A-Z])', '_', cls.__name__).lower()}"

    @classmethod
    def step(cls, name: str) -> Step:
        return cls.steps[cls.step_number(name) - 1]

    @classmethod
    def step_after(cls, name: str) -> Step | None:
        number = cls.step_number(name)
        return cls.steps[number] if number < len(cls.steps) else None

    @classmethod
    def parts(cls) -> list[type["Part"]]:
        """Tables of answers kept apart for each child (and each parent), in order of writing."""
        return [part for part in _parts if part.of is cls]

    @classmethod
    def further(cls, record: Record, rows: Sequence[Any] | None = None) -> list[dict[str, Any]]:
        """What the fair copy keeps besides the answers, from an archetype's own tables: [{heading, lines: [{asked, answer}]}].

        `rows` are those about to be written with the record, in a batch; None reads what stands.
        """
        return []

    def headline(self) -> str:
        """One line for the chronology."""
        return self.title


class Part(Answered):
    """Answers kept apart for each person of a record: a row a person, never sent to another's family."""

    of: ClassVar[type[Detail]]
    prefix: ClassVar[str] = ""
    heading: ClassVar[str] = ""
    row_of: ClassVar[str] = "person"  # what tells one row of a record from another

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "of" in cls.__dict__:
            _parts.append(cls)

    @classmethod
    def all_steps(cls) -> tuple[Step, ...]:
        return cls.of.steps


class EachChild(Part):
    """One row for each child the record is about."""

    prefix, heading = "child", "For each child"

    class Meta:
        abstract = True


class EachParent(Part):
    """One row for each parent of the children, non-resident ones too."""

    prefix, heading = "parent", "For each parent"

    class Meta:
        abstract = True


class EachAdult(EachParent):
    """One row for each parent, wherever they live, and for each other adult who lives with the children."""

    prefix, heading = "adult", "For each adult"

    class Meta:
        abstract = True


class Several(Part):
    """Answers asked over again, a row each: the needs of a plan, one after another.

    There are `places` of them on the form, folded until they are wanted, so that it works without a script. A place left empty
    makes no row and asks for nothing, beyond the first `at_least`.
    """

    row_of, row_words = "slot", "Part"
    places: ClassVar[int] = 6
    at_least: ClassVar[int] = 1

    person = None  # type: ignore[assignment]
    slot = models.PositiveSmallIntegerField()  # 1 for the first

    class Meta:
        abstract = True


_parts: list[type[Part]] = []
