"""Every page of the shell, fetched strictly by those whose it is."""

import json
import re

import pytest
from django.test import Client

from goldthread.face.web.tests.pages import problems_of, signed_in, sound
from goldthread.ground.access.actions import break_glass, restrict
from goldthread.ground.audit.acting import acting

PAGES = (
    ("amina", "/"),
    ("amina", "/?all=later"),
    ("clare", "/"),
    ("clare", "/?decisions"),
    ("clare", "/team/"),
    ("clare", "/team/?what=late&words=Amara"),
    ("clare", "/team/cover/"),
    ("clare", "/child/{child}/reallocate/"),
    ("clare", "/child/{child}/looked/"),
    ("farah", "/child/{child}/looked/?only=refused"),
    ("dev", "/search/"),
    ("dev", "/search/?q=Amara+Adeyemi"),
    ("dev", "/search/?q=zzzz"),
    ("hugo", "/rules/"),
    ("hugo", "/rules/?kind=LAW&state=open&words=order"),
    ("hugo", "/rules/assessment.complete/"),
    ("amina", "/rules/referral.feedback/"),
    ("gwen", "/restricted/"),
    ("dev", "/restricted/{restricted}/"),
)


@pytest.fixture
def town(busy):
    with acting(busy.users["gwen"]):
        restrict(person=busy.children[24].pk, why="Staff family", lead_name="Gwen Parry", lead_phone="020 7946 0000", by=busy.users["gwen"])
        break_glass(user=busy.users["dev"], person=busy.children[24].pk, why="Police are at the door").delete()
        break_glass(user=busy.users["efua"], person=busy.children[24].pk, why="Police are at the door")
    return busy


@pytest.mark.parametrize(("who", "address"), PAGES)
def test_a_page_is_sound(town, who, address):
    address = address.format(child=town.children[0].reference, restricted=town.children[24].reference)
    sound(signed_in(town.users[who]), address)


def test_the_sign_in_page_is_sound_and_offers_nobody_outside_a_demo(council):
    html = sound(Client(), "/sign-in/")
    assert "Go in as" not in html


@pytest.mark.parametrize("address", ["/", "/team/", "/search/?q=x", "/rules/", "/restricted/", "/work/read/abc/", "/child/abc/looked/"])
def test_nobody_signed_in_is_asked_who_they_are(council, address):
    response = Client().get(address)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/sign-in/")


def test_a_page_refused_and_a_page_that_is_not_there_are_the_same_to_the_byte(busy, time_machine):
    time_machine.move_to("2026-11-24T10:00:00Z", tick=False)
    client = signed_in(busy.users["ines"])
    real, made_up = busy.children[0].reference, "ZZZZ9999"
    for path in ("/child/{}/looked/", "/restricted/{}/", "/record/{}/", "/work/read/{}/"):
        key = busy.records[0].reference if "record" in path or "read" in path else real
        other = "zzzzzzzzzz" if key == busy.records[0].reference else made_up
        refused, absent = client.get(path.format(key)), client.get(path.format(other))
        assert (refused.status_code, absent.status_code) == (404, 404)
        assert refused.content == absent.content
        assert dict(refused.headers) | {"Content-Security-Policy": ""} == dict(absent.headers) | {"Content-Security-Policy": ""}


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_a_refusal_is_a_sound_page_that_asks_the_database_nothing(rf, status):
    from goldthread.face.web.refusals import refuse

    response = refuse(rf.get("/x"), status)
    assert response.status_code == status
    assert problems_of(response.content.decode()) == []


def test_every_answer_forbids_inline_scripts_keeping_and_framing(busy):
    response = signed_in(busy.users["amina"]).get("/")
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "'unsafe-inline'" not in policy and "frame-ancestors 'none'" in policy
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_only_the_pages_of_signing_in_may_be_framed_and_only_by_our_own(busy, client):
    for address in ("/sign-in/", "/sign-in/in-place/"):
        response = client.get(address)
        assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]
        assert response.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_what_stands_in_while_the_server_is_away_knows_nobody(busy, client):
    stranger = client.get("/away/")
    known = signed_in(busy.users["amina"]).get("/away/")
    assert stranger.content == known.content and "Amina" not in known.content.decode()


def test_the_script_at_the_door_holds_the_whole_origin_and_names_only_what_knows_nobody(db, client):
    response = client.get("/away/worker.js")
    assert response.headers["Service-Worker-Allowed"] == "/"
    kept = json.loads(re.search(r"KEPT = (\[.*?\]);", response.content.decode())[1])
    assert kept[0] == "/away/" and all(address.startswith("/static/") for address in kept[1:])
