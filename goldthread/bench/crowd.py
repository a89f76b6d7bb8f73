"""The same pages over HTTP, many users at once, served as the product serves them."""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from typing import Any

from goldthread.bench.visits import Visit, signed_in
from goldthread.ground.access.models import User

EACH_USER_ASKS = 4


def crowd(planned: list[Visit], users: int) -> dict[str, tuple[float, float]]:
    """(p50, p95) in milliseconds for each page that only reads, with all users asking for it at the same time."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "2", "--blocking-threads", "4", "--no-ws", "--log-level", "error", "goldthread.ground.boot.wsgi:application"]
    server = subprocess.Popen(command, env=os.environ.copy())
    try:
        await_answer(port)
        return {visit.name: together(port, visit, users) for visit in planned if visit.path and visit.name != "empty page"}
    finally:
        server.terminate()
        server.wait(timeout=20)


def together(port: int, visit: Visit, users: int) -> tuple[float, float]:
    cookie = signed_in(User.objects.get(pk=visit.user)).cookies["sessionid"].value
    times: list[float] = []
    threads = [threading.Thread(target=ask, args=(port, visit.path, cookie, times)) for _ in range(users)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(times) < users * EACH_USER_ASKS:
        raise SystemExit(f"{visit.name}: {users * EACH_USER_ASKS - len(times)} requests of the crowd were not answered with a page.")
    times.sort()
    return statistics.median(times), times[int(len(times) * 0.95) - 1]


def ask(port: int, path: str, cookie: str, times: list[float]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    for _ in range(EACH_USER_ASKS):
        began = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": f"sessionid={cookie}"})
        answer: Any = connection.getresponse()
        answer.read()
        if answer.status == 200:
            times.append((time.perf_counter() - began) * 1000)
    connection.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def await_answer(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The web server did not start.")
