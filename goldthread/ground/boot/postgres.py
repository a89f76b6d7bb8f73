"""The embedded PostgreSQL: made on first use, run as our child on a private socket, stopped with us.

For trying out, training and small sites; larger ones set DATABASE_URL. Whatever was killed, and when, the next start
puts it right: the supervisor holds a file lock, which the kernel drops with the process, so that the lock's holder alone
may clear away a half-made cluster, a stale postmaster.pid or a server left running, and start its own.
"""

import fcntl
import hashlib
import os
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

import psycopg

from goldthread.ground.boot.account import Account, account_for, major_version, place, programs_for
from goldthread.ground.boot.children import ending_with_parent, stop
from goldthread.ground.boot.trouble import Trouble

LONGEST_SOCKET_PATH = 107  # bytes; sockaddr_un holds 108 with its closing zero
SOCKET = ".s.PGSQL.5432"
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}  # never the caller's LANG: it may not be installed
# For tests only. What a test wrote and undid, autovacuum would count as an empty table, and whoever reads it next would be planned for one.
THROWAWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")
SETTINGS = (
    "timezone=UTC", "log_timezone=UTC", "jit=off", "shared_buffers=256MB", "max_wal_size=2GB", "password_encryption=scram-sha-256",
    "random_page_cost=1.1",  # memory and solid-state disks: the default belongs to turning ones, and reads whole tables for a few rows
)  # fmt: skip
# A log line must not quote what is written about a child.
QUIET = ("log_min_error_statement=panic", "log_error_verbosity=terse")


class InUse(Trouble):
    """Another process supervises this cluster."""


@dataclass(frozen=True)
class Urls:
    """Addresses of one cluster: the product's two roles, and the superuser, which only the supervisor and tests use."""

    folder: Path

    def url(self, role: str, database: str = "goldthread") -> str:
        return f"postgresql://{role}@/{database}?host={quote(str(self.folder))}"

    @property
    def app(self) -> str:
        return self.url("app")

    @property
    def owner(self) -> str:
        return self.url("owner")

    @property
    def admin(self) -> str:
        return self.url("postgres", "postgres")


@contextmanager
def embedded(data_dir: Path, *, options: Sequence[str] = (), programs: Path | None = None, share: bool = True) -> Iterator[Urls]:
    """A running server for the block. One already supervised by another process is shared, or refused with `InUse`.

    `options` are more `name=value` settings of PostgreSQL; `programs` is another `bin` folder than the packaged one.
    """
    link = data_dir.absolute() / "postgres"
    account = account_for(link)
    base = place(link.parent, account)
    server = Server(base, account, programs or programs_for(account), tuple(options))
    with (base / "lock").open("a") as lock:
        deadline = time.monotonic() + 60
        while not taken(lock):
            if not share:
                raise InUse(f"The database in {base} is in use by another process.")
            if server.answers():
                yield server.urls
                return
            if time.monotonic() > deadline:
                raise Trouble(f"Another process holds the database in {base}, but it does not answer.")
            time.sleep(0.1)
        with server.running():
            make_roles(server.urls)
            yield server.urls


