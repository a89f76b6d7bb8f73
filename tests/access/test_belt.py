"""The second belt: what the database itself keeps back, asked directly as the product's own role."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldthread.core.people.actions import create_person
from goldthread.core.people.facts import At, Name, Place
from goldthread.core.people.models import Person, PersonName
from goldthread.core.records.actions import write_note
from goldthread.core.records.models import CaseNote
from goldthread.ground.access import belt
from goldthread.ground.access.models import Conflict, Grant, Restriction, User
from goldthread.ground.access.predicate import withheld_from
from goldthread.ground.audit.acting import acting, name_actor
from goldthread.pathway.tests.people import Council

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@contextmanager
def asked_by(actor: str) -> Iterator[Callable[[str], list[Any]]]:
    """SQL as the product's role would send it, with this actor named and nothing else."""
    with transaction.atomic(), connection.cursor() as cursor:
        name_actor(actor)

        def ask(words: str, *parameters: object) -> list[Any]:
            cursor.execute(words, parameters)
            return cursor.fetchall()

        yield ask
        transaction.set_rollback(True)


def restrict(person: Person, by: Any) -> None:
    Restriction.objects.create(person=person.pk, why="Staff family", lead_name="Lead", lead_phone="01632 960001", set_by=by)


def permit(person: Person, to: Any, *, begins: timedelta = -HOUR, ends: timedelta = HOUR) -> None:
    now = timezone.now()
    Grant.objects.create(
        user=to, person=person.pk, kind=Grant.PERMIT, why="Allocated", given_by=to, from_at=now + begins, until_at=now + ends
    )


@pytest.fixture
def written_of(council: Council) -> tuple[Person, Person]:
    """Two children, each with a name and a case note; the second child is restricted."""
    found = []
    for name in ("Ada Quillfeather", "Bea Ostlethwaite"):
        given_name, family_name = name.split()
        one = create_person(
            names=[Name([given_name], [family_name])], addresses=[At(Place("1 Elder Row", postcode="ZZ99 3VZ"))], born_on=date(2018, 5, 4)
        )
        write_note(children=[one.pk], kind="call", words=f"A call about {name}.", by=council.screener, happened_on=date(2026, 3, 2))
        found.append(one)
    restrict(found[1], council.front_door_manager)
    return found[0], found[1]


def notes_seen(user: Any) -> int:
    with asked_by(f"user:{user.pk}") as ask:
        return len(ask("SELECT words FROM records_casenote"))


def test_the_product_works_as_a_role_that_cannot_take_the_belt_off():
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolbypassrls OR rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)
        cursor.execute(
            "SELECT count(*) FROM pg_class WHERE relname = ANY(%s) AND pg_has_role(current_user, relowner, 'USAGE')", [list(belt.held())]
        )
        assert cursor.fetchone() == (0,)


def test_every_table_that_hangs_on_people_is_under_the_belt():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid WHERE p.polname = 'belt' AND c.relrowsecurity"
        )
        assert {name for (name,) in cursor.fetchall()} == set(belt.held())


@pytest.mark.parametrize("actor", ["", "anonymous", "users"])
def test_asked_by_nobody_no_row_is_read(written_of, actor):
    with connection.cursor() as cursor:
        filled = []
        for table in belt.held():
            cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{table}")')
            filled += [table] if cursor.fetchone()[0] else []
    assert {"people_person", "people_address", "people_personname", "records_record", "records_recordchild", "records_casenote"} <= set(
        filled
    )
    for table in filled:
        with pytest.raises(DatabaseError, match="No actor is set"), asked_by(actor) as ask:
            ask(f'SELECT count(*) FROM "{table}"')


def test_what_was_written_of_a_restricted_child_is_kept_from_a_user(council, written_of):
    open_child, restricted = written_of
    with asked_by(f"user:{council.screener.pk}") as ask:
        assert ask("SELECT words FROM records_casenote") == [("A call about Ada Quillfeather.",)]
        assert ask("SELECT family_names FROM people_personname") == [(["Quillfeather"],)]
        assert ask("SELECT person_id FROM people_personname WHERE person_id = %s", restricted.pk) == []
        assert ask("UPDATE people_personname SET preferred = 'x' RETURNING person_id") == [(open_child.pk,)]


def test_where_a_restricted_child_lives_is_kept_from_a_user(council, written_of):
    with asked_by(f"user:{council.screener.pk}") as ask:
        assert ask("SELECT person_id FROM people_personaddress") == [(written_of[0].pk,)]


def test_a_record_about_both_is_kept_back_whole(council, written_of):
    both = write_note(
        children=[one.pk for one in written_of], kind="call", words="Of both.", by=council.screener, happened_on=date(2026, 3, 3)
    )
    with asked_by(f"user:{council.screener.pk}") as ask:
        assert ask("SELECT 1 FROM records_casenote WHERE record_id = %s", both.pk) == []


