"""Looks that are looked at again: each reason with those who give it, and those who do not. Fictional people all."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.timezone import localdate

from goldthread.core.agencies.models import Allocation
from goldthread.core.oversight.actions import close, look_through, look_through_last_days, set_limit, watch
from goldthread.core.oversight.limits import LIMITS, limits_on
from goldthread.core.oversight.looking import findings_of
from goldthread.core.oversight.models import Finding
from goldthread.core.people.actions import create_people
from goldthread.core.people.facts import Name, NewPerson
from goldthread.core.people.models import Address, PersonAddress, Relationship
from goldthread.core.records.models import Record, RecordChild
from goldthread.face.web.tests.busy import small_council
from goldthread.ground.access.actions import declare_conflict, end_conflict, permit, restrict
from goldthread.ground.audit.acting import acting
from goldthread.ground.audit.models import Reading
from goldthread.ground.boot.trouble import Impossible
from goldthread.ground.time.periods import LONDON
from goldthread.pathway.meeting.models import Invitee

DAY = localdate() - timedelta(days=1)


@pytest.fixture
def here(db):
    with acting(None, system="test"):
        yield small_council()


def at(hour, minute=0, day=DAY):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)


def child(given="Aroha", family="Kowalczyk"):
    (made,) = create_people(people=[NewPerson(names=[Name(given=[given], family=[family])], personal={"born_on": DAY, "sex": "U"})])
    return made


def look(here, who, *people, hour=10, minute=0, act="view", day=DAY):
    user = here.users[who]
    keys = [getattr(one, "pk", one) for one in people]
    Reading.objects.create(at=at(hour, minute, day), actor=f"user:{user.pk}", user_id=user.pk, act=act, what="person x", people=keys)


def found(here, day=DAY):
    names = {user.pk: name for name, user in here.users.items()}
    return sorted((names[one.user], one.reason, one.person) for one in findings_of(day))


def test_a_look_that_nothing_links_is_found_and_says_so(here):
    one = child()
    look(here, "ines", one)
    (told,) = findings_of(DAY)
    assert (told.reason, told.person) == ("no_relationship", one.pk)
    assert "no allocation, line, cover, task, involvement, meeting, permit or writing of theirs" in told.sentence
    assert "Aroha" not in told.sentence and "Kowalczyk" not in told.sentence


def test_allocation_team_line_and_a_brother_explain_a_look(here):
    one, brother, mother = child("One"), child("Brother"), child("Mother")
    for each in (one, brother):
        Relationship.objects.create(person=each, other=mother, kind="mother")
    Allocation.objects.create(child=one, team=here.teams["assessment"], worker=here.workers["amina"], from_on=DAY)
    for who in ("amina", "ben", "clare"):
        look(here, who, one, brother, mother)
    assert found(here) == []
    look(here, "ines", brother)
    assert found(here) == [("ines", "no_relationship", brother.pk)]


def test_an_allocation_that_ended_before_explains_nothing(here):
    one = child()
    Allocation.objects.create(
        child=one,
        team=here.teams["assessment"],
        worker=here.workers["amina"],
        from_on=DAY - timedelta(days=90),
        until_on=DAY - timedelta(days=30),
    )
    look(here, "amina", one)
    assert found(here) == [("amina", "no_relationship", one.pk)]


def test_a_permit_and_a_duty_to_look_explain(here):
    one = child()
    grant = permit(user=here.users["ines"], person=one.pk, why="holds the file", by=here.users["gwen"])
    grant.from_at = at(0)
    grant.save()
    for who in ("ines", "farah", "gwen", "hugo"):
        look(here, who, one)
    assert found(here) == []


def test_the_front_door_is_explained_by_a_contact_and_not_by_its_duty_alone(here):
    called, other = child("Called"), child("Other")
    record = Record.objects.create(kind="front_door.contact", happened_on=DAY, recorded_by=here.users["efua"])
    RecordChild.objects.create(record=record, child=called, happened_on=DAY)
    look(here, "dev", called, other)
    assert found(here) == [("dev", "no_relationship", other.pk)]
    (told,) = findings_of(DAY)
    assert "The front door wrote nothing about them within 7 days." in told.sentence


def test_an_invitation_to_a_meeting_about_the_child_explains(here):
    one, other = child("One"), child("Other")
    record = Record.objects.create(
        kind="protection.strategy_discussion", happened_on=DAY + timedelta(days=3), recorded_by=here.users["clare"]
    )
    for each in (one, other):
        RecordChild.objects.create(record=record, child=each, happened_on=record.happened_on)
    RecordChild.objects.filter(child=other).update(removed_at=timezone.now(), removed_why="the wrong child")
    Invitee.objects.create(record=record, worker=here.workers["ines"], name="Ines Duarte", role="Personal adviser")
    look(here, "ines", one, other)
    assert found(here) == [("ines", "no_relationship", other.pk)]


def test_a_list_or_a_search_is_no_look_at_each_of_those_it_showed(here):
    look(here, "ines", *range(1000, 1200), act="list")
    look(here, "ines", *range(1000, 1200), act="search")
    assert found(here) == []


def test_somebody_declared_is_found_whether_opened_or_refused(here):
    known, tried = child("Known"), child("Tried")
    look(here, "amina", known)
    look(here, "ben", tried, act="refused")
    conflict = declare_conflict(user=here.users["amina"], person=known.pk, why="a cousin", by=here.users["amina"])
    end_conflict(conflict=conflict, by=here.users["gwen"], why="a mistake")
    declare_conflict(user=here.users["ben"], person=tried.pk, why="a neighbour", by=here.users["ben"])
    assert [one for one in found(here) if one[1] == "own_family"] == [("amina", "own_family", known.pk), ("ben", "own_family", tried.pk)]
    told = {one.person: one.sentence for one in findings_of(DAY) if one.reason == "own_family"}
    assert told[known.pk].endswith("outside work, and opened this record.")
    assert told[tried.pk].endswith("outside work, and asked for this record and was refused.")


def test_whoever_lives_with_somebody_declared_is_found(here):
    known, partner, far = child("Known"), child("Partner"), child("Far")
    places = [Address.objects.create(line1="1 Invented Row", place_key="a"), Address.objects.create(line1="1, Invented Row", place_key="a")]
    for one, place in ((known, places[0]), (partner, places[1]), (far, Address.objects.create(line1="9 Other Road", place_key="b"))):
        PersonAddress.objects.create(person=one, address=place)
    declare_conflict(user=here.users["amina"], person=known.pk, why="a friend", by=here.users["amina"])
    look(here, "amina", partner, far)
    assert [one for one in found(here) if one[1] == "own_family"] == [("amina", "own_family", partner.pk)]


def test_the_workers_own_family_name_is_found_only_where_nothing_links_them(here):
    same, allocated = child("Same", "Mensah"), child("Allocated", "mensah")
    Allocation.objects.create(child=allocated, team=here.teams["assessment"], worker=here.workers["amina"], from_on=DAY)
    look(here, "amina", same, allocated)
    assert [one for one in found(here) if one[1] == "own_family"] == [("amina", "own_family", same.pk)]


def test_a_watched_record_is_found_for_those_without_a_link(here):
    one = child()
    watch(person=one.pk, why="in the news", by=here.users["gwen"])
    Allocation.objects.create(child=one, team=here.teams["assessment"], worker=here.workers["amina"], from_on=DAY)
    look(here, "amina", one)
    look(here, "ines", one)
    assert [one for one in found(here) if one[1] == "watched"] == [("ines", "watched", one.pk)]


def test_asking_for_a_restricted_record_is_found(here):
    one, plain = child(), child("Plain")
    restrict(person=one.pk, why="w", lead_name="Gwen", lead_phone="1", by=here.users["gwen"])
    look(here, "ines", one, plain, act="refused")
    assert found(here) == [("ines", "restricted", one.pk)]


def bulk(here):
    return [one.sentence for one in findings_of(DAY) if one.reason == "bulk"]


def test_many_records_in_an_hour_are_found_and_a_desk_has_a_limit_of_its_own(here):
    for n in range(31):
        look(here, "ines", 1000 + n, minute=n)
        look(here, "dev", 1000 + n, minute=n)
    assert bulk(here) == [
        "They opened the records of 31 people, 31 of them between 10:00 and 11:00; there are too few days before to say what is usual."
    ]


def test_many_records_that_are_usual_for_this_worker_are_not_found(here):
    for n in range(40):
        look(here, "ines", 1000 + n)
    for back in range(2, 8):
        look(here, "ines", *range(2000, 2030), day=DAY - timedelta(days=back))
    assert bulk(here) == []
    for back in range(8, 16):
        look(here, "ines", 1, day=DAY - timedelta(days=back))
    assert bulk(here)[0].endswith("their usual day is 1.")


def test_at_night_without_duty_is_found_once_however_many(here):
    look(here, "ines", 1, hour=23)
    look(here, "ines", 2, hour=5, minute=59)
    look(here, "amina", 1, hour=6)
    (told,) = [one for one in findings_of(DAY) if one.reason == "night"]
    assert told.user == here.users["ines"].pk
    assert told.sentence == "They opened the records of 2 people at night (05:59 to 23:00) and held no out-of-hours duty."


def test_three_refusals_in_a_day_are_found_and_two_are_not(here):
    for _ in range(3):
        look(here, "ines", act="refused")
    for _ in range(2):
        look(here, "amina", act="refused")
    assert found(here) == [("ines", "refused", None)]


def test_what_is_found_is_found_once_and_stays_closed(here):
    look(here, "ines", child())
    look(here, "ines", act="refused")
    assert (look_through(DAY), look_through(DAY)) == (1, 0)
    finding = Finding.objects.get()
    close(finding=finding, by=here.users["farah"], outcome="in_order", words="She stood in for a day.")
    look_through_last_days(localdate())
    assert Finding.objects.get().closed_by == here.users["farah"]


def test_nobody_closes_what_is_about_themselves_not_even_past_the_action(here):
    look(here, "ines", child())
    look_through(DAY)
    finding = Finding.objects.get()
    with pytest.raises(Impossible, match="Somebody else must close this"):
        close(finding=finding, by=here.users["ines"], outcome="in_order", words="fine")
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(closed_by=here.users["ines"], closed_at=timezone.now(), outcome="in_order", words="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(closed_by=here.users["farah"], closed_at=timezone.now())


def test_a_limit_of_this_council_holds_from_its_day(here):
    today = localdate()
    set_limit(name="refused", value=1, from_on=today, why="a trial", by=here.users["farah"])
    assert (limits_on(today)["refused"], limits_on(DAY)["refused"]) == (1, LIMITS["refused"][1])
    for name, value, day in (("refused", 0, today), ("night_from", 24, today), ("refused", 5, DAY)):
        with pytest.raises(Impossible):
            set_limit(name=name, value=value, from_on=day, why="w", by=here.users["farah"])
