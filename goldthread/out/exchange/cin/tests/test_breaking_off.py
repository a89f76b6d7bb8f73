"""Broken off at any moment, an import leaves whole children; run again, it ends where one clean run would have."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import transaction

from goldthread.core.people.models import Person
from goldthread.ground.boot.settings import settings
from goldthread.out.exchange.cin.actions import importing
from goldthread.out.exchange.cin.actions.writing import Writer
from goldthread.out.exchange.cin.tests.test_importing import everything, quietly
from goldthread.out.exchange.cin.tests.test_reading_sound_files import written
from goldthread.out.exchange.models import CensusChild, ImportRun

pytestmark = pytest.mark.django_db(transaction=True)

CHILDREN = 300
IMPORT = """
import sys
from goldthread.ground.boot.at_work import set_up_django
set_up_django()
from goldthread.out.exchange.cin.actions import importing
importing.BATCH = 20
importing.import_file(sys.argv[1], say=print)
"""


@pytest.fixture
def census(tmp_path: Path) -> Path:
    path = tmp_path / "census.xml"
    written(path, year=2026, children=CHILDREN, seed=8)
    return path


def one_clean_run(census: Path) -> list[tuple[object, ...]]:
    """What it would have led to, looked at and rolled back."""
    with transaction.atomic():
        quietly(census)
        found = everything()
        transaction.set_rollback(True)
    assert not Person.objects.exists()
    return found


def test_killed_in_the_middle_and_run_again_it_equals_one_clean_run(census):
    expected = one_clean_run(census)
    env = {**os.environ, "DATABASE_URL": settings.database_url, "DJANGO_SETTINGS_MODULE": "goldthread.ground.boot.django"}
    process = subprocess.Popen(
        [sys.executable, "-c", IMPORT, str(census)], env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    deadline = time.monotonic() + 60
    while CensusChild.objects.count() < 40 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    said = process.communicate()[0]
    assert 40 <= CensusChild.objects.count() < CHILDREN, said
    assert Person.objects.count() == CensusChild.objects.count()

    report = quietly(census)
    assert everything() == expected
    assert report.run.children_unchanged > 0
    killed = ImportRun.objects.order_by("pk").first()
    assert killed is not None and killed.finished_at is None and killed.broken_off_at is not None


def test_a_failure_in_one_batch_stops_the_import_and_nothing_is_half_written(census, monkeypatch):
    expected = one_clean_run(census)
    monkeypatch.setattr(importing, "BATCH", 20)
    write, calls = Writer.write, []

    def failing(writer, children, faults):  # type: ignore[no-untyped-def]
        calls.append(children)
        if len(calls) == 4:
            raise OSError("No space left on device")
        return write(writer, children, faults)

    monkeypatch.setattr(Writer, "write", failing)
    with pytest.raises(OSError, match="No space left"):
        quietly(census)
    assert 0 < Person.objects.count() < CHILDREN

    monkeypatch.setattr(Writer, "write", write)
    quietly(census)
    assert everything() == expected


def test_written_on_two_connections_it_is_the_same(census, monkeypatch):
    expected = one_clean_run(census)
    monkeypatch.setattr(importing, "BATCH", 20)
    quietly(census)
    assert everything() == expected
