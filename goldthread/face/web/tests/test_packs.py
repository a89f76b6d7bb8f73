"""Visit packs: whose they are, what is in them, what never is, and what is written down of them."""

import pytest

from goldthread.core.agencies.models import Allocation
from goldthread.core.people.models import Person
from goldthread.face.web.tests.pages import signed_in
from goldthread.ground.access.actions import restrict
from goldthread.ground.audit.acting import acting
from goldthread.ground.audit.models import Reading
from goldthread.ground.boot.settings import settings

pytestmark = pytest.mark.django_db


def own(busy):
    return [row.child for row in Allocation.objects.filter(worker__name__startswith="Amina").select_related("child").order_by("pk")]


def take(busy, who="amina", **chosen):
    return signed_in(busy.users[who]).post("/packs/take/", chosen)


def test_a_pack_holds_front_sheet_alerts_and_who_to_ring_of_each_child_and_says_until_when(busy):
    child = own(busy)[0]
    answer = take(busy, child=[child.reference], hours="8").json()
    (pack,) = answer["packs"]
    assert pack["child"] == str(child)
    assert [page["heading"] for page in pack["pages"]][:2] == ["Front sheet", "Alerts"] and pack["pages"][-1]["heading"] == "Who to ring"
    words = " ".join(page["html"] for page in pack["pages"])
    assert "<form" not in words and "<button" not in words and "gt-no-print" not in words and "<script" not in words


def test_each_child_taken_along_is_written_down_as_exported_with_its_end(busy):
    first, second = own(busy)[:2]
    before = Reading.objects.count()
    take(busy, child=[first.reference, second.reference], hours="2")
    exported = Reading.objects.filter(act="export", what__startswith="visit pack until")
    assert sorted(row.people for row in exported) == sorted([[first.pk], [second.pk]])
    assert Reading.objects.count() > before + 2, "and each page in it as printed"


def test_a_child_of_somebody_else_is_refused_like_one_who_is_not_there(busy):
    child = own(busy)[0]
    strange = take(busy, "farah", child=[child.reference], hours="8")
    nobody = take(busy, "farah", child=["ZZZZZZZZ"], hours="8")
    assert strange.status_code == nobody.status_code == 404
    assert not Reading.objects.filter(act="export").exists()


def test_a_restricted_record_never_leaves_even_with_those_who_may_see_it(busy):
    child = own(busy)[0]
    with acting(system="test"):
        restrict(person=child.pk, why="Staff family", lead_name="Jo", lead_phone="020 7946 0000", by=busy.users["clare"])
    assert take(busy, child=[child.reference], hours="8").status_code == 404
    assert str(child) not in signed_in(busy.users["amina"]).get("/packs/").content.decode()


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"hours": "8"}, "Choose the children"),
        ({"child": ["X"] * 13, "hours": "8"}, "no more than 12"),
        ({"child": ["X"], "hours": "500"}, "how many hours"),
    ],
)
def test_too_little_and_too_much_are_told(busy, chosen, words):
    answer = take(busy, **chosen)
    assert answer.status_code == 422 and words in answer.json()["problem"]


def test_the_hours_offered_end_with_what_the_council_allows(busy, monkeypatch):
    monkeypatch.setattr(settings, "pack_hours", 6)
    page = signed_in(busy.users["amina"]).get("/packs/").content.decode()
    assert '<option value="6"' in page and '<option value="8"' not in page


def test_the_dead_and_the_merged_are_not_visited(busy):
    child = own(busy)[0]
    with acting(system="test"):
        Person.objects.filter(pk=child.pk).update(died_on="2026-01-03")
    assert take(busy, child=[child.reference], hours="2").status_code == 404
