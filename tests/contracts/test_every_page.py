"""What every page keeps, asked of all of them in a real browser; a new page that is not in places.py fails here."""

import re
from datetime import timedelta
from pathlib import Path
from time import time
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone
from lxml import html

from goldthread.core.records.models import Draft
from goldthread.face.web.signing_in import CHOOSING
from goldthread.face.web.tests.pages import problems_of
from goldthread.face.web.tests.test_pinned_pages import routes
from goldthread.ground.access.models import User
from goldthread.ground.audit.acting import acting
from goldthread.ground.boot.actions import mark_demo
from goldthread.ground.design.tests import browser
from goldthread.pathway.queries import may_do
from goldthread.pathway.registry import definitions, room_page
from tests.contracts import borough
from tests.contracts.answering import a_family, answers_for, up_to
from tests.contracts.looking import a_browser, faults
from tests.contracts.places import PLACES, Place
from tests.contracts.second_steps import ROUTES, seen_of_second_steps

SAMPLES = {"str": "sample", "int": "1"}
SHOWN_HERE = {"away_worker", "step", "first_run", "kept", "own_phrase"} | ROUTES  # by what follows, not by a place of their own
FILES = {"letter_read", "letter_sealed"}  # PDFs: what is in them is searched by the tests of letters
DECIDING = ("martin.everett", "yasmin.haddad", "helen.frost", "tomasz.wrona")  # the first of them who may do a step, does


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker, tmp_path_factory) -> dict[str, str]:
    """Every page by a path that says which it is. The borough is filled once, and rolled back before a browser is opened."""
    with django_db_blocker.unblock(), transaction.atomic():
        found = seen_at(Client(), Place("first_run", "", "/first-run/"))
        borough.fill_borough(tmp_path_factory.mktemp("census"))
        found |= seen_at_places(borough.names()) | kept_while_away() | first_phrase()
        found |= seen_of_second_steps(borough.user("wei.kwok"), seen_at)
        for definition in definitions().values():
            for step in definition.steps if definition.is_written_here else ():
                if room_page(definition, step.name) is None:
                    found |= seen_at_step(definition, step)
        transaction.set_rollback(True)
    borough.forget()
    return {re.sub(r"[^A-Za-z0-9_/.-]+", "-", name): words for name, words in found.items()}


def seen_at_places(names: dict[str, Any]) -> dict[str, str]:
    """All that places.py lists; what cannot be seen is said of all of them at once."""
    found, refused = {}, []
    for place in PLACES:
        who, address = place.who.format(**names), place.address.format(**names)
        try:
            found |= seen_at(borough.client(who), Place(place.route, who, address))
        except AssertionError as told:
            refused.append(str(told).splitlines()[0])
    assert refused == [], "\n".join(refused)
    return found


def seen_at(client: Client, place: Place) -> dict[str, str]:
    """The page, and what each of its forms answers when it is sent off empty and that is not enough. Nothing is kept of that."""
    answer = client.get(place.address)
    assert answer.status_code == 200, (
        f"{place.who} asks for {place.address} and is answered {answer.status_code} {answer.get('Location', '')}"
    )
    name = f"/{place.route}/{place.who or 'nobody'}{place.address}"
    words = answer.content.decode()
    found = {name: words}
    for number, (action, fields) in enumerate(empty_forms(words)):
        with transaction.atomic():
            wrong = client.post(action or place.address, fields)
            transaction.set_rollback(True)
        if wrong.status_code == 422:
            found[f"{name.rstrip('/')}/sent-empty-{number}"] = wrong.content.decode()
    return found


def empty_forms(words: str) -> list[tuple[str, dict[str, str]]]:
    """(action, fields) of each form that is written in: what is hidden stays as it is, what is asked is left empty."""
    found = []
    for form in html.fromstring(words).forms:
        if form.method != "POST" or "gt-form" not in form.classes:
            continue
        fields = {field.name: field.value or "" for field in form.xpath(".//input[@type='hidden'][@name]")}
        press = form.xpath("(.//button[@type='submit' or not(@type)][@name])[1]")
        fields |= {button.get("name"): button.get("value") or "" for button in press}
        found.append((form.action or "", fields))
    return found


