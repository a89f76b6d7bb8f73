"""What keeps a record beyond its day, and who decides of it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from goldthread.core.people.models import Person
from goldthread.core.records.models import Record, RecordChild
from goldthread.ground.access.models import Restriction
from goldthread.ground.boot.trouble import Impossible
from goldthread.ground.time.periods import add_years
from goldthread.out.rights.actions import agree, end_hold, keep_longer, look_again, may_go, place_hold, take_back
from goldthread.out.rights.models import Decided, Hold
from goldthread.out.rights.queries import decided_to_go, kept, past_their_day

pytestmark = pytest.mark.django_db


def on_file(born: int, last: int, kind: str = "front_door.contact", state: str = Record.AGREED) -> Person:
    """A child born and last written of so many years (and a day) ago."""
    today = localdate()
    child = Person.objects.create(born_on=add_years(today, -born) - timedelta(days=1), is_named=True, shown_name="Ivo Tarn")
    write(child, add_years(today, -last) - timedelta(days=1), kind, state)
    return child


def write(child: Person, day: date, kind: str = "front_door.contact", state: str = Record.AGREED) -> None:
    record = Record.objects.create(kind=kind, happened_on=day, state=state)
    Record.objects.filter(pk=record.pk).update(recorded_at=f"{day}T12:00:00Z")
    RecordChild.objects.create(record=record, child=child, happened_on=day)


def past(by: Any) -> set[int]:
    return {one.pk for one in past_their_day(by.pk, localdate())}


@pytest.fixture
def lead(council: Any) -> Any:
    return council.front_door_manager


@pytest.fixture
def second(council: Any) -> Any:
    return council.assessment_manager


def a_hold(by: Any, **more: Any) -> Hold:
    today = localdate()
    return place_hold(asked_by="The inquiry", why="Asked for", from_on=today, review_on=today + timedelta(days=90), by=by, **more)


def test_a_record_past_its_day_is_on_the_list_and_one_before_it_is_not(lead):
    gone, grown = on_file(12, 6), on_file(25, 7, "front_door.referral")
    on_file(12, 5), on_file(24, 7, "front_door.referral"), on_file(30, 20, "protection.section47", Record.DRAFT)
    assert past(lead) & {gone.pk, grown.pk} == {gone.pk, grown.pk}
    shown = [one for one in kept(past_their_day(lead.pk, localdate())) if one.may_go(localdate())]
    assert {one.person.pk for one in shown} == {gone.pk, grown.pk}


def test_what_a_merged_duplicate_holds_keeps_the_whole(lead):
    gone, duplicate = on_file(12, 6), on_file(12, 1)
    Person.objects.filter(pk=duplicate.pk).update(merged_into=gone)
    assert not kept([gone])[0].may_go(localdate())
    with pytest.raises(Impossible, match="It is kept until"):
        may_go(child=gone, why="Past its day", by=lead)


def test_a_hold_or_an_entry_of_the_kept_row_counts_for_a_duplicate_that_was_decided_of_before_it_was_merged(lead, second):
    kept_row, duplicate = on_file(12, 6), on_file(12, 6)
    decided = may_go(child=duplicate, why="Past its day", by=lead)
    Person.objects.filter(pk=duplicate.pk).update(merged_into=kept_row)
    assert kept([duplicate])[0].may_go(localdate())
    a_hold(lead, child=kept_row)
    with pytest.raises(Impossible, match="on hold"):
        agree(decided=Decided.objects.get(pk=decided.pk), by=second)


@pytest.mark.parametrize("scope", ["child", "class", "everything", "another class"])
def test_a_hold_beats_every_rule(lead, second, scope):
    child = on_file(26, 7, "front_door.referral")
    what = {
        "child": {"child": child},
        "class": {"kept_as": "child_in_need"},
        "everything": {},
        "another class": {"kept_as": "child_protection"},
    }[scope]
    hold = a_hold(lead, **what)
    holds = scope != "another class"
    assert (child.pk in past(lead)) is not holds
    assert kept([child])[0].may_go(localdate()) is not holds
    if holds:
        with pytest.raises(Impossible, match="on hold"):
            may_go(child=child, why="Past its day", by=lead)
        end_hold(hold=hold, why="The inquiry has reported", by=second)
        assert child.pk in past(lead)


def test_whoever_placed_a_hold_does_not_end_it(lead):
    hold = a_hold(lead)
    with pytest.raises(Impossible, match="somebody else"):
        end_hold(hold=hold, why="Done", by=lead)
    with pytest.raises(IntegrityError), transaction.atomic():
        Hold.objects.filter(pk=hold.pk).update(ended_on=localdate(), ended_by=lead, ended_why="Done")


def test_a_hold_begins_at_once_and_is_looked_at_again(lead):
    today = localdate()
    with pytest.raises(Impossible, match="begins today"):
        place_hold(asked_by="Court", why="w", from_on=today + timedelta(days=1), review_on=today + timedelta(days=9), by=lead)
    hold = a_hold(lead)
    with pytest.raises(Impossible, match="after today"):
        look_again(hold=hold, review_on=today)
    look_again(hold=hold, review_on=today + timedelta(days=200))
    assert Hold.objects.get().review_on == today + timedelta(days=200)


def test_a_record_may_go_once_two_people_have_said_so(lead, second):
    child = on_file(12, 6)
    decided = may_go(child=child, why="Past its day", by=lead)
    assert child.pk not in past(lead)
    with pytest.raises(Impossible, match="somebody else has to agree"):
        agree(decided=decided, by=lead)
    agree(decided=decided, by=second)
    assert decided_to_go(lead.pk).get().agreed_by == second
    with pytest.raises(IntegrityError), transaction.atomic():
        Decided.objects.filter(pk=decided.pk).update(agreed_by=lead)


def test_what_was_written_or_held_since_keeps_what_was_agreed(lead, second):
    child = on_file(12, 6)
    decided = may_go(child=child, why="Past its day", by=lead)
    write(child, localdate())
    with pytest.raises(Impossible, match="It is kept until"):
        agree(decided=decided, by=second)
    take_back(decided=decided, why="They rang today", by=second)
    assert not decided_to_go(lead.pk).exists()
    with pytest.raises(Impossible, match="already"):
        take_back(decided=decided, why="Again", by=lead)


def test_kept_longer_it_comes_back_on_its_day(lead):
    child = on_file(12, 6)
    with pytest.raises(Impossible, match="after today"):
        keep_longer(child=child, until_on=localdate(), why="A claim", by=lead)
    keep_longer(child=child, until_on=localdate() + timedelta(days=30), why="A claim is likely", by=lead)
    assert child.pk not in past(lead) and not kept([child])[0].may_go(localdate())
    assert child.pk in {one.pk for one in past_their_day(lead.pk, localdate() + timedelta(days=30))}
    may_go(child=child, why="No claim came", by=lead)
    assert Decided.objects.filter(child=child, ended_at=None).count() == 1


def test_nothing_is_decided_before_the_day_or_while_work_is_open(lead):
    with pytest.raises(Impossible, match="It is kept until"):
        may_go(child=on_file(12, 2), why="Early", by=lead)
    with pytest.raises(Impossible, match="Work is open"):
        may_go(child=on_file(12, 9, state=Record.SUBMITTED), why="Early", by=lead)


def test_whom_a_restriction_keeps_from_the_reader_is_not_on_the_list(lead, second):
    child = on_file(12, 6)
    Restriction.objects.create(person=child.pk, why="Staff family", lead_name="Lead", lead_phone="1", set_by=second)
    assert child.pk not in past(lead)


def test_how_often_the_database_is_asked_does_not_grow_with_the_list(lead):
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            kept(past_their_day(lead.pk, localdate())[:100])
        return len(found)

    on_file(12, 6)
    asked()
    one = asked()
    for _ in range(5):
        on_file(12, 6)
    assert asked() == one
