"""An auditor reads the sample chosen for them, until its day, and writes nothing; who chooses it need not see the children."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from goldthread.core.agencies import actions
from goldthread.core.agencies.actions import cover, create_worker
from goldthread.core.agencies.models import Duty, Sight, Worker
from goldthread.core.agencies.setting_up.actions import give_duty
from goldthread.core.people.models import Person
from goldthread.core.records.models import CaseNote
from goldthread.face.web.tests.pages import signed_in, sound
from goldthread.ground.access.actions import restrict
from goldthread.ground.access.models import User
from goldthread.ground.access.predicate import standing
from goldthread.ground.audit.acting import acting
from goldthread.ground.boot.trouble import Impossible

A_DAY = timedelta(days=1)


def someone(username, *duties):
    with acting(system="test"):
        user = User.objects.create(username=username)
        create_worker(name=f"Noor the {username}", user=user, from_on=localdate() - A_DAY, duties=duties)
    return user


def seen(username) -> set[int]:
    return set(Person.objects.seen_by(User.objects.get(username=username)).filter(recorded_as_adult=False).values_list("pk", flat=True))


def worker_of(username) -> Worker:
    return Worker.objects.get(name=f"Noor the {username}")


@pytest.fixture
def governor(busy):
    return signed_in(someone("governor", "information_governance"))


@pytest.fixture
def auditor(busy):
    return signed_in(someone("auditor", "auditor"))


def chosen(*children, days=7, worker="auditor", references=""):
    last = localdate() + days * A_DAY
    told = {"worker": str(worker_of(worker).pk), "purpose": "Audit of assessments"}
    told["references"] = references or ", ".join(one.reference for one in children)
    return told | {"last_on-day": str(last.day), "last_on-month": str(last.month), "last_on-year": str(last.year)}


def test_an_auditor_reads_nobody_until_a_sample_is_chosen_and_then_only_that(busy, governor, auditor):
    child, other = busy.children[0], busy.children[1]
    assert seen("auditor") == set()
    assert "No sample has been chosen for you yet" in sound(auditor, "/")
    assert governor.post("/samples/choose/", chosen(child)).status_code == 302
    assert child.pk in seen("auditor") and other.pk not in seen("auditor")
    assert str(child) in sound(auditor, f"/child/{child.reference}/")
    assert auditor.get(f"/child/{other.reference}/").status_code == 404
    mine = sound(auditor, "/")
    assert "Your sample" in mine and str(child) in mine


def test_whoever_chooses_reads_references_and_no_names(busy, governor, auditor):
    child = busy.children[0]
    governor.post("/samples/choose/", chosen(child))
    html = sound(governor, "/samples/")
    assert child.reference in html and "Audit of assessments" in html and str(child) not in html
    sound(governor, "/samples/choose/")
    refused = governor.post("/samples/choose/", chosen(references=f"{child.reference} NOBODY22"))
    assert refused.status_code == 422 and "NOBODY22" in refused.content.decode()


def test_an_auditor_writes_nothing_and_lets_nobody_in(busy, governor, auditor):
    child = busy.children[0]
    governor.post("/samples/choose/", chosen(child))
    before = CaseNote.objects.count(), Sight.objects.count()
    for page in ("note/", "people/let-in/", "about/name/"):
        assert auditor.post(f"/child/{child.reference}/{page}", {"words": "Seen."}).status_code == 403, page
    assert auditor.post("/samples/choose/", chosen(child)).status_code == 403
    assert (CaseNote.objects.count(), Sight.objects.count()) == before
    assert auditor.get("/samples/").status_code == 404
    assert "Let a colleague see" not in sound(auditor, f"/child/{child.reference}/people/")


def test_a_restricted_child_stays_out_of_sight_even_in_a_sample(busy, governor, auditor):
    child = busy.children[0]
    governor.post("/samples/choose/", chosen(child))
    with acting(system="test"):
        restrict(person=child.pk, why="Family of staff", lead_name="Gwen Parry", lead_phone="1", by=busy.users["gwen"])
    assert child.pk not in seen("auditor")
    assert auditor.get(f"/child/{child.reference}/").status_code == 404


def test_it_ends_on_its_day_by_hand_and_with_the_duty(busy, governor, auditor):
    child = busy.children[0]
    governor.post("/samples/choose/", chosen(child))
    with acting(system="test"):
        Duty.objects.filter(role="auditor").update(until_on=localdate())
    assert seen("auditor") == set(), "the sample opens nothing without the duty"
    with acting(system="test"):
        Duty.objects.filter(role="auditor").update(until_on=None)
        Sight.objects.update(from_on=localdate() - 5 * A_DAY, until_on=localdate())
    assert seen("auditor") == set()
    governor.post("/samples/choose/", chosen(child))
    sound(governor, f"/samples/{worker_of('auditor').pk}/end/")
    assert governor.post(f"/samples/{worker_of('auditor').pk}/end/", {"why": "The audit is done"}).status_code == 302
    assert seen("auditor") == set()


def test_what_a_colleague_let_them_see_opens_nothing_to_an_auditor_and_cover_hands_no_sample_on(busy, governor, auditor):
    child = busy.children[0]
    with acting(system="test"):
        lent = {"child": child, "worker": worker_of("auditor"), "purpose": "Joint visit", "given_by": busy.users["gwen"]}
        Sight.objects.create(from_on=localdate(), until_on=localdate() + A_DAY, **lent)
    assert seen("auditor") == set()
    governor.post("/samples/choose/", chosen(busy.children[1]))
    someone("colleague")
    with acting(system="test"):
        cover(away=worker_of("auditor"), covering=worker_of("colleague"), from_on=localdate(), until=localdate() + A_DAY)
    assert seen("colleague") == set()


def test_only_for_an_auditor_within_90_days_and_never_for_oneself(busy, governor, auditor):
    child, by = busy.children[0], User.objects.get(username="governor")
    told = {"children": [child.pk], "purpose": "Audit", "by": by}
    with acting(by):
        with pytest.raises(Impossible, match="for themselves"):
            actions.give_sample(worker=worker_of("governor"), last_on=localdate(), **told)
        with pytest.raises(Impossible, match="not an auditor"):
            actions.give_sample(worker=busy.workers["amina"], last_on=localdate(), **told)
        with pytest.raises(Impossible, match="within 90 days"):
            actions.give_sample(worker=worker_of("auditor"), last_on=localdate() + 91 * A_DAY, **told)


def test_the_duty_has_a_last_day(busy):
    with acting(system="test"), pytest.raises(Impossible, match="Enter the last day"):
        give_duty(worker=busy.workers["amina"], role="auditor", from_on=localdate(), last_on=None, by=busy.users["gwen"])


def test_whoever_is_neither_information_governance_nor_administrator_has_no_such_page(busy):
    assert not standing(busy.users["amina"]).duties & {"information_governance", "administrator"}
    for address in ("/samples/", "/samples/choose/"):
        assert signed_in(busy.users["amina"]).get(address).status_code == 404
