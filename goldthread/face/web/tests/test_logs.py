"""The log says what went wrong and where in the code: no name, no pass phrase, no token, no session, no query."""

import io
import logging
import logging.config
from copy import deepcopy

import psycopg
import pytest
from django.conf import settings
from django.core import mail
from django.db import OperationalError, connection
from django.test import Client
from django.urls import path

from goldthread.core.people.models import Person
from goldthread.face.web import urls as product
from goldthread.face.web.tests.pages import signed_in
from goldthread.ground.access.models import User
from goldthread.ground.boot.outages import outage_behind
from goldthread.ground.boot.trouble import Trouble
from goldthread.pathway.meeting.links.secret import address_of, new_seed

pytestmark = pytest.mark.django_db
NAME, PHRASE = "Amara Adeyemi", "correct horse battery staple"


class Kept(logging.Handler):
    """What the product's own formatter makes of everything that is logged, at any level."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        made = deepcopy(settings.LOGGING["formatters"]["discreet"])
        self.setFormatter(logging.config.DictConfigurator({}).configure_formatter(made))
        self.lines = io.StringIO()

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.write(self.format(record) + "\n")


@pytest.fixture
def log():
    kept, root = Kept(), logging.getLogger()
    root.addHandler(kept)
    yield lambda: kept.lines.getvalue()
    root.removeHandler(kept)


def fails(request, whom):
    """A page of ours that meets every kind of fault, each with something in its words that nobody may read."""
    which = request.GET["which"]
    if which == "words":
        raise ValueError(f"no child called {NAME}")
    if which == "chained":
        try:
            {}[NAME]
        except KeyError as unknown:
            raise RuntimeError(f"while looking for {NAME}") from unknown
    if which == "row":
        User.objects.create(pk=request.user.pk, username=NAME)
    if which == "value":
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM access_user WHERE id = %s", [NAME])
    if which == "machine":
        raise Trouble("The database’s disk is full.\nof a row: " + NAME)
    raise AssertionError(which)


urlpatterns = [*product.urlpatterns, path("fails/<str:whom>/", fails)]
handler500 = product.handler500


@pytest.mark.parametrize(
    ("which", "says"),
    [
        ("words", "builtins.ValueError"),
        ("chained", "builtins.KeyError"),
        ("row", "django.db.utils.IntegrityError 23505 access_user_pkey"),
        ("value", "django.db.utils.DataError 22P02"),
        ("machine", "Trouble: The database’s disk is full."),
    ],
)
def test_a_fault_is_told_by_its_kind_and_its_lines_of_code_alone(council, log, settings, which, says):
    settings.ROOT_URLCONF = __name__
    client = signed_in(council.users["amina"])
    client.raise_request_exception = False
    answer = client.get(f"/fails/{NAME}/", {"which": which, "q": NAME})
    assert answer.status_code == 500 and NAME not in answer.content.decode() and "Traceback" not in answer.content.decode()
    assert says in log() and "GET /fails/<str:whom>/" in log() and "in fails" in log()
    assert "Amara" not in log().replace("called {NAME}", "") and "q=" not in log() and client.cookies["sessionid"].value not in log()


def test_what_is_refused_is_told_without_whom_it_was_about(council, log):
    client = signed_in(council.users["amina"])
    person = Person.objects.first()
    token = address_of(new_seed())
    known = {
        "a search": client.get("/search/", {"q": f"{NAME}\0"}),
        "a child": client.get(f"/child/{person.reference if person else 'CH-1234567'}/looked/?why={NAME}"),
        "no page": client.get(f"/nowhere/{NAME}/?q={NAME}"),
        "a sign-in": Client().post("/sign-in/", {"username": "amina.mensah", "pass_phrase": PHRASE}),
        "a link": Client().post(f"/m/{token}/", {"figures": "482107"}),
        "a host": Client().get("/", headers={"host": "adeyemi.example"}),
        "a forged form": Client(enforce_csrf_checks=True).post("/sign-in/", {"username": "amina.mensah", "pass_phrase": PHRASE}),
    }
    assert all(answer.status_code >= 400 for answer in known.values()), known
    for secret in (NAME, "Amara", "adeyemi", PHRASE, "amina.mensah", token, "482107", client.cookies["sessionid"].value):
        assert secret not in log(), secret
    for pattern in ("404 GET /child/<str:reference>/looked/", "404 GET an address that is not there", "422 POST /m/<str:token>/"):
        assert pattern in log()


def test_other_programs_messages_lose_their_queries_pass_phrases_and_line_breaks(log):
    logger = logging.getLogger("a library")
    logger.warning("retrying GET https://login.example/token?code=%s&state=%s", "s3cret", "x")
    logger.warning("connecting to %s", "postgresql://app:hunter2@here/goldthread")
    logger.warning("said %s", "one\r\n2026-01-01 INFO forged: all is well")
    assert "s3cret" not in log() and "hunter2" not in log() and "https://login.example/token?…" in log()
    assert log().count("\n") == 3 and all(line[4] == "-" and line[19] in "+-" for line in log().splitlines())


def test_faults_are_e_mailed_to_nobody(council, settings):
    settings.ROOT_URLCONF = __name__
    client = signed_in(council.users["amina"])
    client.raise_request_exception = False
    client.get(f"/fails/{NAME}/?which=words")
    assert not settings.ADMINS and not settings.MANAGERS and not mail.outbox


def test_an_error_that_was_raised_again_while_what_came_of_it_was_handled_is_told_once_each(log):
    """PostgreSQL’s driver does that when a connection is lost twice: the chain of causes is a ring, and a reader of it never ended."""
    lost = LookupError("gone")
    try:
        try:
            try:
                raise lost
            except LookupError as first:
                raise RuntimeError("wrapped") from first
        except RuntimeError:
            raise lost  # noqa: B904 (that is the case)
    except LookupError:
        assert lost.__context__ is not None and lost.__context__.__cause__ is lost
        assert outage_behind(lost) is None
        logging.getLogger("goldthread.tests").exception("Something failed")
    assert [line for line in log().splitlines() if "Error" in line and not line.startswith(" ")] == [
        "builtins.LookupError",
        "builtins.RuntimeError",
    ]


def test_a_database_that_is_away_is_told_in_one_line_and_our_code_has_no_part_in_it(council, log):
    def refused(*_: object) -> None:
        raise OperationalError("connection refused\nof a row: " + NAME) from psycopg.OperationalError()

    client = signed_in(council.users["amina"])
    client.raise_request_exception = False
    with connection.execute_wrapper(refused):
        assert client.get("/").status_code == 503
    lines = log().splitlines()
    assert lines[-1] == "The database cannot be reached: connection refused"
    assert not any(line.startswith("  File") for line in lines), "a page of lines for each of those who ask would keep everybody waiting"


def test_every_handler_of_the_product_writes_so():
    assert {handler.get("formatter") for handler in settings.LOGGING["handlers"].values()} == {"discreet"}
