"""A repository of pgBackRest: the newest backup in it, with every change it holds since, brought back on a server of its own."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg.conninfo import conninfo_to_dict

from goldthread.ground.boot.account import Account, account_for, major_version, packaged_programs
from goldthread.ground.boot.backup import owner_url, said
from goldthread.ground.boot.postgres import ENVIRONMENT, THROWAWAY, Server
from goldthread.ground.boot.settings import settings
from goldthread.ground.boot.trouble import Trouble

# What the server in use has in its own configuration, and must not have here: above all, it must not write into the repository.
APART = (
    *THROWAWAY,
    "archive_mode=off",
    "hot_standby=off",
    "synchronous_standby_names=",
    "primary_conninfo=",
    "shared_preload_libraries=",
    "session_preload_libraries=",
    "ssl=off",
    "logging_collector=off",
    "log_destination=stderr",
)  # fmt: skip


@dataclass(frozen=True)
class Repository:
    """One stanza of the pgBackRest of this machine; `configuration` is its file, where it is not in its usual place."""

    stanza: str
    configuration: Path | None = None

    def newest(self, account: Account) -> str:
        """The newest backup, in words. Trouble where there is none, or pgBackRest cannot be asked."""
        found = json.loads(self.run(account, "--output=json", "info") or "[]")
        backups = [one for stanza in found for one in stanza.get("backup", [])]
        if not backups:
            raise Trouble(f"pgBackRest has no backup of the stanza “{self.stanza}”: make one (deploy/backup/README.md).")
        last = max(backups, key=lambda one: one["timestamp"]["stop"])
        return f"pgBackRest’s {last['label']} with the changes kept since"

    def run(self, account: Account, *words: str) -> str:
        if not (program := shutil.which("pgbackrest")):
            raise Trouble("pgBackRest is not installed on this machine.")
        where = [f"--config={self.configuration.absolute()}"] if self.configuration else []
        command = [program, f"--stanza={self.stanza}", *where, "--log-level-console=warn", *words]
        done = subprocess.run(command, cwd="/", env=ENVIRONMENT, stdin=subprocess.DEVNULL, capture_output=True, text=True, **account.popen)
        if done.returncode != 0:
            raise Trouble(f"pgBackRest did not do it: {said(done.stdout + done.stderr)}")
        return done.stdout


@dataclass(frozen=True)
class Addresses:
    """The product's two roles, as they are named in the database in use, on the server of its own."""

    app: str
    owner: str


class BroughtBack(Server):
    """What came out of a repository, replayed to the end of what was kept. The roles are those of the server in use."""

    def addresses(self) -> Addresses:
        return Addresses(*(self.address(url) for url in (settings.database_url, owner_url())))

    def address(self, url: str) -> str:
        named = conninfo_to_dict(url)
        return (
            f"postgresql://{quote(str(named['user']))}@/{quote(str(named.get('dbname') or named['user']))}?host={quote(str(self.sockets))}"
        )

    def answers(self) -> bool:
        try:
            psycopg.connect(self.address(owner_url()), connect_timeout=5).close()
        except psycopg.OperationalError as refused:
            if "does not exist" in str(refused):  # whatever is awaited, this stays
                raise Trouble(f"The backup is of another database than the one in use: {str(refused).splitlines()[-1]}") from refused
            return False
        return True


@contextmanager
def brought_back(repository: Repository, folder: Path) -> Iterator[Addresses]:
    """The newest backup and every change kept since, on a server in this folder, for the block. Nothing is written to the repository."""
    if not settings.database_url:
        raise Trouble("pgBackRest keeps the server that DATABASE_URL names, and it is not set.")
    base = folder / "postgres"
    base.mkdir(mode=0o700)
    account = account_for(folder / "none yet")
    account.give(base)
    repository.run(
        account,
        f"--pg1-path={base / 'data'}",
        f"--tablespace-map-all={base / 'tablespaces'}",
        "--archive-mode=off",
        "--type=default",
        "restore",
    )
    (base / "postgresql.conf").write_text("")
    (base / "pg_hba.conf").write_text("local all all trust\n")  # the folder of its socket is closed to everybody else
    ours = f"config_file={base / 'postgresql.conf'}", f"hba_file={base / 'pg_hba.conf'}"
    for name in ("postgresql.conf", "pg_hba.conf"):
        account.give(base / name)
    server = BroughtBack(base, account, programs_of(base / "data"), (*ours, *APART))
    with server.running():
        yield server.addresses()


def programs_of(data: Path) -> Path:
    """PostgreSQL's programs of the version that wrote this folder."""
    wanted = int((data / "PG_VERSION").read_text())
    system = Path(f"/usr/lib/postgresql/{wanted}/bin")
    if (system / "postgres").exists():
        return system
    packaged = packaged_programs()
    if major_version(packaged / "postgres") != wanted:
        raise Trouble(f"The backup was written by PostgreSQL {wanted}, and its programs are not installed here.")
    return packaged
