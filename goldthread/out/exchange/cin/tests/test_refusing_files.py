"""A file that is broken or means harm is refused whole, in one sentence, quickly and in little memory."""

import os
import time
import tracemalloc

import pytest

from goldthread.out.exchange.cin.census import FileRefused
from goldthread.out.exchange.cin.reading import CensusFile
from goldthread.out.exchange.cin.tests.test_reading_sound_files import written
from tests.cin_files.hostile import HOSTILE, sound

SAYS = {
    "entity bomb": "document type",
    "external entity": "document type",
    "outside document type": "document type",
    "wrong root": "begins with “Messages”",
    "another namespace": "namespace",
    "web page": "begins with “html”",
    "declared in another encoding": "windows-1252",
    "not the encoding it declares": "not in UTF-8",
    "not the encoding, near the end": "not in UTF-8",
    "UTF-16": "UTF-16",
    "UTF-16 without a mark": "UTF-16",
    "zero bytes inside": "damaged",
    "truncated": "not complete",
    "truncated inside a name": "not complete",
    "tags crossed": "damaged",
    "something after the end": "follows the end",
    "empty": "empty",
    "only spaces": "holds no XML",
    "not XML": "not XML",
    "spreadsheet": "spreadsheet",
    "deep nesting": "deeper",
    "huge text": "more than 2 MB",
    "huge attribute": "more than 2 MB",
    "huge comment": "more than 2 MB",
    "huge child": "more than 2 MB",
    "two gigabytes": "2.0 GB",
    "no header": "no header",
    "no children": "holds no children",
    "empty list of children": "holds no children",
    "header last": "after the children",
    "another collection": "SSDA903",
    "year too early": "2019",
    "year and day differ": "ReferenceDate",
    "no year": "of which year",
    "authority in letters": "whose census",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_whole_in_one_sentence(tmp_path, kind):
    HOSTILE[kind](tmp_path / "census.xml")
    tracemalloc.start()
    began = time.monotonic()
    with pytest.raises(FileRefused) as refused:
        CensusFile.open(tmp_path / "census.xml")
    assert time.monotonic() - began < 5
    assert tracemalloc.get_traced_memory()[1] < 20 * 1024**2
    tracemalloc.stop()
    sentence = refused.value.sentence
    assert SAYS[kind] in sentence
    assert sentence.endswith(".") and "\n" not in sentence and "Traceback" not in sentence


def test_every_hostile_file_has_its_sentence():
    assert set(SAYS) == set(HOSTILE)


def test_a_pipe_a_folder_and_a_missing_file_are_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path, words in ((tmp_path / "pipe", "ordinary file"), (tmp_path, "folder"), (tmp_path / "none.xml", "no file")):
        with pytest.raises(FileRefused, match=words):
            CensusFile.open(path)


def test_another_authoritys_file_is_refused(tmp_path):
    sound(tmp_path / "census.xml")
    with pytest.raises(FileRefused, match="authority 318; this database belongs to authority 201"):
        CensusFile.open(tmp_path / "census.xml", expected_authority="201")


def test_another_years_file_is_refused(tmp_path):
    sound(tmp_path / "census.xml")
    with pytest.raises(FileRefused, match="2025-26; the one of 2024-25 was expected"):
        CensusFile.open(tmp_path / "census.xml", expected_year=2025)


def test_a_file_that_changes_between_the_two_looks_is_refused(tmp_path):
    path = tmp_path / "census.xml"
    written(path, year=2026, children=10)
    census = CensusFile.open(path)
    path.write_bytes(path.read_bytes().replace(b"<Sex>F<", b"<Sex>M<"))
    with pytest.raises(FileRefused, match="changed"):
        list(census)


def test_three_thousand_children_are_read_in_little_memory(tmp_path):
    path = tmp_path / "census.xml"
    written(path, year=2026, children=3_000)
    tracemalloc.start()
    assert sum(1 for _ in CensusFile.open(path)) == 3_000
    assert tracemalloc.get_traced_memory()[1] < 20 * 1024**2
    tracemalloc.stop()
