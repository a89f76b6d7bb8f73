"""The product as it stands on a small site: `goldthread demo` with its web processes, worker and embedded PostgreSQL, to be killed."""

import http.client
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from goldthread.bench.crowd import free_port
from goldthread.ground.boot.postgres import Urls
from goldthread.ground.boot.settings import CHECKOUT

PATIENCE = 120  # seconds for coming back


class Standing:
    def __init__(self, folder: Path, log: Path) -> None:
        self.folder, self.log, self.port = folder, log, free_port()
        self.urls = Urls(folder / "postgres" / "run")
        self.supervisor: subprocess.Popen[bytes]

    def start(self) -> None:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "GOLDTHREAD_"))}
        environment |= {"GOLDTHREAD_DATA_DIR": str(self.folder), "PYTHONPATH": str(CHECKOUT)}
        command = [sys.executable, "-m", "goldthread", "demo", "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.supervisor = subprocess.Popen(command, cwd=CHECKOUT, env=environment, stdout=log, stderr=log, start_new_session=True)

    def stop(self) -> None:
        self.supervisor.terminate()
        self.supervisor.wait(timeout=60)

    def answers(self) -> bool:
        with suppress(OSError, http.client.HTTPException):
            asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            asking.request("GET", "/sign-in/")
            return asking.getresponse().status == 200
        return False

    def await_answer(self, patience: float = PATIENCE) -> float:
        """How many seconds it took until a page that asks the database was answered."""
        began = time.monotonic()
        while not self.answers():
            if time.monotonic() - began > patience:
                there = {name: [words_of(one) for one in found] for name, found in self.processes().items()}
                raise AssertionError(f"The product did not come back within {patience} seconds: {there}; {self.log.read_text()[-2000:]}")
            if self.supervisor.poll() is not None:
                self.start()  # as the machine's own supervisor would
            time.sleep(0.1)
        return time.monotonic() - began

    def processes(self) -> dict[str, list[int]]:
        """What may be killed, by its name."""
        web = [child for child in children_of(self.supervisor.pid) if "granian" in words_of(child)]
        servers = [child for child in children_of(self.supervisor.pid) if "/postgres" in words_of(child).split(" ")[0]]
        sessions = [one for server in servers for one in children_of(server) if "app goldthread" in words_of(one)]
        return {
            "web process": [one for parent in web for one in children_of(parent) if "resource_tracker" not in words_of(one)],
            "web server": web,
            "worker": [child for child in children_of(self.supervisor.pid) if "goldthread worker" in words_of(child)],
            "database session": sessions,
            "database": servers,
            "everything": [self.supervisor.pid],
        }


@contextmanager
def standing() -> Iterator[Standing]:
    """A demo filled and serving; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="goldthread-resilience-"))
    folder.chmod(0o755)
    product = Standing(folder, folder.with_suffix(".log"))
    product.start()
    try:
        product.await_answer(600)
        yield product
    finally:
        product.stop()
        shutil.rmtree(folder, ignore_errors=True)
        product.log.unlink()


def children_of(process: int) -> list[int]:
    with suppress(OSError):
        tasks = Path(f"/proc/{process}/task").iterdir()
        return [int(number) for task in tasks for number in (task / "children").read_text().split()]
    return []


def words_of(process: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return ""


def kill(process: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
        return True
    return False
