"""What may be sent to somebody, how, and which words must not be in it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from goldthread.core.agencies.withholding import SHORTEST, Plain, plain_of, secrets_of, street_of
from goldthread.core.documents.models import BY_HAND, POST, SECURE_EMAIL
from goldthread.core.people.folding import PARTICLES, fold, phone_key
from goldthread.core.people.models import ContactPoint, Person, PersonAddress, PersonName
from goldthread.core.people.models.dated import holding_on
from goldthread.core.people.queries import Stay, addresses_of, merged_with, safe_ways_to_reach, standing_as, where_living
from goldthread.ground.access.belt import over_everyone


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
        found.post, found.is_post_safe = stay, post_is_safe(person, stay, on)
    return found


def post_is_safe(person: Person, stay: Stay, on: date) -> bool | None:
    """What was said of post to this address, on any merged row of the person: one “no” is enough."""
    key = stay.address.place_key
    same = Q(address__place_key=key) if key else Q(address=stay.address)
    rows = PersonAddress.objects.filter(same, holding_on(on), person__in=merged_with(person))
    said = set(rows.values_list("is_post_safe", flat=True)) - {None}
    return None if not said else False not in said


@dataclass
class Forbidden:
    """What must not stand in one person's letter. Names are looked for in free words only: “Will” and “May” are names too."""

    places: list[str] = field(default_factory=list)  # addresses, agencies that give them away, others' numbers: anywhere
    names: list[str] = field(default_factory=list)  # others' names, as whole words in what somebody wrote

    def in_words(self, words: str) -> str | None:
        """The first of them in something that somebody wrote; None where there is none."""
        plain = Plain(words)
        return next(filter(plain.tells, self.places), None) or next(filter(plain.names, self.names), None)

    def in_letter(self, words: str) -> str | None:
        return next(filter(Plain(words).tells, self.places), None)


@over_everyone()
def forbidden_for(person: Person, *, told_of: Iterable[Person], others: Iterable[Person], ours: Iterable[str], on: date) -> Forbidden:
    """`told_of` are the children of the letter, `others` everybody else it might speak of, `ours` our own names that may stand in it.

    What stands on a merged duplicate is looked for too. The person's own address and numbers may stand in it, unless the address is
    confidential.
    """
    told, others = list(told_of), list(others)
    stands = standing_as([person.pk, *(one.pk for one in (*told, *others))])
    me = stands[person.pk]
    others = [one for one in others if stands[one.pk] != me]
    everyone = {stands[one.pk] for one in (*told, *others)}
    rows = [row for row, root in stands.items() if root in everyone]
    own = [stay.address for stay in addresses_of(person) if not stay.is_confidential and stay.holds_on(on)]
    may = {plain_of(part) for address in own for part in (address.line1, address.line2, address.postcode) if part}
    streets = {plain_of(street_of(address)) for address in own}
    places = {place for place in secrets_of([*rows, person.pk], on) if plain_of(place) not in streets}
    for stay in PersonAddress.objects.filter(person__in=rows).select_related("address"):
        places |= {part for part in (stay.address.line1, stay.address.line2, stay.address.postcode) if part and plain_of(part) not in may}
    mine = {row for row, root in stands.items() if root == me}
    numbers = ContactPoint.objects.filter(person__in={*rows, *mine}).values_list("person_id", "value")
    own_numbers = {_dialled(value) for row, value in numbers if row in mine}
    places |= {value for _, value in numbers if _dialled(value) not in own_numbers}
    strangers = {stands[one.pk] for one in others} - {stands[one.pk] for one in told}
    known = {plain_of(word) for name in (str(person), *map(str, told), *ours) for word in name.split()}
    return Forbidden(
        sorted(place for place in places if len(plain_of(place)) >= SHORTEST),
        sorted(name for name in _names(stands, strangers, others) if not all(plain_of(word) in known for word in name.split())),
    )


def _dialled(value: str) -> str:
    """The same for two spellings of one number."""
    return phone_key(value) or plain_of(value) if "@" not in value else plain_of(value)


def _names(stands: dict[int, int], strangers: set[int], others: list[Person]) -> set[str]:
    """Every name of these people, whole and in its parts, on any of their rows. Of two letters: only one that is told as a name."""
    found: set[str] = set()
    for one in others:
        if stands[one.pk] in strangers and one.shown_name:
            found |= {str(one), *(word for word in str(one).split() if len(plain_of(word)) > 2)}
    for name in PersonName.objects.filter(person__in=[row for row, root in stands.items() if root in strangers]):
        family = [part for part in name.family_names if fold(part) not in PARTICLES]
        found |= {name.shown, *name.given_names, *family, *filter(None, [name.preferred])}
    return {name for name in found if len(plain_of(name)) > 1}
