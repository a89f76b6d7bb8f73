"""The embedded PostgreSQL, killed at every moment."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from goldthread.ground.boot import postgres
from goldthread.ground.boot.account import Account, packaged_programs
from goldthread.ground.boot.postgres import THROWAWAY, InUse, embedded, processes_on
from goldthread.ground.boot.trouble import Trouble

NOBODY = 65534
KEEPER = """
import sys, time
from pathlib import Path
from goldthread.ground.boot.postgres import THROWAWAY, embedded
with embedded(Path(sys.argv[1]), options=THROWAWAY) as urls:
    print("up", flush=True)
    time.sleep(600)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Reachable by the account root's server runs as; pytest's own folders are closed to it."""
    made = Path(tempfile.mkdtemp(prefix="goldthread-embedded-", dir="/tmp"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


def keeper(folder: Path) -> "subprocess.Popen[str]":
    """Another process that supervises the server, and has one running."""
    started = subprocess.Popen([sys.executable, "-c", KEEPER, folder], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[4])
    assert started.stdout and started.stdout.readline() == "up\n"
    return started


def postmaster(folder: Path) -> int:
    return int((folder / "postgres/data/postmaster.pid").read_text().splitlines()[0])


def note(folder: Path, words: str) -> list[str]:
    """Starts the server, writes a row, and says what stands there by now."""
    with embedded(folder, options=THROWAWAY) as urls, psycopg.connect(urls.owner, autocommit=True) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS note (words text)")
        owner.execute("INSERT INTO note VALUES (%s)", [words])
        return [row[0] for row in owner.execute("SELECT words FROM note ORDER BY ctid")]


def kill(number: int) -> None:
    os.kill(number, signal.SIGKILL)


def test_a_first_start_makes_the_cluster_its_roles_and_its_database(folder):
    with embedded(folder, options=THROWAWAY) as urls:
        with psycopg.connect(urls.app) as app:
            assert app.info.encoding == "utf-8"
            found = app.execute("SELECT datlocprovider, datlocale FROM pg_database WHERE datname = 'goldthread'").fetchone()
            assert found == ("b", "C.UTF-8")
            roles = "SELECT rolname, rolsuper, rolcreatedb FROM pg_roles WHERE rolname IN ('app', 'owner') ORDER BY 1"
            assert app.execute(roles).fetchall() == [("app", False, False), ("owner", False, True)]
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute("CREATE TABLE mine (a int)")
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect("postgresql://app@127.0.0.1:54329/goldthread?connect_timeout=2")


def test_nobody_else_may_enter_its_folders(folder):
    for name in ("postgres", "postgres/data", "postgres/run"):
        assert (folder / name).stat().st_mode & 0o777 == 0o700


def test_root_runs_it_as_an_ordinary_account(folder):
    with embedded(folder, options=THROWAWAY):
        assert Path(f"/proc/{postmaster(folder)}").stat().st_uid != 0


def test_nothing_runs_once_it_is_stopped(folder):
    assert note(folder, "kept")[-1] == "kept"
    assert processes_on((folder / "postgres/data").resolve()) == []


def test_a_killed_server_recovers_at_the_next_start(folder):
    note(folder, "kept")
    started = keeper(folder)
    kill(postmaster(folder))
    time.sleep(0.1)
    kill(started.pid)
    started.wait()
    assert note(folder, "after the server was killed")[-2:] == ["kept", "after the server was killed"]


def test_a_killed_supervisor_takes_its_server_with_it(folder):
    started = keeper(folder)
    kill(started.pid)
    started.wait()
    deadline = time.monotonic() + 10
    while processes_on((folder / "postgres/data").resolve()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert processes_on((folder / "postgres/data").resolve()) == []


def test_both_killed_at_once_recover_at_the_next_start(folder):
    started = keeper(folder)
    server = postmaster(folder)
    for number in (started.pid, server):
        kill(number)
    started.wait()
    assert note(folder, "after both were killed")[-1] == "after both were killed"


def test_a_server_left_running_is_stopped_before_another_is_started(folder, monkeypatch):
    """As a kernel that does not tell children of their parent's death would leave it."""
    script = KEEPER.replace(
        "with embedded", "import goldthread.ground.boot.postgres as p; p.ending_with_parent = lambda number: None\nwith embedded"
    )
    started = subprocess.Popen([sys.executable, "-c", script, folder], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[4])
    assert started.stdout and started.stdout.readline() == "up\n"
    left = postmaster(folder)
    kill(started.pid)
    started.wait()
    time.sleep(0.3)
    assert left in processes_on((folder / "postgres/data").resolve())
    with embedded(folder, options=THROWAWAY) as urls:
        assert postmaster(folder) != left
        assert left not in processes_on((folder / "postgres/data").resolve())
        psycopg.connect(urls.app).close()


