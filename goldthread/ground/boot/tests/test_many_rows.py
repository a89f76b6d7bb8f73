"""COPY writes what `bulk_create` writes, under the same checks and in the same trail."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from goldthread.ground.access.models import Grant, Restriction, User
from goldthread.ground.audit.acting import acting
from goldthread.ground.audit.models import Change, Reading
from goldthread.ground.boot.many_rows import insert_many

pytestmark = pytest.mark.django_db


def a_user(name: str = "lead") -> User:
    return User(username=name, password="!")


def test_rows_get_their_keys_and_can_be_read_back():
    with acting(system="test"):
        lead = a_user()
        insert_many([lead])
        rows = [
            Restriction(person=person, why="Adopted, “quoted”\tand\nbroken\\", lead_name="Å", lead_phone="1", set_by=lead)
            for person in (1, 2)
        ]
        for row in rows:
            row.set_at = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
        insert_many(rows)
    assert Restriction.objects.get(pk=rows[1].pk).person == 2
    kept = Restriction.objects.get(pk=rows[0].pk)
    assert (kept.why, kept.lead_name, kept.ended_at) == ("Adopted, “quoted”\tand\nbroken\\", "Å", None)
    assert kept.set_at == datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


def test_a_column_may_be_left_to_the_database_in_one_row_and_filled_in_the_next():
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    with acting(system="test"):
        insert_many(
            [Reading(actor="a", act="view", what="x", people=[1, 2]), Reading(actor="b", act="view", what="y", people=[], at=long_ago)]
        )
    assert Reading.objects.get(actor="b").at == long_ago
    assert Reading.objects.get(actor="a").at > long_ago
    assert Reading.objects.get(actor="a").people == [1, 2]


def test_a_related_object_saved_after_the_row_was_made_is_found():
    now = datetime(2026, 3, 1, tzinfo=UTC)
    with acting(system="test"):
        user = a_user()
        grant = Grant(user=user, person=1, kind=Grant.PERMIT, why="w", given_by=user, from_at=now, until_at=now + timedelta(days=1))
        insert_many([user])
        insert_many([grant])
    assert Grant.objects.get().user_id == user.pk


def test_every_row_is_in_the_trail_under_who_acted():
    with acting(system="test", purpose="trying"):
        insert_many(a_user(f"user {number}") for number in range(3))
    changes = Change.objects.filter(table="access_user", op="I", actor="system:test", purpose="trying")
    assert changes.count() == 3


def test_without_an_actor_nothing_is_written():
    with pytest.raises(DatabaseError, match="No actor"), transaction.atomic():
        insert_many([a_user()])


def test_the_databases_checks_hold():
    now = datetime(2026, 3, 1, tzinfo=UTC)
    with acting(system="test"):
        user = a_user()
        insert_many([user])
        backwards = Grant(user=user, person=1, kind=Grant.PERMIT, why="w", given_by=user, from_at=now, until_at=now - timedelta(days=1))
        with pytest.raises(IntegrityError), transaction.atomic():
            insert_many([backwards])


def test_nothing_to_write_is_no_trouble():
    insert_many([])
