import socket

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