def test_a_stale_pid_that_another_program_has_now_is_no_hindrance(folder):
    (folder / "postgres/data/postmaster.pid").write_text(f"{os.getppid()}\n{folder}/postgres/data\n0\n5432\n\n\n\n")
    assert note(folder, "after a stale pid")[-1] == "after a stale pid"


def test_a_cluster_half_made_is_made_again(folder):
    half = folder / "half"
    (half / "postgres" / "data.new" / "base").mkdir(parents=True)
    (half / "postgres").chmod(0o700)
    with embedded(half, options=THROWAWAY) as urls:
        psycopg.connect(urls.app).close()
    assert not (half / "postgres" / "data.new").exists()


def test_a_second_process_shares_the_server_or_is_refused(folder):
    started = keeper(folder)
    with embedded(folder) as urls:
        psycopg.connect(urls.app).close()
    with pytest.raises(InUse), embedded(folder, share=False):
        pass
    assert started.poll() is None
    started.terminate()
    started.wait()


def test_a_long_path_gets_a_short_private_socket_folder(folder):
    deep = folder / ("d" * 60) / ("e" * 60)
    with embedded(deep, options=THROWAWAY) as urls:
        assert len(os.fsencode(urls.folder / postgres.SOCKET)) < 107
        assert urls.folder.stat().st_mode & 0o777 == 0o700
        psycopg.connect(urls.app).close()
    urls.folder.rmdir()


def test_a_socket_folder_others_may_enter_is_refused(folder):
    (folder / "postgres" / "run").chmod(0o777)
    with pytest.raises(Trouble, match="not a private folder"), embedded(folder):
        pass
    (folder / "postgres" / "run").chmod(0o700)


def test_another_major_version_is_refused_with_the_way_out(folder):
    mark = folder / "postgres/data/PG_VERSION"
    kept = mark.read_text()
    mark.write_text("16\n")
    with pytest.raises(Trouble, match=r"made by PostgreSQL 16, .* pg_dump of 16.* pg_restore"), embedded(folder):
        pass
    mark.write_text(kept)


def test_a_server_that_cannot_start_says_why_in_one_sentence(folder):
    with pytest.raises(Trouble, match=r"did not start: .*shared_buffers"), embedded(folder, options=["shared_buffers=1"]):
        pass


@pytest.mark.skipif(os.geteuid() != 0, reason="the other tests ran it as an ordinary user already")
def test_an_ordinary_user_runs_it_as_themselves(folder):
    own = folder / "nobodys"
    own.mkdir()
    os.chown(own, NOBODY, NOBODY)
    if not Account(NOBODY, NOBODY).can(packaged_programs() / "postgres", "--version"):
        pytest.skip("this environment is closed to ordinary users")
    child = os.fork()
    if child == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        with embedded(own, options=THROWAWAY) as urls, psycopg.connect(urls.app):
            os._exit(0 if urls.folder.stat().st_uid == NOBODY else 1)
    assert os.waitpid(child, 0)[1] == 0
