"""Facts about people as they are told to us, before anything is stored."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from goldthread.core.people.folding import place_key, shown_postcode


def name_parts(text: str | Sequence[str] | None, *, split: bool) -> list[str]:
    """Name parts from a line of text or a list of them; given names are divided at spaces, a family name is one part."""
    if text is None:
        return []
    if isinstance(text, str):
        return text.split() if split else ([" ".join(text.split())] if text.strip() else [])
    return [" ".join(part.split()) for part in text if part.strip()]


@dataclass(frozen=True)
class Name:
    """`given` and `family` as a line of text, or as lists where the parts are known (PUB01 givenName[], familyName[])."""

    given: str | Sequence[str] | None = None
    family: str | Sequence[str] | None = None
    preferred: str | None = None
    use: str = "usual"
    from_on: dt.date | None = None
    until_on: dt.date | None = None
    source: str | None = None

    @property
    def given_names(self) -> list[str]:
        return name_parts(self.given, split=True)

    @property
    def family_names(self) -> list[str]:
        return name_parts(self.family, split=False)


@dataclass(frozen=True)
class Number:
    """`system` is a URI of `identifier_systems`; `is_key` where a source system finds its own person by it."""

    system: str
    value: str
    is_key: bool = False
    source: str | None = None
    verified_on: dt.date | None = None
    verified_how: str | None = None
    from_on: dt.date | None = None
    until_on: dt.date | None = None


@dataclass(frozen=True)
class Place:
    line1: str | None = None
    line2: str | None = None
    town: str | None = None
    postcode: str | None = None
    uprn: str | None = None
    usrn: str | None = None

    @cached_property
    def key(self) -> str | None:
        return place_key(self.line1, self.line2, self.town, self.postcode)

    @property
    def columns(self) -> dict[str, str | None]:
        told = {part: (getattr(self, part) or "").strip() or None for part in ("line1", "line2", "town", "uprn", "usrn")}
        return told | {"postcode": shown_postcode(self.postcode) if self.postcode else None, "place_key": self.key}


@dataclass(frozen=True)
class At:
    """Someone at a place."""

    place: Place
    use: str = "home"
    from_on: dt.date | None = None
    until_on: dt.date | None = None
    is_where_living: bool = False
    is_confidential: bool = False
    confidential_reason: str | None = None
    confidential_from_whom: str | None = None
    source: str | None = None

    @property
    def columns(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "place"}


@dataclass(frozen=True)
class Reach:
    """A telephone number or e-mail address; see `models.ContactPoint`."""

    kind: str
    value: str
    use: str | None = None
    is_preferred: bool = False
    is_safe: bool | None = None
    safe_times: str | None = None
    code_word: str | None = None
    never_voicemail: bool = False
    notes: str | None = None
    from_on: dt.date | None = None
    until_on: dt.date | None = None


# What may be told of a person at the start or later, apart from the dated facts above.
PERSONAL = (
    "born_on", "born_accuracy", "expected_on", "recorded_as_adult", "sex", "gender", "gender_in_own_words", "ethnicity", "ethnicity_source",
    "religion", "nationality", "first_language", "needs_interpreter", "interpreter_language", "communication_needs", "disabilities",
    "upn_unknown", "identity_protected",
)  # fmt: skip


@dataclass(frozen=True)
class NewPerson:
    """Someone to be put on file. `personal` holds any of PERSONAL, and `died_on`, `died_accuracy` for an import."""

    names: Sequence[Name] = ()
    numbers: Sequence[Number] = ()
    addresses: Sequence[At] = ()
    contact_points: Sequence[Reach] = ()
    origin: str = "here"
    personal: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Tie:
    """`other` is the `kind` of `person`; both are keys. See `models.Relationship` for the rest."""

    person: int
    other: int
    kind: str
    has_parental_responsibility: bool | None = None
    parental_responsibility_basis: str | None = None
    is_confirmed: bool = True
    is_main_carer: bool = False
    knows_of_pregnancy: bool | None = None
    note: str | None = None
    source: str | None = None
    from_on: dt.date | None = None
    until_on: dt.date | None = None
