"""A return is checked from its file, with no database: sound, broken, hostile, in pieces."""

import csv
import json
import os
import subprocess
import sys
from datetime import date
from io import BytesIO

import pytest

from goldthread.commands import main
from goldthread.out.exchange.cin.census import FileRefused
from goldthread.out.exchange.cin.stream import Stream
from goldthread.out.returns.cin import checking, pieces
from goldthread.out.returns.cin.as_xml import FOOT, written
from goldthread.out.returns.cin.checking import check_file
from goldthread.out.returns.cin.examples import a_protection_plan, a_section_47, sound
from goldthread.out.returns.cin.reading import Reader
from goldthread.out.returns.cin.report import Report
from tests.cin_files.breakages import BREAKAGES, break_file
from tests.cin_files.generator import write_census
from tests.cin_files.hostile import HOSTILE


@pytest.fixture
def census(tmp_path):
    path = tmp_path / "census.xml"
    with path.open("wb") as out:
        write_census(out, year=2026, children=300)
    return path


def in_form(path):
    return [failure for failure in check_file(path).failures if failure.code == "form"]


@pytest.mark.parametrize("year", range(2023, 2028))
def test_a_sound_file_of_any_year_has_no_fault_of_form(tmp_path, year):
    with (tmp_path / "census.xml").open("wb") as out:
        write_census(out, year=year, children=300, words_for_booleans=year % 2 == 0)
    checked = check_file(tmp_path / "census.xml", year=year, authority="318")
    assert checked.children == 300
    assert [failure for failure in checked.failures if failure.code == "form"] == []


def test_a_child_is_read_as_it_was_written():
    child = sound(
        Section47=[a_section_47("2025-06-05", "2025-06-24")],
        ChildProtectionPlans=[a_protection_plan("2025-06-24", None, "2025-09-17", "2026-02-02")],
    )
    stream = Stream(lambda name: name == "Child")
    (node,) = stream.read(BytesIO(f"<Message><Children>{written(child)}{FOOT}".encode()))
    read = Reader(2026).child(node)
    assert written(read) == written(child)
    assert read.CINdetails[0].CINreferralDate == date(2025, 6, 2)
    assert read.CINdetails[0].ReferralNFA is False


@pytest.mark.parametrize(
    "kind",
    ["UK date", "half-typed date", "impossible date", "bad boolean", "text where number", "unknown element", "wrong order", "stray text"],
)
def test_a_fault_of_form_is_told_once_with_its_line(census, tmp_path, kind):
    broken = break_file(census, tmp_path / "broken.xml", kind, child=7)
    (failure,) = in_form(tmp_path / "broken.xml")
    assert (failure.spot.line, failure.spot.la_child_id) == (broken.line, broken.la_child_id)
    assert failure.spot.element == broken.element


def test_a_date_as_people_write_it_is_told_how_to_write_it(census, tmp_path):
    break_file(census, tmp_path / "broken.xml", "UK date")
    (failure,) = in_form(tmp_path / "broken.xml")
    assert "is not a date written YYYY-MM-DD. Write " in failure.says


@pytest.mark.parametrize("kind", [kind for kind in HOSTILE if kind != "year and day differ"])
def test_a_file_that_cannot_be_trusted_is_refused_in_one_sentence(tmp_path, kind):
    HOSTILE[kind](tmp_path / "census.xml")
    with pytest.raises(FileRefused) as refusal:
        check_file(tmp_path / "census.xml")
    assert refusal.value.sentence.endswith(".")


def test_a_header_of_another_day_is_rule_100(tmp_path):
    HOSTILE["year and day differ"](tmp_path / "census.xml")
    assert "100" in {failure.code for failure in check_file(tmp_path / "census.xml").failures}


def test_pieces_say_what_the_whole_says(census, tmp_path, monkeypatch):
    break_file(census, tmp_path / "twice.xml", "duplicate LAchildID", child=150)
    break_file(tmp_path / "twice.xml", tmp_path / "broken.xml", "UK date", child=200)
    whole = check_file(tmp_path / "broken.xml", processes=1)
    monkeypatch.setattr(pieces, "SIZE", 20_000)
    assert len(pieces.pieces_of(tmp_path / "broken.xml")) > 5
    assert check_file(tmp_path / "broken.xml", processes=2) == whole


