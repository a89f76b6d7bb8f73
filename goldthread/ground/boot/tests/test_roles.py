import pytest
from django.db import connection


@pytest.mark.django_db
def test_tests_speak_to_the_database_as_app_which_owns_nothing():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("app", False, False, False)
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = to_regrole('app')")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = to_regrole('owner') AND relkind = 'r'")
        assert cursor.fetchone()[0] > 0


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_leaves_nothing_behind():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_session")
        assert cursor.fetchone() == (0,)
        cursor.execute("INSERT INTO django_session VALUES ('x', 'y', now())")


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_leaves_nothing_behind_for_the_next():
    test_a_test_that_commits_leaves_nothing_behind()


@pytest.mark.django_db
def test_app_may_not_empty_a_table():
    from django.db.utils import ProgrammingError

    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied"):
        cursor.execute("TRUNCATE django_session")
