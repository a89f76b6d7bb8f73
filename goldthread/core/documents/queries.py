"""What may be sent to somebody, how, and which words must not be in it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from goldthread.core.agencies.withholding import SHORTEST, secrets_of
from goldthread.core.documents.models import BY_HAND, POST, SECURE_EMAIL
from goldthread.core.people.models import ContactPoint, Person, PersonAddress, PersonName
from goldthread.core.people.queries import Stay, addresses_of, merged_with, safe_ways_to_reach, where_living


@dataclass
class Ways:
    """The safe ways to one person today. `post` is where they live, when nobody may know it, it is not here."""

    post: Stay | None = None
    is_post_safe: bool | None = None  # None: nobody has asked
    is_confidential: bool = False
    email: str | None = None
    reached: str | None = None  # by which safe number or address they can be rung, to hand it over

    def allows(self, way: str | None) -> bool:
        if way == POST:
            return self.post is not None and self.is_post_safe is True
        if way == SECURE_EMAIL:
            return self.email is not None
        return way == BY_HAND and (self.reached is not None or self.is_post_safe is True)


def ways_to(person: Person, on: date) -> Ways:
    """Post only to the person's own address now, known to be safe and not confidential; the others by a contact point known to be safe."""
    safe = list(safe_ways_to_reach(person, on))
    email = next((point.value for point in safe if point.kind == ContactPoint.Kind.EMAIL), None)
    found = Ways(email=email, reached=safe[0].value if safe else None)
    stay = where_living(person, on)
    if stay is None:
        return found
    found.is_confidential = stay.is_confidential
    if not stay.is_confidential and stay.address.line1:
        found.post, found.is_post_safe = stay, post_is_safe(person, stay)
    return found


def post_is_safe(person: Person, stay: Stay) -> bool | None:
    """What was said of post to this address, on any merged row of the person: one “no” is enough."""
    rows = PersonAddress.objects.filter(person__in=merged_with(person), address__place_key=stay.address.place_key, until_on=None)
    said = set(rows.values_list("is_post_safe", flat=True)) - {None}
    return None if not said else False not in said


@dataclass
class Forbidden:
    """What must not stand in one person's letter. Names are looked for in free words only: “Will” and “May” are names too."""

    places: list[str] = field(default_factory=list)  # addresses, agencies that give them away, others' numbers: anywhere
    names: list[str] = field(default_factory=list)  # others' names, as whole words in what somebody wrote

    def in_words(self, words: str) -> str | None:
        """The first of them in something that somebody wrote; None where there is none."""
        return self.in_letter(words) or next((name for name in self.names if re.search(rf"\b{re.escape(name)}\b", words, re.I)), None)

    def in_letter(self, words: str) -> str | None:
        return next((place for place in self.places if _looks_like(place).search(words)), None)


def _looks_like(place: str) -> re.Pattern[str]:
    """The same however it is spaced, hyphenated or written in capitals; a number or postcode also when its figures stand apart."""
    is_number = re.fullmatch(r"[A-Za-z]{0,2}[\d\s+()\-]{2,}[A-Za-z]{0,2}", place) is not None
    parts = list(_plain(place)) if is_number else [part for part in re.split(r"[\s,.\-()]+", place) if part]
    return re.compile(r"(?<!\w)" + r"[\s,.\-()]*".join(map(re.escape, parts)) + r"(?!\w)", re.IGNORECASE)


def _plain(words: str) -> str:
    return re.sub(r"[\s,.\-()]+", "", words).casefold()


def forbidden_for(person: Person, *, told_of: Iterable[Person], others: Iterable[Person], ours: Iterable[str], on: date) -> Forbidden:
    """`told_of` are the children of the letter, `others` everybody else it might speak of, `ours` our own names that may stand in it.

    Six queries at most. The person's own address and numbers may stand in it, unless the address is confidential.
    """
    told, others = list(told_of), [one for one in others if one.pk != person.pk]
    everyone = [*others, *told]
    rows = [one.pk for one in everyone]
    own = [stay.address for stay in addresses_of(person) if not stay.is_confidential and stay.holds_on(on)]
    may = {_plain(part) for address in own for part in (address.line1, address.line2, address.postcode) if part}
    places = set(secrets_of([*rows, person.pk], on))
    for stay in PersonAddress.objects.filter(person__in=rows).select_related("address"):
        places |= {part for part in (stay.address.line1, stay.address.line2, stay.address.postcode) if part and _plain(part) not in may}
    own_numbers = set(person.contact_points.values_list("value", flat=True))
    places |= set(ContactPoint.objects.filter(person__in=rows).values_list("value", flat=True)) - own_numbers
    known = {_plain(word) for one in (person, *told) for word in str(one).split()} | {_plain(w) for name in ours for w in name.split()}
    strangers = {one.pk for one in others} - {one.pk for one in told}
    names: set[str] = set()
    for one in others:
        names |= {str(one), *str(one).split()} if one.pk in strangers and one.shown_name else set()
    for name in PersonName.objects.filter(person__in=strangers):
        names |= {name.shown, *name.given_names, *name.family_names, *filter(None, [name.preferred])}
    return Forbidden(
        sorted(place for place in places if len(_plain(place)) >= SHORTEST),
        sorted(name for name in names if len(name) > 2 and not all(_plain(word) in known for word in name.split())),
    )
