"""Who is in a census, and with which episodes."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldthread.core.people.models import Person
from goldthread.core.records.actions import take_off_child, withdraw
from goldthread.core.records.models import Record
from goldthread.ground.access.models import Restriction, User
from goldthread.ground.audit.acting import acting
from goldthread.ground.time.in_force import look_again
from goldthread.out.returns.cin.tests.on_file import a_child, census, only, put, referral
from goldthread.practice.family_help.models import ChildAndFamilyAssessment, Closure, ClosureChild
from goldthread.practice.front_door.models import Referral

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2025, 4, 1)  # a Tuesday


@pytest.mark.parametrize(
    ("received_on", "closed_on", "is_in"),
    [
        (date(2019, 1, 7), None, True),
        (date(2024, 9, 2), date(2025, 3, 31), False),
        (date(2024, 9, 2), date(2025, 4, 1), True),
        (date(2025, 4, 1), date(2025, 4, 1), True),
        (date(2026, 3, 31), None, True),
        (date(2026, 4, 1), None, False),
        (date(2024, 9, 2), date(2026, 4, 1), True),
    ],
)
def test_an_episode_open_on_any_day_of_the_year_is_told(received_on, closed_on, is_in):
    referral(a_child(), received_on, closed_on=closed_on)
    assert bool(census(2026)[0]) == is_in


@pytest.mark.parametrize(
    ("received_on", "decided_on", "years"),
    [
        (date(2025, 4, 1), date(2025, 4, 2), {2026}),
        (date(2026, 3, 30), date(2026, 3, 30), {2026}),
        (date(2025, 3, 31), date(2025, 4, 1), {2026}),  # one working day before the year, decided in it (8569Q)
        (date(2025, 3, 31), date(2025, 3, 31), {2025}),
        (date(2025, 3, 28), date(2025, 4, 1), {2025}),  # two working days before
        (date(2024, 3, 28), date(2024, 4, 2), {2025}),  # Maundy Thursday: the next working day is after Easter
        (date(2025, 3, 31), None, {2025}),
    ],
)
def test_a_referral_with_no_further_action_is_told_once_in_the_year_it_belongs_to(received_on, decided_on, years):
    referral(a_child(), received_on, is_nfa=True, primary_need=None, decided_on=decided_on)
    assert {year for year in range(2024, 2027) if census(year)[0]} == years


def test_every_referral_of_the_year_is_told_until_its_closure():
    child = a_child()
    referral(child, date(2025, 5, 6), is_nfa=True)
    referral(child, date(2025, 6, 2), closed_on=date(2025, 7, 1), why="RC8")
    referral(child, date(2025, 9, 1), source="2A")
    referral(child, date(2023, 1, 9), closed_on=date(2023, 2, 1))
    found = [(each.CINreferralDate, each.ReferralNFA, each.CINclosureDate, each.ReasonForClosure) for each in only().CINdetails]
    assert found == [
        (date(2025, 5, 6), True, None, None),
        (date(2025, 6, 2), False, date(2025, 7, 1), "RC8"),
        (date(2025, 9, 1), False, None, None),
    ]


def test_a_referral_never_closed_is_found_among_others_that_were():
    child = a_child()
    referral(child, date(2020, 3, 2))
    referral(child, date(2021, 3, 1), closed_on=date(2021, 6, 1))
    assert [each.CINreferralDate for each in only().CINdetails] == [date(2020, 3, 2)]


def test_a_second_closure_of_one_referral_closes_no_other_that_came_later():
    child = a_child()
    first = referral(child, date(2020, 3, 2), closed_on=date(2020, 5, 1))
    put(Closure, date(2025, 6, 2), child, follows=first, each={ClosureChild: {"reason": "RC7"}})
    referral(child, date(2025, 9, 1))
    children, tally = census()
    assert [(each.CINreferralDate, each.CINclosureDate) for each in children["C1"].CINdetails] == [(date(2025, 9, 1), None)]
    assert list(tally.left_out) == ["closure_surplus"]


def test_a_closure_proposed_from_the_childs_page_closes_what_is_open_that_day():
    child = a_child()
    referral(child, date(2025, 6, 2))
    put(Closure, date(2025, 8, 1), child, each={ClosureChild: {"reason": "RC3"}})
    (details,) = only().CINdetails
    assert (details.CINclosureDate, details.ReasonForClosure) == (date(2025, 8, 1), "RC3")


def test_a_referral_nobody_has_decided_is_left_out_and_counted():
    child = a_child()
    with acting(system="test"):
        waiting = Record.objects.create(kind=Referral.kind(), happened_on=date(2026, 3, 30), step="decide", state=Record.DRAFT, responsible_authority="318")  # fmt: skip
        waiting.children.create(child=child, happened_on=waiting.happened_on)
    children, tally = census()
    assert (children, dict(tally.left_out)) == ({}, {"referral_undecided": [waiting.pk]})


def test_what_was_withdrawn_or_taken_off_the_child_is_not_told():
    kept, wrong, both = a_child("C1"), a_child("C2"), a_child("C3")
    withdrawn = referral(wrong, date(2025, 6, 2))
    with acting(system="test"):
        withdraw(record=Record.objects.get(pk=withdrawn.key), why="Made in error", by=None)
    shared = put(Referral, date(2025, 6, 2), kept, both, source="6", is_nfa=False, primary_need="N1")
    with acting(system="test"):
        take_off_child(record=Record.objects.get(pk=shared.key), child=both.pk, why="Not this child", by=None)
    assert set(census()[0]) == {"C1"}


def test_a_duplicate_merged_into_another_is_that_child():
    kept, duplicate = a_child("C1"), a_child("C2")
    referral(kept, date(2025, 6, 2), closed_on=date(2025, 7, 1))
    assessed = referral(duplicate, date(2025, 9, 1))
    put(ChildAndFamilyAssessment, date(2025, 9, 2), duplicate, follows=assessed)
    with acting(system="test"):
        Person.objects.filter(pk=duplicate.pk).update(merged_into=kept)
    children, _ = census()
    assert set(children) == {"C1"}
    assert [len(each.Assessments) for each in children["C1"].CINdetails] == [0, 1]


def test_restricted_children_are_counted_like_any_other():
    child = a_child()
    referral(child, date(2025, 6, 2))
    with acting(system="test"):
        user = User.objects.create(username="lead")
        Restriction.objects.create(person=child.pk, why="A relative works here", set_by=user)
    assert set(census()[0]) == {"C1"}


def test_brothers_and_sisters_of_one_referral_are_each_told_by_their_own_closure():
    one, other = a_child("C1"), a_child("C2")
    together = put(Referral, date(2025, 6, 2), one, other, source="6", is_nfa=False, primary_need="N1")
    put(Closure, date(2025, 8, 1), one, follows=together, each={ClosureChild: {"reason": "RC8"}})
    children, _ = census()
    assert [children[number].CINdetails[0].CINclosureDate for number in ("C1", "C2")] == [date(2025, 8, 1), None]


def test_as_many_queries_for_many_children_as_for_one():
    def asked() -> int:
        look_again()  # else the rules' token is looked at now and then, by the clock
        with CaptureQueriesContext(connection) as watched:
            census()
        return len(watched)

    for number in range(40):
        child = a_child(f"C{number}")
        put(ChildAndFamilyAssessment, date(2025, 6, 3), child, follows=referral(child, date(2025, 6, 2), closed_on=date(2025, 9, 1)))
        if number == 0:
            census()  # reads the rules, once in a process
            one = asked()
    assert asked() == one
