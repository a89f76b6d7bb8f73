"""What is told of an episode, as at a day, and what the census leaves out of it."""

from datetime import date

import pytest

from goldthread.core.people.actions import record_birth
from goldthread.core.people.identifier_systems import la_child_id_system, upn_system
from goldthread.core.people.models import Identifier
from goldthread.ground.audit.acting import acting
from goldthread.out.returns.cin.tests.on_file import a_child, census, only, put, referral
from goldthread.practice.family_help.models import AssessmentChild, ChildAndFamilyAssessment, ChildInNeedPlan, PlanChild
from goldthread.practice.front_door.models import Contact
from goldthread.practice.protection.models import (
    InitialConference,
    PlanCategory,
    PreProceedings,
    ProtectionPlan,
    ReviewConference,
    Section47,
    Section47Child,
    StrategyDiscussion,
    TransferInConference,
)

pytestmark = pytest.mark.django_db
PLAN = {"initial_category": "NEG", "latest_category": "NEG", "previous_plans": 0}


def test_what_ended_after_the_reference_date_was_open_on_it():
    child = a_child()
    first = referral(child, date(2025, 6, 2), closed_on=date(2026, 4, 20))
    put(ChildAndFamilyAssessment, date(2026, 2, 3), child, follows=first, authorised_on=date(2026, 4, 9), each={AssessmentChild: {"factors": ["3B"]}})  # fmt: skip
    put(ChildInNeedPlan, date(2025, 7, 1), child, follows=first, started_on=date(2025, 7, 1), ended_on=date(2026, 4, 1))
    put(ProtectionPlan, date(2026, 1, 5), child, follows=first, started_on=date(2026, 1, 5), ended_on=date(2026, 5, 1), **PLAN)
    (details,) = only().CINdetails
    assert (details.CINclosureDate, details.ReasonForClosure) == (None, None)
    (assessment,) = details.Assessments
    assert (assessment.AssessmentAuthorisationDate, assessment.FactorsIdentifiedAtAssessment) == (None, [])
    assert (details.CINPlanDates[0].CINPlanEndDate, details.ChildProtectionPlans[0].CPPendDate) == (None, None)
    (later,) = only(2027).CINdetails
    assert (later.CINclosureDate, later.Assessments[0].AssessmentAuthorisationDate) == (date(2026, 4, 20), date(2026, 4, 9))
    assert later.Assessments[0].FactorsIdentifiedAtAssessment == ["3B"]


def test_a_category_is_that_of_the_day():
    child = a_child()
    begun = put(ProtectionPlan, date(2025, 7, 1), child, follows=referral(child, date(2025, 6, 2)), started_on=date(2025, 7, 1), **(PLAN | {"latest_category": "EMO"}))  # fmt: skip
    with acting(system="test"):
        for from_on, category in ((date(2025, 7, 1), "NEG"), (date(2025, 12, 1), "PHY"), (date(2026, 4, 2), "EMO")):
            PlanCategory.objects.create(record_id=begun.key, from_on=from_on, category=category)
    told = {
        at: only(at=at).CINdetails[0].ChildProtectionPlans[0].LatestCategoryOfAbuse for at in (date(2025, 9, 1), date(2025, 12, 1), None)
    }
    assert list(told.values()) == ["NEG", "PHY", "PHY"]
    assert only(2027).CINdetails[0].ChildProtectionPlans[0].LatestCategoryOfAbuse == "EMO"


def test_what_the_rules_keep_out_of_a_year_is_left_out_and_counted():
    child = a_child()
    first = referral(child, date(2024, 6, 3))
    before = date(2025, 3, 31)
    rows = {
        "assessment_before": put(ChildAndFamilyAssessment, date(2024, 6, 4), child, follows=first, authorised_on=before),
        "assessment_unfinished": put(ChildAndFamilyAssessment, before, child, follows=first),
        "cin_plan_before": put(ChildInNeedPlan, date(2024, 8, 1), child, follows=first, started_on=date(2024, 8, 1), ended_on=before),
        "section_47_before": put(Section47, before, child, follows=first, started_on=before),
        "protection_plan_before": put(
            ProtectionPlan, date(2024, 7, 1), child, follows=first, started_on=date(2024, 7, 1), ended_on=before, **PLAN
        ),
        "pre_proceedings_not_asked": put(PreProceedings, date(2025, 5, 1), child, follows=first, started_on=date(2025, 5, 1)),
    }
    enquiry = put(Section47, date(2024, 6, 10), child, follows=first, started_on=date(2024, 6, 10))
    conference = put(InitialConference, date(2024, 6, 24), child, follows=enquiry, held_on=date(2024, 6, 24))
    children, tally = census()
    (details,) = children["C1"].CINdetails
    assert (details.Assessments, details.CINPlanDates, details.Section47, details.ChildProtectionPlans) == ([], [], [], [])
    assert dict(tally.left_out) == {why: [row.key] for why, row in rows.items()} | {"conference_before": [enquiry.key, conference.key]}


