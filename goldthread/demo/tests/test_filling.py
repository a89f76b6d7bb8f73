"""A very small borough written to the database by the actions of the rooms, and what must then be true of it."""

import json
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils.timezone import localdate

from goldthread.core.agencies.models import Allocation, SignIn
from goldthread.core.people.models import Address, ContactPoint, Identifier, Merge, Person, PersonAddress, Relationship
from goldthread.core.people.search import find
from goldthread.core.records.models import CaseNote, Comment, Draft, FairCopy, Record, RecordChild
from goldthread.core.work.models import Clock, Task
from goldthread.demo.borough import fill
from goldthread.demo.mixes import SIZES
from goldthread.demo.people_to_meet import PEOPLE
from goldthread.ground.access.models import Restriction, User
from goldthread.ground.audit.acting import acting
from goldthread.ground.boot.actions import mark_demo
from goldthread.ground.boot.trouble import Trouble
from goldthread.ground.time.queries import due, rule
from goldthread.out.insight.enquiry_indicators import C04
from goldthread.out.insight.plan_indicators import C09_RATE
from goldthread.out.insight.queries import figure, last_twelve_months, populations
from goldthread.pathway.fair_copy import content_of, seal
from goldthread.pathway.queries import load_answers
from goldthread.pathway.registry import definition_of, definitions

TODAY = localdate()


def mark():
    with acting(system="demo"):
        mark_demo(authority="Borough of Hallowmere", la_code="999", ons_code="E09999999", size="locality")


@pytest.fixture(scope="module")
def borough(django_db_setup, django_db_blocker):
    """Filled once for all these tests, and rolled back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        mark()
        yield fill("tiny", today=TODAY)
        transaction.set_rollback(True)


def spelled(parts):
    return sorted(json.dumps(part, sort_keys=True) for part in parts)


def test_every_fair_copy_says_what_the_columns_say(borough):
    seen = 0
    for copy in FairCopy.objects.select_related("record"):
        definition = definition_of(copy.record.kind)
        answers = load_answers(definition, copy.record)
        assert copy.sha256 == seal(copy.content)
        if copy.version == copy.record.version:
            shown, kept = content_of(answers, copy.step), copy.content
            assert shown["shared"] == kept["shared"], copy.record.kind
            assert spelled(shown["each"]) == spelled(kept["each"]), copy.record.kind
            seen += 1
    assert seen > 100


def test_every_clock_is_due_when_its_rule_says(borough):
    clocks = list(Clock.objects.filter(is_current=True))
    assert len(clocks) > 200
    for clock in clocks:
        in_force = rule(clock.key, clock.started_on)
        assert clock.due_on == due(in_force, clock.started_on, clock.started_at, clock.limit_set).on
        assert clock.met_on is None or clock.met_on >= clock.started_on


def test_some_clocks_are_overdue_with_a_cause_and_some_were_missed(borough):
    overdue = Clock.objects.filter(is_current=True, met_on=None, stopped_on=None, due_on__lt=TODAY)
    assert overdue.filter(breach_cause__isnull=False).exists()
    assert Clock.objects.filter(met_on__isnull=False, breach_cause__isnull=False).exists()


def test_no_clock_of_an_ended_plan_or_enquiry_goes_on(borough):
    running = Clock.objects.filter(is_current=True, met_on=None, stopped_on=None, key="plan.cin.review")
    still_open = set(Allocation.objects.filter(until_on=None).values_list("child_id", flat=True))
    assert set(running.values_list("child_id", flat=True)) <= still_open


def test_every_declared_process_has_records_and_every_state_is_met(borough):
    kinds = set(Record.objects.values_list("kind", flat=True))
    assert kinds >= set(definitions())
    assert set(Record.objects.values_list("state", flat=True)) == {"draft", "submitted", "returned", "agreed"}
    assert Draft.objects.filter(record__kind="front_door.contact").exists()
    assert Comment.objects.filter(sent_back=True).exists()
    assert CaseNote.objects.count() > 100


def test_what_waits_is_asked_of_somebody_and_the_step_is_the_record_s(borough):
    for task in Task.objects.filter(Task.OPEN).exclude(step="").select_related("record"):
        assert task.step in (task.record.step, "allocate", "meeting"), task.what
    for record in Record.objects.filter(step__isnull=False).exclude(kind="front_door.contact", state="draft").exclude(state="agreed"):
        assert record.tasks.filter(Task.OPEN).exists(), record.kind


def test_gaps_and_care_are_there(borough):
    assert Person.objects.filter(ethnicity=None, recorded_as_adult=False).exists()
    assert Person.objects.filter(expected_on__gt=TODAY, born_on=None).exists()
    assert Allocation.objects.filter(until_on=None, worker=None).exists()
    assert PersonAddress.objects.filter(is_confidential=True, confidential_reason__isnull=False).exists()
    assert Restriction.objects.filter(ended_at=None).exists()
    assert Merge.objects.filter(approved_at=None).exists()
    assert Relationship.objects.filter(kind="father", has_parental_responsibility=None).exists()


def test_nobody_has_a_number_or_address_that_could_be_real(borough):
    nhs = Identifier.objects.filter(system__contains="nhs").values_list("value", flat=True)
    assert nhs and all(value.startswith("999") for value in nhs)
    upns = Identifier.objects.filter(system__contains="upn").values_list("value", flat=True)
    assert upns and all(value[1:4] == "999" for value in upns)
    assert all(value.startswith("07700 900") for value in ContactPoint.objects.values_list("value", flat=True))
    assert all(postcode.startswith("HW") for postcode in Address.objects.values_list("postcode", flat=True))


def test_siobhan_is_found_by_a_misspelt_name_and_a_short_date(borough):
    worker = User.objects.get(username="yasmin.haddad")
    first = find("Shivon Oconnor 12/3/14", worker, today=TODAY)[0]
    assert str(first.person) == "Siobhán O'Connor"


def test_those_to_meet_can_be_signed_in_and_nobody_has_a_pass_phrase(borough):
    for person in PEOPLE:
        user = User.objects.get(username=person.username)
        assert not user.has_usable_password()
        assert SignIn.objects.get(user=user).worker.name == person.name


def test_a_front_door_worker_sees_children_a_restricted_one_excepted(borough):
    worker = User.objects.get(username="yasmin.haddad")
    seen = set(Person.objects.seen_by(worker).values_list("pk", flat=True))
    assert seen
    assert not seen & set(Restriction.objects.values_list("person", flat=True))


def test_how_many_children_live_there_is_entered_in_proportion_and_there_are_rates(borough):
    assert SIZES["borough"].residents == 60_000
    newest = populations()[0]
    assert newest.children == SIZES["tiny"].residents == 300
    assert TODAY - newest.of_day >= timedelta(days=365) and "Invented" in newest.source
    for one in (C04, C09_RATE):
        assert figure(one, *last_twelve_months(TODAY)).words != "n/a"


@pytest.mark.django_db
def test_a_database_that_is_not_a_demo_is_left_alone():
    with pytest.raises(Trouble, match="not marked as a demo"):
        fill("tiny", today=TODAY)
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_a_demo_that_holds_people_is_not_filled_again():
    mark()
    with acting(system="test"):
        Person.objects.create(shown_name="Somebody")
    with pytest.raises(Trouble, match="holds people already"):
        fill("tiny", today=TODAY)


def test_no_child_was_known_before_the_story_of_the_family_begins(borough):
    for link in RecordChild.objects.select_related("child"):
        begins = link.child.expected_on or link.child.born_on
        assert link.happened_on >= begins - timedelta(weeks=40)
