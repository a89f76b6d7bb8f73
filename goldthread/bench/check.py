"""Checking a whole return from file to report: how long, how much memory, and how it grows. It needs no database.

python -m goldthread.bench.check --times 14 --folder var/bench
"""

import argparse
import os
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

from goldthread.out.returns.cin.rules import rules_of

YEAR, CHILDREN = 2026, 30_000
SECONDS, MEGABYTES = 6.0, 400.0


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--children", type=int, default=CHILDREN, help="how many children count as once")
    asked.add_argument("--times", type=int, default=14, help="how many times as many in the larger return")
    asked.add_argument("--runs", type=int, default=3, help="the quickest of so many counts")
    asked.add_argument("--folder", type=Path, required=True, help="where the returns are kept for the next time")
    arguments = asked.parse_args()
    print(f"\nChecking a return, {len(rules_of(YEAR))} rules, file to report, {os.cpu_count()} cores.\n")
    print(f"{'children':>10}  {'MB':>6}  {'seconds':>8}  {'of processors':>13}  {'memory, MB':>10}")
    rates = []
    once = made(arguments.folder, arguments.children)
    for children, path in ((arguments.children, once), (arguments.children * arguments.times, repeated(once, arguments.times))):
        seconds, used, memory = min(measured(path) for _ in range(arguments.runs))
        print(f"{children:>10,}  {path.stat().st_size / 1e6:>6.1f}  {seconds:>8.2f}  {used:>13.2f}  {memory:>10.0f}", flush=True)
        rates.append(used / children)
        if children == CHILDREN and (seconds > SECONDS or memory > MEGABYTES):
            print(f"Beyond its bound: at most {SECONDS:.0f} seconds and {MEGABYTES:.0f} MB.")
    print(
        f"A child takes {rates[1] / rates[0]:.2f} times the processors' seconds in the larger one; well over 1 would be growth beyond linear."
    )


def made(folder: Path, children: int) -> Path:
    """A return of made-up children, kept for the next time."""
    from tests.cin_files.generator import write_census

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"cin-{YEAR}-{children}.xml"
    if not path.exists():
        unfinished = path.with_suffix(".part")
        with unfinished.open("wb") as out:
            write_census(out, year=YEAR, children=children)
        unfinished.rename(path)
    return path


def repeated(once: Path, times: int) -> Path:
    """The same children so many times over, each time others: their numbers are new, and no UPN stands twice."""
    path = once.with_name(f"{once.stem}-{times}-times.xml")
    if path.exists():
        return path
    head, children, foot = re.split(rb"(?<=<Children>\n)|(?=</Children>)", once.read_bytes())
    children = re.sub(rb"<UPN>[^<]*</UPN>", b"<UPNunknown>UN2</UPNunknown>", children)
    unfinished = path.with_suffix(".part")
    with unfinished.open("wb") as out:
        out.write(head)
        for number in range(times):
            out.write(children.replace(b"<LAchildID>", b"<LAchildID>%d-" % number))
        out.write(foot)
    unfinished.rename(path)
    return path


def measured(path: Path) -> tuple[float, float, float]:
    """Seconds; those the processors worked; and the megabytes of all its processes at their highest, looked at every 20 ms."""
    began, before = time.perf_counter(), processors_seconds()
    words = [sys.executable, "-m", "goldthread", "check", "cin", str(path), "--year", str(YEAR)]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL) as running:
        most = 0.0
        while running.poll() is None:
            most = max(most, sum(map(megabytes, [running.pid, *children_of(running.pid)])))
            time.sleep(0.02)
        seconds = time.perf_counter() - began
    if running.returncode not in (0, 1):
        raise SystemExit(f"The check ended with {running.returncode}.")
    return seconds, processors_seconds() - before, most


def processors_seconds() -> float:
    """Of every process that was started here and has ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def children_of(process: int) -> list[int]:
    try:
        return [int(number) for number in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def megabytes(process: int) -> float:
    """The part of memory that is the process's own, and its share of what it has in common with others."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    except (OSError, ValueError):
        return 0.0


if __name__ == "__main__":
    main()
