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
from goldthread.ground.boot.postgres import RUNNING
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
    """Until Ctrl-C, SIGTERM, or the death of a part. The database is at hand and migrated already."""
    keep_secret()
    children = {"web server": start(web_command(host, port, reload))}
    if with_worker:
        children["worker"] = start([sys.executable, "-m", "goldthread", "worker"])
    try:
        await_answer(host, port, children)
        say(f"Goldthread is at http://{host}:{port} (Ctrl-C stops it)")
        while True:
            check(children)
            time.sleep(0.5)
    except KeyboardInterrupt:
        say("Stopped.")
    finally:
        for child in children.values():
            child.send_signal(signal.SIGTERM)
        for child in children.values():
            stop(child, (signal.SIGTERM, 10), (signal.SIGKILL, 5))


def web_command(host: str, port: int, reload: bool) -> list[str]:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    command += ["--workers", "1" if reload else str(settings.processes), "--blocking-threads", str(settings.threads)]
    command += ["--log-level", "warning", "--no-ws", "--respawn-failed-workers"]
    if reload:
        command += ["--reload", "--reload-paths", str(CHECKOUT / "goldthread")]
    return [*command, "goldthread.ground.boot.wsgi:application"]


def start(command: list[str]) -> subprocess.Popen[bytes]:
    """In a session of its own, so that Ctrl-C reaches us alone and we stop our children in order."""
    environment = {**os.environ, "GOLDTHREAD_SECRET_KEY": settings.secret_key, "GOLDTHREAD_DATA_DIR": str(settings.data_dir)}
    return subprocess.Popen(
        command,
        cwd=CHECKOUT,
        env=environment,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=ending_with_parent(signal.SIGTERM),
    )


def check(children: dict[str, subprocess.Popen[bytes]]) -> None:
    for name, child in {**children, **dict.fromkeys(["database"], next(iter(RUNNING.values()), None))}.items():
        if child and child.poll() is not None:
            raise Trouble(f"The {name} stopped by itself, so everything was stopped; start again, and what was saved is there.")


def await_answer(host: str, port: int, children: dict[str, subprocess.Popen[bytes]]) -> None:
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 (read, not bound)
    while True:
        check(children)
        try:
            socket.create_connection((shown, port), timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
