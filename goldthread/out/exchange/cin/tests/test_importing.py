"""A census becomes children and records: once, and what changes in a later file as a new version, never a second time."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.db.models import Max

from goldthread.core.people.models import Identifier, Person, SearchKeys
from goldthread.core.records.actions import withdraw
from goldthread.core.records.models import Record, RecordChild
from goldthread.core.work.models import Clock
from goldthread.ground.audit.acting import acting
from goldthread.ground.audit.models import Change
from goldthread.out.exchange.cin.actions.importing import ONE_AT_A_TIME, ImportReport, import_file
from goldthread.out.exchange.cin.census import FileRefused
from goldthread.out.exchange.cin.tests.test_reading_sound_files import WHOLE, written
from goldthread.out.exchange.models import CensusChild, ImportFault, ImportRun
from goldthread.out.insight.indicators import FD04, FD12
from goldthread.out.insight.queries import figure
from goldthread.practice.family_help.models import AssessmentChild, ChildAndFamilyAssessment, ChildInNeedPlan, Closure
from goldthread.practice.front_door.models import Referral
from goldthread.practice.protection.models import InitialConference, ProtectionPlan, ReviewConference, Section47
from tests.cin_files.breakages import BREAKAGES, break_file
from tests.cin_files.codes import pupil_number

pytestmark = pytest.mark.django_db


def quietly(path: Path, **expected: object) -> ImportReport:
    return import_file(path, say=lambda line: None, **expected)  # type: ignore[arg-type]


def imported(folder: Path, words: str, name: str = "census.xml") -> ImportReport:
    (folder / name).write_text(words)
    return quietly(folder / name)


def the_child() -> Person:
    return Identifier.objects.get(value="C000000006").person


def headers(child: Person) -> dict[str, Record]:
    return {link.record.kind.split(".")[1]: link.record for link in child.record_links.select_related("record")}


def trail() -> Counter[str]:
    return Counter(Change.objects.values_list("table", flat=True))


def everything() -> list[tuple[object, ...]]:
    """All that was imported, without keys, references and moments: what two databases must have in common."""
    kinds = [
        Referral,
        ChildAndFamilyAssessment,
        AssessmentChild,
        ChildInNeedPlan,
        Section47,
        InitialConference,
        ProtectionPlan,
        ReviewConference,
        Closure,
    ]
    found: list[tuple[object, ...]] = []
    for kind in kinds:
        names = [
            field.attname
            for field in kind._meta.concrete_fields
            if field.attname not in ("id", "record_id", "person_id", "child_id", "happened_on")
        ]
        found += [
            (kind.__name__, *map(str, row))
            for row in kind.objects.values_list("record__happened_on", "record__headline", "record__source_hash", "record__version", *names)
        ]
    found += [
        ("person", *map(str, row))
        for row in Identifier.objects.values_list(
            "system", "value", "person__born_on", "person__sex", "person__ethnicity", "person__disabilities"
        )
    ]
    found += [
        ("clock", *map(str, row))
        for row in Clock.objects.values_list(
            "key", "started_on", "due_on", "met_on", "stopped_why", "is_current", "record__kind", "record__source_line"
        )
    ]
    return sorted(found, key=repr)


def test_a_child_is_imported_whole(tmp_path):
    report = imported(tmp_path, WHOLE)
    child = the_child()
    assert (child.origin, child.is_named, child.born_on, child.sex, child.ethnicity) == ("imported", False, date(2016, 2, 11), "F", "WBRI")
    assert child.disabilities == ["AUT", "LD"]
    assert set(child.identifiers.values_list("value", flat=True)) == {"C000000006", "E318000000006"}
    found = headers(child)
    assert set(found) == {
        "referral", "child_and_family_assessment", "section47", "initial_conference", "protection_plan", "review_conference",
    }  # fmt: skip
    assert {record.state for record in found.values()} == {"agreed"} and {record.origin for record in found.values()} == {"imported"}
    assert found["initial_conference"].follows == found["section47"]
    assert found["section47"].follows == found["child_and_family_assessment"].follows == found["referral"]
    assert all(record.source_line and len(record.source_hash or "") == 64 for record in found.values())
    assert (report.run.children_new, report.run.records_new) == (1, 7)


def test_what_the_file_does_not_hold_stays_unknown(tmp_path):
    imported(tmp_path, WHOLE)
    referral = Referral.objects.get()
    assert (referral.received_on, referral.decided_on, referral.reason, referral.response) == (date(2025, 6, 2), None, None, None)
    record = headers(the_child())["referral"]
    assert (record.recorded_by, record.agreed_by, record.agreed_at, record.happened_at) == (None, None, None, None)
    assert AssessmentChild.objects.get().is_seen is None
    assert AssessmentChild.objects.get().factors == ["3B", "17A"]


def test_a_child_nobody_named_is_found_by_its_numbers_alone(tmp_path):
    imported(tmp_path, WHOLE)
    assert SearchKeys.objects.get(person=the_child()).keys == ["n:c000000006", "n:e318000000006"]


def test_the_chronology_shows_the_records_in_order(tmp_path):
    imported(tmp_path, WHOLE)
    lines = RecordChild.objects.filter(child=the_child()).order_by("happened_on", "record").values_list("record__headline", flat=True)
    assert list(lines) == [
        "Referral from police: accepted",
        "Child and family assessment authorised",
        "Section 47 enquiry",
        "Initial child protection conference",
        "Child protection plan: emotional abuse",
        "Review child protection conference",
        "Review child protection conference",
    ]


def test_clocks_are_reckoned_as_for_any_record_and_say_what_is_not_known(tmp_path):
    imported(tmp_path, WHOLE)
    clocks = {clock.key: clock for clock in Clock.objects.order_by("started_on")}
    assert clocks["assessment.complete"].started_on == date(2025, 6, 2)
    assert (clocks["assessment.complete.census"].due_on, clocks["assessment.complete.census"].met_on) == (
        date(2025, 8, 5),
        date(2025, 7, 3),
    )
    conference = clocks["conference.initial.census"]
    assert (conference.due_on, conference.met_on, conference.note) == (date(2025, 6, 26), date(2025, 6, 24), "Strategy date not in file.")
    assert clocks["conference.review.first"].met_on == date(2025, 9, 17)
    assert (clocks["conference.review.later"].started_on, clocks["conference.review.later"].due_on) == (date(2026, 3, 4), date(2026, 9, 4))
    assert clocks["referral.decide"].stopped_why == "The day of the decision is not in the file."
    still_open = Clock.objects.filter(met_on=None, stopped_on=None)
    assert [clock.key for clock in still_open] == ["conference.review.later"]


def test_no_clock_runs_where_the_end_is_known_to_be_there_but_cannot_be_read(tmp_path):
    imported(
        tmp_path, WHOLE.replace("Date>2025-07-03<", "Date>2025-07<").replace("<DateOfInitialCPC>2025-06-24<", "<DateOfInitialCPC>June<")
    )
    assert not Clock.objects.filter(key__startswith="assessment").exists()
    assert not Clock.objects.filter(key__startswith="conference.initial").exists()


def test_the_same_file_twice_changes_nothing(tmp_path):
    imported(tmp_path, WHOLE)
    before, last = everything(), Change.objects.aggregate(Max("pk"))["pk__max"]
    report = imported(tmp_path, WHOLE)
    assert everything() == before
    assert report.run.same_as is not None and "Nothing has changed" in report.lines[0]
    assert list(Change.objects.filter(pk__gt=last).values_list("table", "op")) == [("exchange_importrun", "I")]


def test_a_file_that_says_the_same_in_other_words_changes_nothing(tmp_path):
    imported(tmp_path, WHOLE)
    before, last = everything(), Change.objects.aggregate(Max("pk"))["pk__max"]
    report = imported(tmp_path, WHOLE.replace("><", ">\n<"), "spaced.xml")
    assert everything() == before
    assert (report.run.children_unchanged, report.run.records_new, report.run.records_changed) == (1, 0, 0)
    assert set(Change.objects.filter(pk__gt=last).values_list("table", flat=True)) == {"exchange_importrun"}


@pytest.mark.parametrize("year", [2023, 2026])
def test_what_is_counted_afterwards_is_what_the_file_holds(tmp_path, year):
    tally = written(tmp_path / "census.xml", year=year, children=120, seed=11)
    quietly(tmp_path / "census.xml")
    assert Person.objects.count() == tally["children"]
    assert Referral.objects.count() == tally["referrals"]
    assert Referral.objects.filter(is_nfa=True).count() == tally["no further action"]
    assert Closure.objects.count() == tally["closures"]
    assert ChildAndFamilyAssessment.objects.count() == tally["assessments"]
    assert ChildAndFamilyAssessment.objects.filter(authorised_on__isnull=False).count() == tally["assessments authorised"]
    assert sum(len(row.factors or []) for row in AssessmentChild.objects.all()) == tally["factors"]
    assert Section47.objects.count() == tally["section 47s"]
    assert InitialConference.objects.count() == tally["conferences"]
    assert ChildInNeedPlan.objects.filter(ended_on=None).count() == tally["plans open"]
    assert ProtectionPlan.objects.filter(ended_on=None).count() == tally["protection plans open"]
    assert ReviewConference.objects.count() == tally["reviews"]
    first, last = date(year - 1, 4, 1), date(year, 3, 31)
    assert figure(FD04, first, last).total.counting == tally["referrals received in the year"]
    assert figure(FD12, first, last).total.known == tally["assessments authorised"]


@pytest.mark.parametrize("kind", BREAKAGES)
def test_a_file_with_a_fault_imports_all_that_is_sound_and_reports_it(tmp_path, kind):
    written(tmp_path / "sound.xml", year=2026, children=40, seed=5)
    broken = break_file(tmp_path / "sound.xml", tmp_path / "broken.xml", kind)
    report = quietly(tmp_path / "broken.xml")
    (fault,) = ImportFault.objects.filter(run=report.run)
    assert (fault.line, fault.la_child_id, fault.element) == (broken.line, broken.la_child_id, broken.element)
    assert report.run.children_new + report.run.children_refused == 40
    assert any(f"line {fault.line}," in line for line in report.lines)


def test_a_hostile_file_leaves_a_run_that_says_why_and_nothing_else(tmp_path):
    with pytest.raises(FileRefused):
        imported(tmp_path, WHOLE.replace("<Message>", '<!DOCTYPE Message [<!ENTITY a "b">]><Message>'))
    run = ImportRun.objects.get()
    assert "document type" in (run.refused or "") and run.finished_at is None
    assert not Person.objects.exists() and not Record.objects.exists()


def test_the_wrong_year_or_authority_is_refused(tmp_path):
    (tmp_path / "census.xml").write_text(WHOLE)
    with pytest.raises(FileRefused, match="2024-25 was expected"):
        quietly(tmp_path / "census.xml", expected_year=2025)
    with pytest.raises(FileRefused, match="belongs to authority 201"):
        quietly(tmp_path / "census.xml", expected_la="201")


def test_a_correction_in_a_later_file_is_a_new_version_of_the_same_record(tmp_path):
    imported(tmp_path, WHOLE)
    report = imported(tmp_path, WHOLE.replace("Date>2025-07-03<", "Date>2025-07-10<"), "again.xml")
    assert (report.run.records_new, report.run.records_changed, report.run.children_changed) == (0, 1, 1)
    record = headers(the_child())["child_and_family_assessment"]
    assert record.version == 1
    assert ChildAndFamilyAssessment.objects.get().authorised_on == date(2025, 7, 10)
    assert set(Clock.objects.filter(record=record).values_list("met_on", flat=True)) == {date(2025, 7, 10)}
    change = Change.objects.get(table="family_help_childandfamilyassessment", op="U")
    assert (change.was, change.now) == ({"authorised_on": "2025-07-03"}, {"authorised_on": "2025-07-10"})


def test_a_corrected_first_day_moves_the_record_and_winds_its_clock_anew(tmp_path):
    imported(tmp_path, WHOLE)
    report = imported(tmp_path, WHOLE.replace("S47ActualStartDate>2025-06-05<", "S47ActualStartDate>2025-06-04<"), "again.xml")
    assert (report.run.records_new, report.run.records_changed) == (0, 1)
    record = headers(the_child())["section47"]
    assert record.happened_on == RecordChild.objects.get(record=record).happened_on == date(2025, 6, 4)
    old, new = Clock.objects.filter(record=record).order_by("pk")
    assert (old.is_current, old.superseded_by, new.is_current, new.started_on) == (False, new, True, date(2025, 6, 4))


def test_the_next_years_file_goes_on_with_the_same_records(tmp_path):
    imported(tmp_path, WHOLE)
    later = WHOLE.replace("2026</Year>", "2027</Year>").replace("ReferenceDate>2026-03-31<", "ReferenceDate>2027-03-31<")
    start, end = later.index("<Assessments>"), later.index("<ReferralNFA>")
    later = later[:start] + later[end:]  # what was finished in one year is not in the next
    later = later.replace("<InitialCategory", "<CPPendDate>2026-09-01</CPPendDate><InitialCategory")
    later = later.replace("2026-03-04</CPPreviewDate>", "2026-03-04</CPPreviewDate><CPPreviewDate>2026-09-01</CPPreviewDate>")
    report = imported(tmp_path, later, "later.xml")
    assert report.run.faults_found == 0, list(report.run.faults.values())
    assert (report.run.children_changed, report.run.records_new, report.run.records_changed) == (1, 1, 1)
    assert ProtectionPlan.objects.get().ended_on == date(2026, 9, 1)
    assert not Clock.objects.filter(met_on=None, stopped_on=None).exists()
    assert Clock.objects.get(key="conference.review.later", started_on=date(2026, 3, 4)).met_on == date(2026, 9, 1)


def test_two_years_of_one_authority_make_no_child_and_no_record_twice(tmp_path):
    for year in (2025, 2026):
        written(tmp_path / f"{year}.xml", year=year, children=150, seed=3)
        report = quietly(tmp_path / f"{year}.xml")
    assert report.run.faults_found == 0
    assert report.run.children_changed > 10
    assert Person.objects.count() == 300 - report.run.children_changed - report.run.children_unchanged
    doubled = Counter(RecordChild.objects.values_list("child", "record__kind", "happened_on"))
    assert not [key for key, count in doubled.items() if count > 1]


def test_an_older_years_file_adds_what_is_missing_and_changes_nothing(tmp_path):
    written(tmp_path / "2025.xml", year=2025, children=100, seed=3)
    written(tmp_path / "2026.xml", year=2026, children=100, seed=3)
    quietly(tmp_path / "2026.xml")
    before = set(Record.objects.values_list("pk", "version", "source_hash"))
    people = list(Person.objects.order_by("pk").values_list("pk", "version"))
    quietly(tmp_path / "2025.xml")
    assert before <= set(Record.objects.values_list("pk", "version", "source_hash"))
    assert people == list(Person.objects.order_by("pk").values_list("pk", "version"))[: len(people)]


def test_an_unborn_child_is_born_and_a_child_dies_without_becoming_another(tmp_path):
    unborn = WHOLE.replace("<PersonBirthDate>2016-02-11</PersonBirthDate>", "<ExpectedPersonBirthDate>2026-05-01</ExpectedPersonBirthDate>")
    imported(tmp_path, unborn.replace("<Sex>F<", "<Sex>U<"))
    assert the_child().is_unborn
    born = WHOLE.replace("2016-02-11", "2026-03-20").replace("</Sex>", "</Sex><PersonDeathDate>2026-03-25</PersonDeathDate>")
    imported(tmp_path, born, "born.xml")
    child = the_child()
    assert (child.born_on, child.sex, child.died_on) == (date(2026, 3, 20), "F", date(2026, 3, 25))
    assert Person.objects.count() == 1


def test_unknown_does_not_overwrite_what_is_known(tmp_path):
    imported(tmp_path, WHOLE)
    vaguer = (
        WHOLE.replace("<Sex>F<", "<Sex>U<").replace(">WBRI<", ">NOBT<").replace("<UPN>E318000000006</UPN>", "<UPNunknown>UN5</UPNunknown>")
    )
    imported(tmp_path, vaguer, "vaguer.xml")
    child = the_child()
    assert (child.sex, child.ethnicity) == ("F", "WBRI")
    assert child.identifiers.filter(value="E318000000006", until_on=None).exists()


def test_a_new_pupil_number_ends_the_one_before_it(tmp_path):
    mistaken = pupil_number(77)
    imported(tmp_path, WHOLE.replace("E318000000006", mistaken))
    imported(tmp_path, WHOLE, "again.xml")
    held = dict(the_child().identifiers.filter(system__endswith=":upn").values_list("value", "until_on"))
    assert held == {mistaken: date(2026, 3, 31), "E318000000006": None}


def test_a_record_missing_from_a_later_file_stays_and_is_reported(tmp_path):
    imported(tmp_path, WHOLE)
    start, end = WHOLE.index("<Section47>"), WHOLE.index("<ReferralNFA>")
    report = imported(tmp_path, WHOLE[:start] + WHOLE[end:], "again.xml")
    said = [fault.what_is_wrong for fault in report.run.faults.order_by("pk")]
    assert said == [
        "The section 47 enquiry of 2025-06-05, in an earlier file, is not in this one.",
        "The initial child protection conference of 2025-06-24, in an earlier file, is not in this one.",
    ]
    assert "section47" in headers(the_child())


def test_a_record_withdrawn_here_is_not_brought_back(tmp_path):
    imported(tmp_path, WHOLE)
    record = headers(the_child())["section47"]
    with acting(system="test"):
        withdraw(record=record, why="Made in error", by=None)
    report = imported(tmp_path, WHOLE.replace(">N1<", ">N5<"), "again.xml")
    record.refresh_from_db()
    assert record.state == "void" and report.run.records_new == 0


def test_clocks_of_a_child_whom_the_next_census_does_not_mention_are_stopped(tmp_path):
    imported(tmp_path, WHOLE)
    assert Clock.objects.filter(met_on=None, stopped_on=None).count() == 1
    written(tmp_path / "later.xml", year=2027, children=5)
    quietly(tmp_path / "later.xml")
    clock = Clock.objects.get(key="conference.review.later", record__children__child=the_child(), met_on=None)
    assert (clock.stopped_on, clock.stopped_why) == (date(2027, 3, 31), "The census of 2026-27 does not say what became of it.")


def test_only_one_import_at_a_time(tmp_path):
    (tmp_path / "census.xml").write_text(WHOLE)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        with pytest.raises(FileRefused, match="Another file is being imported"):
            quietly(tmp_path / "census.xml")
    finally:
        other.close()


def test_a_run_that_was_killed_is_noticed_by_the_next(tmp_path):
    with acting(system="test"):
        killed = ImportRun.objects.create(file_name="killed.xml")
    imported(tmp_path, WHOLE)
    killed.refresh_from_db()
    assert killed.broken_off_at is not None
    assert CensusChild.objects.count() == 1
