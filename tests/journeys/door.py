"""A door between the browser and the server, to be shut in the middle of things."""

import socket
import threading
from contextlib import closing, suppress
from urllib.parse import urlsplit


class Door:
    """What stands between the browser and the server: open, it passes everything; shut, nobody answers."""

    def __init__(self, server: str) -> None:
        self.behind = (urlsplit(server).hostname or "", urlsplit(server).port or 0)
        self.open_lines: set[socket.socket] = set()
        self.listening: socket.socket | None = None
        self.port = 0
        self.open()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def open(self) -> None:
        self.listening = socket.create_server(("127.0.0.1", self.port))
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self._answer, args=[self.listening], daemon=True).start()

    def shut(self) -> None:
        if self.listening is not None:
            # A thread that waits in accept keeps a closed socket alive: it is woken first.
            self.listening.shutdown(socket.SHUT_RDWR)
            self.listening.close()
            self.listening = None
        for line in list(self.open_lines):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def _answer(self, listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                caller, _ = listening.accept()
                server = socket.create_connection(self.behind)
                self.open_lines |= {caller, server}
                for one, other in ((caller, server), (server, caller)):
                    threading.Thread(target=self._pass_on, args=[one, other], daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError), closing(one), closing(other):
            while data := one.recv(65536):
                other.sendall(data)
        self.open_lines -= {one, other}
