"""Two returns are laid beside each other: which children, which days, which totals differ. No database is needed."""

import csv
import subprocess
import sys
from datetime import date

import pytest

from goldthread.commands import main
from goldthread.out.exchange.cin.census import FileRefused
from goldthread.out.returns.cin.as_xml import FOOT, written
from goldthread.out.returns.cin.comparing import Change, compare
from goldthread.out.returns.cin.examples import (
    a_cin_plan,
    a_protection_plan,
    a_section_47,
    an_assessment,
    census_of,
    nfa,
    referral,
    sound,
)
from goldthread.out.returns.cin.totals import MEASURES, Totals, is_reviewed_in_time

HEAD = (
    "<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>{0}</Year><ReferenceDate>{0}-03-31</ReferenceDate>"
    "</CollectionDetails><Source><LEA>318</LEA></Source></Header><Children>"
)


@pytest.fixture
def a_return(tmp_path):
    """Writes these children as the return of that name."""

    def write(name, *children, year=2026):
        path = tmp_path / f"{name}.xml"
        path.write_text(HEAD.format(year) + "".join(written(child) for child in children) + FOOT)
        return path

    return write


def counted(*children):
    totals = Totals(census_of(2026))
    for child in children:
        totals.see(child)
    return totals


def test_a_file_beside_itself_differs_in_nothing(a_return):
    path = a_return("one", sound(), sound(LAchildID="C2", UPN=None))
    found = compare(path, path)
    assert (found.in_both, found.changes, found.only_in_one, found.only_in_other) == (2, [], [], [])


def test_children_in_one_file_only_are_named(a_return):
    one = a_return("one", sound(LAchildID="C1", UPN=None), sound(LAchildID="C2", UPN=None))
    other = a_return("other", sound(LAchildID="C2", UPN=None), sound(LAchildID="C3", UPN=None))
    found = compare(one, other)
    assert (found.only_in_one, found.only_in_other, found.in_both) == (["C1"], ["C3"], 1)


def test_a_child_whose_id_differs_is_known_by_the_pupil_number(a_return):
    found = compare(a_return("one", sound(LAchildID="OLD1")), a_return("other", sound(LAchildID="NEW1")))
    assert found.by_upn == [("OLD1", "NEW1")]
    assert found.changes == [Change("OLD1", "", "LAchildID", "OLD1", "NEW1")]


def test_a_pupil_number_that_two_children_share_tells_nothing(a_return):
    one = a_return("one", sound(LAchildID="OLD1"), sound(LAchildID="OLD2"))
    found = compare(one, a_return("other", sound(LAchildID="NEW1")))
    assert (found.by_upn, found.only_in_one, found.only_in_other) == ([], ["OLD1", "OLD2"], ["NEW1"])


def test_a_corrected_day_within_a_year_is_a_change_and_not_another_referral(a_return):
    one = a_return("one", sound(CINreferralDate="2025-06-02"))
    found = compare(one, a_return("other", sound(CINreferralDate="2025-06-01")))
    assert found.changes == [Change("C000000006", "CINdetails 2025-06-02", "CINreferralDate", "2025-06-02", "2025-06-01")]


def test_from_year_to_year_another_day_is_another_referral(a_return):
    one = a_return("one", sound(CINdetails=[referral("2024-06-03")]), year=2025)
    found = compare(one, a_return("other", sound(CINdetails=[referral("2025-06-02")])))
    assert found.changes == [
        Change("C000000006", "", "CINdetails", "2024-06-03", ""),
        Change("C000000006", "", "CINdetails", "", "2025-06-02"),
    ]


def test_a_plan_is_the_same_by_its_start_in_whatever_order_it_stands(a_return):
    summer, autumn = a_cin_plan("2025-06-10", "2025-08-01"), a_cin_plan("2025-09-01")
    ended = a_cin_plan("2025-09-01", "2026-01-30")
    one = a_return("one", sound(CINPlanDates=[summer, autumn]))
    found = compare(one, a_return("other", sound(CINPlanDates=[ended, summer])))
    assert found.changes == [Change("C000000006", "CINdetails 2025-06-02, CINPlanDates 2025-09-01", "CINPlanEndDate", "", "2026-01-30")]


def test_codes_and_reviews_in_another_order_say_the_same(a_return):
    one = a_return("one", sound(Disabilities=["LD", "VIS"], Assessments=[an_assessment("2025-06-03", "2025-07-03", "3B", "17A")]))
    other = a_return("other", sound(Disabilities=["VIS", "LD"], Assessments=[an_assessment("2025-06-03", "2025-07-03", "17A", "3B")]))
    assert compare(one, other).changes == []


def test_a_child_without_an_id_or_given_again_is_counted_and_said_not_to_be_compared(a_return):
    one = a_return("one", sound(), sound(PersonBirthDate="2015-01-01"), sound(LAchildID=None))
    found = compare(one, a_return("other", sound()))
    assert (found.one.without_id, found.one.given_again, found.one.totals.modules["Child"]) == (1, 1, 3)
    assert (found.in_both, found.changes) == (1, [])


