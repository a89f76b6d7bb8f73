"""A return at the keyboard: the whole file or none, the same twice, and a sentence where there is none to be written."""

import errno
import hashlib
import json
from datetime import date
from pathlib import Path

import pytest
from django.utils.timezone import localdate

from goldthread.ground.audit.acting import acting
from goldthread.ground.boot.actions import mark_demo
from goldthread.ground.boot.models import Installation
from goldthread.ground.boot.trouble import Trouble
from goldthread.out.exchange.cin.tests.test_importing import imported
from goldthread.out.exchange.cin.tests.test_reading_sound_files import WHOLE
from goldthread.out.returns import actions
from goldthread.out.returns.actions import export_file
from goldthread.out.returns.cin import file
from goldthread.out.returns.models import ReturnRun

pytestmark = pytest.mark.django_db


def export(path: Path, *, year: int = 2026, authority: str = "318", at: date | None = date(2026, 3, 31)) -> dict:
    return export_file(path, year=year, authority=authority, at=at, say=lambda line: None)


def test_a_return_is_written_with_what_it_counted_beside_it(tmp_path):
    imported(tmp_path, WHOLE)
    manifest = export(tmp_path / "cin.xml")
    written = (tmp_path / "cin.xml").read_bytes()
    assert json.loads((tmp_path / "cin.xml.manifest.json").read_text()) == manifest
    assert manifest["file"] == {"name": "cin.xml", "sha256": hashlib.sha256(written).hexdigest(), "size": len(written)}
    assert (manifest["counts"]["children"], manifest["counts"]["reviews"], manifest["left_out"]) == (1, 2, [])
    run = ReturnRun.objects.get()
    assert (run.children, run.sha256, run.at, run.work.done) == (1, manifest["file"]["sha256"], date(2026, 3, 31), 1)
    assert run.finished_at is not None


def test_the_same_day_gives_the_same_file_to_the_byte(tmp_path):
    imported(tmp_path, WHOLE)
    export(tmp_path / "one.xml")
    export(tmp_path / "other.xml")
    assert (tmp_path / "one.xml").read_bytes() == (tmp_path / "other.xml").read_bytes()
    assert b"<DateTime>2026-03-31T00:00:00</DateTime>" in (tmp_path / "one.xml").read_bytes()


@pytest.mark.parametrize("failure", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_a_full_disk_or_ctrl_c_leaves_no_half_file_and_the_one_before_stands(tmp_path, monkeypatch, failure):
    imported(tmp_path, WHOLE)
    export(tmp_path / "cin.xml")
    before = (tmp_path / "cin.xml").read_bytes()

    def fail(child):
        raise failure

    monkeypatch.setattr(file.as_xml, "written", fail)
    with pytest.raises((Trouble, KeyboardInterrupt)):
        export(tmp_path / "cin.xml")
    assert (tmp_path / "cin.xml").read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"census.xml", "cin.xml", "cin.xml.manifest.json"}
    run = ReturnRun.objects.order_by("-pk")[0]
    assert run.finished_at is None
    assert (run.refused is not None and "The disk is full" in run.refused) or run.broken_off_at is not None


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ({"year": 2022}, "Goldthread writes the censuses of 2023"),
        ({"authority": "31"}, "“31” is not an authority’s number"),
        ({"authority": "201"}, "Nothing of authority 201 is here"),
        ({"at": date(2025, 3, 31)}, "begins on 2025-04-01; as at 2025-03-31 there is nothing in it"),
        ({"at": date(2999, 1, 1)}, "is still to come"),
    ],
)
def test_what_cannot_be_written_is_said_in_a_sentence_and_leaves_no_run(tmp_path, wanted, sentence):
    imported(tmp_path, WHOLE)
    with pytest.raises(Trouble, match=sentence):
        export(tmp_path / "cin.xml", **wanted)
    assert not (tmp_path / "cin.xml").exists() and not ReturnRun.objects.exists()


def test_an_authoritys_database_writes_no_other_authoritys_census(tmp_path):
    imported(tmp_path, WHOLE)
    with acting(system="test"):
        Installation.objects.create(authority="Wexcombe", la_code="201", ons_code="E09999999")
    with pytest.raises(Trouble, match="This database is that of authority 201; it holds no census of authority 318"):
        export(tmp_path / "cin.xml")


def test_a_demo_writes_its_own_borough_and_each_census_it_took_in_apart(tmp_path):
    with acting(system="test"):
        mark_demo(authority="Borough of Hallowmere", la_code="999", ons_code="E09999999", size="locality")
    imported(tmp_path, WHOLE)
    assert export(tmp_path / "own.xml", authority="999")["counts"]["children"] == 0
    assert export(tmp_path / "other.xml", authority="318")["counts"]["children"] == 1


def test_nothing_is_told_of_the_future_unless_the_year_is_over(tmp_path):
    imported(tmp_path, WHOLE)
    manifest = export(tmp_path / "cin.xml", at=None)
    assert manifest["as_at"] == min(date(2026, 3, 31), localdate()).isoformat()


def test_there_must_be_a_folder_for_it(tmp_path):
    with pytest.raises(Trouble, match="there is no folder"):
        export(tmp_path / "nowhere" / "cin.xml")
    with pytest.raises(Trouble, match="it is a folder"):
        export(tmp_path)


def test_a_return_that_ended_is_not_written_again(tmp_path):
    imported(tmp_path, WHOLE)
    run = actions.begin_return(year=2026, authority="318", at=date(2026, 3, 31), by=None)
    actions.write_asked(run)
    finished_at, pieces = run.finished_at, run.pieces.count()
    actions.write_asked(ReturnRun.objects.get(pk=run.pk))
    assert (ReturnRun.objects.get(pk=run.pk).finished_at, run.pieces.count()) == (finished_at, pieces)


def test_ids_that_came_in_before_the_database_had_its_authority_are_still_the_childrens(tmp_path):
    imported(tmp_path, WHOLE)
    with acting(system="test"):
        Installation.objects.create(authority="Wexcombe", la_code="318", ons_code="E09999999")
    assert export(tmp_path / "cin.xml")["otherwise"] == []
    assert b"<LAchildID>C000000006</LAchildID>" in (tmp_path / "cin.xml").read_bytes()
