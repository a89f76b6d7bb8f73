"""The shapes of the plan: human beings, the ties between them, and what happens to them. Nothing here knows a database."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from goldthread.demo.places import Home
from goldthread.demo.themes import Theme


@dataclass(slots=True)
class Stay:
    """A home from a day until another."""

    home: Home
    from_on: date
    until_on: date | None = None
    confidential_reason: str | None = None
    confidential_from: str | None = None


@dataclass(slots=True)
class Human:
    """Someone of a family. `number` is unique in the borough and seeds the NHS number and UPN."""

    number: int
    given: str
    family: str
    sex: str
    born_on: date | None
    expected_on: date | None = None
    died_on: date | None = None
    is_adult: bool = False
    ethnicity: str | None = None
    language: str = "en"
    needs_interpreter: bool | None = None
    disabilities: tuple[str, ...] = ()
    stays: list[Stay] = field(default_factory=list)
    phone: str | None = None
    phone_is_safe: bool | None = None
    school: str | None = None
    surgery: str | None = None
    has_nhs_number: bool = False
    has_upn: bool = False
    is_copy: bool = False  # the same child put on file a second time
    before_birth: str = "the baby"

    @property
    def called(self) -> str:
        """In a sentence."""
        return self.given if self.born_on or self.is_adult else self.before_birth

    @property
    def begins(self) -> date:
        """The first day on which anything can be said of them: birth, or forty weeks before the expected day."""
        return self.born_on or self.expected_on or date.min


@dataclass(slots=True)
class Kin:
    """`other` is the `kind` of `person`; both are places in the family's list."""

    person: int
    other: int
    kind: str
    more: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Family:
    """People around some children. `script` names a story that must happen to them."""

    number: int
    theme: Theme
    people: list[Human]
    children: list[int]
    kin: list[Kin]
    parents: dict[int, list[int]]  # of each child
    households: list[list[int]]
    first_on: date
    script: str | None = None
    restricted: str | None = None


@dataclass(slots=True)
class Job:
    """A task that is waiting: for a worker (username), a team (key) or a duty."""

    what: str
    made_at: datetime
    step: str = ""
    worker: str | None = None
    team: str | None = None
    duty: str | None = None
    due_on: date | None = None
    key: str = ""  # a clock that comes round again: the task falls due with the first of them among its children


@dataclass(slots=True)
class Asked:
    """One who should be at a meeting, and what became of it. `values` are columns of the invitee; `by` names hold usernames.

    `agency` is a partner's name, `worker` a username of ours, `person` a place in the family. `views` are what they think of
    each child (and why they disagree, if they do); `report` the columns of theirs, with whom it was `shared`.
    """

    role: str
    agency: str | None = None
    worker: str | None = None
    person: int | None = None
    kind: str = ""
    views: dict[int, tuple[str, str | None]] = field(default_factory=dict)
    report: dict[str, Any] | None = None
    values: dict[str, Any] = field(default_factory=dict)
    by: dict[str, str] = field(default_factory=dict)
    brought: list[tuple[str, str]] = field(default_factory=list)  # words and how far they may travel


@dataclass(slots=True)
class Happening:
    """One record of a life, as it happened. `done` holds (step, username, moment); none makes a draft."""

    kind: str
    on: date
    recorded_at: datetime
    by: str
    children: list[int]
    values: dict[str, Any]
    at: time | None = None
    each: dict[int, dict[str, Any]] = field(default_factory=dict)
    of_parents: dict[int, dict[str, Any]] = field(default_factory=dict)
    parents: list[int] = field(default_factory=list)
    done: list[tuple[str, str, datetime]] = field(default_factory=list)
    follows: "Happening | None" = None
    met: dict[str, date] = field(default_factory=dict)
    stopped: dict[str, tuple[date, str]] = field(default_factory=dict)
    causes: dict[str, str] = field(default_factory=dict)
    extra: list[tuple[str, date, date | None]] = field(default_factory=list)  # further clocks: rule, start, met
    several: dict[int, dict[str, Any]] = field(default_factory=dict)  # answers asked over again, by number
    links: dict[str, int | None] = field(default_factory=dict)  # clocks that come round again, begun here; with the plan’s own time
    jobs: list[Job] = field(default_factory=list)
    sent_back: tuple[str, str] | None = None  # by whom, and their words
    asked: list[Asked] = field(default_factory=list)  # of a meeting
    chair: str | None = None
    record: Any = None

    @property
    def depth(self) -> int:
        """How many records stand before this one in its chain."""
        return 0 if self.follows is None else self.follows.depth + 1


@dataclass(slots=True)
class Note:
    on: date
    at: time | None
    recorded_at: datetime
    by: str
    children: list[int]
    kind: str
    words: str
    is_significant: bool | None = None


@dataclass(slots=True)
class Held:
    """Who answered for some children in a stretch of time."""

    children: list[int]
    team: str
    worker: str | None
    from_on: date
    until_on: date | None = None
    why_ended: str | None = None


@dataclass(slots=True)
class Life:
    """Everything that happened to a family."""

    family: Family
    happenings: list[Happening] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    open_children: set[int] = field(default_factory=set)
    on_protection_plan: set[int] = field(default_factory=set)
