"""Packs are taken, the network is gone, a visit is written at the door, and it is all there when the network is back."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from goldthread.core.people.actions import create_person
from goldthread.core.people.facts import Name
from goldthread.core.records.models import Draft
from goldthread.ground.audit.acting import acting
from goldthread.ground.boot.actions import mark_demo
from goldthread.ground.design.tests import browser
from goldthread.pathway.tests.people import small_council
from goldthread.practice.front_door.tests.calls import open_to_a_worker
from goldthread.practice.protection.actions import begin_plan
from tests.journeys.door import Door
from tests.journeys.walking import Newcomer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not browser.is_built(), reason="the front end is not built: make front-end"),
]
PHRASE = "four grey herons by the lock"
STORED = """async () => {
  const opened = indexedDB.open("goldthread-kept");
  const base = await new Promise((resolve) => { opened.onsuccess = () => resolve(opened.result); });
  const asked = base.transaction("packs").objectStore("packs").getAll();
  const packs = await new Promise((resolve) => { asked.onsuccess = () => resolve(asked.result); });
  base.close();
  return packs.map((pack) => JSON.stringify(pack) + new TextDecoder("latin1").decode(pack.sealed)).join("");
}"""


@pytest.fixture
def door(live_server) -> Iterator[Door]:
    with acting(system="test"):
        mark_demo(authority="Borough of Wexcombe", la_code="999", ons_code="E09999999", size="journey")
        council = small_council()
        siobhan = create_person(names=[Name(given="Siobhán", family="O’Connor")], born_on=date(2014, 3, 12), sex="F")
        open_to_a_worker(council, siobhan)
        begin_plan(children=[siobhan.pk], on=localdate() - timedelta(days=9), category="NEG", by=council.assessment_manager)
    door = Door(live_server.url)
    yield door
    door.shut()


@pytest.fixture
def worker(page, door) -> Newcomer:
    """Has taken the pack of her child for eight hours."""
    someone = Newcomer(page, door.address)
    someone.sign_in_as("Social Worker")
    page.wait_for_function("navigator.serviceWorker.ready.then((there) => there.active && caches.keys()).then((kept) => kept.length)")
    someone.follow("Take visit packs with you")
    page.get_by_label("Siobhán O’Connor").check()
    page.get_by_label("A phrase for these packs").fill(PHRASE)
    page.get_by_label("The phrase again").fill(PHRASE)
    assert browser.axe(page) == []
    someone.press("Take the packs")
    someone.sees("Packed. Try the phrase before you leave.")
    return someone


def open_pack(worker: Newcomer, phrase: str = PHRASE) -> None:
    worker.page.get_by_label("the phrase").first.fill(phrase)
    worker.page.get_by_role("button", name="Open", exact=True).click()


def test_a_visit_written_at_the_door_without_a_network_is_there_when_it_is_back(worker, door):
    page = worker.page
    door.shut()
    page.goto(door.address + "/packs/")
    worker.sees("Goldthread cannot be reached")
    open_pack(worker, "four grey herons by the sea")
    worker.sees("That is not the phrase of this pack.")
    open_pack(worker)
    page.locator("summary", has_text="Siobhán O’Connor").click()
    for words in ("Front sheet", "Alerts", "Who to ring", "Child protection: neglect"):
        worker.sees(words)
    assert browser.axe(page) == []
    page.get_by_role("button", name="Write the visit").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Child protection visit: Siobhán O’Connor")
    page.locator("[name=aim]").fill("To hear how the nights are.")
    expect(page.locator("[data-draft-kept]")).to_contain_text("kept on this computer, encrypted, since")
    page.goto(door.address + "/packs/")
    open_pack(worker)
    page.locator("summary", has_text="Siobhán O’Connor").click()
    page.get_by_role("button", name="Write the visit").click()
    expect(page.locator("[name=aim]")).to_have_value("To hear how the nights are.")
    door.open()
    page.wait_for_url("**/record/**", timeout=40_000)
    expect(page.locator("[name=aim]")).to_have_value("To hear how the nights are.")
    assert Draft.objects.get(record__kind="protection.protection_visit").answers["aim"] == "To hear how the nights are."


def test_without_the_phrase_a_pack_is_nothing_but_sealed_bytes_and_it_ends_with_its_hours(worker):
    page = worker.page
    stored = page.evaluate(STORED)
    assert stored and not [word for word in ("Siobh", "Connor", "Neglect", "protection", PHRASE) if word in stored]
    page.clock.set_fixed_time(datetime.now(UTC) + timedelta(hours=7, minutes=59))
    worker.go("/packs/")
    worker.sees("On this computer")
    page.clock.set_fixed_time(datetime.now(UTC) + timedelta(hours=8, minutes=1))
    worker.go("/packs/")
    worker.sees("Take with you")
    page.wait_for_timeout(500)
    worker.does_not_see("On this computer")
    assert page.evaluate(STORED) == ""


def test_a_pack_can_be_deleted_at_once(worker):
    worker.press("Delete now")
    expect(worker.page.get_by_role("heading", name="On this computer")).to_have_count(0)
    assert worker.page.evaluate(STORED) == ""
