"""What the rules find in the records: kept from the day it is found to the day it is mended, and explained once."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from goldthread.core.people.actions import add_identifier, create_person, remember_not_this_person
from goldthread.core.people.facts import Name, Number
from goldthread.core.people.identifier_systems import upn_system
from goldthread.core.people.models import Person
from goldthread.core.records.models import Record
from goldthread.face.web.child.tests.conftest import a_family, signed_in, tell_the_story  # noqa: F401 - fixtures and their makers
from goldthread.ground.access.actions import restrict
from goldthread.ground.audit.acting import acting
from goldthread.ground.boot.models import Installation
from goldthread.out.returns.cin.items import ChildIdentifiers, CINdetails
from goldthread.out.returns.cin.where_asked import record_of
from goldthread.out.returns.failures.actions import NotAQuery, check_child, check_children_of, check_everyone, explain, years_at_work
from goldthread.out.returns.failures.models import Explanation, Failure
from goldthread.out.returns.failures.queries import Wanted, failures, month_by_month, seen_by
from goldthread.practice.family_help.models import ChildAndFamilyAssessment

pytestmark = pytest.mark.django_db
TODAY = localdate()


@pytest.fixture
def home(db):
    with acting(system="test"):
        Installation.objects.create(authority="Wexcombe", la_code="201", ons_code="E09999999")
        made = a_family()
        tell_the_story(made)
        yield made


def asked_of(person, code=""):
    return [(one.code, one.element) for one in failures(Wanted(check_child(person, TODAY).year, code=code)) if one.child == person]


def begun_before_the_referral(days=30):
    ChildAndFamilyAssessment.objects.update(started_on=TODAY - timedelta(days=days))


def test_a_failure_keeps_the_day_it_was_found_until_it_is_mended(home):
    begun_before_the_referral()
    yesterday = TODAY - timedelta(days=1)
    check_child(home.ada, yesterday)
    check_child(home.ada, TODAY)
    found = Failure.objects.get(child=home.ada, code="1103")
    assert (found.found_on, found.gone_on, found.element) == (yesterday, None, "AssessmentActualStartDate")
    assert found.record == Record.objects.get(kind="family_help.child_and_family_assessment")
    begun_before_the_referral(19)
    assert ("1103", "AssessmentActualStartDate") not in asked_of(home.ada)
    found.refresh_from_db()
    assert found.gone_on == TODAY


def test_what_comes_back_is_found_anew(home):
    for days in (30, 19, 30):
        begun_before_the_referral(days)
        check_child(home.ada, TODAY)
    assert list(Failure.objects.filter(child=home.ada, code="1103").order_by("pk").values_list("gone_on", flat=True)) == [TODAY, None]


def test_the_night_finds_for_everybody_what_one_child_shows_and_what_the_whole_return_does(home):
    begun_before_the_referral()
    (checked,) = check_everyone(TODAY)
    by_night = set(failures(Wanted(checked.year)).values_list("child", "code", "record", "element"))
    alone = {(one.child_id, one.code, one.record_id, one.element) for one in Failure.objects.exclude(child=None)}
    for child in (home.ada, home.leo):
        check_child(child, TODAY)
    assert by_night >= alone and ("1103" in {code for _, code, _, _ in by_night})
    assert checked.standing == len(by_night) == Failure.objects.filter(gone_on=None).count(), "the child alone finds the same again"


def test_two_children_with_one_pupil_number_are_found_at_night_and_one_childs_check_leaves_that_alone(home):
    for child in (home.ada, home.leo):
        add_identifier(person=child, number=Number(upn_system(), "E318000000006"))
    check_everyone(TODAY)
    assert Failure.objects.filter(code="1520", gone_on=None).exists()
    check_child(home.ada, TODAY)
    assert Failure.objects.filter(code="1520", gone_on=None).exists()


def a_double_of(person):
    return create_person(names=[Name("Ada", "Okonjo")], born_on=person.born_on, sex="F")


def test_a_child_who_may_be_on_file_twice_is_asked_about_until_somebody_has_compared_them(home):
    other = a_double_of(home.ada)
    check_everyone(TODAY)
    assert list(Failure.objects.filter(code="twice", gone_on=None).values_list("child", flat=True)) == [home.ada.pk]
    remember_not_this_person(person=other, described_key=f"person:{home.ada.pk}", by=home.manager)
    check_everyone(TODAY)
    assert not Failure.objects.filter(code="twice", gone_on=None).exists()


def test_a_restricted_double_is_never_told_of(home):
    other = a_double_of(home.ada)
    restrict(person=other.pk, why="Staff family", lead_name="R. Lead", lead_phone="020 7946 0000", by=home.council.front_door_manager)
    check_everyone(TODAY)
    assert not Failure.objects.filter(code="twice").exists()


def test_a_step_that_is_completed_asks_again_for_each_child_of_the_record(home):
    begun_before_the_referral()
    check_children_of(Record.objects.get(kind="family_help.child_and_family_assessment").pk, TODAY)
    assert set(Failure.objects.filter(code="1103").values_list("child", flat=True)) == {home.ada.pk, home.leo.pk}


def a_query(home):
    check_child(home.ada, TODAY)
    return Failure.objects.create(year=check_child(home.ada, TODAY).year, child=home.ada, code="8670Q", element="AssessmentActualStartDate", value="", is_query=True, found_on=TODAY)  # fmt: skip


def test_a_query_is_explained_once_and_the_explanation_stays_when_it_is_found_again(home):
    query = a_query(home)
    explain(query, "The birth certificate was seen.", home.manager)
    with pytest.raises(NotAQuery, match="already"):
        explain(query, "Again.", home.worker)
    year = query.year
    assert query not in failures(Wanted(year)) and query in failures(Wanted(year, which="explained"))
    Failure.objects.filter(pk=query.pk).update(gone_on=TODAY)
    again = Failure.objects.create(
        year=year, child=home.ada, code="8670Q", element="AssessmentActualStartDate", value="", is_query=True, found_on=TODAY
    )
    assert again not in failures(Wanted(year))


def test_an_error_is_mended_and_not_explained(home):
    begun_before_the_referral()
    check_child(home.ada, TODAY)
    with pytest.raises(NotAQuery, match="put right"):
        explain(Failure.objects.get(child=home.ada, code="1103"), "It is so.", home.worker)
    assert not Explanation.objects.exists()


def test_the_list_withholds_restricted_children_and_says_how_many(home):
    begun_before_the_referral()
    check_child(home.ada, TODAY)
    check_child(home.leo, TODAY)
    restrict(person=home.leo.pk, why="Staff family", lead_name="R. Lead", lead_phone="020 7946 0000", by=home.council.front_door_manager)
    found = failures(Wanted(check_child(home.ada, TODAY).year, code="1103"))
    kept, withheld = seen_by(home.manager, found, every_child=True)
    assert ({one.child for one in kept}, withheld) == ({home.ada}, 1)
    kept, withheld = seen_by(home.council.other_worker, found, every_child=False)
    assert (list(kept), withheld) == ([], 0)


def test_a_worker_reads_the_questions_about_her_children_and_opens_each_where_it_is_asked(home, signed_in):  # noqa: F811
    begun_before_the_referral()
    check_child(home.ada, TODAY)
    html = signed_in(home.worker).get("/returns/questions/").content.decode()
    assert "The assessment start date cannot be before the referral date" in html and "Ada Okonjo" in html
    assert "/put-right/write/#started_on-day" in html
    stranger = signed_in(home.council.other_worker).get("/returns/questions/").content.decode()
    assert "Ada Okonjo" not in stranger and home.ada.reference not in stranger


def test_my_work_says_quietly_what_only_the_worker_can_put_right(home, signed_in):  # noqa: F811
    client = signed_in(home.worker)
    assert "The census asks" not in client.get("/").content.decode()
    begun_before_the_referral()
    check_child(home.ada, TODAY)
    assert "The census asks 1 thing</a> about your children" in client.get("/").content.decode()


def test_an_explanation_is_typed_on_its_page_and_an_empty_one_is_refused_with_a_sentence(home, signed_in):  # noqa: F811
    query = a_query(home)
    client = signed_in(home.worker)
    refused = client.post(f"/returns/questions/{query.pk}/", {"words": " "})
    assert refused.status_code == 422 and "Say why it is right as it stands." in refused.content.decode()
    assert client.post(f"/returns/questions/{query.pk}/", {"words": "Certificate seen."}).status_code == 302
    assert Explanation.objects.get().words == "Certificate seen."
    assert signed_in(home.council.other_worker).get(f"/returns/questions/{query.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("today", "years"),
    [(date(2026, 3, 31), [2026]), (date(2026, 4, 1), [2026, 2027]), (date(2026, 7, 31), [2026, 2027]), (date(2026, 8, 1), [2027])],
)
def test_the_year_that_ended_is_still_asked_about_until_the_end_of_july(today, years):
    assert years_at_work(today) == years


def test_the_trend_counts_what_was_found_and_mended_in_each_month(home):
    child = Person.objects.first()
    for found_on, gone_on in ((date(2026, 4, 3), date(2026, 5, 2)), (date(2026, 4, 9), None), (date(2026, 6, 1), None)):
        Failure.objects.create(
            year=2027, child=child, code="1103", element=str(found_on), value="", is_query=False, found_on=found_on, gone_on=gone_on
        )
    months = [(month.month, *numbers) for month, *numbers in month_by_month(2027, date(2026, 4, 1), date(2026, 6, 30))]
    assert months == [(4, 2, 0, 2), (5, 0, 1, 1), (6, 1, 0, 2)]


def test_what_is_wrong_with_a_closure_opens_the_record_that_closed_the_episode():
    details = CINdetails(record=7, closure=9)
    assert [record_of(details, element) for element in ("ReasonForClosure", "CINclosureDate", "CINreferralDate")] == [9, 9, 7]
    assert record_of(CINdetails(record=7), "ReasonForClosure") == 7
    assert record_of(ChildIdentifiers(record=3), "UPN") is None, "the child’s own fact"
