"""Child processes that never outlive the process that started them."""

import ctypes
import signal
import subprocess
from collections.abc import Callable

SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of linux/prctl.h
LIBC = ctypes.CDLL(None)


def ending_with_parent(number: signal.Signals) -> Callable[[], None]:
    """For Popen's `preexec_fn`: the kernel sends the child this signal when its parent dies, by whatever means."""

    def ask() -> None:
        LIBC.prctl(SET_PARENT_DEATH_SIGNAL, int(number))

    return ask


def stop(child: subprocess.Popen[bytes], *steps: tuple[signal.Signals, float]) -> None:
    """Ask a child to end, by each signal in turn and waiting so many seconds after it."""
    for number, seconds in steps:
        if child.poll() is not None:
            return
        child.send_signal(number)
        try:
            child.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            continue
