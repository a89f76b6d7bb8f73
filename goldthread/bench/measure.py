"""Asks for each page as its user would, alone and in a crowd, and says how long it took and what the database did."""

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

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
    from goldthread.bench.visits import Visit, counts, visits

    found: dict[str, Figures] = {"counts": counts()}
    planned: list[Visit] = visits(asked.runs + 6, asked.users)
    empty = alone(next(visit for visit in planned if visit.name == "empty page").ask, asked.runs)
    for visit in planned:
        if visit.name != "empty page":
            found[visit.name] = one(visit.ask, asked.runs, empty)
            print(f"  {visit.name}: {found[visit.name]['p50']:.1f} ms, {found[visit.name]['queries']:.0f} queries", flush=True)
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


def one(ask: Callable[[], Any], runs: int, empty: float) -> Figures:
    """Timed without watching; then watched once for its queries, whose SQL is timed alone (the audit's left out)."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _ in range(3):
        ask()
    times = sorted(timed(ask) for _ in range(runs))
    with CaptureQueriesContext(connection) as watched:
        ask()
    queries = [query["sql"] for query in watched.captured_queries if not is_bookkeeping(query["sql"])]
    sql = sql_alone(queries)
    p50 = statistics.median(times)
    return {
        "p50": p50,
        "p95": times[int(len(times) * 0.95) - 1],
        "queries": len(queries),
        "sql": sql,
        "empty": empty,
        "page_over_sql": p50 / (sql + empty),
    }


def is_bookkeeping(sql: str) -> bool:
    """Savepoints, naming the actor and the reading log are the same for every page and stand in the empty page too."""
    words = sql.lstrip("( ").upper()
    return words.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "SELECT SET_CONFIG")) or "audit_reading" in sql


def sql_alone(queries: list[str], times: int = 5) -> float:
    """Median milliseconds of the page's own statements one after another, in a transaction that is rolled back."""
    from django.db import connection, transaction

    from goldthread.ground.audit.acting import name_actor

    taken = []
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
