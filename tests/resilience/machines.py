"""Three machines of deploy/failover, on loopback: etcd, Patroni and PostgreSQL on each, HAProxy before them. The files are those of deploy/."""

import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from goldthread.bench.crowd import free_port
from goldthread.ground.boot.account import Account, account_for
from goldthread.ground.boot.postgres import processes_on
from goldthread.ground.boot.settings import CHECKOUT
from goldthread.ground.boot.tests.servers import system_programs
from tests.resilience.standing import kill

DEPLOY = CHECKOUT / "deploy" / "failover"
PATRONI = Path(sys.prefix) / "patroni"  # where setup/prepare.py --patroni puts it
PLACES = re.compile(r"10\.20\.0\.(\d+):(\d+)")
PATIENCE = 90


def must_be_here() -> None:
    """Skips, and says what is missing."""
    missing = [name for name in ("etcd", "haproxy") if shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin") is None]
    missing += [] if system_programs() else ["PostgreSQL 15 or later under /usr/lib/postgresql"]
    missing += [] if (PATRONI / "patroni").exists() else ["Patroni (setup/prepare.py --patroni)"]
    if missing:
        pytest.skip(f"not on this machine: {', '.join(missing)}")


def python_for(account: Account) -> str:
    """A Python of our version that this account may run."""
    known = [sys._base_executable, *(f"{folder}/python3.{sys.version_info[1]}" for folder in ("/usr/local/bin", "/usr/bin"))]  # type: ignore[attr-defined]
    found = next((path for path in known if account.can(path, "-c", "")), None)
    if found is None:
        pytest.skip("the account PostgreSQL runs as may run no Python of this version")
    return str(found)


def variables(text: str) -> dict[str, str]:
    return dict(line.split("=", 1) for line in text.splitlines() if "=" in line and not line.startswith("#"))


@dataclass
class Machine:
    """One of the three, as its node.env says."""

    number: int
    folder: Path
    environment: dict[str, str]
    account: Account
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.environment["PATRONI_NAME"]

    @property
    def data(self) -> Path:
        return Path(self.environment["PATRONI_POSTGRESQL_DATA_DIR"])

    def run(self, name: str, *command: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                command, cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, umask=0o077, **self.account.popen,
            )  # fmt: skip

    def start(self) -> None:
        self.run("etcd", "etcd")
        self.run("patroni", python_for(self.account), "-m", "patroni", str(self.folder / "patroni.yml"))

    def lose(self) -> None:
        """As if its power were cut: nothing on it says goodbye."""
        for one in self.running.values():
            one.kill()
        for process in sorted(processes_on(self.data)):
            kill(process)
        for one in self.running.values():
            one.wait()
        self.running.clear()

    def stop(self) -> None:
        """In order: Patroni stops its PostgreSQL; whatever is left after a while is cut off."""
        if "patroni" in self.running:
            self.running["patroni"].send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self.running["patroni"].wait(timeout=15)
        self.lose()

    def told(self, path: str) -> dict[str, Any]:
        """What its Patroni says; empty where it is away or says no."""
        with suppress(OSError), urlopen(f"http://{self.environment['PATRONI_RESTAPI_LISTEN']}{path}", timeout=3) as answer:
            found: dict[str, Any] = json.load(answer)
            return found
        return {}


class Machines:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.account = account_for(folder)
        self.account.give(folder)
        self.ports: dict[str, str] = {}
        self.password = secrets.token_hex(8)
        shutil.copytree(PATRONI, folder / "patroni", ignore=shutil.ignore_patterns("__pycache__"))
        self.all = [self.machine(number) for number in (1, 2, 3)]
        self.haproxy_environment = variables(self.here((DEPLOY / "haproxy.env").read_text()))
        self.haproxy: subprocess.Popen[bytes]

    def here(self, text: str) -> str:
        """The same words with this machine's addresses: each of the real ones becomes a free port on loopback."""
        lines = (line.replace("127.0.0.1:", "10.20.0.99:") if "LISTEN" in line else line for line in text.splitlines())
        return PLACES.sub(lambda found: self.ports.setdefault(found[0], f"127.0.0.1:{free_port()}"), "\n".join(lines))

    def machine(self, number: int) -> Machine:
        folder = self.folder / f"node{number}"
        folder.mkdir()
        self.account.give(folder)
        own, common = (DEPLOY / "node.env").read_text().split("\n\n", 1)
        own = own.replace("10.20.0.11", f"10.20.0.1{number}").replace("node1", f"node{number}")
        text = self.here(f"{own}\n{common}").replace("/var/lib/goldthread-database", str(folder))
        found = variables(text) | {"PATH": "/usr/bin:/bin:/usr/sbin", "LC_ALL": "C.UTF-8", "PYTHONPATH": str(self.folder / "patroni")}
        found["PATRONI_POSTGRESQL_BIN_DIR"] = str(system_programs())
        shutil.copy(DEPLOY / "patroni.yml", folder / "patroni.yml")
        return Machine(number, folder, found, self.account)

    def start(self) -> None:
        for machine in self.all:
            machine.start()
        command = ["haproxy", "-W", "-f", str(DEPLOY / "haproxy.cfg")]
        environment = {"PATH": "/usr/sbin:/usr/bin:/bin", **self.haproxy_environment}
        with (self.folder / "haproxy.log").open("ab") as log:
            self.haproxy = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
        self.await_whole(PATIENCE)

    def stop(self) -> None:
        self.haproxy.terminate()
        self.haproxy.wait(timeout=20)
        for machine in self.all:
            machine.stop()

    def primary(self) -> Machine | None:
        return next((machine for machine in self.all if machine.told("/primary")), None)

    def await_whole(self, patience: float = PATIENCE) -> float:
        """Until there is a primary with two standbys that follow it, one of them synchronous; after how many seconds."""
        began = time.monotonic()
        while True:
            primary = self.primary()
            members = primary.told("/cluster").get("members", []) if primary else []
            states = sorted((one["role"], one["state"]) for one in members)
            if states == [("leader", "running"), ("replica", "streaming"), ("sync_standby", "streaming")]:
                return time.monotonic() - began
            assert time.monotonic() - began < patience, f"the three machines did not come together: {states}; {self.logs()}"
            time.sleep(0.5)

    def logs(self) -> str:
        return "\n".join(f"{path.name}: {path.read_text(errors='replace')[-1500:]}" for path in sorted(self.folder.glob("**/*.log")))

    def make_roles(self) -> None:
        """roles.sql, through HAProxy, as its first line says."""
        programs = system_programs()
        assert programs is not None
        host, port = self.haproxy_environment["PRIMARY_LISTEN"].split(":")
        command = [str(programs / "psql"), f"host={host} port={port} user=postgres dbname=postgres", "-q", "-v", "ON_ERROR_STOP=1"]
        command += ["-v", f"owner_password={self.password}", "-v", f"app_password={self.password}", "-f", str(DEPLOY / "roles.sql")]
        password = self.all[0].environment["PATRONI_SUPERUSER_PASSWORD"]
        subprocess.run(command, check=True, env={"PATH": "/usr/bin:/bin", "PGPASSWORD": password})

    def port(self, name: str) -> int:
        return int(self.haproxy_environment[name].split(":")[1])

    def url(self, role: str, listen: str = "PRIMARY_LISTEN") -> str:
        return f"postgresql://goldthread_{role}:{self.password}@{self.haproxy_environment[listen]}/goldthread?connect_timeout=3"


@contextmanager
def three_machines() -> Iterator[Machines]:
    must_be_here()
    folder = Path(tempfile.mkdtemp(prefix="goldthread-machines-"))
    folder.chmod(0o755)
    machines = Machines(folder)
    try:
        machines.start()
        machines.make_roles()
        yield machines
    finally:
        machines.stop()
        shutil.rmtree(folder, ignore_errors=True)
