"""Stopping at a restricted record, opening it in an emergency, and who has looked."""

import pytest

from goldthread.core.people.models import Person
from goldthread.face.web.tests.pages import signed_in, sound
from goldthread.ground.access.actions import restrict
from goldthread.ground.access.models import Grant
from goldthread.ground.audit.acting import acting
from goldthread.ground.audit.models import Reading


@pytest.fixture
def hidden(busy):
    child = busy.children[0]
    with acting(busy.users["gwen"]):
        restrict(person=child.pk, why="Staff family", lead_name="Gwen Parry", lead_phone="020 7946 0000", by=busy.users["gwen"])
    return child


def test_the_stop_page_gives_a_telephone_number_and_no_name(busy, hidden):
    html = sound(signed_in(busy.users["dev"]), f"/restricted/{hidden.reference}/")
    assert "020 7946 0000" in html and str(hidden) not in html
    assert Reading.objects.filter(act="refused", people__contains=[hidden.pk], user_id=busy.users["dev"].pk).exists()


def test_those_without_that_work_do_not_learn_that_a_record_stands(busy, hidden):
    assert signed_in(busy.users["ines"]).get(f"/restricted/{hidden.reference}/").status_code == 404


def test_a_restricted_child_is_found_by_nobody_and_counted_nowhere_in_a_search(busy, hidden):
    html = signed_in(busy.users["dev"]).get("/search/?q=Amara+Adeyemi").content.decode()
    assert f"/child/{hidden.reference}/" not in html
    assert hidden.reference not in html.replace(f"q={hidden.reference}", "")


def test_an_emergency_opening_needs_a_sentence_lasts_eight_hours_and_is_reviewed_by_somebody_else(busy, hidden):
    dev, gwen = signed_in(busy.users["dev"]), signed_in(busy.users["gwen"])
    address = f"/restricted/{hidden.reference}/"
    assert dev.post(address, {"why": "Need it"}).status_code == 422
    assert dev.post(address, {"why": "Police are at the door now"}).status_code == 302
    assert Person.objects.seen_by(busy.users["dev"]).filter(pk=hidden.pk).exists()
    grant = Grant.objects.get()
    assert (grant.until_at - grant.from_at).total_seconds() == 8 * 3600
    html = sound(gwen, "/restricted/")
    assert "Police are at the door now" in html
    assert dev.post(f"/restricted/review/{grant.pk}/", {"words": "Fine", "verdict": "right"}).status_code == 403
    gwen.post(f"/restricted/review/{grant.pk}/", {"words": "Rang the lead first, no answer", "verdict": "right"})
    grant.refresh_from_db()
    assert grant.reviewed_by == busy.users["gwen"] and grant.review_words == "Right: Rang the lead first, no answer"


def test_who_has_looked_is_for_the_line_of_management_and_information_governance(busy):
    address = f"/child/{busy.children[0].reference}/looked/"
    for who, status in (("clare", 200), ("farah", 200), ("amina", 404), ("dev", 404), ("efua", 404)):
        assert signed_in(busy.users[who]).get(address).status_code == status, who


def test_a_refused_try_is_written_down_and_stands_out(busy):
    child = busy.children[0]
    signed_in(busy.users["ines"]).get(f"/child/{child.reference}/looked/")
    html = signed_in(busy.users["clare"]).get(f"/child/{child.reference}/looked/?only=refused").content.decode()
    assert "Ines Duarte" in html and "gt-tag--danger" in html


def test_a_search_is_written_down_with_those_it_showed(busy):
    signed_in(busy.users["dev"]).get("/search/?q=Amara+Adeyemi")
    logged = Reading.objects.filter(act="search").get()
    assert "Amara Adeyemi" in logged.what and busy.children[0].pk in logged.people
