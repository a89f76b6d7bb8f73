"""Keeping what is worked out from a person's facts: the name shown, its place in the alphabet, the keys it is found by."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.utils import timezone

from goldthread.core.people.folding import sort_key
from goldthread.core.people.keys import birth_keys, identifier_keys, name_keys, phone_keys, postcode_keys
from goldthread.core.people.models import ContactPoint, Identifier, Person, PersonAddress, PersonName, Relationship, SearchKeys
from goldthread.ground.access.belt import over_everyone

# Which of several present names is shown. One that hides who somebody is stands before their own.
FIRST_SHOWN = ["anonymous", "usual", "temp", "official", "nickname", "maiden", "old"]


def lock(person_ids: Iterable[int]) -> list[Person]:
    """Hold these people's rows, always in the order of their keys so that two actions never wait for each other."""
    return list(Person.objects.select_for_update().filter(pk__in=set(person_ids)).order_by("pk"))


def shown(names: Iterable[PersonName]) -> PersonName | None:
    today = timezone.localdate()
    present = [name for name in names if name.until_on is None or name.until_on > today]
    return min(present, key=lambda name: (FIRST_SHOWN.index(name.use), -(name.from_on.toordinal() if name.from_on else 0)), default=None)


def keys_of(
    person: Person, names: Iterable[PersonName], numbers: Iterable[str], postcodes: Iterable[str | None], phones: Iterable[str]
) -> list[str]:
    """See `models.SearchKeys` for who has none."""
    if person.identity_protected:
        return []
    keys = identifier_keys(numbers)
    if person.is_named:
        keys |= birth_keys(person.born_on or person.expected_on, person.born_accuracy) | postcode_keys(postcodes) | phone_keys(phones)
        for name in names:
            keys |= name_keys(name.given_names, name.family_names, name.preferred)
    return sorted(keys)


def settle(person: Person, names: Sequence[PersonName]) -> None:
    """Work out, without saving, the columns of a person that follow from its names."""
    person.is_named = any(name.given_names or name.family_names for name in names)
    name = shown(names)
    person.shown_name = (name.shown or None) if name else None
    person.sort_name = sort_key(name.family, name.given) if name and person.is_named else None


@over_everyone()
def refresh(people: Collection[Person]) -> None:
    """Settle and save after any fact of these people changed; one more version of each. Their rows are locked."""
    names = _names_of(people)
    for person in people:
        settle(person, names[person.pk])
    _name_the_unborn([person for person in people if person.shown_name is None and person.expected_on])
    for person in people:
        person.version += 1
        person.save()
    _index(people, names)


@over_everyone()
def index_anew(*, people: Collection[int]) -> None:
    """Make again what these people are found by, as after a change in how keys are made. Nothing else of them changes."""
    found = list(Person.objects.filter(pk__in=people))
    _index(found, _names_of(found))


def _index(people: Collection[Person], names: Mapping[int, Sequence[PersonName]]) -> None:
    ids = [person.pk for person in people]
    numbers = _by_person(Identifier.objects.filter(person__in=ids).values_list("person_id", "value"))
    postcodes = _by_person(PersonAddress.objects.filter(person__in=ids).values_list("person_id", "address__postcode"))
    phones = _by_person(ContactPoint.objects.filter(person__in=ids, kind="phone").values_list("person_id", "value"))
    SearchKeys.objects.bulk_create(
        [
            SearchKeys(person=person, keys=keys_of(person, names[person.pk], numbers[person.pk], postcodes[person.pk], phones[person.pk]))
            for person in people
        ],
        update_conflicts=True,
        unique_fields=["person"],
        update_fields=["keys"],
    )


def _names_of(people: Collection[Person]) -> Mapping[int, Sequence[PersonName]]:
    found: dict[int, list[PersonName]] = defaultdict(list)
    for name in PersonName.objects.filter(person__in=[person.pk for person in people]):
        found[name.person_id].append(name)
    return found


def _by_person(rows: Iterable[tuple[int, str | None]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for person_id, value in rows:
        if value:
            found[person_id].append(value)
    return found


def _name_the_unborn(people: Collection[Person]) -> None:
    """A child not yet named is called after its mother, so that no list shows an empty line."""
    if not people:
        return
    mothers = Relationship.objects.filter(person__in=[p.pk for p in people], kind="mother", until_on=None).select_related("other")
    of = {tie.person_id: tie.other.shown_name for tie in mothers}
    for person in people:
        mother = of.get(person.pk)
        person.shown_name = f"Baby of {mother}" if mother else "Unborn baby" if person.is_unborn else "Baby"
