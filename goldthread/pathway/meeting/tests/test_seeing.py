"""One of ours who is invited to a meeting sees its children until 28 days after it was held or called off."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from goldthread.core.agencies.actions import allocate
from goldthread.core.agencies.models import Worker
from goldthread.core.people.models import Person
from goldthread.core.records.actions import take_off_child, withdraw
from goldthread.core.records.models import Record
from goldthread.face.web.tests.pages import signed_in, sound
from goldthread.ground.access.actions import declare_conflict, restrict
from goldthread.ground.access.models import User
from goldthread.ground.audit.acting import acting
from goldthread.pathway.meeting import actions
from goldthread.pathway.meeting.models import Arrangement, Invitee
from goldthread.pathway.meeting.tests.a_meeting import a_scene

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


@pytest.fixture
def scene():
    with acting(None, system="test"):
        made = a_scene()
        other = Worker.objects.get(name="Other Worker")
        made.colleague = actions.add_to_list(record=made.record, role="Personal adviser", worker=other, by=made.council.social_worker)
        yield made


def seen_by_colleague(scene) -> set[int]:
    user = User.objects.get(pk=scene.council.other_worker.pk)
    return set(Person.objects.seen_by(user).filter(pk__in=[scene.maya.pk, scene.leo.pk]).values_list("pk", flat=True))


def invite(scene, days_ago=0):
    actions.invite(invitee=scene.colleague, how="telephone", by=scene.council.social_worker, at=timezone.now() - days_ago * A_DAY)


def held(scene, days_ago):
    Record.objects.filter(pk=scene.record.pk).update(state=Record.AGREED, happened_on=localdate() - days_ago * A_DAY)


def test_not_for_being_listed_but_from_being_invited(scene):
    assert seen_by_colleague(scene) == set()
    invite(scene)
    assert seen_by_colleague(scene) == {scene.maya.pk, scene.leo.pk}
    user = User.objects.get(pk=scene.council.other_worker.pk)
    assert Record.objects.seen_by(user).filter(pk=scene.record.pk).exists()
    assert Person.objects.seen_by(user).filter(pk=scene.mother.pk).exists()


@pytest.mark.parametrize(("ago", "is_seen"), [(0, True), (28, True), (29, False)])
def test_28_days_from_the_day_it_was_held(scene, ago, is_seen):
    invite(scene, days_ago=60)
    held(scene, ago)
    assert bool(seen_by_colleague(scene)) is is_seen


@pytest.mark.parametrize(("planned", "is_seen"), [(-29, False), (-28, True), (5, True)])
def test_while_nobody_wrote_that_it_was_held_the_days_run_from_the_day_it_was_planned_for(scene, planned, is_seen):
    invite(scene, days_ago=60)
    Arrangement.objects.update_or_create(record=scene.record, defaults={"planned_on": localdate() + planned * A_DAY})
    assert bool(seen_by_colleague(scene)) is is_seen


def test_28_days_from_the_day_it_was_called_off(scene):
    invite(scene, days_ago=60)
    withdraw(record=scene.record, why="Entered twice", by=scene.council.social_worker)
    assert Arrangement.objects.get(record=scene.record).called_off_on == localdate()
    assert seen_by_colleague(scene) == {scene.maya.pk, scene.leo.pk}
    Arrangement.objects.update(called_off_on=localdate() - 29 * A_DAY)
    assert seen_by_colleague(scene) == set()


def test_not_once_left_out_nor_for_a_child_who_is_taken_off_the_meeting(scene):
    invite(scene)
    take_off_child(record=scene.record, child=scene.leo.pk, why="Not at home then", by=scene.council.social_worker)
    assert seen_by_colleague(scene) == {scene.maya.pk}
    Invitee.objects.filter(pk=scene.colleague.pk).update(left_out_at=timezone.now(), left_out_why="On leave")
    assert seen_by_colleague(scene) == set()


def test_a_restriction_and_a_declared_conflict_hold_against_it(scene):
    invite(scene)
    colleague = scene.council.other_worker
    restrict(person=scene.maya.pk, why="Staff family", lead_name="R. Lead", lead_phone="1", by=scene.council.assessment_manager)
    assert seen_by_colleague(scene) == {scene.leo.pk}
    user = User.objects.get(pk=colleague.pk)
    assert not Record.objects.seen_by(user).filter(pk=scene.record.pk).exists(), "its shared words may tell of the restricted child"
    declare_conflict(user=colleague, person=scene.leo.pk, why="A cousin", by=colleague)
    assert seen_by_colleague(scene) == set()


def test_the_childs_page_says_who_sees_it_because_of_a_meeting_and_until_when(scene):
    invite(scene)
    allocate(child=scene.maya.pk, team=scene.council.assessment, worker=Worker.objects.get(name="Social Worker"), on=localdate())
    html = sound(signed_in(scene.council.social_worker), f"/child/{scene.maya.reference}/people/")
    assert "Who else may see this record" in html and "Other Worker" in html and "Strategy discussion" in html
