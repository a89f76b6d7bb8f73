"""Backup and restore, on a database of their own with one table in it."""

import os

import psycopg
import pytest

from goldthread.ground.boot import backup
from goldthread.ground.boot.settings import settings
from goldthread.ground.boot.tests import servers
from goldthread.ground.boot.trouble import Trouble


@pytest.fixture
def owner(server_urls, monkeypatch):
    name = f"test_backup_{os.getpid()}"
    with psycopg.connect(server_urls.admin, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}" OWNER owner')
    monkeypatch.setattr(settings, "database_owner_url", server_urls.url("owner", name))
    monkeypatch.setattr(backup, "bring_up_to_date", lambda **options: None)
    with psycopg.connect(settings.database_owner_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE note (words text)")
        connection.execute("INSERT INTO note SELECT 'as it was ' || n FROM generate_series(1, 20000) n")
        yield connection
    servers.drop(server_urls, name)


def count(owner, words):
    return owner.execute("SELECT count(*) FROM note WHERE words LIKE %s", [words + "%"]).fetchone()[0]


def test_a_backup_brings_back_what_was_there_and_only_its_writer_can_read_it(owner, tmp_path):
    file = tmp_path / "kept.dump"
    backup.backup(file)
    assert file.stat().st_mode & 0o077 == 0
    owner.execute("UPDATE note SET words = 'spoilt'")
    backup.restore(file, replace=True)
    assert (count(owner, "as it was"), count(owner, "spoilt")) == (20000, 0)


def test_a_database_with_something_in_it_is_not_restored_over_unasked(owner, tmp_path):
    file = tmp_path / "kept.dump"
    backup.backup(file)
    with pytest.raises(Trouble, match=r"is not empty .* --replace throws away"):
        backup.restore(file, replace=False)


def test_an_empty_database_is_restored_into(owner, tmp_path):
    file = tmp_path / "kept.dump"
    backup.backup(file)
    backup.empty()
    backup.restore(file, replace=False)
    assert count(owner, "as it was") == 20000


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9])
def test_a_torn_backup_changes_nothing(owner, tmp_path, kept):
    file = tmp_path / "torn.dump"
    backup.backup(file)
    os.truncate(file, int(file.stat().st_size * kept))
    owner.execute("INSERT INTO note VALUES ('since')")
    with pytest.raises(Trouble, match="the database is as it was: "):
        backup.restore(file, replace=True)
    assert (count(owner, "as it was"), count(owner, "since")) == (20000, 1)


def test_a_file_that_is_no_backup_changes_nothing(owner, tmp_path):
    file = tmp_path / "letter.txt"
    file.write_text("Dear all")
    with pytest.raises(Trouble, match="the database is as it was: "):
        backup.restore(file, replace=True)
    assert count(owner, "as it was") == 20000


def test_a_backup_never_takes_the_place_of_another_file(owner, tmp_path):
    file = tmp_path / "kept.dump"
    file.write_text("precious")
    with pytest.raises(Trouble, match="exists already"):
        backup.backup(file)
    assert file.read_text() == "precious"
