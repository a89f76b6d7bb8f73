"""The shell as it is seen: eight things for today without scrolling, and all of it without a script."""

import pytest
from django.urls import reverse

from goldthread.face.web.tests.pages import signed_in
from goldthread.ground.design.tests import browser

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not browser.is_built(), reason="the front end is not built: make front-end")]


@pytest.fixture
def opened(browser_type_launch_args, browser_type):  # type: ignore[no-untyped-def]
    chromium = browser_type.launch(**browser_type_launch_args)
    yield chromium
    chromium.close()


def show(chromium, html, width, height, script=True):
    context = chromium.new_context(viewport={"width": width, "height": height}, java_script_enabled=script)
    browser.give(context, {"/": html})
    page = context.new_page()
    page.goto(browser.HOME + "/")
    return page


def test_a_worker_with_25_children_and_60_duties_sees_the_eight_things_for_today_without_scrolling(busy, opened):
    html = signed_in(busy.users["amina"]).get("/").content.decode()
    page = show(opened, html, 1366, 768)
    lines = page.locator("#now ~ ul > li, #today ~ ul > li")
    assert lines.count() == 8
    bottoms = [line.bounding_box() for line in lines.all()]
    assert all(box and box["y"] + box["height"] <= 768 for box in bottoms)
    button = lines.nth(0).locator(".gt-action")
    assert button.inner_text().startswith("Write")


def test_the_list_is_all_there_without_javascript(busy, opened):
    html = signed_in(busy.users["amina"]).get("/").content.decode()
    page = show(opened, html, 1280, 800, script=False)
    assert page.locator(".gt-task").count() >= 20
    assert page.get_by_role("button", name="Search").is_visible()
    assert page.get_by_role("button", name="Sign out").is_visible()


def test_a_save_from_a_page_drawn_for_somebody_else_is_refused_before_anything_reads_it(busy):
    amina, clare = busy.users["amina"], busy.users["clare"]
    address = reverse("draft", kwargs={"reference": "NONE", "step": "write"})
    sent = {"revision": 1, "tab": "a", "answers": {}}
    client = signed_in(clare)
    refused = client.post(address, sent, content_type="application/json", headers={"X-Goldthread-Person": str(amina.pk)})
    own = client.post(address, sent, content_type="application/json", headers={"X-Goldthread-Person": str(clare.pk)})
    assert (refused.status_code, own.status_code) == (401, 410), "only her own page reaches the form, which is closed"
    assert "nothing of this page was taken" in refused.json()["problem"]
