"""A team's children: listed, exported, moved with their work, covered."""

import io
import zipfile
from datetime import timedelta

from django.utils.timezone import localdate

from goldthread.core.agencies.actions import allocate
from goldthread.core.agencies.models import Allocation, Cover
from goldthread.core.work.models import Task
from goldthread.face.web.spreadsheets import plain
from goldthread.face.web.tests.busy import duty
from goldthread.face.web.tests.pages import problems_of, signed_in
from goldthread.ground.access.actions import restrict
from goldthread.ground.audit.acting import acting
from goldthread.ground.audit.models import Reading


def test_the_list_names_each_child_with_worker_and_what_is_due(busy):
    html = signed_in(busy.users["clare"]).get("/team/").content.decode()
    listed = html[html.index('id="children"') :]
    assert all(str(child) in listed for child in busy.children)
    assert listed.count("Reallocate") >= 25 and "Child and family assessment authorised" in listed


def test_the_export_holds_the_filtered_list_and_is_written_down(busy):
    client = signed_in(busy.users["clare"])
    response = client.get("/team/?words=Amara&as=csv")
    lines = response.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2 and "Amara Adeyemi" in lines[1]
    logged = Reading.objects.filter(act="export").get()
    assert logged.people == [busy.children[0].pk]
    book = client.get("/team/?as=xlsx").content
    assert "xl/worksheets/sheet1.xml" in zipfile.ZipFile(io.BytesIO(book)).namelist()


def test_a_cell_never_becomes_a_formula():
    assert plain('=HYPERLINK("http://x")').startswith("'=")
    assert plain("-1+1").startswith("'")
    assert plain(7) == 7


def test_a_withheld_child_is_in_nobodys_list_and_in_no_export_but_still_counts(busy):
    with acting(busy.users["gwen"]):
        restrict(person=busy.children[0].pk, why="Staff family", lead_name="Gwen", lead_phone="020 7946 0000", by=busy.users["gwen"])
    client = signed_in(busy.users["clare"])
    html = client.get("/team/").content.decode()
    assert "Amara Adeyemi" not in html
    assert ">25</a>" in html, "the worker’s load counts the child"
    assert "Amara Adeyemi" not in client.get("/team/?as=csv").content.decode()


def test_reallocating_needs_a_reason_and_moves_the_work_with_the_child(busy):
    child, client = busy.children[0], signed_in(busy.users["clare"])
    address = f"/child/{child.reference}/reallocate/"
    asked = {"child": child.reference, "worker": str(busy.workers["ben"].pk)}
    refused = client.post(address, asked)
    assert refused.status_code == 422 and problems_of(refused.content.decode()) == []
    client.post(address, asked | {"why": "Amina goes on leave"})
    live = Allocation.objects.get(child=child, until_on=None)
    assert live.worker == busy.workers["ben"]
    assert Allocation.objects.exclude(until_on=None).get(child=child).why_ended == "Amina goes on leave"
    assert not Task.objects.filter(Task.OPEN, worker=busy.workers["amina"], record__children__child=child).exists()


def test_allocating_new_work_names_the_worker_and_hands_over_the_form(busy):
    child = busy.children[0]
    with acting(busy.users["clare"]):
        allocate(child=child.pk, team=busy.teams["assessment"], worker=None, on=localdate())
        record = duty(busy, [child], localdate(), what="Allocate")
        Task.objects.filter(record=record).update(step="allocate", worker=None, team=busy.teams["assessment"])
    client = signed_in(busy.users["clare"])
    client.post(f"/child/{child.reference}/reallocate/", {"child": child.reference, "worker": str(busy.workers["ben"].pk)})
    assert Allocation.objects.get(child=child, until_on=None).worker == busy.workers["ben"]
    assert Task.objects.filter(Task.OPEN, record=record).get().worker == busy.workers["ben"]


def test_only_a_manager_of_the_team_may_move_its_children(busy):
    for who in ("amina", "efua"):
        address = f"/child/{busy.children[0].reference}/reallocate/"
        assert signed_in(busy.users[who]).get(address).status_code in (403, 404)


def test_cover_lasts_to_the_end_of_the_last_day(busy):
    today = localdate()
    client = signed_in(busy.users["clare"])
    asked = {"away": str(busy.workers["amina"].pk), "covering": str(busy.workers["ben"].pk), "from_on": today.isoformat()}
    assert client.post("/team/cover/", asked | {"until": (today - timedelta(days=1)).isoformat()}).status_code == 422
    client.post("/team/cover/", asked | {"until": (today + timedelta(days=2)).isoformat()})
    assert Cover.objects.get().until_on == today + timedelta(days=3)
