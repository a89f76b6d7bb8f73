"""Two databases asked for the same page in turns, a round each, so that a noisy hour does not fall on one of them."""

import json
import os
import statistics
import subprocess
import sys
from types import TracebackType
from typing import Any

from goldthread.bench.report import Measured

ROUNDS = 3


class Measurer:
    """One database in a process of its own, so that neither caches nor memory of one help the other."""

    def __init__(self, where: dict[str, str], runs: int, users: int) -> None:
        command = [sys.executable, "-m", "goldthread.bench.measure", "--runs", str(runs), "--users", str(users)]
        environment = {**os.environ, **where}
        self._process = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.about = self._answer()

    def __enter__(self) -> "Measurer":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._process.communicate(timeout=60)

    def ask(self, what: str, times: int = 0) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"what": what, "times": times}) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit("Measuring stopped; what went wrong stands above.")
        return json.loads(line)


def in_turns(sides: dict[str, Measurer], runs: int) -> Measured:
    """Each page in rounds, small and large after one another; then the crowds."""
    measured: Measured = {name: {"counts": side.about["counts"]} for name, side in sides.items()}
    for page in next(iter(sides.values())).about["pages"]:
        rounds: dict[str, list[Any]] = {name: [] for name in sides}
        for _ in range(ROUNDS):
            for name, side in sides.items():
                rounds[name].append(side.ask(page, max(runs // ROUNDS, 1)))
        for name, found in rounds.items():
            measured[name][page] = figures(found)
        said = ", ".join("{name} {p50:.1f} ms, page/SQL {page_over_sql:.2f}".format(name=name, **measured[name][page]) for name in sides)
        print(f"  {page}: {said}", flush=True)
    for name, side in sides.items():
        for page, (p50, p95) in side.ask("crowd").items():
            measured[name][page] |= {"crowd_p50": p50, "crowd_p95": p95}
    return measured


def figures(rounds: list[dict[str, Any]]) -> dict[str, float]:
    """The medians over all rounds, in milliseconds."""
    times = sorted(time for one in rounds for time in one["page"])
    sql, empty = (statistics.median(time for one in rounds for time in one[what]) for what in ("sql", "empty"))
    p50 = statistics.median(times)
    return {
        "p50": p50,
        "p95": times[max(int(len(times) * 0.95) - 1, 0)],
        "queries": rounds[0]["queries"],
        "sql": sql,
        "empty": empty,
        "page_over_sql": p50 / (sql + empty),
    }
