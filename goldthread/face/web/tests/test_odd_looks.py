"""The page of looks to look at again."""

import pytest
from django.utils.timezone import localdate

from goldthread.core.oversight.models import Finding, Limit, Watched
from goldthread.face.web.tests.busy import family
from goldthread.face.web.tests.pages import problems_of, signed_in, sound
from goldthread.ground.access.actions import restrict
from goldthread.ground.audit.acting import acting
from goldthread.ground.audit.models import Reading


@pytest.fixture
def farah(council):
    return signed_in(council.users["farah"])


@pytest.fixture
def rosa(council):
    with acting(None, system="test"):
        return family(["Rosa Adeyemi"], [localdate()])[0]


def finding(council, who, person=None, reason="no_relationship"):
    with acting(None, system="test"):
        return Finding.objects.create(user=council.users[who], person=person and person.pk, reason=reason, day=localdate(), sentence="They opened this record.")  # fmt: skip


def test_each_stands_with_person_reason_and_a_link_and_is_written_down_as_shown(council, farah, rosa):
    finding(council, "ines", rosa)
    page = sound(farah, "/looks/")
    assert "Ines Duarte" in page and "Rosa Adeyemi" in page and f"/child/{rosa.reference}/looked/" in page
    assert Reading.objects.filter(act="list", what="looks to look at again", people=[rosa.pk], user_id=council.users["farah"].pk).exists()
    assert "1</strong> Nothing links them with the child" in page
    assert "look waits" in farah.get("/").content.decode()


def test_a_restricted_child_stays_withheld_there(council, farah, rosa):
    finding(council, "ines", rosa, "restricted")
    with acting(None, system="test"):
        restrict(person=rosa.pk, why="w", lead_name="Gwen", lead_phone="1", by=council.users["gwen"])
    one = Finding.objects.get()
    for address in ("/looks/", f"/looks/{one.pk}/"):
        page = sound(farah, address)
        assert "kept from you" in page and "Rosa" not in page and rosa.reference not in page


def test_nobody_sees_or_closes_what_is_about_themselves(council, farah):
    own = finding(council, "farah", reason="bulk")
    assert "Nothing waits" in sound(farah, "/looks/")
    assert farah.get(f"/looks/{own.pk}/").status_code == 404
    assert farah.post(f"/looks/{own.pk}/", {"outcome": "in_order", "words": "fine"}).status_code == 404
    other = signed_in(council.users["gwen"])
    assert other.post(f"/looks/{own.pk}/", {"outcome": "in_order", "words": "Asked her."}).status_code == 302
    assert Finding.objects.get().closed_by == council.users["gwen"]
    assert "Asked her." in sound(other, "/looks/?state=closed")


def test_closing_needs_an_outcome_and_words(council, farah):
    one = finding(council, "ines", reason="night")
    page = farah.post(f"/looks/{one.pk}/", {})
    assert (page.status_code, problems_of(page.content.decode())) == (422, [])
    assert Finding.objects.get().closed_at is None


def test_today_is_looked_through_when_asked(council, farah, rosa):
    with acting(None, system="test"):
        Reading.objects.create(actor="x", user_id=council.users["ines"].pk, act="view", what="person", people=[rosa.pk])
    answer = farah.post("/looks/today/", follow=True)
    assert "new." in answer.content.decode() and Finding.objects.filter(person=rosa.pk, reason="no_relationship").exists()


def test_watching_and_limits(council, farah, rosa):
    for address in ("/looks/watched/", "/looks/watched/add/", "/looks/limits/day/"):
        sound(farah, address)
    farah.post("/looks/watched/add/", {"reference": rosa.reference.lower(), "why": "In the news"})
    assert "Rosa Adeyemi" in sound(farah, "/looks/watched/")
    farah.post(f"/looks/watched/{Watched.objects.get().pk}/end/")
    assert Watched.objects.get().ended_by == council.users["farah"]
    today = localdate()
    typed = {
        "value": "90",
        "why": "A large team",
        "from_on-day": str(today.day),
        "from_on-month": str(today.month),
        "from_on-year": str(today.year),
    }
    farah.post("/looks/limits/day/", typed)
    assert Limit.objects.get().value == 90 and "A large team" in sound(farah, "/looks/watched/")
    assert farah.get("/looks/limits/nonsense/").status_code == 404


def test_nobody_else_finds_the_pages_and_a_forbidden_page_is_written_down_too(council):
    amina = signed_in(council.users["amina"])
    for address in ("/looks/", "/looks/1/", "/looks/watched/", "/looks/watched/add/", "/looks/limits/day/"):
        assert amina.get(address).status_code == 404
    assert amina.post("/looks/today/").status_code == 404
    assert amina.get("/restricted/").status_code == 403
    assert Reading.objects.filter(act="refused", what="page /restricted/", user_id=council.users["amina"].pk).exists()
