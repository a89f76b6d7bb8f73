"""A worker who knows a family outside work does not see its record, whatever their post, and nobody lets them in but by ending it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldthread.core.records.actions import write_note
from goldthread.core.records.models import Record
from goldthread.ground.access.actions import break_glass, declare_conflict, end_conflict, permit, restrict
from goldthread.ground.access.models import Conflict, Grant
from goldthread.ground.access.tests.seeing import sees
from goldthread.ground.boot.trouble import Impossible
from goldthread.pathway.tests.people import child

pytestmark = pytest.mark.django_db


def knows(user, person, by=None):
    return declare_conflict(user=user, person=person.pk, why="Our children share a class", by=by or user)


def test_a_declared_conflict_hides_the_record_from_that_worker_and_from_nobody_else(council, maya):
    knows(council.social_worker, maya)
    assert not sees(council.social_worker, maya)
    assert sees(council.screener, maya) and sees(council.assessment_manager, maya)


def test_front_door_and_manager_are_kept_out_by_their_own_conflict_too(council, maya):
    knows(council.screener, maya)
    knows(council.assessment_manager, maya, by=council.screener)
    assert not sees(council.screener, maya) and not sees(council.assessment_manager, maya)


def test_no_permit_and_no_emergency_passes_a_conflict(council, maya):
    restrict(person=maya.pk, why="Staff family", lead_name="Ruth Lamb", lead_phone="020 7946 0100", by=council.screener)
    knows(council.social_worker, maya)
    with pytest.raises(Impossible, match="know the family"):
        permit(user=council.social_worker, person=maya.pk, why="Allocated", by=council.screener)
    with pytest.raises(ValueError, match="a colleague must look"):
        break_glass(user=council.social_worker, person=maya.pk, why="Police are at the door")
    assert not sees(council.social_worker, maya)


def test_a_permit_ends_when_the_conflict_is_declared(council, maya):
    restrict(person=maya.pk, why="Staff family", lead_name="Ruth Lamb", lead_phone="020 7946 0100", by=council.screener)
    grant = permit(user=council.social_worker, person=maya.pk, why="Allocated", by=council.screener)
    assert sees(council.social_worker, maya)
    knows(council.social_worker, maya)
    assert not sees(council.social_worker, maya)
    assert Grant.objects.get(pk=grant.pk).until_at <= timezone.now()


def test_nobody_ends_their_own_conflict(council, maya):
    conflict = knows(council.social_worker, maya)
    with pytest.raises(Impossible, match="Somebody else"):
        end_conflict(conflict=conflict, by=council.social_worker, why="We do not meet any more")
    with pytest.raises(IntegrityError), transaction.atomic():
        Conflict.objects.filter(pk=conflict.pk).update(ended_at=timezone.now(), ended_by=council.social_worker, why_ended="Mine")
    end_conflict(conflict=conflict, by=council.screener, why="Another Maya")
    assert sees(council.social_worker, maya)


def test_a_conflict_told_in_words_keeps_nothing_back_until_it_is_matched(council, maya):
    declare_conflict(user=council.social_worker, whom="The Adeyemis of Mill Lane", why="Neighbours", by=council.social_worker)
    assert sees(council.social_worker, maya)


def test_a_record_that_also_tells_of_a_known_child_stays_hidden_whole(council, maya):
    leo = child("Leo Adeyemi", date(2019, 8, 30))
    note = write_note(children=[maya.pk, leo.pk], kind="visit", words="Saw both.", by=council.social_worker, happened_on=date(2026, 2, 3))
    knows(council.social_worker, leo)
    assert not Record.objects.filter(pk=note.pk).seen_by(council.social_worker).exists()
    assert Record.objects.about(maya.pk).seen_by(council.social_worker).count() == 1


def test_a_permit_is_for_a_year_at_most_and_given_once(council, maya):
    with pytest.raises(Impossible, match="within a year"):
        permit(user=council.social_worker, person=maya.pk, why="Allocated", by=council.screener, until=timezone.now() + timedelta(days=400))
    permit(user=council.social_worker, person=maya.pk, why="Allocated", by=council.screener)
    with pytest.raises(Impossible, match="already"):
        permit(user=council.social_worker, person=maya.pk, why="Again", by=council.screener, days=20)


STEPS = st.lists(st.sampled_from(["restrict", "permit", "glass", "know", "know as manager", "end conflict"]), max_size=7)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_happens_in_whatever_order_a_live_conflict_always_withholds(council, maya, steps):
    worker, lead = council.social_worker, council.assessment_manager
    with transaction.atomic():
        for step in steps:
            try:
                _do(step, maya, worker, lead)
            except ValueError:
                continue
        for user in (worker, lead):
            if Conflict.objects.filter(user=user, person=maya.pk, ended_at=None).exists():
                assert not sees(user, maya)
        transaction.set_rollback(True)


def _do(step, maya, worker, lead):
    if step == "restrict":
        restrict(person=maya.pk, why="Staff family", lead_name="Ruth Lamb", lead_phone="020 7946 0100", by=lead)
    elif step == "permit":
        permit(user=worker, person=maya.pk, why="Allocated worker", by=lead)
    elif step == "glass":
        break_glass(user=worker, person=maya.pk, why="Police are at the door")
    elif step == "end conflict":
        for conflict in Conflict.objects.filter(ended_at=None):
            end_conflict(conflict=conflict, by=lead, why="A mistake")
    else:
        knows(worker if step == "know" else lead, maya)
