import os
import signal
import socket
import sys

import pytest

from goldthread.ground.boot import serving
from goldthread.ground.boot.trouble import Trouble


@pytest.fixture
def port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield taken.getsockname()[1]


def test_an_occupied_port_is_one_sentence_with_a_way_out(port):
    with pytest.raises(Trouble, match=f"Port {port} is in use by another program: .* --port {port + 1}"):
        serving.must_be_free("127.0.0.1", port, patience=0)


def test_an_address_of_another_machine_is_one_sentence():
    with pytest.raises(Trouble, match=r"192\.0\.2\.1 is not an address of this machine"):
        serving.must_be_free("192.0.2.1", 8000, patience=0)


def test_a_free_port_is_left_free(port):
    with socket.create_server(("127.0.0.1", 0)) as other:
        free = other.getsockname()[1]
    serving.must_be_free("127.0.0.1", free)
    socket.create_server(("127.0.0.1", free)).close()


@pytest.fixture
def sleeper():
    """A part that stays up until somebody kills it."""
    said: list[str] = []
    part = serving.Child("worker", [sys.executable, "-c", "import time; time.sleep(600)"], said.append)
    part.said = said
    yield part
    part.child.kill()
    part.child.wait()


def killed(part) -> int:
    process = part.child.pid
    os.kill(process, signal.SIGKILL)
    part.child.wait()
    return process


def test_a_part_that_never_stayed_up_stops_everything(sleeper):
    killed(sleeper)
    with pytest.raises(Trouble, match="The worker stopped by itself, so everything was stopped"):
        sleeper.tend()


def test_a_part_killed_in_the_middle_is_started_again_and_said_so(sleeper, monkeypatch):
    monkeypatch.setattr(serving.Part, "STEADY", 0)
    sleeper.tend()
    process = killed(sleeper)
    sleeper.tend()
    assert sleeper.child.poll() is None and sleeper.child.pid != process
    assert sleeper.said == ["The worker stopped by itself and is started again."]


def test_one_that_ends_again_and_again_is_given_longer_each_time_up_to_five_seconds(sleeper, monkeypatch):
    now = [0.0]
    monkeypatch.setattr(serving.time, "monotonic", lambda: now[0])
    sleeper.is_proven, sleeper.started = True, 0.0
    paused = []
    for _ in range(8):
        process, began = killed(sleeper), now[0]
        sleeper.tend()
        while sleeper.child.pid == process:
            now[0] += 0.5
            sleeper.tend()
        paused.append(now[0] - began)
    assert paused == [0, 1, 2, 4, 5, 5, 5, 5]