def test_the_first_and_last_day_of_the_year_belong_to_it():
    child = a_child()
    first = referral(child, date(2024, 6, 3))
    for on in (date(2025, 4, 1), date(2026, 3, 31)):
        put(ChildAndFamilyAssessment, date(2025, 3, 3), child, follows=first, authorised_on=on)
        put(ChildInNeedPlan, date(2024, 8, 1), child, follows=first, started_on=date(2024, 8, 1), ended_on=on)
        enquiry = put(Section47, date(2025, 3, 20), child, follows=first, started_on=date(2025, 3, 20))
        put(InitialConference, on, child, follows=enquiry, held_on=on)
        put(Section47, on, child, follows=first, started_on=on)
    children, tally = census()
    (details,) = children["C1"].CINdetails
    assert (len(details.Assessments), len(details.CINPlanDates), len(details.Section47), dict(tally.left_out)) == (2, 2, 4, {})


def test_records_belong_to_the_referral_they_follow_and_not_to_that_of_their_day():
    child = a_child()
    old = referral(child, date(2025, 4, 7), closed_on=date(2025, 12, 1))
    call = put(Contact, date(2025, 9, 1), child)
    new = referral(child, date(2025, 9, 1), follows=call)
    discussed = put(StrategyDiscussion, date(2025, 9, 1), child, follows=call)  # from the call itself, before anybody referred
    put(Section47, date(2025, 9, 1), child, follows=discussed, started_on=date(2025, 9, 1))
    put(ChildAndFamilyAssessment, date(2025, 10, 1), child, follows=old, authorised_on=date(2025, 11, 3))
    put(ChildAndFamilyAssessment, date(2026, 1, 5), child)  # from the child's page: follows nothing
    first, second = only().CINdetails
    assert (first.record, second.record) == (old.key, new.key)
    assert [each.AssessmentActualStartDate for each in first.Assessments] == [date(2025, 10, 1)]
    assert [each.S47ActualStartDate for each in second.Section47] == [date(2025, 9, 1)]
    assert [each.AssessmentActualStartDate for each in second.Assessments] == [date(2026, 1, 5)]


def test_a_link_that_leads_to_another_childs_referral_leads_nowhere():
    child, brother = a_child("C1"), a_child("C2")
    referral(child, date(2025, 6, 2))
    his = referral(brother, date(2025, 6, 2))
    put(Section47, date(2025, 7, 1), child, brother, follows=his, started_on=date(2025, 7, 1))
    children, _ = census()
    assert [len(children[number].CINdetails[0].Section47) for number in ("C1", "C2")] == [1, 1]


def test_a_record_of_a_day_without_a_referral_is_left_out_and_counted():
    child = a_child()
    referral(child, date(2025, 6, 2), closed_on=date(2025, 7, 1))
    lost = put(ChildAndFamilyAssessment, date(2025, 9, 1), child)
    assert dict(census()[1].left_out) == {"no_referral": [lost.key]}


def test_each_child_of_an_enquiry_has_its_own_answer_about_a_conference():
    called, spared = a_child("C1"), a_child("C2")
    first = referral(called, date(2025, 6, 2))
    referral(spared, date(2025, 6, 2))
    values = {
        "started_on": date(2025, 6, 3),
        "strategy_on": date(2025, 6, 3),
        "decided_on": date(2025, 6, 12),
        "conference_on": date(2025, 6, 24),
    }
    enquiry = put(Section47, date(2025, 6, 3), called, spared, follows=first, each={Section47Child: {"conference": True}}, **values)
    with acting(system="test"):
        Section47Child.objects.create(record_id=enquiry.key, person=spared, conference=False, origin="imported")
    put(InitialConference, date(2025, 6, 24), called, follows=enquiry, held_on=date(2025, 6, 24))
    children, _ = census()
    told = [
        (each.DateOfInitialCPC, each.ICPCnotRequired, each.InitialCPCtarget)
        for number in ("C1", "C2")
        for each in children[number].CINdetails[0].Section47
    ]
    assert told == [(date(2025, 6, 24), False, date(2025, 6, 24)), (None, True, None)]
    assert census(at=date(2025, 6, 11))[0]["C2"].CINdetails[0].Section47[0].ICPCnotRequired is False