def taken(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


RUNNING: dict[Path, "Server"] = {}  # those this process supervises, by folder


class Server:
    """One cluster in one folder: `data`, the socket folder, and the log of the latest run."""

    def __init__(self, base: Path, account: Account, programs: Path, options: tuple[str, ...]) -> None:
        self.base, self.account, self.programs, self.options = base, account, programs, options
        self.data, self.log = base / "data", base / "log"
        self.sockets = self.socket_folder()
        self.urls = Urls(self.sockets)
        self.child: subprocess.Popen[bytes]

    def socket_folder(self) -> Path:
        """Below the data; where that path is too long for a socket, a folder of ours in /tmp that nobody else may enter."""
        folder = self.base / "run"
        if len(os.fsencode(folder / SOCKET)) >= LONGEST_SOCKET_PATH:
            mark = hashlib.sha256(os.fsencode(self.base)).hexdigest()[:16]
            folder = Path(f"/tmp/goldthread-{mark}")  # noqa: S108 (made private, or refused)
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        may_own = {os.geteuid(), os.geteuid() if self.account.uid is None else self.account.uid}
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in may_own or stat.S_IMODE(found.st_mode) != 0o700:
            raise Trouble(f"{folder} is not a private folder of the account the database runs as: remove it and start again.")
        self.account.give(folder)
        return folder

    @contextmanager
    def running(self) -> Iterator[None]:
        self.check_version()
        self.clear_away()
        if not self.data.exists():
            self.initialise()
        self.child = self.launch()
        RUNNING[self.base] = self
        try:
            self.await_answer(self.child)
            yield
        finally:
            del RUNNING[self.base]
            # SIGINT: a fast, clean stop. SIGQUIT: at once; the next start replays the log.
            stop(self.child, (signal.SIGINT, 60), (signal.SIGQUIT, 10), (signal.SIGKILL, 10))

    def start_again(self) -> None:
        """After it ended by itself: what it had promised is read back from its log before it answers."""
        self.clear_away()
        self.child = self.launch()
        self.await_answer(self.child)

    def clear_away(self) -> None:
        stop_strays(self.data)
        for leftover in (self.data / "postmaster.pid", self.sockets / SOCKET, self.sockets / f"{SOCKET}.lock"):
            leftover.unlink(missing_ok=True)

    def check_version(self) -> None:
        mark = self.data / "PG_VERSION"
        ours = str(major_version(self.programs / "postgres"))
        if mark.exists() and (theirs := mark.read_text().strip()) != ours:
            raise Trouble(
                f"The database in {self.data} was made by PostgreSQL {theirs}, and this is PostgreSQL {ours}: "
                f"write it out with pg_dump of {theirs}, move the folder away, and read it back with pg_restore (goldthread restore)."
            )

    def initialise(self) -> None:
        """Made beside its place and moved there whole, so that a killed initdb leaves nothing that looks finished."""
        making = self.base / "data.new"
        if making.exists():
            shutil.rmtree(making)
        locale = (
            ["--locale-provider=builtin", "--locale=C.UTF-8"] if major_version(self.programs / "postgres") >= 17 else ["--locale=C.UTF-8"]
        )
        command = [str(self.programs / "initdb"), f"--pgdata={making}", "--username=postgres", "--auth=trust", "--encoding=UTF8", *locale]
        if any(option == "fsync=off" for option in self.options):
            command.append("--no-sync")
        done = subprocess.run(command, capture_output=True, text=True, check=False, **self.manner())
        if done.returncode != 0:
            raise Trouble(f"The database could not be made in {self.base}: {explain(done.stderr)}")
        making.rename(self.data)

    def manner(self) -> dict[str, Any]:
        return {
            "cwd": self.base,
            "env": ENVIRONMENT,
            "umask": 0o077,
            "stdin": subprocess.DEVNULL,
            "start_new_session": True,
            **self.account.popen,
        }

    def launch(self) -> subprocess.Popen[bytes]:
        quoted = '"' + str(self.sockets).replace('"', '""') + '"'
        settings = [
            f"unix_socket_directories={quoted}",
            "listen_addresses=",
            "unix_socket_permissions=0700",
            "port=5432",
            *SETTINGS,
            *QUIET,
            *self.options,
        ]
        command = [str(self.programs / "postgres"), "-D", str(self.data), *(word for setting in settings for word in ("-c", setting))]
        with self.log.open("wb") as log:
            return subprocess.Popen(command, stdout=log, stderr=log, preexec_fn=ending_with_parent(signal.SIGINT), **self.manner())

    def await_answer(self, child: subprocess.Popen[bytes]) -> None:
        """However long recovery takes: only an answer, or the child's death, ends the wait."""
        while not self.answers():
            if child.poll() is not None:
                raise Trouble(f"The database did not start: {explain(self.log.read_text(errors='replace'))}")
            time.sleep(0.05)

    def answers(self) -> bool:
        try:
            psycopg.connect(self.urls.admin, connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True


def explain(log: str) -> str:
    """The line of PostgreSQL's own words that says what is wrong."""
    if "No space left on device" in log:
        return "the disk is full."
    telling = [line for line in log.splitlines() if "FATAL" in line or "PANIC" in line or "error:" in line]
    return (telling or log.splitlines() or ["it said nothing."])[-1].strip()


def stop_strays(data: Path) -> None:
    """End whatever still runs on this folder though its supervisor is gone: a whole server, or sessions of a killed one."""
    patience = ((signal.SIGINT, 60.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0))
    for number, seconds in patience:
        postmaster = first_line(data / "postmaster.pid")
        strays = processes_on(data)
        # A living server stops its own sessions; a dead one's sessions must each be told.
        for process in [postmaster] if postmaster in strays else strays:
            try:
                os.kill(process, number if process == postmaster else signal.SIGQUIT if number != signal.SIGKILL else number)
            except ProcessLookupError:
                continue
        deadline = time.monotonic() + (seconds if postmaster in strays else 5)
        while strays and processes_on(data):
            if time.monotonic() > deadline:
                break
            time.sleep(0.05)
        else:
            return
    raise Trouble(f"A PostgreSQL server left over from an earlier run in {data} could not be stopped.")


def processes_on(data: Path) -> list[int]:
    """PostgreSQL processes working in that folder: each of them makes its data folder its own working folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if (entry / "cwd").readlink() == data and b"postgres" in (entry / "cmdline").read_bytes():
                    found.append(int(entry.name))
            except OSError:
                continue
    return found


def first_line(path: Path) -> int | None:
    try:
        return int(path.read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None


def make_roles(urls: Urls) -> None:
    """`owner` owns the database and its tables; `app` owns nothing and is what the product runs as."""
    with psycopg.connect(urls.admin, autocommit=True) as connection:
        roles = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
        if "owner" not in roles:
            connection.execute("CREATE ROLE owner LOGIN NOSUPERUSER CREATEDB")
        if "app" not in roles:
            connection.execute("CREATE ROLE app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE")
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'goldthread'").fetchone():
            connection.execute("CREATE DATABASE goldthread OWNER owner")
