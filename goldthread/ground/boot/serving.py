"""`goldthread serve`: the web server and the worker as our children, and nothing left behind when we end."""

import errno
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable

from goldthread.ground.boot.children import ending_with_parent, stop
from goldthread.ground.boot.postgres import RUNNING, Server
from goldthread.ground.boot.secret import keep_secret
from goldthread.ground.boot.settings import CHECKOUT, settings
from goldthread.ground.boot.trouble import Trouble

Say = Callable[[str], None]


def must_be_free(host: str, port: int, patience: float = 3) -> None:
    """Refuse an occupied port, once a server of ours that was just killed has had a moment to let go of it."""
    deadline = time.monotonic() + patience
    while True:
        try:
            socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
        except PermissionError:
            raise Trouble(f"This user may not open port {port}: choose one above 1023 with --port.") from None
        except OSError as refused:
            if refused.errno != errno.EADDRINUSE:
                raise Trouble(f"{host} is not an address of this machine: choose another with --host.") from None
            if time.monotonic() > deadline:
                raise Trouble(
                    f"Port {port} is in use by another program: stop that, or choose another port with --port {port + 1}."
                ) from None
            time.sleep(0.2)
        else:
            return


def must_be_built() -> None:
    if not (CHECKOUT / "build" / "collected" / "staticfiles.json").exists():
        raise Trouble("The style sheets and scripts have not been built: run “make front-end” first.")


def serve(host: str, port: int, say: Say, *, with_worker: bool = True, reload: bool = False) -> None:
    """Until Ctrl-C or SIGTERM. The database is at hand and migrated already. SIGHUP changes the web server's processes
    for new ones, one after another, and drops no request.

    A part that ends by itself is started again; one that never got going stops everything.
    """
    keep_secret()
    web = Child("web server", web_command(host, port, reload), say)
    parts: list[Part] = [web]
    if with_worker:
        parts.append(Child("worker", [sys.executable, "-m", "goldthread", "worker"], say))
    parts += [Database(server, say) for server in RUNNING.values()]
    signal.signal(signal.SIGHUP, lambda *_: web.child.send_signal(signal.SIGHUP))
    try:
        await_answer(host, port, parts)
        say(f"Goldthread is at http://{host}:{port} (Ctrl-C stops it)")
        while True:
            for part in parts:
                part.tend()
            time.sleep(0.2)
    except KeyboardInterrupt:
        say("Stopped.")
    finally:
        children = [part.child for part in parts if isinstance(part, Child)]
        for child in children:
            child.send_signal(signal.SIGTERM)
        for child in children:
            stop(child, (signal.SIGTERM, 10), (signal.SIGKILL, 5))


def web_command(host: str, port: int, reload: bool) -> list[str]:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    command += ["--workers", "1" if reload else str(settings.processes), "--blocking-threads", str(settings.threads)]
    # The request line and all headers together, and how long a client may take over them. Bodies: ground.boot.bodies.
    command += ["--http1-buffer-size", "65536", "--http2-max-headers-size", "65536", "--http1-header-read-timeout", "10000"]
    command += ["--log-level", "warning", "--no-access-log", "--no-ws", "--respawn-failed-workers", "--respawn-interval", "5"]
    if reload:
        command += ["--reload", "--reload-paths", str(CHECKOUT / "goldthread")]
    return [*command, "goldthread.ground.boot.wsgi:application"]


def start(command: list[str]) -> subprocess.Popen[bytes]:
    """In a session of its own, so that Ctrl-C reaches us alone and we stop our children in order; none outlives us."""
    environment = {**os.environ, "GOLDTHREAD_SECRET_KEY": settings.secret_key, "GOLDTHREAD_DATA_DIR": str(settings.data_dir)}
    return subprocess.Popen(
        command,
        cwd=CHECKOUT,
        env=environment,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=ending_with_parent(signal.SIGKILL),
    )


class Part:
    """One of the processes that make up the product, watched over: if it ends by itself, it is started again.

    Each time it ends again soon, the pause before the next start is twice as long. One that never stayed up is not worth
    starting again: it says what is wrong, and everything stops.
    """

    STEADY, LONGEST_PAUSE = 10.0, 5.0  # seconds

    def __init__(self, name: str, child: subprocess.Popen[bytes], say: Say) -> None:
        self.name, self.child, self.say = name, child, say
        self.started, self.pause, self.is_proven = time.monotonic(), 0.0, False
        self.ended: float | None = None

    def tend(self) -> None:
        now = time.monotonic()
        if self.child.poll() is None:
            if now - self.started > self.STEADY:
                self.pause, self.is_proven = 0.0, True
            return
        if not self.is_proven:
            raise Trouble(f"The {self.name} stopped by itself, so everything was stopped; start again, and what was saved is there.")
        if self.ended is None:
            self.ended = now
        if now - self.ended < self.pause:
            return
        self.say(f"The {self.name} stopped by itself and is started again.")
        self.begin_again()
        self.started, self.ended, self.pause = time.monotonic(), None, min(max(1.0, 2 * self.pause), self.LONGEST_PAUSE)

    def begin_again(self) -> None:
        raise NotImplementedError


class Child(Part):
    def __init__(self, name: str, command: list[str], say: Say) -> None:
        self.command = command
        super().__init__(name, start(command), say)

    def begin_again(self) -> None:
        self.child = start(self.command)


class Database(Part):
    """The embedded PostgreSQL. It answered before anything else was started, so it is worth starting again at once."""

    def __init__(self, server: Server, say: Say) -> None:
        self.server = server
        super().__init__("database", server.child, say)
        self.is_proven = True

    def begin_again(self) -> None:
        self.server.start_again()
        self.child = self.server.child


def await_answer(host: str, port: int, parts: list[Part]) -> None:
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 (read, not bound)
    while True:
        for part in parts:
            part.tend()
        try:
            socket.create_connection((shown, port), timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
