"""Nobody's open work is left in silence when they go."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from goldthread.core.agencies.actions import allocate, create_worker
from goldthread.core.agencies.models import Allocation, Cover, Holding, Worker
from goldthread.core.records.actions import begin_record
from goldthread.core.records.drafts import open_draft
from goldthread.core.work.actions import give_task
from goldthread.core.work.leaving.actions import close_team, leave, step_back
from goldthread.core.work.leaving.queries import open_work_of, restricted_among
from goldthread.core.work.models import Task
from goldthread.ground.access.actions import declare_conflict, restrict
from goldthread.ground.access.models import User
from goldthread.ground.access.predicate import standing
from goldthread.ground.audit.acting import acting
from goldthread.ground.boot.trouble import Impossible
from goldthread.pathway.tests.people import child, small_council, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def council():
    with acting(None, system="test"):
        made = small_council()
        create_worker(name="Joan Abara", user=user("joan"), from_on=date(2020, 1, 6), duties=["administrator"])
        yield made


@pytest.fixture
def joan(council):
    return User.objects.get(username="joan")


@pytest.fixture
def leaver(council):
    return Worker.objects.get(name="Social Worker")


@pytest.fixture
def maya(council, leaver):
    """A child with the leaver, with something to do and something half written."""
    maya = child("Maya Adeyemi", date(2016, 5, 2))
    allocate(child=maya.pk, team=council.assessment, worker=leaver, on=date(2026, 1, 5))
    for step, what in (("write", "Assess Maya Adeyemi"), ("review", None)):
        record = begin_record(
            kind="x.y", children=[maya.pk], by=council.social_worker, happened_on=date(2026, 1, 6), step=step, headline="Plan"
        )
        open_draft(record=record, step=step, by=council.social_worker)
        if what:
            give_task(record=record, step=step, what=what, worker=leaver)
    return maya


def gone(leaver, joan, to=None, on=None):
    return leave(worker=leaver, gone_on=on or localdate(), to=to, by=joan)


def test_open_work_is_children_tasks_and_drafts_that_nobody_is_asked_to_finish(maya, leaver):
    work = open_work_of(leaver)
    assert (len(work.allocations), len(work.tasks), len(work.drafts)) == (1, 1, 1)
    assert work.children == {maya.pk}


def test_all_of_it_goes_to_a_named_person(council, maya, leaver, joan):
    manager = Worker.objects.get(name="Assessment Manager")
    gone(leaver, joan, manager)
    assert Allocation.objects.get(child=maya, until_on=None).worker == manager
    assert Allocation.objects.get(child=maya, worker=leaver).why_ended == "Social Worker left"
    assert Task.objects.filter(Task.OPEN, worker=manager).count() == 2
    assert not open_work_of(leaver).tasks


def test_or_back_to_the_childs_own_team_where_the_manager_sees_it(council, maya, leaver, joan):
    gone(leaver, joan)
    live = Allocation.objects.get(child=maya, until_on=None)
    assert (live.team, live.worker) == (council.assessment, None)
    assert Task.objects.filter(Task.OPEN, team=council.assessment, worker=None).count() == 2


def test_a_team_that_nobody_manages_takes_nothing(council, maya, leaver, joan):
    with pytest.raises(Impossible, match="nobody’s list"):
        gone(leaver, joan, Worker.objects.get(name="Other Worker").holding_set.get().post.team)
    Holding.objects.filter(post__title="Assessment manager").delete()
    with pytest.raises(Impossible, match="Nobody manages Assessment North"):
        gone(leaver, joan)


def test_nobody_is_given_a_child_they_have_told_of_knowing(council, maya, leaver, joan):
    manager = Worker.objects.get(name="Assessment Manager")
    declare_conflict(user=council.assessment_manager, person=maya.pk, why="Neighbours", by=council.assessment_manager)
    with pytest.raises(Impossible, match="may not be given one of these children"):
        gone(leaver, joan, manager)


def test_the_sign_in_posts_duties_and_cover_end_that_day(council, maya, leaver, joan):
    Cover.objects.create(
        away=leaver, covering=Worker.objects.get(name="Other Worker"), from_on=localdate(), until_on=localdate() + timedelta(days=5)
    )
    gone(leaver, joan)
    left = User.objects.get(pk=council.social_worker.pk)
    assert not left.is_active and not left.has_usable_password()
    assert standing(left).worker_id is None
    assert not Holding.objects.on(localdate()).filter(worker=leaver).exists()
    assert not Cover.objects.on(localdate()).filter(away=leaver).exists()


def test_not_before_the_day_not_oneself_and_not_the_last_administrator(council, leaver, joan):
    with pytest.raises(Impossible, match="not before"):
        gone(leaver, joan, on=localdate() + timedelta(days=1))
    own = Worker.objects.get(name="Joan Abara")
    with pytest.raises(Impossible, match="Somebody else"):
        gone(own, joan)
    with pytest.raises(Impossible, match="only administrator"):
        gone(own, council.screener)


def test_children_who_are_restricted_are_counted_for_whoever_takes_them(council, maya, leaver):
    restrict(person=maya.pk, why="Staff family", lead_name="Ruth Lamb", lead_phone="020 7946 0100", by=council.screener)
    assert restricted_among({maya.pk}, council.assessment_manager.pk) == 1


def test_a_worker_who_knows_the_family_steps_back_and_the_team_has_the_work(council, maya, leaver):
    assert step_back(worker=leaver, children=[maya.pk]) == 1
    assert Allocation.objects.get(child=maya, until_on=None).worker is None
    assert not open_work_of(leaver).tasks
    assert Task.objects.filter(Task.OPEN, team=council.assessment).count() == 2


def test_a_team_is_closed_when_nobody_holds_a_post_in_it_and_another_takes_its_work(council, maya, leaver):
    close = {"team": council.assessment, "last_on": localdate(), "to": council.front_door}
    with pytest.raises(Impossible, match="still holds a post"):
        close_team(**close)
    Holding.objects.filter(post__team=council.assessment).update(until_on=localdate())
    with pytest.raises(Impossible, match="No other team is open for: assessment"):
        close_team(**close)
    type(council.front_door).objects.filter(pk=council.front_door.pk).update(purpose="assessment")
    with pytest.raises(Impossible, match="which team takes"):
        close_team(**{**close, "to": None})
    close_team(**close)
    live = Allocation.objects.get(child=maya, until_on=None)
    assert (live.team, live.worker) == (council.front_door, leaver)
