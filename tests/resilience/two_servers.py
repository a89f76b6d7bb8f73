"""The product on two web servers side by side, both at one database elsewhere: the first fills the demo and runs the worker."""

import os
import secrets
import subprocess
import sys
import time
from pathlib import Path

from goldthread.bench.crowd import await_answer
from goldthread.ground.boot.settings import CHECKOUT
from tests.resilience.machines import Machines

FILLING = 600


class TwoServers:
    def __init__(self, machines: Machines, **settings: str) -> None:
        self.folder: Path = machines.folder
        self.ports = [machines.port(name) for name in ("WEB1", "WEB2")]
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "GOLDTHREAD_"))}
        self.environment = kept | settings | {
            "DATABASE_URL": machines.url("app"),
            "DATABASE_OWNER_URL": machines.url("owner"),
            "GOLDTHREAD_DATA_DIR": str(machines.folder / "product"),
            "GOLDTHREAD_SECRET_KEY": secrets.token_hex(32),
            "GOLDTHREAD_PROCESSES": "1",
            "GOLDTHREAD_THREADS": "8",
            "PYTHONPATH": str(CHECKOUT),
        }  # fmt: skip
        self.running: dict[int, subprocess.Popen[bytes]] = {}

    def start(self, number: int) -> None:
        words = ["demo"] if number == 0 else ["serve", "--without-worker"]
        command = [sys.executable, "-m", "goldthread", *words, "--port", str(self.ports[number])]
        with (self.folder / f"web{number + 1}.log").open("ab") as log:
            self.running[number] = subprocess.Popen(
                command, cwd=CHECKOUT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        began = time.monotonic()
        while True:
            assert self.running[number].poll() is None, (self.folder / f"web{number + 1}.log").read_text()[-2000:]
            try:
                await_answer(self.ports[number])
            except SystemExit:
                assert time.monotonic() - began < FILLING, "the demo was not filled"
            else:
                return

    def kill(self, number: int) -> None:
        """Its children never outlive it."""
        one = self.running.pop(number)
        one.kill()
        one.wait()

    def stop(self) -> None:
        for number, one in list(self.running.items()):
            one.terminate()
            try:
                one.wait(timeout=40)
            except subprocess.TimeoutExpired:
                self.kill(number)
