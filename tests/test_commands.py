"""The `goldthread` command as its user sees it."""

import errno
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from goldthread import commands
from goldthread.ground.boot.trouble import Trouble

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
