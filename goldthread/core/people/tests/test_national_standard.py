"""A person goes out in the draft national shape and comes back the same."""

import datetime as dt
import json

import pytest

from goldthread.core.people.actions import create_people, create_person, relate, relate_many
from goldthread.core.people.facts import At, Name, NewPerson, Number, Place, Reach, Tie
from goldthread.core.people.identifier_systems import NHS_NUMBER, la_child_id_system, person_system
from goldthread.core.people.models import Person
from goldthread.core.people.national_standard import from_standard, to_standard

pytestmark = pytest.mark.usefixtures("filing")
DAY = dt.date(2014, 3, 12)


def someone() -> Person:
    return create_person(
        names=[
            Name(["Siobhán", "Mary Jane"], "O’Connor", preferred="Shiv", from_on=DAY),
            Name("Siobhán", ["de", "Búrca"], use="old", from_on=DAY, until_on=dt.date(2016, 1, 1), source="Birth certificate"),
        ],
        numbers=[
            Number(NHS_NUMBER, "943 476 5919", source="GP", verified_on=DAY, verified_how="traced"),
            Number(la_child_id_system(), "C1", is_key=True),
        ],
        addresses=[
            At(Place("Flat 2", "14 Elm Road", "London", "N1 9GU", "100023336956", "8400123"), from_on=DAY, is_confidential=True, confidential_reason="Refuge"),
            At(Place("3 Oak Way", postcode="E8 1AA"), use="temp", is_where_living=True),
        ],
        contact_points=[
            Reach("phone", "07700 900123", is_safe=False, never_voicemail=True, notes="Shared with partner"),
            Reach("email", "s@example.org", is_safe=True, safe_times="Mornings", code_word="heron"),
        ],
        born_on=DAY,
        born_accuracy="AEA",
        sex="F",
        gender="2",
        ethnicity="WROM",
        ethnicity_source="Mother",
        first_language="ga",
        needs_interpreter=True,
        disabilities=["HEAR", "COMM"],
        upn_unknown="UN4",
    )  # fmt: skip


def without_our_references(shaped):
    return {**shaped, "identifier": [number for number in shaped["identifier"] if number["system"] != person_system()]}


def test_a_person_comes_back_from_the_national_shape_without_loss():
    shaped = to_standard(someone(), with_confidential=True)
    received = from_standard(json.loads(json.dumps(shaped)))
    numbers = [number for number in received.person.numbers if number.system != person_system() and not number.is_key]
    key = next(number for number in received.person.numbers if number.is_key)
    Person.objects.get().identifiers.filter(is_key=True).update(is_key=False)
    person = received.person
    (again,) = create_people(
        people=[NewPerson(person.names, [*numbers, key], person.addresses, person.contact_points, "imported", person.personal)]
    )
    assert without_our_references(to_standard(again, with_confidential=True)) == without_our_references(shaped)


def test_the_draft_parts_are_where_the_draft_has_them():
    shaped = to_standard(someone(), with_confidential=True)
    assert shaped["name"][0] | {"extension": None} == {
        "familyName": ["O’Connor"], "givenName": ["Siobhán", "Mary Jane"], "preferredName": "Shiv", "use": "usual", "extension": None,
    }  # fmt: skip
    assert shaped["dateOfBirth"] == {"date": "2014-03-12", "accuracyIndicator": "AEA"}
    assert {"line1": "Flat 2", "city": "London", "UPRN": "100023336956"}.items() <= shaped["address"][0].items()
    assert shaped["sexCode"] == "2"
    assert shaped["contact"][0]["email"] == ["s@example.org"]
    assert "0x" not in shaped["identifier"][0]["value"]


def test_a_confidential_address_and_an_unsafe_number_stay_home_unless_asked_for():
    shaped = json.dumps(to_standard(someone()))
    assert "N1 9GU" not in shaped
    assert "900123" not in shaped
    assert "E8 1AA" in shaped


def test_a_relationship_names_the_related_persons_part_on_both_sides():
    child, father = (
        create_person(names=[Name("Tom", "Reed")], sex="M"),
        create_person(names=[Name("Dan", "Reed")], sex="M", recorded_as_adult=True),
    )
    relate(person=child, other=father, kind="parent", has_parental_responsibility=False, is_confirmed=False, from_on=DAY)
    (of_child,) = to_standard(child)["relatedPerson"]
    (of_father,) = to_standard(father)["relatedPerson"]
    assert of_child["identifier"]["value"] == father.reference
    assert (of_child["relationship"], of_father["relationship"]) == (["FTH"], ["CHILD"])
    read = from_standard(to_standard(child)).related[0]
    assert (read.kind, read.value) == ("father", father.reference)
    assert read.facts == {"has_parental_responsibility": False, "is_confirmed": False, "from_on": DAY}


def test_relationship_codes_come_back_without_our_extensions():
    people = create_people(people=[NewPerson(names=[Name(str(n), "Reed")]) for n in range(6)])
    kinds = ["mother", "grandmother", "foster_carer", "half_sibling", "aunt"]
    relate_many(ties=[Tie(people[0].pk, other.pk, kind) for other, kind in zip(people[1:], kinds, strict=True)])
    shaped = to_standard(people[0])
    for related in shaped["relatedPerson"]:
        del related["extension"]
    assert [related.kind for related in from_standard(shaped).related] == kinds


def test_a_bare_minimum_record_is_read():
    received = from_standard(
        {"identifier": [{"system": NHS_NUMBER, "value": "9434765919"}], "name": [{"familyName": ["Bell"], "givenName": ["Ada"]}]}
    )
    (person,) = create_people(people=[received.person])
    assert person.shown_name == "Ada Bell"
    assert person.born_on is None