@pytest.mark.parametrize("inside", ["<!-- <Child> -->", "<![CDATA[<Child>]]>", "<other><Child></Child></other>"])
def test_a_cut_in_the_wrong_place_is_read_whole(census, tmp_path, monkeypatch, inside):
    words = census.read_text().replace("<LAchildID>", f"{inside}<LAchildID>")
    (tmp_path / "census.xml").write_text(words)
    whole = check_file(tmp_path / "census.xml", processes=1)
    monkeypatch.setattr(pieces, "SIZE", 20_000)
    assert check_file(tmp_path / "census.xml", processes=2) == whole


def test_a_file_broken_in_a_later_piece_is_refused_with_its_own_line(census, tmp_path, monkeypatch):
    lines = census.read_text().splitlines()
    at = len(lines) - 40
    (tmp_path / "census.xml").write_text("\n".join([*lines[:at], "<Child></Chil>", *lines[at:]]))
    monkeypatch.setattr(pieces, "SIZE", 20_000)
    with pytest.raises(FileRefused) as refusal:
        check_file(tmp_path / "census.xml", processes=2)
    assert refusal.value.line == at + 1


def test_a_process_that_is_killed_is_no_harm(census, monkeypatch):
    whole, here = check_file(census, processes=1), os.getpid()
    monkeypatch.setattr(pieces, "SIZE", 20_000)
    read = checking.opened
    monkeypatch.setattr(checking, "opened", lambda piece: read(piece) if os.getpid() == here else os._exit(9))
    assert check_file(census, processes=2) == whole


def exit_code(*words):
    with pytest.raises(SystemExit) as left:
        main(["check", "cin", *map(str, words)])
    return left.value.code


def test_the_command_tells_people_and_machines(census, tmp_path, capsys):
    break_file(census, tmp_path / "broken.xml", "UK date", child=3)
    assert exit_code(tmp_path / "broken.xml", "--year", 2026, "--csv", tmp_path / "f.csv", "--json", tmp_path / "f.json") == 1
    told = capsys.readouterr().out
    assert "Children in need census of 2025-26, authority 318: 300 children." in told
    rows = list(csv.DictReader((tmp_path / "f.csv").open()))
    found = json.loads((tmp_path / "f.json").read_text())
    assert [row["rule"] for row in rows] == [failure["rule"] for failure in found["failures"]]
    assert found["counts"]["form"] == 1
    assert next(row for row in rows if row["rule"] == "form")["element"] == "PersonBirthDate"


def test_the_command_says_why_a_file_cannot_be_read(census, tmp_path, capsys):
    assert exit_code(census, "--year", 2025) == 2
    assert "the one of 2024-25 was expected" in capsys.readouterr().err
    assert exit_code(census, "--authority", "999") == 2
    assert exit_code(tmp_path / "none.xml") == 2


def test_a_clean_return_is_code_0(census, monkeypatch, capsys):
    checked = check_file(census)
    checked.failures.clear()
    monkeypatch.setattr("goldthread.out.returns.cin.checking.check_file", lambda *_, **__: checked)
    assert exit_code(census) == 0
    assert "is broken" in capsys.readouterr().out


def test_no_database_and_no_django_is_needed():
    words = "import sys, goldthread.out.returns.cin.report as r; r.rules_of(2026); print('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True).stdout.strip() == "False"


def test_a_spreadsheet_reckons_with_nothing(census, tmp_path):
    words = census.read_text().replace("<NumberOfPreviousCPP>0<", "<NumberOfPreviousCPP>=1+1<", 1)
    (tmp_path / "census.xml").write_text(words)
    with (tmp_path / "f.csv").open("w", newline="") as out:
        Report(check_file(tmp_path / "census.xml")).write_csv(out)
    assert "'=1+1" in (tmp_path / "f.csv").read_text()


def test_every_way_to_break_a_file_is_seen(census, tmp_path):
    usual = len(check_file(census).failures)
    unseen = set()
    for kind in BREAKAGES:
        break_file(census, tmp_path / "broken.xml", kind)
        if len(check_file(tmp_path / "broken.xml").failures) <= usual:
            unseen.add(kind)
    assert unseen == set()