def test_a_grant_passes_the_belt_for_as_long_as_it_holds(council, written_of):
    _, restricted = written_of
    for begins, ends, seen in ((-2 * HOUR, -HOUR, 1), (HOUR, 2 * HOUR, 1), (-HOUR, HOUR, 2)):
        permit(restricted, council.screener, begins=begins, ends=ends)
        assert notes_seen(council.screener) == seen
    assert notes_seen(council.other_worker) == 1


def test_nothing_passes_a_declared_conflict(council, written_of):
    open_child, restricted = written_of
    permit(restricted, council.screener)
    for one in (open_child, restricted):
        Conflict.objects.create(user=council.screener, person=one.pk, why="A neighbour", declared_by=council.screener)
    assert notes_seen(council.screener) == 0


def test_a_restriction_that_ended_keeps_nothing_back(council, written_of):
    Restriction.objects.update(ended_at=timezone.now(), ended_by=council.front_door_manager)
    assert notes_seen(council.screener) == 2


def test_the_product_itself_reads_over_everyone(written_of):
    with asked_by("system:job") as ask:
        assert len(ask("SELECT words FROM records_casenote")) == 2


def test_what_looks_over_everyone_leaves_no_door_open(council, written_of):
    with acting(council.screener):
        with belt.over_everyone():
            assert CaseNote.objects.count() == 2
            with belt.over_everyone():
                pass
            assert CaseNote.objects.count() == 2
        assert CaseNote.objects.count() == 1
        with pytest.raises(ZeroDivisionError), belt.over_everyone():
            1 / 0  # noqa: B018
        assert CaseNote.objects.count() == 1
        with pytest.raises(DatabaseError), transaction.atomic(), belt.over_everyone(), connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")
        assert CaseNote.objects.count() == 1


def test_a_user_named_within_reads_as_themselves(council, written_of):
    with belt.over_everyone(), acting(council.screener):
        assert CaseNote.objects.count() == 1


def test_a_user_puts_a_child_on_file_and_reads_it_back(council):
    with acting(council.screener):
        made = create_person(names=[Name(["Cleo"], ["Underbough"])], born_on=date(2020, 2, 2))
        assert PersonName.objects.get().person_id == made.pk


PEOPLE = st.integers(1, 5)


@given(
    restricted=st.lists(st.tuples(PEOPLE, st.booleans()), max_size=6),
    grants=st.lists(st.tuples(PEOPLE, st.integers(0, 1), st.integers(-3, 3), st.integers(1, 3)), max_size=6),
    conflicts=st.lists(st.tuples(PEOPLE, st.integers(0, 1), st.booleans()), max_size=6),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_belt_withholds_whom_the_predicate_withholds(db, restricted, grants, conflicts):
    with transaction.atomic():
        name_actor("system:test")
        users = [User.objects.create(username=f"user {number}") for number in range(2)]
        now = timezone.now()
        live: set[int] = set()
        for person, has_ended in restricted:
            if has_ended or person not in live:
                Restriction.objects.create(
                    person=person, why="w", lead_name="l", lead_phone="1", set_by=users[0], ended_at=now if has_ended else None
                )
                live |= set() if has_ended else {person}
        for person, number, begins, length in grants:
            Grant.objects.create(
                user=users[number], person=person, kind=Grant.PERMIT, why="w", given_by=users[0],
                from_at=now + begins * HOUR, until_at=now + (begins + length) * HOUR - timedelta(minutes=30),
            )  # fmt: skip
        declared: set[tuple[int, int]] = set()
        for person, number, has_ended in conflicts:
            if has_ended or (person, number) not in declared:
                Conflict.objects.create(
                    user=users[number], person=person, why="w", declared_by=users[0],
                    **({"ended_at": now, "ended_by": users[1 - number], "why_ended": "w"} if has_ended else {}),
                )  # fmt: skip
                declared |= set() if has_ended else {(person, number)}
        for user in users:
            kept = withheld_from(user.pk)
            with asked_by(f"user:{user.pk}") as ask:
                said = {person for (person,) in ask("SELECT person FROM belt_withheld()")}
                assert said == {person for (person,) in ask(f"SELECT person FROM ({kept.sql}) kept", *kept.params)}
        transaction.set_rollback(True)


def test_who_looks_over_everyone_is_written_down(pinned):
    root = Path(belt.__file__).parents[2]
    found = []
    for path in sorted(root.rglob("*.py")):
        if "tests" not in path.parts and path.name != "belt.py":
            text = path.read_text(encoding="utf-8")
            found += [f"{path.relative_to(root)}: {name}" for name in re.findall(r"@over_everyone\(\)\ndef (\w+)", text)]
            found += [f"{path.relative_to(root)}: a block"] * (text.count("over_everyone():"))
    pinned("over_everyone.txt", "\n".join(found) + "\n")
