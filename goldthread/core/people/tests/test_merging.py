"""Two rows found to be one person: a pointer, two people, and a way back."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from goldthread.core.people.actions import (
    approve_merge,
    create_person,
    decline_merge,
    move_to_address,
    propose_merge,
    relate,
    set_contact_point,
    undo_merge,
)
from goldthread.core.people.facts import Name, Number, Place, Reach
from goldthread.core.people.identifier_systems import NHS_NUMBER
from goldthread.core.people.matching import describe_person, possible_matches
from goldthread.core.people.models import NotThisPerson, Person
from goldthread.core.people.queries import (
    addresses_of,
    family_of,
    has_confidential_address,
    merged_with,
    parents_of,
    preview_merge,
    safe_ways_to_reach,
    standing_as,
)
from goldthread.core.people.search import find

BORN = dt.date(2014, 3, 12)
TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def kept(screener):
    return create_person(names=[Name("Siobhán", "O'Connor")], born_on=BORN)


@pytest.fixture
def duplicate(screener):
    return create_person(names=[Name("Shivon", "Connor")], born_on=BORN)


def merge(kept, duplicate, by, second):
    return approve_merge(merge=propose_merge(kept=kept, duplicate=duplicate, reason="Same child", by=by), by=second)


def test_a_merge_is_previewed(kept, duplicate):
    preview = preview_merge(kept, duplicate)
    assert preview.refused == []
    assert preview.alike == ["Names: Siobhán O'Connor and Shivon Connor", "Born 12 March 2014"]
    assert "It can be undone." in preview.afterwards[-1]


def test_nobody_approves_their_own_merge(kept, duplicate, screener, second_person):
    proposed = propose_merge(kept=kept, duplicate=duplicate, reason="Same child", by=screener)
    with pytest.raises(ValidationError, match="Somebody else"):
        approve_merge(merge=proposed, by=screener)
    duplicate.refresh_from_db()
    assert duplicate.merged_into_id is None


def test_a_merge_is_a_pointer_and_search_shows_the_one_kept(kept, duplicate, screener, second_person):
    merge(kept, duplicate, screener, second_person)
    (hit,) = find("Shivon Connor 12/3/14", screener, today=TODAY)
    assert hit.person == kept
    assert hit.also == [duplicate.reference]
    assert merged_with(kept) == merged_with(duplicate) == {kept.pk, duplicate.pk}
    assert list(Person.objects.standing()) == [kept]


def test_a_merge_can_be_undone(kept, duplicate, screener, second_person):
    done = merge(kept, duplicate, screener, second_person)
    undo_merge(merge=done, by=screener, reason="Cousins")
    assert merged_with(kept) == {kept.pk}
    assert {hit.person for hit in find("Connor 12/3/14", screener, today=TODAY)} == {kept, duplicate}
    with pytest.raises(ValidationError):
        undo_merge(merge=done, by=screener, reason="Again")


def test_merges_of_merges_lead_to_one_person(kept, duplicate, screener, second_person):
    third = create_person(names=[Name("Chevonne", "O'Connor")], born_on=BORN)
    merge(duplicate, third, screener, second_person)
    merge(kept, duplicate, screener, second_person)
    assert standing_as([third.pk]) == dict.fromkeys([kept.pk, duplicate.pk, third.pk], kept.pk)
    (hit,) = find("Chevonne O'Connor", screener, today=TODAY)
    assert hit.person == kept


def test_the_safest_address_mark_survives(kept, duplicate, screener, second_person):
    move_to_address(people=[kept], place=Place("14 Elm Road", postcode="N1 9GU"))
    move_to_address(
        people=[duplicate], place=Place("Flat 1, 14 Elm Rd", postcode="N1 9GU"), is_confidential=True, confidential_reason="Refuge"
    )
    assert "confidential" in " ".join(preview_merge(kept, duplicate).afterwards)
    merge(kept, duplicate, screener, second_person)
    assert [stay.is_confidential for stay in addresses_of(kept)] == [True, True]
    assert has_confidential_address([kept.pk], TODAY) == {kept.pk}


def test_a_number_unsafe_on_either_row_is_unsafe(kept, duplicate, screener, second_person):
    set_contact_point(person=kept, reach=Reach("phone", "07700 900123", is_safe=True))
    set_contact_point(person=duplicate, reach=Reach("phone", "07700 900123", is_safe=False))
    merge(kept, duplicate, screener, second_person)
    assert not safe_ways_to_reach(kept, TODAY).exists()


def test_the_family_of_either_row_is_the_family(kept, duplicate, screener, second_person):
    mother, father = (create_person(names=[Name(n, "O'Connor")], sex=s, recorded_as_adult=True) for n, s in (("Maire", "F"), ("Pat", "M")))
    relate(person=kept, other=mother, kind="mother")
    relate(person=duplicate, other=father, kind="father")
    merge(kept, duplicate, screener, second_person)
    assert {relative.person for relative in family_of(kept).parents} == {mother, father}
    assert {relative.person for relative in parents_of([kept])[kept.pk]} == {mother, father}
    assert [relative.person for relative in family_of(father).children] == [kept]


def test_some_are_never_merged(kept, duplicate, screener, second_person):
    nameless = create_person(origin="imported", born_on=BORN)
    protected = create_person(names=[Name("Eve", "Reed")], identity_protected=True)
    parent = create_person(names=[Name("Siobhan", "O'Connor")], recorded_as_adult=True)
    relate(person=kept, other=parent, kind="mother")
    for other in (nameless, protected, parent, kept):
        with pytest.raises(ValidationError):
            propose_merge(kept=kept, duplicate=other, reason="?", by=screener)
    propose_merge(kept=kept, duplicate=duplicate, reason="Same child", by=screener)
    with pytest.raises(ValidationError, match="already part"):
        propose_merge(kept=kept, duplicate=duplicate, reason="Again", by=second_person)


def test_a_merge_declined_is_not_offered_again(kept, duplicate, screener, second_person):
    decline_merge(merge=propose_merge(kept=kept, duplicate=duplicate, reason="Same child", by=screener), by=second_person)
    assert possible_matches(describe_person(duplicate), screener, but=duplicate) == []
    assert NotThisPerson.objects.count() == 2
    propose_merge(kept=kept, duplicate=duplicate, reason="New evidence", by=screener)


def test_different_numbers_speak_against_a_merge(screener):
    one = create_person(names=[Name("Ada", "Bell")], numbers=[Number(NHS_NUMBER, "9434765919")])
    other = create_person(names=[Name("Ada", "Bell")], numbers=[Number(NHS_NUMBER, "4010232137")])
    assert preview_merge(one, other).different == ["NHS number"]