def test_a_child_who_moved_in_has_a_conference_and_no_enquiry():
    child = a_child()
    first = referral(child, date(2025, 6, 2), source="5C")
    moved = put(TransferInConference, date(2025, 6, 20), child, follows=first, held_on=date(2025, 6, 20))
    put(ProtectionPlan, date(2025, 6, 20), child, follows=moved, started_on=date(2025, 6, 20), **(PLAN | {"previous_plans": 2}))
    (details,) = only().CINdetails
    assert (details.DateOfInitialCPC, details.Section47, details.ChildProtectionPlans[0].NumberOfPreviousCPP) == (date(2025, 6, 20), [], 2)


def test_reviews_stand_with_the_plan_that_began_with_the_same_conference():
    child = a_child()
    first = referral(child, date(2024, 1, 8))
    met = put(InitialConference, date(2024, 2, 1), child, follows=first, held_on=date(2024, 2, 1))
    put(ProtectionPlan, date(2024, 2, 1), child, follows=met, started_on=date(2024, 2, 1), ended_on=date(2025, 5, 1), **PLAN)
    looked = put(ReviewConference, date(2024, 4, 24), child, follows=met, held_on=date(2024, 4, 24))
    put(ReviewConference, date(2025, 5, 1), child, follows=looked, held_on=date(2025, 5, 1))
    again = put(InitialConference, date(2025, 9, 1), child, follows=first, held_on=date(2025, 9, 1))
    put(ProtectionPlan, date(2025, 9, 1), child, follows=again, started_on=date(2025, 9, 1), **(PLAN | {"previous_plans": 1}))
    put(ReviewConference, date(2025, 11, 24), child, held_on=date(2025, 11, 24))
    (details,) = only().CINdetails
    told = [[review.CPPreviewDate for review in plan.Reviews] for plan in details.ChildProtectionPlans]
    assert told == [[date(2024, 4, 24), date(2025, 5, 1)], [date(2025, 11, 24)]]


def test_a_plan_that_cannot_stand_beside_another_is_left_out_and_counted():
    child = a_child()
    first = referral(child, date(2025, 6, 2))
    put(ProtectionPlan, date(2025, 7, 1), child, follows=first, started_on=date(2025, 7, 1), **PLAN)
    other = put(ProtectionPlan, date(2025, 8, 1), child, follows=first, started_on=date(2025, 8, 1), **PLAN)
    children, tally = census()
    assert len(children["C1"].CINdetails[0].ChildProtectionPlans) == 1
    assert dict(tally.left_out) == {"protection_plan_unclear": [other.key]}


def test_a_child_may_leave_a_plan_before_brothers_and_sisters():
    child, sister = a_child("C1"), a_child("C2")
    first = referral(child, date(2025, 6, 2))
    referral(sister, date(2025, 6, 2))
    put(ChildInNeedPlan, date(2025, 7, 1), child, sister, follows=first, started_on=date(2025, 7, 1), each={PlanChild: {"left_on": date(2025, 10, 1)}})  # fmt: skip
    children, _ = census()
    assert [children[number].CINdetails[0].CINPlanDates[0].CINPlanEndDate for number in ("C1", "C2")] == [date(2025, 10, 1), None]


def test_a_child_born_after_the_reference_date_is_unborn_in_the_census():
    child = a_child(born_on=None, expected_on=date(2026, 5, 1), sex=None, ethnicity=None)
    referral(child, date(2026, 1, 12))
    with acting(system="test"):
        record_birth(person=child, born_on=date(2026, 4, 20), sex="F")
    said, tally = only().ChildIdentifiers, census()[1]
    assert (said.PersonBirthDate, said.ExpectedPersonBirthDate, said.Sex) == (None, date(2026, 5, 1), "U")
    assert only().ChildCharacteristics.Ethnicity == "NOBT"
    assert dict(tally.otherwise) == {"ethnicity_nobt": [child.pk], "sex_unborn": [child.pk]}
    born = only(2027).ChildIdentifiers
    assert (born.PersonBirthDate, born.ExpectedPersonBirthDate, born.Sex) == (date(2026, 4, 20), None, "F")