def test_the_sentence_names_the_file_that_cannot_be_read(a_return, tmp_path):
    (tmp_path / "bad.xml").write_text("no census")
    with pytest.raises(FileRefused, match=r"^bad\.xml: "):
        compare(a_return("one", sound()), tmp_path / "bad.xml")
    with pytest.raises(FileRefused, match=r"^empty\.xml: The file holds no children"):
        compare(a_return("empty"), a_return("one", sound()))


@pytest.mark.parametrize(("before", "again"), [("2025-04-10", 1), ("2024-06-02", 1), ("2024-06-01", 0)])
def test_a_referral_within_twelve_months_to_the_day_is_a_re_referral(before, again):
    assert counted(sound(CINdetails=[referral(before), referral("2025-06-02")])).counts["FD06"] == again


def test_referrals_with_no_further_action_are_of_the_year_and_leave_nobody_in_need():
    totals = counted(sound(CINdetails=[nfa("2025-06-02")]), sound(CINdetails=[nfa("2025-03-31")]), sound())
    assert (totals.counts["FD04"], totals.counts["FD07"], totals.counts["B01"]) == (2, 1, 1)


@pytest.mark.parametrize(("closed", "in_need"), [(None, 1), ("2026-03-31", 0), ("2026-03-30", 0)])
def test_a_child_closed_on_31_march_is_no_longer_in_need_at_its_end(closed, in_need):
    assert counted(sound(CINclosureDate=closed)).counts["B01"] == in_need


@pytest.mark.parametrize(("authorised", "in_time"), [("2025-08-05", 1), ("2025-08-06", 0)])
def test_the_45th_working_day_from_the_start_is_in_time(authorised, in_time):
    totals = counted(sound(Assessments=[an_assessment("2025-06-03", authorised)]))
    assert (totals.counts["FD11"], totals.counts["FD12"]) == (1, in_time)


@pytest.mark.parametrize(("held", "in_time"), [("2025-06-26", 1), ("2025-06-27", 0)])
def test_the_15th_working_day_from_the_enquiry_is_in_time(held, in_time):
    totals = counted(sound(Section47=[a_section_47("2025-06-05", held)]))
    assert (totals.counts["C03"], totals.counts["C06"], totals.counts["C07"]) == (1, 1, in_time)


def test_a_conference_of_no_enquiry_counts_and_is_in_no_share():
    totals = counted(sound(DateOfInitialCPC="2025-06-20"))
    share = next(measure for measure in MEASURES if measure.key == "C07")
    assert (totals.counts["C06"], totals.share(share)) == (1, None)


@pytest.mark.parametrize(
    ("reviews", "in_time"),
    [(["2025-08-10", "2026-02-10"], True), (["2025-08-11"], False), (["2025-08-10"], False), ([], False)],
)
def test_a_plan_is_reviewed_within_three_months_and_then_within_six(reviews, in_time):
    assert is_reviewed_in_time(a_protection_plan("2025-05-10", None, *reviews), date(2026, 3, 31)) == in_time


def test_plans_are_counted_as_begun_ended_open_and_repeated():
    first = a_protection_plan("2023-05-10", "2025-05-10")
    second = a_protection_plan("2026-02-02", None, NumberOfPreviousCPP=1)
    totals = counted(sound(ChildProtectionPlans=[first, second]))
    counts = {key: totals.counts[key] for key in ("C09", "C10", "C10E", "C11", "C13", "C15", "C09 of three months")}
    assert counts == {"C09": 1, "C10": 1, "C10E": 1, "C11": 1, "C13": 1, "C15": 0, "C09 of three months": 0}


def test_the_command_tells_people_and_a_spreadsheet(a_return, tmp_path, capsys):
    one, other = a_return("one", sound()), a_return("other", sound(Ethnicity="=1+1"), sound(LAchildID="C7", UPN=None))
    with pytest.raises(SystemExit) as left:
        main(["compare", "cin", str(one), str(other), "--csv", str(tmp_path / "d.csv")])
    assert left.value.code == 0
    told = capsys.readouterr().out
    assert "Children in the one only: 0; in the other only: 1." in told
    assert ["Children", "1", "2", "+1"] in [line.split() for line in told.splitlines()]
    rows = list(csv.DictReader((tmp_path / "d.csv").open()))
    assert [(row["LAchildID"], row["element"], row["other"]) for row in rows] == [
        ("C7", "Child", "in it"),
        ("C000000006", "Ethnicity", "'=1+1"),
    ]


def test_the_command_says_which_file_cannot_be_read(a_return, tmp_path, capsys):
    with pytest.raises(SystemExit) as left:
        main(["compare", "cin", str(a_return("one", sound())), str(tmp_path / "none.xml")])
    assert left.value.code == 2
    assert "none.xml" in capsys.readouterr().err


def test_no_database_and_no_django_is_needed():
    words = "import sys, goldthread.out.returns.cin.comparison_report; print('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True).stdout.strip() == "False"
