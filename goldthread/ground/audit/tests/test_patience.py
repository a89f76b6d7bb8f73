"""A page is stopped when it asks for too long; its commit is not, because a commit that waits for a second machine would be told as kept."""

import psycopg
import pytest

from goldthread.ground.access.models import User
from goldthread.ground.audit.acting import acting
from goldthread.ground.boot.settings import settings

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_commit_is_waited_for_longer_than_any_question(client, monkeypatch):
    """A trigger that sleeps at the commit stands in for a second machine that is slow."""
    monkeypatch.setattr(settings, "patience_seconds", 1)
    with acting(system="test"):
        User.objects.create_user("amina", password="a long enough phrase")
    with psycopg.connect(settings.database_owner_url, autocommit=True) as schema:
        schema.execute(
            "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(2); RETURN NULL; END $$;"
            "CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON access_signintry DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION slow()"
        )
        try:
            assert client.post("/sign-in/", {"username": "amina", "password": "not hers"}).status_code == 422
            assert schema.execute("SELECT count(*) FROM access_signintry").fetchone() == (1,)
        finally:
            schema.execute("DROP TRIGGER slow ON access_signintry; DROP FUNCTION slow()")
