"""An empty database asks whose it is, and nothing else."""

import pytest
from django.test import Client

from goldthread.face.web.frame import is_administrator
from goldthread.face.web.tests.pages import set_up_an_app, signed_in, sound
from goldthread.ground.access.models import User
from goldthread.ground.audit.acting import acting
from goldthread.ground.boot.models import Installation

pytestmark = pytest.mark.django_db
HERE = {"host": "127.0.0.1"}
ANSWERS = {
    "authority": "Borough of Hallowmere", "la_code": "202", "ons_code": "E09000007", "name": "Joan Abara", "username": "joan",
    "pass_phrase": "otter lantern gravel spoon", "again": "otter lantern gravel spoon",
}  # fmt: skip


def test_an_empty_database_leads_everybody_to_the_first_run():
    client = Client(headers=HERE)
    assert client.get("/sign-in/").headers["Location"] == "/first-run/"
    sound(client, "/first-run/")


def test_the_first_run_names_the_authority_makes_the_administrator_and_goes_on_to_the_rules():
    client = Client(headers=HERE)
    assert client.post("/first-run/", ANSWERS).headers["Location"] == "/rules/"
    assert Installation.objects.get().la_code == "202"
    assert is_administrator(User.objects.get(username="joan"))
    assert client.get("/rules/").headers["Location"] == "/sign-in/yours/", "a second step first"
    set_up_an_app(client)
    assert "Borough of Hallowmere" in sound(client, "/rules/")


def test_what_is_wrong_is_said_at_the_top_and_at_the_question_and_nothing_is_cleared():
    client = Client(headers=HERE)
    response = client.post("/first-run/", ANSWERS | {"la_code": "20", "again": "another"})
    html = response.content.decode()
    assert response.status_code == 422
    assert html.count("Give the authority’s three-digit code, such as 202.") == 2
    assert 'value="Borough of Hallowmere"' in html and "otter" not in html
    assert not Installation.objects.exists()


def test_nobody_elsewhere_can_set_it_up():
    client = Client(headers=HERE, REMOTE_ADDR="10.0.0.9")
    assert "goldthread create-admin" in client.get("/first-run/").content.decode()
    client.post("/first-run/", ANSWERS)
    assert not Installation.objects.exists()


def test_an_administrator_made_by_the_command_signs_in_first():
    with acting(None, system="test"):
        admin = User.objects.create_superuser("root")
    assert "Sign in" in sound(Client(headers=HERE), "/first-run/")
    client = signed_in(admin)
    assert client.post("/first-run/", ANSWERS).headers["Location"] == "/rules/"
    assert "Joan Abara" in client.get("/rules/").content.decode()


def test_the_first_run_happens_once():
    client = Client(headers=HERE)
    client.post("/first-run/", ANSWERS)
    assert Client(headers=HERE).get("/first-run/").headers["Location"] == "/sign-in/"
