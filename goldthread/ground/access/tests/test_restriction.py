"""A restricted record is shown only to those with a grant; the glass can be broken, and someone else reviews it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from goldthread.core.records.actions import write_note
from goldthread.core.records.models import Record
from goldthread.ground.access.actions import break_glass, end_restriction, permit, restrict, review_break_glass
from goldthread.ground.access.models import Grant
from goldthread.ground.access.tests.seeing import sees
from goldthread.pathway.tests.people import child

pytestmark = pytest.mark.django_db


def hide(maya, council):
    return restrict(
        person=maya.pk, why="A worker’s niece", lead_name="Ruth Lamb", lead_phone="020 7946 0100", by=council.assessment_manager
    )


def test_a_restriction_hides_the_child_from_front_door_worker_and_manager_alike(council, maya):
    assert sees(council.screener, maya) and sees(council.social_worker, maya)
    hide(maya, council)
    assert not any(sees(user, maya) for user in (council.screener, council.social_worker, council.assessment_manager))


def test_a_permit_lets_one_person_through(council, maya):
    hide(maya, council)
    permit(user=council.social_worker, person=maya.pk, why="Allocated worker", by=council.assessment_manager)
    assert sees(council.social_worker, maya)
    assert not sees(council.assessment_manager, maya)


def test_a_grant_gives_nothing_beyond_what_standing_allows(council, maya):
    hide(maya, council)
    permit(user=council.other_worker, person=maya.pk, why="By mistake", by=council.assessment_manager)
    assert not sees(council.other_worker, maya)


def test_breaking_the_glass_ends_after_eight_hours(council, maya):
    hide(maya, council)
    grant = break_glass(user=council.screener, person=maya.pk, why="Police are at the door")
    assert sees(council.screener, maya)
    Grant.objects.filter(pk=grant.pk).update(from_at=timezone.now() - timedelta(hours=9), until_at=timezone.now() - timedelta(hours=1))
    assert not sees(council.screener, maya)


def test_breaking_the_glass_asks_for_a_sentence(council, maya):
    hide(maya, council)
    with pytest.raises(ValueError, match="in a sentence"):
        break_glass(user=council.screener, person=maya.pk, why="urgent")


def test_somebody_else_reviews_a_broken_glass(council, maya):
    hide(maya, council)
    grant = break_glass(user=council.screener, person=maya.pk, why="Police are at the door")
    with pytest.raises(ValueError, match="Somebody else"):
        review_break_glass(grant=grant, by=council.screener, words="Fine")
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.filter(pk=grant.pk).update(reviewed_by=council.screener)
    review_break_glass(grant=grant, by=council.assessment_manager, words="It was right.")
    assert Grant.objects.get(pk=grant.pk).reviewed_by == council.assessment_manager


def test_a_record_that_also_tells_of_a_restricted_child_stays_hidden_whole(council, maya):
    leo = child("Leo Adeyemi", date(2019, 8, 30))
    note = write_note(children=[maya.pk, leo.pk], kind="visit", words="Saw both.", by=council.social_worker, happened_on=date(2026, 2, 3))
    restrict(person=leo.pk, why="Adoption", lead_name="Ruth Lamb", lead_phone="020 7946 0100", by=council.assessment_manager)
    assert not Record.objects.filter(pk=note.pk).seen_by(council.social_worker).exists()
    assert Record.objects.about(maya.pk).seen_by(council.social_worker).count() == 1


def test_an_ended_restriction_shows_the_record_again(council, maya):
    end_restriction(restriction=hide(maya, council), by=council.assessment_manager)
    assert sees(council.social_worker, maya)