def test_a_child_who_died_is_told_with_the_day_once_it_has_come():
    referral(a_child(died_on=date(2026, 2, 2)), date(2025, 6, 2), closed_on=date(2026, 2, 2), why="RC2")
    assert (only().ChildIdentifiers.PersonDeathDate, only().CINdetails[0].ReasonForClosure) == (date(2026, 2, 2), "RC2")
    assert only(at=date(2026, 2, 1)).ChildIdentifiers.PersonDeathDate is None


@pytest.mark.parametrize(
    ("sex", "year", "said"),
    [("M", 2024, "1"), ("F", 2023, "2"), ("U", 2024, "0"), ("I", 2024, "9"), ("I", 2025, "U"), ("M", 2025, "M"), (None, 2026, "U")],
)
def test_sex_is_told_in_the_codes_of_the_year(sex, year, said):
    referral(a_child(sex=sex), date(2020, 6, 2))
    found = only(year).ChildIdentifiers
    assert (found.GenderCurrent if year < 2025 else found.Sex) == said
    assert (found.Sex if year < 2025 else found.GenderCurrent) is None


def test_pre_proceedings_are_told_from_2026_27_on():
    child = a_child()
    first = referral(child, date(2025, 6, 2))
    said = {"started_on": date(2026, 9, 7), "letter_sent_on": date(2026, 9, 7), "is_fgdm_offered": True, "review_meetings": 1, "step_decided_on": date(2027, 4, 9)}  # fmt: skip
    put(PreProceedings, date(2026, 9, 7), child, follows=first, **said)
    (block,) = only(2027).CINdetails[0].PreProceedingsandFGDM
    assert (block.PPStartDate, block.FGDMMeetingOffer, block.ReviewMeetingsCount, block.StepDecisionDate) == (
        date(2026, 9, 7),
        True,
        1,
        None,
    )
    assert only(2026).CINdetails[0].PreProceedingsandFGDM == []


@pytest.mark.parametrize(
    ("number", "year", "written", "noted"),
    [
        ("C/0001", 2026, "C0001", "id_plain"),
        ("C/0001", 2024, "C/0001", None),
        ("C" * 21, 2026, None, "id_replaced"),
        ("///", 2026, None, "id_replaced"),
        ("C" * 20, 2026, "C" * 20, None),
    ],
)
def test_the_childs_number_is_written_in_letters_and_digits(number, year, written, noted):
    child = a_child(number)
    referral(child, date(2020, 6, 2))
    children, tally = census(year)
    assert list(children) == [written or child.reference]
    assert list(tally.otherwise) == ([noted] if noted else [])


def test_two_numbers_that_differ_in_signs_alone_stay_two():
    first, second = a_child("AB1"), a_child("A-B1")
    for child in (first, second):
        referral(child, date(2025, 6, 2))
    assert set(census()[0]) == {"AB1", second.reference}


def test_a_child_without_a_number_of_ours_is_known_by_its_reference():
    child = a_child()
    referral(child, date(2025, 6, 2))
    with acting(system="test"):
        Identifier.objects.filter(person=child, system=la_child_id_system("318")).update(until_on=date(2025, 4, 1))
    children, tally = census()
    assert (list(children), dict(tally.otherwise)) == ([child.reference], {"id_is_reference": [child.pk]})


def test_a_pupil_number_is_the_one_that_held_and_no_reason_stands_beside_it():
    child = a_child(upn_unknown="UN4")
    referral(child, date(2024, 6, 3))
    with acting(system="test"):
        Identifier.objects.create(person=child, system=upn_system(), value="E318000000006", until_on=date(2026, 1, 5))
        Identifier.objects.create(person=child, system=upn_system(), value="A318000000011", from_on=date(2026, 1, 5))
    said = {year: only(year).ChildIdentifiers for year in (2025, 2026)}
    assert [(each.UPN, each.UPNunknown) for each in said.values()] == [("E318000000006", None), ("A318000000011", None)]
