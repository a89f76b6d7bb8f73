"""Writing a whole return from the records: how long, and how much memory beside the database's.

python -m goldthread.bench.write --folder var/bench --build   fills an empty database; without --build it measures
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from goldthread.bench.check import YEAR, made, megabytes
from goldthread.ground.boot.at_work import set_up_django

CHILDREN, SECONDS = 30_000, 15.0
AUTHORITY = {"authority": "Made up", "la_code": "318", "ons_code": "E09999999"}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--children", type=int, default=CHILDREN, help="how many children the return tells of")
    asked.add_argument("--runs", type=int, default=3, help="the quickest of so many counts")
    asked.add_argument("--folder", type=Path, required=True, help="where the return that is taken in is kept for the next time")
    asked.add_argument("--build", action="store_true", help="only take it in")
    arguments = asked.parse_args()
    if arguments.build:
        build(made(arguments.folder, arguments.children))
        return
    seconds, memory, size = min(measured() for _ in range(arguments.runs))
    print(
        f"\nWriting a return of {arguments.children:,} children, {os.cpu_count()} cores: {seconds:.2f} s, {memory:.0f} MB, {size:.1f} MB written."
    )
    if arguments.children == CHILDREN and seconds > SECONDS:
        print(f"Beyond its bound: at most {SECONDS:.0f} seconds.")


def build(path: Path) -> None:
    """A database that holds this census and nothing else."""
    set_up_django()
    from goldthread.ground.audit.acting import acting
    from goldthread.ground.boot.actions import set_up
    from goldthread.ground.boot.roles import bring_up_to_date
    from goldthread.out.exchange.cin.actions import import_file

    bring_up_to_date(verbosity=0)
    with acting(system="bench"):
        set_up(**AUTHORITY)
    import_file(path, say=print)


def measured() -> tuple[float, float, float]:
    """Seconds, the megabytes of the command at its highest (looked at every 20 ms), and those it wrote."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cin.xml"
        words = [sys.executable, "-m", "goldthread", "export", "cin", "--year", str(YEAR), "-o", str(path), "--at", f"{YEAR}-03-31"]
        began = time.perf_counter()
        with subprocess.Popen(words, stdout=subprocess.DEVNULL) as running:
            most = 0.0
            while running.poll() is None:
                most = max(most, megabytes(running.pid))
                time.sleep(0.02)
            seconds = time.perf_counter() - began
        if running.returncode:
            raise SystemExit(f"The export ended with {running.returncode}.")
        return seconds, most, path.stat().st_size / 1e6


if __name__ == "__main__":
    main()
