"""Asks for each page as its user would, a round at a time, and says how long it took and what the database did.

A process for one database, told what to ask next (`turns`): a line of JSON comes in for each round, a line goes out.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from goldthread.ground.boot.at_work import set_up_django

if TYPE_CHECKING:
    from goldthread.bench.visits import Visit

WARM_UPS = 3
SQL_A_ROUND = 3  # how often in a round the page's own statements are sent alone


def main() -> None:
    arguments = argparse.ArgumentParser()
    for name in ("--runs", "--users"):
        arguments.add_argument(name, type=int, required=True)
    asked = arguments.parse_args()
    os.environ["GOLDTHREAD_ALLOWED_HOSTS"] = "127.0.0.1,localhost,testserver"
    set_up_django()
    from goldthread.bench.crowd import crowd
    from goldthread.bench.visits import counts, visits

    planned = visits(2 * asked.runs + WARM_UPS + 9, asked.users)
    pages = {visit.name: visit for visit in planned}
    empty = pages.pop("empty page")
    known: dict[str, list[str]] = {}
    answer({"pages": list(pages), "counts": counts()})
    for line in sys.stdin:
        told = json.loads(line)
        if told["what"] == "crowd":
            answer(crowd(planned, asked.users))
            continue
        visit = pages[told["what"]]
        if visit.name not in known:
            known[visit.name] = warmed_up(visit, empty)
        answer({"queries": len(known[visit.name]), **a_round(visit, empty, known[visit.name], told["times"])})


def answer(said: Any) -> None:
    print(json.dumps(said), flush=True)


def warmed_up(visit: "Visit", empty: "Visit") -> list[str]:
    """The page's statements, after the first few asks."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _ in range(WARM_UPS):
        visit.ask()
        empty.ask()
    with CaptureQueriesContext(connection) as watched:
        visit.ask()
    return [query["sql"] for query in watched.captured_queries if not is_bookkeeping(query["sql"])]


def a_round(visit: "Visit", empty: "Visit", queries: list[str], times: int) -> dict[str, list[float]]:
    """Milliseconds of the page, an empty page and the page’s own SQL, one after another: a noisy moment falls on all three."""
    found: dict[str, list[float]] = {"page": [], "empty": [], "sql": []}
    for turn in range(times):
        found["page"].append(timed(visit.ask))
        found["empty"].append(timed(empty.ask))
        if turn < SQL_A_ROUND:
            found["sql"].append(sql_within(visit.ask) if visit.path is None else sql_alone(queries))
    return found


def timed(ask: Callable[[], Any]) -> float:
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000


def sql_within(ask: Callable[[], Any]) -> float:
    """Milliseconds of the statements while the request makes them: what inserts cannot be sent a second time."""
    from django.db import connection

    taken = 0.0

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        nonlocal taken
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            if not is_bookkeeping(sql):
                taken += (time.perf_counter() - began) * 1000

    with connection.execute_wrapper(watch):
        ask()
    return taken


def is_bookkeeping(sql: str) -> bool:
    """Savepoints, naming the actor and the reading log are the same for every page and stand in the empty page too."""
    words = sql.lstrip("( ").upper()
    return words.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "SELECT SET_CONFIG")) or "audit_reading" in sql


def sql_alone(queries: list[str]) -> float:
    """Milliseconds of the page's own statements one after another, in a transaction that is rolled back."""
    from django.db import connection, transaction

    from goldthread.ground.audit.acting import name_actor

    with transaction.atomic(), connection.cursor() as cursor:
        name_actor("system:bench")
        began = time.perf_counter()
        for sql in queries:
            cursor.execute(sql)
            if cursor.description:
                cursor.fetchall()
        taken = (time.perf_counter() - began) * 1000
        transaction.set_rollback(True)
    return taken


if __name__ == "__main__":
    main()
