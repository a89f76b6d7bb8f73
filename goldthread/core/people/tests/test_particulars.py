"""Names over time, numbers, addresses with their safety marks, ways to reach someone, alerts."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from goldthread.core.people.actions import (
    add_identifier,
    add_name,
    correct_name,
    create_people,
    create_person,
    describe,
    end_alert,
    move_to_address,
    raise_alert,
    set_contact_point,
)
from goldthread.core.people.facts import At, Name, NewPerson, Number, Place, Reach
from goldthread.core.people.identifier_systems import NHS_NUMBER, la_child_id_system, upn_system
from goldthread.core.people.models import Address, Person
from goldthread.core.people.queries import (
    addresses_of,
    alerts_for,
    has_confidential_address,
    others_holding,
    safe_ways_to_reach,
    where_living,
)

pytestmark = pytest.mark.usefixtures("filing")
TODAY = dt.date(2026, 11, 22)
ELM, OAK = Place("14 Elm Road", postcode="N1 9GU"), Place("3 Oak Way", postcode="E8 1AA")


@pytest.fixture
def ada():
    return create_person(names=[Name("Ada", "Bell")])


def test_a_new_usual_name_is_shown_and_the_old_one_kept(ada):
    add_name(person=ada, name=Name("Ada", "Stone", from_on=dt.date(2025, 1, 1)))
    ada.refresh_from_db()
    assert (ada.shown_name, ada.sort_name) == ("Ada Stone", "stone ada")
    assert ada.names.filter(until_on=dt.date(2025, 1, 1)).get().family == "Bell"


def test_a_misspelling_put_right_leaves_no_former_name(ada):
    correct_name(name=ada.names.get(), family="Belle")
    ada.refresh_from_db()
    assert ada.shown_name == "Ada Belle"
    assert ada.names.count() == 1


def test_a_preferred_name_is_spoken_in_place_of_the_given_ones():
    assert create_person(names=[Name("Alexandra Jane", "Bell", preferred="Lex")]).shown_name == "Lex Bell"


def test_a_number_that_cannot_be_one_is_refused(ada):
    for system, value in [(NHS_NUMBER, "9434765918"), (upn_system(), "A318000000006"), (upn_system(), "123")]:
        with pytest.raises(ValidationError):
            add_identifier(person=ada, number=Number(system, value))
    add_identifier(person=ada, number=Number(upn_system(), "E318000000006"))


def test_two_people_with_one_nhs_number_are_a_warning_not_an_error(ada):
    other = create_person(names=[Name("Ava", "Bell")], numbers=[Number(NHS_NUMBER, "9434765919")])
    add_identifier(person=ada, number=Number(NHS_NUMBER, "943 476 5919"))
    assert list(others_holding(uri=NHS_NUMBER, value="943 476 5919", but=ada)) == [other]


def test_a_source_systems_own_key_belongs_to_one_person(ada):
    key = Number(la_child_id_system("318"), "C1", is_key=True)
    add_identifier(person=ada, number=key)
    with pytest.raises(IntegrityError), transaction.atomic():
        create_person(names=[Name("Ava", "Bell")], numbers=[key])


def test_moving_together_ends_the_old_home_on_the_day_of_the_move(ada):
    move_to_address(people=[ada], place=ELM, from_on=dt.date(2020, 1, 1))
    move_to_address(people=[ada], place=OAK, from_on=dt.date(2025, 1, 1))
    new, old = addresses_of(ada)
    assert (old.until_on, new.from_on, new.until_on) == (dt.date(2025, 1, 1), dt.date(2025, 1, 1), None)


def test_a_child_between_parents_has_two_homes(ada):
    move_to_address(people=[ada], place=ELM)
    move_to_address(people=[ada], place=OAK, keeps_former=True)
    assert [stay.until_on for stay in addresses_of(ada)] == [None, None]


def test_two_spellings_of_an_address_share_a_row(ada):
    move_to_address(people=[ada], place=ELM)
    move_to_address(people=[ada], place=Place("14 ELM ROAD.", None, "London", "n19gu"))
    assert Address.objects.count() == 1
    assert len(addresses_of(ada)) == 1


def test_where_a_child_sleeps_tonight_is_not_always_home(ada):
    move_to_address(people=[ada], place=ELM)
    assert (stay := where_living(ada, TODAY)) and stay.address.postcode == "N1 9GU"
    move_to_address(people=[ada], place=OAK, use="temp", is_where_living=True)
    assert (stay := where_living(ada, TODAY)) and stay.address.postcode == "E8 1AA"


def test_an_address_stays_confidential_when_nothing_is_said_of_it(ada):
    move_to_address(people=[ada], place=ELM, is_confidential=True, confidential_from_whom="Her father")
    move_to_address(people=[ada], place=ELM)
    assert has_confidential_address([ada.pk], TODAY) == {ada.pk}
    move_to_address(people=[ada], place=ELM, is_confidential=False)
    assert has_confidential_address([ada.pk], TODAY) == set()


def test_nothing_is_safe_until_somebody_says_so(ada):
    set_contact_point(person=ada, reach=Reach("phone", "07700 900123"))
    set_contact_point(person=ada, reach=Reach("email", "a@example.org", is_safe=False))
    assert not safe_ways_to_reach(ada, TODAY).exists()
    set_contact_point(person=ada, reach=Reach("phone", "07700 900123", is_safe=True, safe_times="After school", code_word="heron"))
    assert safe_ways_to_reach(ada, TODAY).get().code_word == "heron"
    assert ada.contact_points.count() == 2


def test_an_alert_says_whom_it_is_about_and_ends_with_a_reason(ada):
    with pytest.raises(ValidationError, match="Say who"):
        raise_alert(person=ada, kind="no_contact", what="Order of 3 March")
    with pytest.raises(ValidationError):
        raise_alert(person=ada, kind="bad vibes", what="?")
    animal = raise_alert(person=ada, kind="animal", what="Dog")
    secret = raise_alert(person=ada, kind="must_not_know_address", what="Fled", about_whom="Her father", review_on=TODAY)
    assert alerts_for(ada, TODAY) == [secret, animal]
    end_alert(alert=animal, on=TODAY, reason="The dog has gone")
    assert alerts_for(ada, TODAY) == [secret]


def test_no_disability_excludes_any_other(ada):
    describe(person=ada, disabilities=["NONE"])
    with pytest.raises(ValidationError, match="not both"):
        describe(person=ada, disabilities=["NONE", "MOB"])
    with pytest.raises(ValidationError, match="not one of the answers"):
        describe(person=ada, ethnicity="BLUE")
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(disabilities=["NONE", "MOB"])


def test_every_change_makes_a_new_version(ada):
    assert describe(person=ada, religion="Quaker").version == ada.version + 1


def test_a_batch_is_put_on_file_in_order_and_a_bad_number_stops_it():
    people = create_people(people=[NewPerson(names=[Name(f"N{n}", "Bell")], addresses=[At(ELM)]) for n in range(50)])
    assert [person.shown_name for person in people] == [f"N{n} Bell" for n in range(50)]
    assert Address.objects.count() == 1
    with pytest.raises(ValidationError):
        create_people(people=[NewPerson(), NewPerson(numbers=[Number(NHS_NUMBER, "1")])])
    assert Person.objects.count() == 50
