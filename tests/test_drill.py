"""The drill: a backup is brought back on a server of its own, and what is wrong with it is found."""

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import psycopg
import pytest
from django.utils.timezone import localdate

from goldthread.core.records.actions import begin_record
from goldthread.core.records.models import FairCopy
from goldthread.drilling import unexplained
from goldthread.ground.audit.acting import acting
from goldthread.ground.audit.tests.tampering import as_owner, committed, long_ago, schools, seal
from goldthread.ground.boot import backup, drills, repository
from goldthread.ground.boot.account import Account
from goldthread.ground.boot.drills import Drilled, drilled, keep
from goldthread.ground.boot.repository import Repository
from goldthread.ground.boot.settings import settings
from goldthread.ground.boot.trouble import Trouble
from goldthread.pathway import fair_copy

CHECKOUT = Path(__file__).parents[1]


@pytest.fixture
def written(transactional_db, tmp_path) -> Path:
    """A backup of two schools, a sealed day and a fair copy; a third school came after it."""
    schools("Ash", "Beech")
    long_ago(3)
    seal()
    with acting(system="test"):
        record = begin_record(kind="test.kind", children=[], by=None, happened_on=localdate())
        content = {"title": "A visit", "shared": [{"asked": "What happened?", "answer": "Nobody opened the door."}], "each": []}
        FairCopy.objects.create(
            record=record, version=1, step="record", content=content, definition_version=1, sha256=fair_copy.seal(content)
        )
    return backed_up(tmp_path)


def backed_up(folder: Path) -> Path:
    file = folder / "kept.dump"
    for old in (file, backup.beside(file)):
        old.unlink(missing_ok=True)
    backup.backup(file)
    return file


@cache
def room_of(file: Path) -> Path:
    """Where the drill of this file brings it back: the account that runs the server passes through."""
    folder = Path(tempfile.mkdtemp(prefix="goldthread-tests-drill-"))
    folder.chmod(0o755)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def drill(file: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """As somebody runs it at the keyboard, while the test's own database is the one in use."""
    folder, passing = file.parent / "data", room_of(file)
    folder.mkdir(exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GOLDTHREAD_", "DATABASE_"))}
    named = {"DATABASE_URL": settings.database_url, "DATABASE_OWNER_URL": settings.database_owner_url, "GOLDTHREAD_DATA_DIR": str(folder)}
    named["TMPDIR"] = str(passing)
    command = [sys.executable, "-m", "goldthread", "drill", str(file), *words]
    return subprocess.run(command, cwd=CHECKOUT, env=kept | named, capture_output=True, text=True)


def wrong(file: Path) -> list[str]:
    done = drill(file, "--json")
    assert done.returncode == 1, done.stderr
    return json.loads(done.stdout)["wrong"]


@committed
def test_a_whole_backup_is_said_to_be_whole_with_how_long_it_took_and_what_would_be_lost(written):
    schools("Cedar")
    done = drill(written, "--json")
    found = json.loads(done.stdout)
    assert (done.returncode, found["wrong"]) == (0, [])
    assert found["rows"] == sum(backup.written_with(written).rows.values())
    assert found["seals"] >= 1 and found["copies"] == 1 and found["seconds"] > 0
    assert found["lost"] == 1, "the third school, written after the backup"
    assert list(room_of(written).iterdir()) == [], "nothing of it stays"
    (line,) = (written.parent / "data" / "drills.jsonl").read_text().splitlines()
    assert json.loads(line)["is_whole"] is True


@committed
def test_a_row_that_is_missing_is_found(written):
    beside = backup.beside(written)
    told = json.loads(beside.read_text())
    told["rows"]["agencies_agency"] += 1
    beside.write_text(json.dumps(told))
    (words,) = wrong(written)
    assert words.startswith("agencies_agency had")


@committed
def test_a_seal_that_does_not_hold_and_a_copy_that_was_altered_are_found(written):
    as_owner("UPDATE audit_change SET actor = 'somebody else' WHERE id = (SELECT min(id) FROM audit_change)")
    with psycopg.connect(settings.database_owner_url) as owner:
        owner.execute("ALTER TABLE records_faircopy DISABLE TRIGGER USER")
        owner.execute("UPDATE records_faircopy SET content = jsonb_set(content, '{title}', '\"Another\"')")
    found = wrong(backed_up(written.parent))
    assert any("does not read as it was sealed" in words for words in found)
    assert len(found) >= 2, "and the row of the trail"


@committed
def test_a_torn_backup_is_found_and_remembered_as_not_whole(written):
    os.truncate(written, written.stat().st_size // 2)
    assert "not restored" in wrong(written)[0]
    assert '"is_whole": false' in (written.parent / "data" / "drills.jsonl").read_text()


@committed
def test_what_would_be_lost_is_not_known_when_the_database_in_use_is_gone(written, monkeypatch):
    monkeypatch.setattr(settings, "database_url", "postgresql://app@127.0.0.1:1/gone")
    done = drill(written)
    assert done.returncode == 0
    assert "how many, the database in use did not say" in done.stdout and "Nothing is missing" in done.stdout


def test_a_backup_that_is_not_there_or_says_nothing_of_itself_is_one_sentence(tmp_path):
    assert "There is no file" in drill(tmp_path / "gone.dump").stderr
    (tmp_path / "other.dump").write_bytes(b"PGDMP")
    assert "does not say what was in the backup" in drill(tmp_path / "other.dump").stderr


def test_health_says_when_the_last_drill_was_and_is_ill_after_five_weeks_or_a_backup_that_is_not_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(drills.settings, "data_dir", tmp_path)
    assert drilled().is_well and "ever brought back" in drilled().sentence
    for days, is_whole, is_well in ((40, True, False), (3, True, True), (1, False, False)):
        keep(Drilled((datetime.now(UTC) - timedelta(days=days)).isoformat(), "kept.dump", "2026-11-01T02:00:00+00:00", 41.0, is_whole))
        assert drilled().is_well is is_well
        assert f"{days} days ago" in drilled().sentence


@committed
def test_rows_that_the_trail_does_not_explain_are_found_by_table(transactional_db):
    def of_agencies() -> int:
        with psycopg.connect(settings.database_owner_url) as owner:
            return unexplained(owner)["agencies_agency"]

    schools("Ash", "Beech")
    before = of_agencies()
    schools("Cedar")
    assert of_agencies() == before, "the trail explains a row more"
    with psycopg.connect(settings.database_owner_url, autocommit=True) as owner:
        owner.execute("ALTER TABLE agencies_agency DISABLE TRIGGER USER")
        owner.execute("DELETE FROM agencies_agency WHERE name = 'Ash'")
        owner.execute("ALTER TABLE agencies_agency ENABLE TRIGGER USER")
    assert of_agencies() == before - 1


def test_a_repository_on_a_machine_without_pgbackrest_is_one_sentence(monkeypatch):
    monkeypatch.setattr(repository.shutil, "which", lambda name: None)
    with pytest.raises(Trouble, match="pgBackRest is not installed"):
        Repository("goldthread").newest(Account())


def test_a_repository_that_holds_no_backup_is_one_sentence(monkeypatch):
    monkeypatch.setattr(Repository, "run", lambda *words: '[{"name": "goldthread", "backup": []}]')
    with pytest.raises(Trouble, match="no backup of the stanza “goldthread”"):
        Repository("goldthread").newest(Account())
