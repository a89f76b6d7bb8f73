"""The `goldthread` command as its user sees it."""

import errno
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from goldthread import commands
from goldthread.ground.audit.acting import acting
from goldthread.ground.boot.models import Installation
from goldthread.ground.boot.settings import settings
from goldthread.ground.boot.trouble import Trouble
from goldthread.out.exchange.cin.tests.test_importing import imported
from goldthread.out.exchange.cin.tests.test_reading_sound_files import WHOLE

CHECKOUT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def data():
    folder = Path(tempfile.mkdtemp(prefix="goldthread-commands-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def goldthread(data: Path, *words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GOLDTHREAD_", "DATABASE_"))}
    command = [sys.executable, "-m", "goldthread", *words]
    return subprocess.run(
        command, cwd=CHECKOUT, env=kept | {"GOLDTHREAD_DATA_DIR": str(data)} | environment, capture_output=True, text=True
    )


@pytest.fixture(autouse=True)
def signals_as_they_were(monkeypatch):
    monkeypatch.setattr(commands.signal, "signal", lambda number, what: None)


def refusal(*words: str) -> str:
    """What a command run here ends with: its exit code, or the sentence it says."""
    with pytest.raises(SystemExit) as stopped:
        commands.main(list(words))
    return str(stopped.value.code)


def test_settings_are_listed_with_their_meaning(data):
    done = goldthread(data, "settings")
    assert done.returncode == 0
    assert "GOLDTHREAD_PORT" in done.stdout and "Port “goldthread serve” listens on." in done.stdout


def test_a_wrong_setting_is_one_sentence_whatever_was_asked(data):
    done = goldthread(data, "health", GOLDTHREAD_PORT="abc")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "GOLDTHREAD_PORT (“abc”) is not a value the product understands: give a whole number.\n"


def test_a_server_that_is_not_there_is_one_sentence(data):
    done = goldthread(data, "migrate", DATABASE_URL="postgresql://app@127.0.0.1:1/x", DATABASE_OWNER_URL="postgresql://owner@127.0.0.1:1/x")
    assert done.returncode == 1
    assert done.stderr.startswith("The database does not answer: ") and done.stderr.count("\n") == 1


@pytest.mark.django_db
def test_an_administrator_is_made_once_with_a_pass_phrase_that_holds(monkeypatch, capsys):
    monkeypatch.setenv("ADMIN_PASS_PHRASE", "short")
    assert "too short" in refusal("create-admin", "ann")
    monkeypatch.setenv("ADMIN_PASS_PHRASE", "a pass phrase of my own")
    assert refusal("create-admin", "ann") == "0"
    assert capsys.readouterr().out == "“ann” may sign in and set up the authority.\n"
    assert refusal("create-admin", "ann") == "There is a user “ann” already."


@pytest.mark.django_db
def test_a_database_that_was_migrated_is_well(capsys):
    assert refusal("health") == "0"
    assert "The product works as “app”, which owns nothing." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full: free some space"),
        (Trouble("Port 8000 is taken."), "Port 8000 is taken."),
        (PermissionError(errno.EACCES, "Permission denied", "/somewhere"), "/somewhere cannot be written: Permission denied."),
    ],
)
def test_a_fault_of_the_machine_is_one_sentence(monkeypatch, error, sentence):
    def fail(arguments):
        try:
            raise error
        except OSError as refused:
            raise RuntimeError("while doing something") from refused

    monkeypatch.setattr(commands, "show_settings", fail)
    assert refusal("settings").startswith(sentence)


def test_a_fault_of_ours_keeps_its_traceback(monkeypatch):
    monkeypatch.setattr(commands, "show_settings", lambda arguments: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        commands.main(["settings"])


@pytest.mark.django_db
def test_a_return_is_written_at_the_keyboard(tmp_path, capsys):
    with acting(system="test"):
        Installation.objects.create(authority="Wexcombe", la_code="318", ons_code="E09999999")
    imported(tmp_path, WHOLE)
    file = tmp_path / "cin.xml"
    assert refusal("export", "cin", "--year", "2026", "-o", str(file), "--at", "2026-03-31") == "0"
    assert file.read_bytes().count(b"<Child>") == 1 and (tmp_path / "cin.xml.manifest.json").exists()
    said = capsys.readouterr().out
    assert "Children in need census of 2025-26, authority 318, as at 2026-03-31." in said and f"The return is {file}" in said
    assert "holds no census of authority 201" in refusal("export", "cin", "--year", "2026", "--la", "201", "-o", str(file))


@pytest.mark.django_db
def test_a_new_key_is_said_where_keys_are_settings_and_made_where_they_are_a_file(monkeypatch, tmp_path, capsys):
    assert refusal("rotate-keys", "--new") == "0"
    key, what_to_do = capsys.readouterr().out.splitlines()
    assert Fernet(key) and "Put it first in GOLDTHREAD_FIELD_KEYS" in what_to_do
    monkeypatch.setattr(settings, "field_keys", "")
    monkeypatch.setattr(settings, "data_dir", tmp_path)
    assert refusal("rotate-keys", "--new") == "0"
    assert len((tmp_path / "field-keys").read_text().split()) == 2
    assert capsys.readouterr().out.startswith("0 secrets of second steps were encrypted by the newest key.")


def test_a_day_is_written_with_the_year_first(capsys):
    assert refusal("export", "cin", "--year", "2026", "--at", "31/03/2026") == "2"
    assert "“31/03/2026” is not a day: write it as 2026-03-31" in capsys.readouterr().err
