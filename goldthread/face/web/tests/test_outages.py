"""When the database does not do what was asked: each case happens, each is told in plain words, and nothing is half saved."""

import psycopg
import pytest
from django.db import connection
from django.test import Client

from goldthread.ground.access.models import User
from goldthread.ground.audit.acting import acting
from goldthread.ground.boot.outages import AWAY, CROWDED, FULL, MET, READ_ONLY, SLOW, outage_behind
from goldthread.ground.boot.settings import settings

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def worker(client):
    with acting(system="test"):
        user = User.objects.create_user("amina", password="a long enough phrase")
        client.force_login(user)
    client.raise_request_exception = False
    return client


def owner() -> psycopg.Connection:
    return psycopg.connect(settings.database_owner_url, autocommit=True)


def told(answer, outage) -> None:
    words = answer.content.decode()
    assert answer.status_code == 503
    assert outage.heading in words and outage.words in words
    assert answer.headers.get("Retry-After") == (str(outage.again) if outage.again is not None else None)


def test_a_lost_connection_is_told_and_the_next_press_works(worker, own_urls):
    assert worker.get("/").status_code == 200

    def cut(execute, sql, parameters, many, context):
        with psycopg.connect(own_urls.admin, autocommit=True) as admin:
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND usename = 'app'",
                [connection.settings_dict["NAME"]],
            )
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(cut):
        told(worker.get("/"), AWAY)
    connection.close_if_unusable_or_obsolete()
    assert worker.get("/").status_code == 200


def test_a_server_that_is_away_is_told(worker, monkeypatch):
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
    told(worker.get("/"), AWAY)
    assert "data-away" in worker.get("/").content.decode(), "a form that is kept here is drawn again on this page too"


def test_no_connection_left_is_told(worker, own_urls):
    name = connection.settings_dict["NAME"]
    connection.close()
    with psycopg.connect(own_urls.admin, autocommit=True) as admin:
        admin.execute(f'ALTER DATABASE "{name}" CONNECTION LIMIT 0')
        try:
            told(worker.get("/"), CROWDED)
        finally:
            admin.execute(f'ALTER DATABASE "{name}" CONNECTION LIMIT -1')
    assert worker.get("/").status_code == 200


def test_what_takes_too_long_is_stopped_and_told(worker, monkeypatch):
    monkeypatch.setattr(settings, "patience_seconds", 1)
    with owner() as other:
        other.execute("BEGIN")
        other.execute("LOCK TABLE access_user IN ACCESS EXCLUSIVE MODE")
        told(worker.get("/"), SLOW)
    assert worker.get("/").status_code == 200


def test_the_patience_of_one_page_is_not_that_of_a_job(worker, monkeypatch):
    monkeypatch.setattr(settings, "patience_seconds", 7)
    worker.get("/")
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)


@pytest.mark.parametrize(
    ("code", "outage"),
    [("53100", FULL), ("25006", READ_ONLY), ("40P01", MET), ("40001", MET), ("57P01", AWAY), ("57014", SLOW), ("53300", CROWDED)],
)
def test_what_the_server_refuses_is_told_as_what_it_is_and_nothing_is_saved(worker, code, outage):
    """PostgreSQL's own refusal while a row is written, by its code: 53100 is a full disk."""
    with owner() as schema:
        schema.execute(
            f"CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'refused' USING ERRCODE = '{code}'; END $$;"
            "CREATE TRIGGER refuse BEFORE INSERT ON access_signintry FOR EACH ROW EXECUTE FUNCTION refuse()"
        )
        try:
            visitor = Client(raise_request_exception=False)
            told(visitor.post("/sign-in/", {"username": "amina", "password": "a long enough phrase"}), outage)
            assert "sessionid" not in visitor.cookies
        finally:
            schema.execute("DROP TRIGGER refuse ON access_signintry; DROP FUNCTION refuse()")


def test_a_form_that_saves_itself_is_told_in_its_own_format(worker, monkeypatch):
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
    answer = worker.post("/record/none/record/draft", "{}", content_type="application/json", headers={"accept": "application/json"})
    assert answer.status_code == 503 and answer.json() == {"problem": AWAY.words}


def test_a_fault_of_ours_is_no_outage():
    assert outage_behind(ValueError("a mistake")) is None
    assert outage_behind(psycopg.errors.UndefinedTable("no such table")) is None
