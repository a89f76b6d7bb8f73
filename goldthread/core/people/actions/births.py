"""From expected to born, and the two ways a life ends. The row is the same throughout: nothing is keyed again."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError

from goldthread.core.people.actions.creating import create_people, name_row
from goldthread.core.people.actions.family import relate_many
from goldthread.core.people.actions.finding import lock, refresh
from goldthread.core.people.events import person_born, person_died, pregnancy_ended
from goldthread.core.people.facts import Name, NewPerson, Tie
from goldthread.core.people.models import Person
from goldthread.core.people.queries import same_pregnancy

FROM_THE_MOTHER = ["from_on", "until_on", "has_parental_responsibility", "is_confirmed", "knows_of_pregnancy", "note"]


def record_birth(
    *, person: Person, born_on: dt.date, names: Sequence[Name] = (), sex: str | None = None, born_accuracy: str | None = None
) -> Person:
    """The child expected is born: the same row goes on, with everything recorded before birth. A stillbirth is a loss, not this."""
    (held,) = lock([person.pk])
    if held.born_on is not None:
        raise ValidationError("This child’s birth is already recorded.", code="born")
    if held.pregnancy_ended_on is not None:
        raise ValidationError("This pregnancy is recorded as having ended.", code="ended")
    held.born_on, held.born_accuracy = born_on, born_accuracy
    held.sex = sex or held.sex
    for name in names:
        for earlier in held.names.filter(use=name.use, until_on=None):
            earlier.until_on = max(born_on, earlier.from_on or born_on)
            earlier.save(update_fields=["until_on"])
        name_row(held, name).save()
    refresh([held])
    person_born.send(Person, person=held)
    return held


def expect_another(*, person: Person) -> Person:
    """A twin (or triplet) is found: another child of the same pregnancy, with the same parents and relatives."""
    if person.expected_on is None:
        raise ValidationError("Record the expected date of birth first.", code="expected")
    twin = create_people(people=[NewPerson(personal={"expected_on": person.expected_on})])[0]
    ties = [
        Tie(twin.pk, tie.other_id, tie.kind, **{name: getattr(tie, name) for name in FROM_THE_MOTHER})
        for tie in person.relationships.filter(until_on=None)
        if tie.kind != "twin"
    ]
    relate_many(ties=[*ties, Tie(person.pk, twin.pk, "twin")])
    twin.refresh_from_db()
    return twin


def record_pregnancy_loss(*, person: Person, ended_on: dt.date, whole_pregnancy: bool = True) -> list[Person]:
    """The pregnancy ended. Every letter, task and clock for the child stops in this same transaction (`events.pregnancy_ended`).

    With `whole_pregnancy` false only this one of several children is lost.
    """
    held = lock({person.pk, *(same_pregnancy(person).values_list("pk", flat=True) if whole_pregnancy else [])})
    if any(child.pk == person.pk and child.born_on for child in held):
        raise ValidationError("This child was born. If the child has died, record the death.", code="born")
    lost = [child for child in held if child.is_unborn]
    for child in lost:
        child.pregnancy_ended_on = ended_on
    refresh(lost)
    for child in lost:
        pregnancy_ended.send(Person, person=child)
    return lost


def record_death(*, person: Person, died_on: dt.date, died_accuracy: str | None = None) -> Person:
    """The person has died; rooms above hear of it at once (`events.person_died`)."""
    (held,) = lock([person.pk])
    if held.born_on and died_on < held.born_on:
        raise ValidationError("The date of death is before the date of birth.", code="died")
    held.died_on, held.died_accuracy = died_on, died_accuracy
    refresh([held])
    person_died.send(Person, person=held)
    return held
