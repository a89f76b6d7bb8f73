"""One list, in the right order, whatever its length."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from goldthread.core.agencies.actions import cover
from goldthread.core.records.drafts import open_draft, save_draft
from goldthread.core.work.actions import give_task, hand_over
from goldthread.core.work.models import Nudge, Task
from goldthread.core.work.queries import work_of
from goldthread.face.web.my_work import pieces_of
from goldthread.face.web.tests.busy import duty
from goldthread.face.web.tests.pages import signed_in
from goldthread.ground.access.actions import restrict
from goldthread.ground.access.predicate import standing
from goldthread.ground.audit.acting import acting


def worklist(user):
    user.__dict__.pop("_standing", None)
    return work_of(standing(user))


def test_what_is_late_stands_under_now_and_the_rest_by_day(busy):
    work = worklist(busy.users["amina"])
    assert [len(group) for group in (work.now, work.today, work.week, work.later)] == [2, 6, 20, 32]
    assert [line.due_on for line in work.lines()] == sorted(line.due_on for line in work.lines())


def test_immediate_danger_comes_before_everything_late(busy):
    with acting(busy.users["efua"]):
        give_task(record=busy.records[40], what="Immediate danger: decide", worker=busy.workers["amina"], step="authorise", is_urgent=True)
    assert worklist(busy.users["amina"]).now[0].what == "Immediate danger: decide"


def test_the_list_takes_the_same_few_queries_however_long_it_is(busy):
    user = busy.users["amina"]
    held = standing(user)
    with CaptureQueriesContext(
        connection,
    ) as many:
        work_of(held)
    with acting(user):
        Task.objects.filter(worker=busy.workers["amina"]).exclude(record=busy.records[0]).update(dropped_why="Test")
    with CaptureQueriesContext(connection) as few:
        work_of(held)
    assert len(many) == len(few) <= 8


def test_somebody_covering_sees_the_list_of_the_one_who_is_away_and_whose_it_is(busy):
    today = localdate()
    with acting(busy.users["clare"]):
        cover(away=busy.workers["amina"], covering=busy.workers["ben"], from_on=today, until=today + timedelta(days=3))
    html = signed_in(busy.users["ben"]).get("/").content.decode()
    assert "for Amina Mensah, away" in html


def test_a_family_is_one_line_and_each_childs_name_opens_the_child(busy):
    maya, leo = busy.children[0], busy.children[1]
    pieces, also = pieces_of(f"Assess {maya} and {leo}", [maya, leo, busy.children[2]])
    assert [text for text, href in pieces if href] == [str(maya), str(leo)]
    assert "".join(text for text, _ in pieces) == f"Assess {maya} and {leo}"
    assert [text for text, _ in also] == [str(busy.children[2])]


def test_the_same_thing_asked_for_two_children_of_a_record_is_one_line(busy):
    record = busy.records[0]
    with acting(busy.users["dev"]):
        for _ in range(2):
            give_task(record=record, what="Read today: a new worry", worker=busy.workers["amina"], due_on=localdate())
    lines = [line for line in worklist(busy.users["amina"]).lines() if line.what == "Read today: a new worry"]
    assert len(lines) == 1 and len(lines[0].others) == 1
    client = signed_in(busy.users["amina"])
    assert "I have read this" in client.get(f"/work/read/{record.reference}/").content.decode()
    client.post(f"/work/read/{record.reference}/")
    assert not Task.objects.filter(Task.OPEN, record=record, step="").exists()


def test_what_waits_for_somebody_else_can_be_nudged_once_a_day(busy, time_machine):
    with acting(busy.users["amina"]):
        record = duty(busy, [busy.children[0]], localdate() + timedelta(days=2), step="authorise")
        Task.objects.filter(record=record).update(worker=None, team=busy.teams["assessment"])
    assert [line.record for line in worklist(busy.users["amina"]).waiting] == [record]
    client = signed_in(busy.users["amina"])
    for _ in range(2):
        client.post(f"/work/nudge/{record.reference}/authorise/", {"words": "The school is asking"})
    assert Nudge.objects.count() == 1
    assert "Amina Mensah is waiting" in signed_in(busy.users["clare"]).get("/").content.decode()


def test_what_is_asked_on_a_withheld_record_is_counted_and_never_named(busy):
    child = busy.children[0]
    with acting(busy.users["gwen"]):
        restrict(person=child.pk, why="Staff family", lead_name="Gwen Parry", lead_phone="020 7946 0000", by=busy.users["gwen"])
    html = signed_in(busy.users["amina"]).get("/").content.decode()
    assert str(child) not in html
    assert "on records you may not open" in html


def test_children_of_whom_nothing_was_written_for_four_weeks_are_named(busy):
    quiet = {one.child for one in worklist(busy.users["amina"]).quiet}
    assert quiet == set(busy.children[20:])


def test_a_childs_open_work_goes_with_the_child(busy):
    with acting(busy.users["clare"]):
        moved = hand_over(children=[busy.children[0].pk], away_from=busy.workers["amina"].pk, to=busy.workers["ben"].pk)
    assert moved == 3
    assert len(worklist(busy.users["amina"]).lines()) == 57


@pytest.mark.parametrize(("who", "ways"), [("amina", {"My work", "Team"}), ("hugo", {"My work", "Team", "Rules", "Dashboard"})])
def test_the_way_about_shows_only_what_is_theirs(busy, who, ways):
    html = signed_in(busy.users[who]).get("/").content.decode()
    shown = {line.split('">')[-1].split("<")[0] for line in html.split('class="gt-nav__link"')[1:] for line in [line.split("</a>")[0]]}
    assert {one.split(">")[-1].strip() for one in shown} == ways


def test_what_stands_ready_and_is_asked_for_is_on_the_list_once_until_somebody_types_in_it(busy):
    amina, record = busy.users["amina"], busy.records[0]
    with acting(amina):
        draft = open_draft(record=record, step=record.step, by=amina)
        Task.objects.filter(record=record).update(dropped_why="Test")
        assert record in [line.record for line in worklist(amina).drafts]
        give_task(record=record, what="Call the core group", worker=busy.workers["amina"], step="meeting")
    work = worklist(amina)
    assert record not in [line.record for line in work.drafts]
    assert record in [line.record for line in work.lines()]
    with acting(amina):
        save_draft(draft=draft, revision=0, answers={"why_now": "The school rang again."}, by=amina)
    assert record in [line.record for line in worklist(amina).drafts]
