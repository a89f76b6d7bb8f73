"""Who this may be, with the evidence for and against; what was said not to be is remembered."""

import datetime as dt
from dataclasses import replace

import pytest

from goldthread.core.people.actions import add_name, create_people, create_person, describe, record_birth, relate, remember_not_this_person
from goldthread.core.people.facts import At, Name, NewPerson, Number, Place, Reach
from goldthread.core.people.identifier_systems import NHS_NUMBER, la_child_id_system
from goldthread.core.people.matching import DescribedPerson, describe_person, possible_matches
from goldthread.ground.access.actions import permit, restrict

BORN = dt.date(2014, 3, 12)
ELM = Place("14 Elm Road", postcode="N1 9GU")


@pytest.fixture
def siobhan(screener):
    mother = create_person(names=[Name("Maire", "O'Connor")], sex="F", recorded_as_adult=True)
    child = create_person(
        names=[Name("Siobhán", "O'Connor")], numbers=[Number(NHS_NUMBER, "9434765919")], addresses=[At(ELM)],
        contact_points=[Reach("phone", "020 7946 0123")], born_on=BORN, sex="F",
    )  # fmt: skip
    relate(person=child, other=mother, kind="mother")
    return child


def the_hit(described, user):
    (hit,) = possible_matches(described, user)
    return hit


def test_likely_duplicates_are_shown_with_their_evidence(siobhan, screener):
    hit = the_hit(
        DescribedPerson(Name("Shivon", "Oconnor"), born_on=BORN, place=ELM, phones=["+442079460123"], parents=[Name("Mary")]), screener
    )
    assert hit.person == siobhan
    assert hit.strength == "very likely"
    assert hit.why == [
        "sounds like Siobhán",
        "named O'Connor",
        "born 12 March 2014",
        "same address",
        "same telephone number",
        "a parent is named Mary",
    ]


def test_a_parents_name_counts(siobhan, screener):
    told = DescribedPerson(Name("Siobhan", "Connor"), age=12, on=dt.date(2026, 11, 22))
    without = the_hit(told, screener)
    with_mother = the_hit(replace(told, parents=[Name("Maire", "O'Connor")]), screener)
    assert with_mother.score > without.score
    assert with_mother.why[-1] == "a parent is named Maire O'Connor"


def test_what_speaks_against_is_said_too(siobhan, screener):
    other_day = DescribedPerson(Name("Siobhan", "O'Connor"), born_on=dt.date(2001, 7, 30), place=ELM, sex="M")
    other_number = DescribedPerson(Name("Siobhan", "O'Connor"), numbers=[Number(NHS_NUMBER, "4010232137")], place=ELM)
    assert the_hit(other_day, screener).against == ["different birth date: born 12 March 2014", "different sex"]
    assert the_hit(other_number, screener).against == ["different NHS number"]
    assert {the_hit(d, screener).strength for d in (other_day, other_number)} == {"possible"}


def test_sex_never_counts_for(siobhan, screener):
    told = DescribedPerson(Name("Siobhan", "O'Connor"), born_on=BORN)
    same = DescribedPerson(Name("Siobhan", "O'Connor"), born_on=BORN, sex="F")
    assert the_hit(told, screener).score == the_hit(same, screener).score


def test_a_twin_is_shown_below_the_child_described(siobhan, screener):
    twin = create_person(names=[Name("Aoife", "O'Connor")], addresses=[At(ELM)], born_on=BORN, sex="F")
    first, second = possible_matches(DescribedPerson(Name("Aoife", "O'Connor"), born_on=BORN, place=ELM), screener)
    assert (first.person, second.person) == (twin, siobhan)
    assert second.against == ["different first name: Siobhán"]
    assert second.score < 0.8 <= first.score


def test_one_common_thing_alone_matches_nobody(siobhan, screener):
    for described in [DescribedPerson(Name("Siobhan")), DescribedPerson(born_on=BORN), DescribedPerson(place=ELM), DescribedPerson()]:
        assert possible_matches(described, screener) == []


def test_a_number_alone_is_enough(siobhan, screener):
    assert the_hit(DescribedPerson(numbers=[Number(NHS_NUMBER, "943 476 5919")]), screener).why == ["same NHS number"]


def test_not_this_person_is_remembered_for_the_same_description_however_written(siobhan, screener):
    described = DescribedPerson(Name("Shivon", "O'Connor"), born_on=BORN)
    remember_not_this_person(person=siobhan, described_key=described.key, by=screener, reason="Cousin")
    remember_not_this_person(person=siobhan, described_key=described.key, by=screener)
    assert possible_matches(DescribedPerson(Name("SHIVON", "OConnor"), born_on=BORN), screener) == []
    assert possible_matches(DescribedPerson(Name("Shivon", "O'Connor"), born_on=dt.date(2014, 3, 13)), screener) != []


def test_a_restricted_person_is_matched_but_nothing_of_them_is_told(siobhan, screener, second_person):
    restrict(person=siobhan.pk, why="Staff family", lead_name="R. Lead", lead_phone="1234", by=second_person)
    hit = the_hit(DescribedPerson(Name("Siobhán", "O'Connor"), born_on=BORN), screener)
    assert hit.is_restricted
    assert (hit.person, hit.score, hit.why, hit.against, hit.also) == (None, 0.0, [], [], [])
    permit(user=screener, person=siobhan.pk, why="Allocated", by=second_person)
    assert the_hit(DescribedPerson(Name("Siobhán", "O'Connor"), born_on=BORN), screener).person == siobhan


def test_a_protected_identity_is_never_matched(siobhan, screener):
    describe(person=siobhan, identity_protected=True)
    assert (
        possible_matches(DescribedPerson(Name("Siobhán", "O'Connor"), born_on=BORN, numbers=[Number(NHS_NUMBER, "9434765919")]), screener)
        == []
    )


def test_an_imported_child_is_matched_once_it_has_a_name(screener):
    (child,) = create_people(
        people=[NewPerson(numbers=[Number(la_child_id_system(), "C1", is_key=True)], origin="imported", personal={"born_on": BORN})]
    )
    described = DescribedPerson(Name("Tom", "Bell"), born_on=BORN)
    assert possible_matches(described, screener) == []
    add_name(person=child, name=Name("Tom", "Bell"))
    assert the_hit(described, screener).person == child


def test_a_child_known_before_birth_is_matched_after_it(screener):
    child = create_person(names=[Name(None, "Okafor")], expected_on=dt.date(2026, 3, 14))
    described = DescribedPerson(Name("Chidi", "Okafor"), born_on=dt.date(2026, 3, 2))
    assert the_hit(described, screener).person == child
    record_birth(person=child, born_on=dt.date(2026, 3, 2), names=[Name("Chidi", "Okafor")])
    assert the_hit(described, screener).strength == "very likely"


def test_someone_on_file_is_compared_with_everyone_else(siobhan, screener):
    again = create_person(names=[Name("Shivaun", "Connor")], born_on=BORN)
    (hit,) = possible_matches(describe_person(again), screener, but=again)
    assert hit.person == siobhan
    remember_not_this_person(person=siobhan, described_key=f"person:{again.pk}", by=screener)
    assert possible_matches(describe_person(again), screener, but=again) == []
    assert possible_matches(describe_person(siobhan), screener, but=siobhan) == []
