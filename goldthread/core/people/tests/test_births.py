"""From expected to born on one row; twins; a loss that stops everything."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from goldthread.core.people.actions import create_person, expect_another, record_birth, record_death, record_pregnancy_loss, relate
from goldthread.core.people.events import pregnancy_ended
from goldthread.core.people.facts import Name
from goldthread.core.people.models import Person
from goldthread.core.people.queries import parents_of, same_pregnancy

pytestmark = pytest.mark.usefixtures("filing")
DUE = dt.date(2027, 3, 14)
BORN = dt.date(2027, 3, 2)


@pytest.fixture
def mother():
    return create_person(names=[Name("Ada", "Bell")], sex="F", recorded_as_adult=True)


@pytest.fixture
def unborn(mother):
    child = create_person(expected_on=DUE)
    relate(person=child, other=mother, kind="mother")
    child.refresh_from_db()
    return child


def test_an_unborn_child_is_called_after_its_mother_until_it_has_a_name(unborn):
    assert unborn.is_unborn
    assert unborn.is_child
    assert str(unborn) == "Baby of Ada Bell"
    assert not unborn.is_named


def test_a_child_is_born_without_being_keyed_again(unborn, mother):
    born = record_birth(person=unborn, born_on=BORN, names=[Name("Tom", "Bell")], sex="M")
    assert born.pk == unborn.pk
    assert born.reference == unborn.reference
    assert (born.shown_name, born.born_on, born.expected_on, born.is_unborn) == ("Tom Bell", BORN, DUE, False)
    assert [parent.person for parent in parents_of([born])[born.pk]] == [mother]


def test_a_birth_is_recorded_once(unborn):
    record_birth(person=unborn, born_on=BORN)
    with pytest.raises(ValidationError, match="already recorded"):
        record_birth(person=unborn, born_on=BORN)


def test_a_twin_found_later_has_the_same_parents_and_expected_date(unborn, mother):
    twin = expect_another(person=unborn)
    assert twin.expected_on == DUE
    assert str(twin) == "Baby of Ada Bell"
    assert list(same_pregnancy(unborn)) == [twin]
    assert [parent.person for parent in parents_of([twin])[twin.pk]] == [mother]


def test_a_pregnancy_loss_stops_everything_for_every_child_expected(unborn):
    twin = expect_another(person=unborn)
    heard = []

    def hear(sender, person, **kwargs):
        heard.append(person.pk)

    pregnancy_ended.connect(hear)
    try:
        record_pregnancy_loss(person=unborn, ended_on=dt.date(2026, 12, 1))
    finally:
        pregnancy_ended.disconnect(hear)
    assert sorted(heard) == sorted([unborn.pk, twin.pk])
    assert not Person.objects.alive().filter(pk__in=heard).exists()
    assert not Person.objects.children().filter(pk__in=heard).exists()


def test_one_of_twins_may_be_lost(unborn):
    twin = expect_another(person=unborn)
    record_pregnancy_loss(person=twin, ended_on=dt.date(2026, 12, 1), whole_pregnancy=False)
    assert set(Person.objects.children()) == {unborn}


def test_a_child_lost_in_pregnancy_cannot_be_born_nor_one_born_be_lost(unborn):
    twin = expect_another(person=unborn)
    record_pregnancy_loss(person=twin, ended_on=dt.date(2026, 12, 1), whole_pregnancy=False)
    record_birth(person=unborn, born_on=BORN)
    with pytest.raises(ValidationError, match="having ended"):
        record_birth(person=twin, born_on=BORN)
    with pytest.raises(ValidationError, match="record the death"):
        record_pregnancy_loss(person=unborn, ended_on=BORN)


def test_a_death_is_not_before_a_birth(unborn):
    record_birth(person=unborn, born_on=BORN)
    with pytest.raises(ValidationError, match="before the date of birth"):
        record_death(person=unborn, died_on=BORN - dt.timedelta(days=1))


@pytest.mark.parametrize(("born_on", "day", "is_child"), [
    (dt.date(2008, 11, 22), dt.date(2026, 11, 21), True),
    (dt.date(2008, 11, 22), dt.date(2026, 11, 22), False),
    (dt.date(2008, 2, 29), dt.date(2026, 2, 28), True),
    (dt.date(2008, 2, 29), dt.date(2026, 3, 1), False),
    (dt.date(2010, 3, 1), dt.date(2028, 2, 29), True),
    (dt.date(2010, 2, 28), dt.date(2028, 2, 29), False),
])  # fmt: skip
def test_childhood_ends_on_the_eighteenth_birthday(born_on, day, is_child):
    person = create_person(names=[Name("Ada", "Bell")], born_on=born_on)
    assert person.is_child_on(day) is is_child
    assert Person.objects.children(on=day).exists() is is_child
