"""The restricted-records lead restricts and permits; a worker says that they know a family, and its record is kept from them."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from goldthread.core.agencies.models import Allocation
from goldthread.core.people.models import Person
from goldthread.core.records.models import Record
from goldthread.face.web.tests.pages import problems_of, signed_in, sound
from goldthread.face.web.tests.test_set_up import day
from goldthread.ground.access.models import Conflict, Grant, Restriction
from goldthread.ground.audit.acting import acting
from goldthread.ground.audit.models import Reading


@pytest.fixture
def gwen(busy):
    return signed_in(busy.users["gwen"])


@pytest.fixture
def child(busy):
    return busy.children[0]


WHY = {"why": "Her aunt works here", "lead_name": "Gwen Parry", "lead_phone": "020 7946 0000"}


def sees(busy, who, child):
    return Person.objects.seen_by(type(busy.users[who]).objects.get(username=who)).filter(pk=child.pk).exists()


def restricted(gwen, child, **more):
    return gwen.post(f"/restricted/{child.reference}/restrict/", WHY | more)


def test_the_lead_finds_a_record_anywhere_and_each_look_is_written_down(busy, gwen, child):
    html = sound(gwen, f"/restricted/find/?reference={child.reference}")
    assert str(child) in html
    html = sound(gwen, f"/restricted/find/?given=Amara&family=Adeyemi&born={child.born_on.isoformat()}")
    assert child.reference in html
    assert Reading.objects.filter(act="search", user_id=busy.users["gwen"].pk, people__contains=[child.pk]).count() == 2


def test_restricting_keeps_the_worker_and_manager_who_are_ticked_and_nobody_else(busy, gwen, child):
    html = sound(gwen, f"/restricted/{child.reference}/restrict/")
    assert "Amina Mensah" in html and "Clare Whitlock" in html
    assert restricted(gwen, child, keep=[str(busy.users["amina"].pk)]).status_code == 302
    assert sees(busy, "amina", child)
    assert not sees(busy, "clare", child) and not sees(busy, "dev", child)
    html = sound(gwen, "/restricted/")
    assert "Amina Mensah until" in html and "Her aunt works here" in html


def test_a_record_that_hangs_on_a_merged_duplicate_is_restricted_and_opened_with_the_person(busy, gwen, child):
    twin = busy.children[1]
    with acting(None, system="test"):
        Person.objects.filter(pk=twin.pk).update(merged_into=child)
    restricted(gwen, child)
    about_twin = Record.objects.about(twin.pk)
    dev = busy.users["dev"]
    assert about_twin.exists() and not about_twin.seen_by(dev).exists()
    html = sound(gwen, "/restricted/")
    assert 'Restricted now <span class="gt-count">1</span>' in html
    gwen.post(f"/restricted/{child.reference}/end/")
    assert about_twin.seen_by(dev).exists()


def test_a_named_person_is_permitted_until_a_day_and_not_for_ever(busy, gwen, child):
    restricted(gwen, child)
    address, dev = f"/restricted/{child.reference}/permit/", str(busy.workers["dev"].pk)
    sound(gwen, address)
    html = gwen.post(address, {"user": dev, "why": "Takes the call"} | day("until", localdate() + timedelta(days=500))).content.decode()
    assert html.count("within a year") >= 2 and problems_of(html) == []
    html = gwen.post(address, {"user": str(busy.workers["gwen"].pk), "why": "Me"} | day("until", localdate())).content.decode()
    assert "nobody opens a record to themselves" in html
    gwen.post(address, {"user": dev, "why": "Takes the call"} | day("until", localdate() + timedelta(days=3)))
    assert sees(busy, "dev", child)
    last = localdate() + timedelta(days=3)
    assert f"Dev Patel until {last.day} {last:%B %Y}" in sound(gwen, "/restricted/")
    grant = Grant.objects.get()
    sound(gwen, f"/restricted/permit/{grant.pk}/end/")
    gwen.post(f"/restricted/permit/{grant.pk}/end/")
    assert not sees(busy, "dev", child)


def test_ending_a_restriction_ends_its_permits(busy, gwen, child):
    restricted(gwen, child, keep=[str(busy.users["amina"].pk)])
    sound(gwen, f"/restricted/{child.reference}/end/")
    gwen.post(f"/restricted/{child.reference}/end/")
    assert sees(busy, "clare", child) and not Restriction.objects.filter(ended_at=None).exists()
    restricted(gwen, child)
    assert not sees(busy, "amina", child)


def test_nobody_else_restricts_permits_or_finds(busy, child):
    for who in ("clare", "joan", "dev"):
        client = signed_in(busy.users[who])
        for way in (f"{child.reference}/restrict/", f"{child.reference}/permit/", f"{child.reference}/end/", "find/"):
            assert client.get(f"/restricted/{way}").status_code == 404, (who, way)


def test_a_worker_who_knows_the_family_says_so_on_the_record_and_never_sees_it_again(busy, child):
    amina, address = signed_in(busy.users["amina"]), f"/child/{child.reference}/know-them/"
    assert "I know this family" in sound(amina, f"/child/{child.reference}/")
    sound(amina, address)
    answer = amina.post(address, {"why": "Our children share a class"})
    assert answer.headers["Location"] == "/"
    assert not sees(busy, "amina", child) and sees(busy, "clare", child)
    assert amina.get(f"/child/{child.reference}/").status_code == 404
    assert amina.get(f"/restricted/{child.reference}/").status_code == 404, "no emergency is theirs"
    assert str(child) not in amina.get("/").content.decode()
    assert Allocation.objects.get(child=child, until_on=None).worker is None, "the manager’s list has the child"
    sound(signed_in(busy.users["clare"]), "/")


def test_a_conflict_told_in_words_is_matched_by_the_lead_and_says_nothing_of_a_record(busy, gwen, child):
    dev = signed_in(busy.users["dev"])
    sound(dev, "/conflicts/mine/")
    dev.post("/conflicts/mine/", {"whom": "Amara Adeyemi of Mill Lane", "why": "Neighbours"})
    told = Conflict.objects.get()
    assert sees(busy, "dev", child)
    assert "To be matched" in sound(gwen, "/conflicts/") and "Amara" not in sound(signed_in(busy.users["joan"]), "/conflicts/")
    sound(gwen, f"/conflicts/{told.pk}/match/")
    html = gwen.post(f"/conflicts/{told.pk}/match/", {"reference": "ZZZZ9999"}).content.decode()
    assert html.count("There is nobody with this reference.") == 2
    gwen.post(f"/conflicts/{told.pk}/match/", {"reference": child.reference.lower()})
    assert not sees(busy, "dev", child)
    html = sound(dev, "/conflicts/mine/")
    assert "Amara Adeyemi of Mill Lane" in html and child.reference not in html


def test_an_administrator_enters_one_by_reference_and_is_told_no_name(busy, child):
    joan = signed_in(busy.users["joan"])
    sound(joan, "/conflicts/add/")
    joan.post("/conflicts/add/", {"worker": str(busy.workers["amina"].pk), "reference": child.reference, "why": "Told me"})
    assert not sees(busy, "amina", child)
    html = sound(joan, "/conflicts/")
    assert child.reference in html and str(child) not in html and "Told me" not in html


def test_nobody_looks_after_their_own_conflict(busy, gwen, child):
    joan = signed_in(busy.users["joan"])
    joan.post("/conflicts/add/", {"worker": str(busy.workers["gwen"].pk), "reference": child.reference, "why": "Her nephew"})
    own = Conflict.objects.get()
    assert gwen.get(f"/conflicts/{own.pk}/end/").status_code == 404
    assert gwen.get(f"/restricted/{child.reference}/restrict/").status_code == 404
    sound(joan, f"/conflicts/{own.pk}/end/")
    joan.post(f"/conflicts/{own.pk}/end/", {"why": "Another family"})
    assert gwen.get(f"/restricted/{child.reference}/restrict/").status_code == 200


def test_others_find_no_list_of_conflicts(busy):
    assert signed_in(busy.users["clare"]).get("/conflicts/").status_code == 404


def test_a_manager_cannot_give_the_child_to_a_worker_who_knows_the_family(busy, child):
    joan, clare = signed_in(busy.users["joan"]), signed_in(busy.users["clare"])
    joan.post("/conflicts/add/", {"worker": str(busy.workers["ben"].pk), "reference": child.reference, "why": "Told me"})
    asked = {"child": [child.reference], "worker": str(busy.workers["ben"].pk), "why": "Nearer"}
    html = clare.post(f"/child/{child.reference}/reallocate/", asked).content.decode()
    assert html.count("Ben Osei may not be given this child. Choose somebody else.") == 2
