"""Asks for each page as its user would, alone and in a crowd, and says how long it took and what the database did."""

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from goldthread.bench.visits import Visit

Figures = dict[str, float]


def main() -> None:
    arguments = argparse.ArgumentParser()
    for name, kind in (("--into", str), ("--runs", int), ("--users", int)):
        arguments.add_argument(name, type=kind, required=True)
    asked = arguments.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "goldthread.ground.boot.django"
    os.environ["GOLDTHREAD_ALLOWED_HOSTS"] = "127.0.0.1,localhost,testserver"
    django.setup()
    from goldthread.bench.crowd import crowd
    from goldthread.bench.visits import counts, visits

    found: dict[str, Figures] = {"counts": counts()}
    planned = visits(asked.runs + 9, asked.users)
    empty = alone(next(visit for visit in planned if visit.name == "empty page").ask, asked.runs)
    for visit in planned:
        if visit.name != "empty page":
            found[visit.name] = one(visit, asked.runs, empty)
            said = "  {name}: {p50:.1f} ms, {queries:.0f} queries, page/SQL {page_over_sql:.2f}".format(
                name=visit.name, **found[visit.name]
            )
            print(said, flush=True)
    for name, (p50, p95) in crowd(planned, asked.users).items():
        found[name] |= {"crowd_p50": p50, "crowd_p95": p95}
    Path(asked.into).write_text(json.dumps(found))


def alone(ask: Callable[[], Any], runs: int) -> float:
    """Median milliseconds, after three warm-ups."""
    return statistics.median(timed(ask) for _ in range(runs + 3))


def timed(ask: Callable[[], Any]) -> float:
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000


def one(visit: "Visit", runs: int, empty: float) -> Figures:
    """Timed without watching; then watched for its queries, and for what its SQL takes alone (the audit's left out)."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _ in range(3):
        visit.ask()
    times = sorted(timed(visit.ask) for _ in range(runs))
    with CaptureQueriesContext(connection) as watched:
        visit.ask()
    queries = [query["sql"] for query in watched.captured_queries if not is_bookkeeping(query["sql"])]
    sql = sql_within(visit.ask) if visit.path is None else sql_alone(queries)
    p50 = statistics.median(times)
    return {
        "p50": p50,
        "p95": times[int(len(times) * 0.95) - 1],
        "queries": len(queries),
        "sql": sql,
        "empty": empty,
        "page_over_sql": p50 / (sql + empty),
    }


def sql_within(ask: Callable[[], Any], times: int = 3) -> float:
    """Median milliseconds of the statements while the request makes them: what inserts cannot be sent a second time."""
    from django.db import connection

    taken: list[float] = []

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            if not is_bookkeeping(sql):
                taken[-1] += (time.perf_counter() - began) * 1000

    for _ in range(times):
        taken.append(0.0)
        with connection.execute_wrapper(watch):
            ask()
    return statistics.median(taken)


def is_bookkeeping(sql: str) -> bool:
    """Savepoints, naming the actor and the reading log are the same for every page and stand in the empty page too."""
    words = sql.lstrip("( ").upper()
    return words.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "SELECT SET_CONFIG")) or "audit_reading" in sql


def sql_alone(queries: list[str], times: int = 5) -> float:
    """Median milliseconds of the page's own statements one after another, in a transaction that is rolled back."""
    from django.db import connection, transaction

    from goldthread.ground.audit.acting import name_actor

    taken: list[float] = []
    for _ in range(times):
        with transaction.atomic(), connection.cursor() as cursor:
            name_actor("system:bench")
            began = time.perf_counter()
            for sql in queries:
                cursor.execute(sql)
                if cursor.description:
                    cursor.fetchall()
            taken.append((time.perf_counter() - began) * 1000)
            transaction.set_rollback(True)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
