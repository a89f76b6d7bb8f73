"""Writes batches beside the reading, each on a database connection of its own: two processors are then both at work."""

import queue
import threading
from collections import Counter
from collections.abc import Sequence

from django.db import connection

from goldthread.out.exchange.cin.actions.writing import Writer
from goldthread.out.exchange.cin.census import Child, Fault

Batch = tuple[Sequence[Child], Sequence[Fault]]


class Crew:
    """Hands batches to `size` threads; with none, writes each at once on the caller's own connection.

    The first failure stops everything and is raised where the next batch is handed over, or at the end.
    """

    def __init__(self, writer: Writer, size: int) -> None:
        self.writer = writer
        self.tally: Counter[str] = Counter()
        self._failure: BaseException | None = None
        self._waiting: queue.Queue[Batch | None] = queue.Queue(maxsize=max(size, 1))
        self._counting = threading.Lock()
        self._threads = [threading.Thread(target=self._work, name=f"census writer {number}") for number in range(size)]
        for thread in self._threads:
            thread.start()

    def hand_over(self, children: Sequence[Child], faults: Sequence[Fault]) -> None:
        if not self._threads:
            self.tally += self.writer.write(children, faults)
            return
        self._waiting.put((children, faults))
        if self._failure is not None:
            raise self._failure

    def finish(self) -> Counter[str]:
        """Wait for what is being written. Always to be called, after a failure too."""
        for _ in self._threads:
            self._waiting.put(None)
        for thread in self._threads:
            thread.join()
        if self._failure is not None:
            raise self._failure
        return self.tally

    def _work(self) -> None:
        try:
            while (batch := self._waiting.get()) is not None:
                if self._failure is None:
                    self._write(batch)
        finally:
            connection.close()

    def _write(self, batch: Batch) -> None:
        try:
            written = self.writer.write(*batch)
        except BaseException as failure:  # it belongs to the thread that hands batches over
            self._failure = failure
        else:
            with self._counting:
                self.tally += written
