"""pgBackRest, as deploy/backup has it: back to a moment, with all that was acknowledged before it and nothing after."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from goldthread.ground.boot.account import account_for
from goldthread.ground.boot.settings import CHECKOUT
from goldthread.ground.boot.tests.servers import system_programs

pytestmark = pytest.mark.resilience
DEPLOY = CHECKOUT / "deploy" / "backup"
PORT = 54321


class Machine:
    """A data folder, a repository and a socket of their own, under the account PostgreSQL runs as."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder, self.programs = folder, programs
        self.data, self.repository = folder / "data", folder / "repository"
        self.account = account_for(folder)
        self.account.give(folder)
        for name in ("repository", "log", "lock", "spool"):
            (folder / name).mkdir()
            self.account.give(folder / name)
        self.configuration = folder / "pgbackrest.conf"
        words = (DEPLOY / "pgbackrest.conf").read_text()
        for theirs, ours in {
            "/srv/pgbackrest": self.repository,
            "CHANGE-ME": "only-for-this-test",
            "/var/log/pgbackrest": folder / "log",
            "/run/pgbackrest": folder / "lock",
            "/var/spool/pgbackrest": folder / "spool",
            "/var/lib/postgresql/18/main": self.data,
            "/run/postgresql": folder,
            "5432": PORT,
        }.items():
            assert theirs in words
            words = words.replace(theirs, str(ours))
        self.configuration.write_text(words + "pg1-user=postgres\n")
        self.configuration.chmod(0o644)

    def run(self, *command: str | Path) -> None:
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PGBACKREST_CONFIG": str(self.configuration)}
        with (self.folder / "said").open("w+") as said:
            done = subprocess.run(
                [str(word) for word in command],
                cwd=self.folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                check=False,
                timeout=300,
                **self.account.popen,
            )
            said.seek(0)
            assert done.returncode == 0, f"{command}: {said.read()}"

    def pgbackrest(self, *words: str) -> None:
        self.run("pgbackrest", "--stanza=goldthread", *words)

    def make(self) -> None:
        self.run(self.programs / "initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        with (self.data / "postgresql.conf").open("a") as out:
            out.write((DEPLOY / "postgresql.conf").read_text())
            out.write(f"\nport = {PORT}\nlisten_addresses = ''\nunix_socket_directories = '{self.folder}'\n")

    @contextmanager
    def running(self) -> Iterator[psycopg.Connection]:
        self.run(self.programs / "pg_ctl", "-D", self.data, "-w", "-t", "120", "-l", self.folder / "log" / "server", "start")
        try:
            with psycopg.connect(f"host={self.folder} port={PORT} user=postgres dbname=postgres", autocommit=True) as connection:
                yield connection
        finally:
            self.run(self.programs / "pg_ctl", "-D", self.data, "-w", "-m", "fast", "stop")


@pytest.fixture
def machine() -> Iterator[Machine]:
    programs = system_programs()
    missing = [] if programs else ["PostgreSQL 15 or later under /usr/lib/postgresql"]
    missing += [] if shutil.which("pgbackrest") else ["pgbackrest"]
    if missing or programs is None:
        pytest.skip(f"not on this machine: {', '.join(missing)}")
    folder = Path(tempfile.mkdtemp(prefix="goldthread-pitr-", dir="/tmp"))
    folder.chmod(0o755)
    yield Machine(folder, programs)
    shutil.rmtree(folder)


def test_back_to_a_moment_with_all_that_was_acknowledged_before_it_and_nothing_after(machine):
    machine.make()
    with machine.running() as connection:
        machine.pgbackrest("stanza-create")
        machine.pgbackrest("check")
        connection.execute("CREATE TABLE note (number int PRIMARY KEY, words text)")
        write(connection, 0, 200, "before the backup")
        machine.pgbackrest("--type=full", "backup")
        time.sleep(2)  # pgBackRest reckons in whole seconds which backup is older than the moment
        write(connection, 200, 400, "acknowledged")
        moment = connection.execute("SELECT clock_timestamp()::text").fetchone()[0]
        time.sleep(1)
        write(connection, 400, 600, "a mistake")
        connection.execute("UPDATE note SET words = 'spoilt' WHERE number < 100")
        connection.execute("SELECT pg_switch_wal()")
        machine.pgbackrest("check")
    machine.data.rename(machine.folder / "before")
    machine.data.mkdir(mode=0o700)
    machine.account.give(machine.data)
    began = time.monotonic()
    machine.pgbackrest("--type=time", f"--target={moment}", "--target-action=promote", "restore")
    with machine.running() as connection:
        while connection.execute("SELECT pg_is_in_recovery()").fetchone()[0]:
            assert time.monotonic() - began < 120
            time.sleep(0.2)
        print(f"Back to the moment after {time.monotonic() - began:.1f} seconds.")
        found = connection.execute("SELECT words, count(*), max(number) FROM note GROUP BY 1 ORDER BY 3").fetchall()
        assert found == [("before the backup", 200, 199), ("acknowledged", 200, 399)]
        connection.execute("INSERT INTO note VALUES (1000, 'the work goes on')")


def test_the_repository_cannot_be_read_without_its_pass_phrase(machine):
    machine.make()
    with machine.running() as connection:
        connection.execute("CREATE TABLE note AS SELECT 'Abel Ashdown was seen' AS words FROM generate_series(1, 1000)")
        machine.pgbackrest("stanza-create")
        machine.pgbackrest("--type=full", "--compress-type=none", "backup")
    kept = [one for one in machine.repository.rglob("*") if one.is_file() and not one.is_symlink()]
    assert kept and not any(b"Abel Ashdown" in one.read_bytes() for one in kept)


def test_a_drill_brings_back_the_newest_backup_and_says_what_would_be_lost_and_what_the_trail_does_not_explain(machine, tmp_path):
    machine.make()
    with machine.running() as connection:
        machine.pgbackrest("stanza-create")
        urls = {role: f"postgresql://{role}@/goldthread?host={machine.folder}&port={PORT}" for role in ("app", "owner")}
        for role in urls:
            connection.execute(f"CREATE ROLE {role} LOGIN")
        connection.execute("CREATE DATABASE goldthread OWNER owner")
        data = tmp_path / "data"
        environment = os.environ | {"DATABASE_URL": urls["app"], "DATABASE_OWNER_URL": urls["owner"], "GOLDTHREAD_DATA_DIR": str(data)}
        goldthread(environment, "migrate")
        with psycopg.connect(urls["app"], autocommit=True) as app:
            app.execute("SELECT set_config('app.actor', 'test', false)")
            schools(app, "Ash", "Beech")
            machine.pgbackrest("--type=full", "backup")
            schools(app, "Cedar")
            connection.execute("SELECT pg_switch_wal()")
            machine.pgbackrest("check")
            schools(app, "Damson", "Elder")
            kept = sorted(machine.repository.rglob("*"))
            found = drilled(environment, machine)
            assert (found["wrong"], found["lost"]) == ([], 2), "two schools were written after the last change that was kept"
            assert found["rows"] > 100
            assert sorted(machine.repository.rglob("*")) == kept, "the server of the drill writes nothing to the repository"
            with psycopg.connect(urls["owner"], autocommit=True) as owner:
                owner.execute("ALTER TABLE agencies_agency DISABLE TRIGGER USER")
                owner.execute("DELETE FROM agencies_agency WHERE name = 'Ash'")
            assert drilled(environment, machine)["wrong"] == [
                "agencies_agency has 1 rows more than the trail of the database in use explains."
            ]
    lost = drilled(environment, machine)
    assert (lost["wrong"], lost["lost"]) == ([], None), "the machine is gone, its repository is not"
    assert len((data / "drills.jsonl").read_text().splitlines()) == 3


def goldthread(environment: dict[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "-m", "goldthread", *words], cwd=CHECKOUT, env=environment, capture_output=True, text=True)


def drilled(environment: dict[str, str], machine: Machine) -> dict[str, Any]:
    done = goldthread(environment, "drill", "--stanza", "goldthread", "--pgbackrest", str(machine.configuration), "--json")
    assert done.stdout, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == bool(found["wrong"])
    print(f"Drilled in {found['seconds']} seconds: {found['rows']} rows.")
    return found


def schools(app: psycopg.Connection, *names: str) -> None:
    for name in names:
        app.execute("INSERT INTO agencies_agency (name, kind, is_own_authority) VALUES (%s, 'school', false)", [name])


def write(connection: psycopg.Connection, first: int, last: int, words: str) -> None:
    """Each committed, and so acknowledged, by itself."""
    for number in range(first, last):
        connection.execute("INSERT INTO note VALUES (%s, %s)", [number, words])