def kept_while_away() -> dict[str, str]:
    """What was sent after the session had gone to sleep, shown to be sent again."""
    client = Client()
    with acting(borough.user("yasmin.haddad")):
        client.force_login(borough.user("yasmin.haddad"))
    session = client.session
    session["kept"] = {
        "path": "/front-door/danger/",
        "fields": [["who", "Two children"], ["what", "Alone"]],
        "at": "2026-03-02T10:00:00+00:00",
    }
    session.save()
    return seen_at(client, Place("kept", "", "/sign-in/kept/"))


def first_phrase() -> dict[str, str]:
    """What somebody sees who has signed in with a temporary phrase."""
    newcomer, client = borough.user("rhys.prosser"), Client()
    with acting(borough.user("morag.urquhart")):
        User.objects.filter(pk=newcomer.pk).update(temporary_until=timezone.now() + timedelta(days=1))
    newcomer.refresh_from_db()
    session = client.session
    session[CHOOSING] = {"user": newcomer.pk, "check": newcomer.get_session_auth_hash(), "until": time() + 600}
    session.save()
    return seen_at(client, Place("own_phrase", "", "/sign-in/own-phrase/"))


def seen_at_step(definition: Any, step: Any) -> dict[str, str]:
    """A step’s form as it is opened, sent off empty, and filled so that every question that can be called is."""
    by = borough.user("yasmin.haddad")
    with acting(by):
        record = up_to(definition, step.name, children=[child.pk for child in a_family()[:2]], by=by)
    who = next(name for name in DECIDING if may_do(borough.user(name), record, step) is None)
    place = Place(f"step-{definition.kind()}", who, reverse("step", args=[record.reference, step.name]))
    found = seen_at(borough.client(who), place)
    with acting(borough.user(who)):
        Draft.objects.filter(record=record, step=step.name).update(answers=answers_for(definition, record, step.name))
    return found | {f"/{place.route}{place.address}answered": borough.client(who).get(place.address).content.decode()}


@pytest.mark.django_db
def test_every_address_is_looked_at_or_takes_presses_only(client):
    """A page is seen by somebody in places.py; anything else answers a plain visit with “not this way”."""
    listed = {place.route for place in PLACES} | SHOWN_HERE | FILES
    with acting(system="test"):
        mark_demo(authority="Borough of Hallowmere", la_code="999", ons_code="E09999999", size="locality")
        client.force_login(User.objects.create(username="anybody", is_superuser=True))
    missed = []
    for address, name in routes(get_resolver().url_patterns):
        if name in listed or address.startswith("/api/"):
            continue
        sample = re.sub(r"<(\w+):\w+>", lambda found: SAMPLES[found.group(1)], address)
        if client.get(sample).status_code != 405:
            missed.append(f"{address}: add who sees “{name}”, and where, to PLACES in tests/contracts/places.py")
    assert missed == [], "\n".join(missed)


def test_every_page_has_one_heading_that_is_its_title_and_sound_html(pages):
    wrong = [f"{name}: {fault}" for name, words in pages.items() for fault in problems_of(words)]
    assert wrong == [], "\n".join(wrong)


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.skipif(not browser.is_built(), reason="the front end is not built: make front-end")
def test_axe_finds_nothing_and_nothing_spills_on_a_desk_a_telephone_or_paper(pages, request, browser_type, browser_type_launch_args):
    folder = request.config.getoption("--pictures")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
    with a_browser(browser_type, browser_type_launch_args, pages) as (page, home):
        wrong = [f"{name}: {fault}" for name in pages for fault in faults(page, home, name, Path(folder) if folder else None)]
    assert wrong == [], "\n".join(wrong)
