"""An inspector reads the record of any child who is not restricted, and writes nothing; an analyst reads figures, and no name."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from goldthread.core.agencies.actions import cover, create_worker, give_duty
from goldthread.core.agencies.models import Duty
from goldthread.core.agencies.setting_up import actions
from goldthread.core.records.models import CaseNote, Record
from goldthread.face.web.tests.pages import signed_in, sound
from goldthread.ground.access.actions import restrict
from goldthread.ground.access.models import User
from goldthread.ground.access.predicate import standing
from goldthread.ground.audit.acting import acting
from goldthread.ground.audit.models import Reading
from goldthread.ground.boot.trouble import Impossible

A_DAY = timedelta(days=1)


def someone(duty, **more):
    with acting(system="test"):
        user = User.objects.create(username=duty)
        worker = create_worker(name=f"Noor the {duty}", user=user, from_on=localdate() - A_DAY, duties=[duty], **more)
    return user, worker


@pytest.fixture
def inspector(busy):
    return signed_in(someone("inspector")[0])


@pytest.fixture
def analyst(busy):
    return signed_in(someone("analyst")[0])


def test_an_inspector_reads_any_child_and_each_look_is_written_down(busy, inspector):
    child = busy.children[0]
    html = sound(inspector, f"/child/{child.reference}/")
    assert str(child) in html
    for words in ("Start or close", "Immediate danger", "Write a note", "data-quick-note", "Add or change"):
        assert words not in html
    for page in ("chronology", "family", "about", "people", "alerts"):
        html = sound(inspector, f"/child/{child.reference}/{page}/")
        for words in ("Write a note", "Add somebody", "Add an alert", "Mark as significant", "Record a move", ">Change", ">End<"):
            assert words not in html, page
    assert Reading.objects.filter(user_id=User.objects.get(username="inspector").pk, people__contains=[child.pk], act="view").exists()
    assert busy.children[3].reference in inspector.get(f"/search/?q={busy.children[3].shown_name}").content.decode()


def test_an_inspector_is_told_of_no_restricted_child(busy, inspector):
    child = busy.children[0]
    with acting(busy.users["gwen"]):
        restrict(person=child.pk, why="Family of staff", lead_name="Gwen Parry", lead_phone="01632 960001", by=busy.users["gwen"])
    assert inspector.get(f"/child/{child.reference}/").status_code == 404
    assert inspector.get(f"/restricted/{child.reference}/").status_code == 404, "that a record stands is for those who match callers"
    assert child.reference not in inspector.get(f"/search/?q={child.shown_name}").content.decode()


def test_whatever_an_inspector_sends_is_refused_in_a_sentence_and_changes_nothing(busy, inspector):
    child, record = busy.children[0], busy.records[0]
    before = Record.objects.count(), CaseNote.objects.count()
    for address in (
        f"/child/{child.reference}/note/",
        "/front-door/take-a-call/",
        f"/record/{record.reference}/write/",
    ):
        refused = inspector.post(address, {"words": "Seen.", "press": "complete"})
        assert refused.status_code == 403, address
        assert "Nothing was changed: whoever reads with this sign-in writes nothing here." in refused.content.decode()
    assert (Record.objects.count(), CaseNote.objects.count()) == before
    assert Reading.objects.filter(act="refused", what__startswith="sent to /child/").exists()
    assert inspector.post("/sign-out/").status_code == 302, "they may leave"


def test_an_inspector_who_knows_the_family_says_so_and_leaves_the_record(busy, inspector):
    child = busy.children[0]
    assert inspector.post(f"/child/{child.reference}/know-them/", {"why": "My neighbour"}).status_code == 302
    assert inspector.get(f"/child/{child.reference}/").status_code == 404


def test_an_inspector_is_offered_no_step_of_a_record(busy, inspector):
    html = sound(inspector, f"/record/{busy.records[0].reference}/")
    assert "nothing is written with it" in html


def test_an_inspectors_duty_has_a_last_day_and_an_administrator_cannot_hold_it(busy):
    ben, joan, by = busy.workers["ben"], busy.workers["joan"], busy.users["hugo"]
    today = localdate()
    with acting(by):
        with pytest.raises(Impossible, match="Enter the last day"):
            actions.give_duty(worker=ben, role="inspector", from_on=today, last_on=None, by=by)
        with pytest.raises(Impossible, match="is administrator"):
            actions.give_duty(worker=joan, role="analyst", from_on=today, last_on=None, by=by)
        actions.give_duty(worker=ben, role="inspector", from_on=today, last_on=today, by=by)
        assert standing(User.objects.get(username="ben")).reads_only
        Duty.objects.filter(role="inspector").update(until_on=today)
    assert not standing(User.objects.get(username="ben")).reads_only


def test_covering_for_an_inspector_makes_nobody_one(busy):
    _, away = someone("inspector")
    with acting(system="test"):
        cover(away=away, covering=busy.workers["amina"], from_on=localdate(), until=localdate() + A_DAY)
    held = standing(User.objects.get(username="amina"))
    assert "inspector" not in held.duties and held.team_ids, "she goes on with her own work"


def test_whoever_reads_only_is_nothing_else_besides(busy):
    with acting(system="test"):
        give_duty(worker=busy.workers["dev"], role="analyst", from_on=localdate())
    held = standing(User.objects.get(username="dev"))
    assert (held.duties, held.team_ids, held.worker_ids) == ({"analyst"}, frozenset(), frozenset())


def test_an_analyst_finds_nobody_by_name_and_opens_nobody(busy, analyst):
    child = busy.children[0]
    assert analyst.get(f"/child/{child.reference}/").status_code == 404
    assert analyst.get(f"/record/{busy.records[0].reference}/").status_code == 404
    assert child.reference not in analyst.get(f"/search/?q={child.shown_name}").content.decode()
    assert "no name and no record" in sound(analyst, "/")
    assert sound(analyst, "/dashboard/")
