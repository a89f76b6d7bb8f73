"""`make bench`: builds a borough and ten boroughs' worth, measures the same pages on both, and prints figures and ratios."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

from goldthread.bench.report import print_report
from goldthread.ground.boot.postgres import Urls, embedded
from goldthread.ground.boot.settings import settings


def main() -> None:
    arguments = parser().parse_args()
    with embedded(arguments.folder, options=("max_wal_size=4GB", "shared_buffers=512MB", "max_connections=120")) as urls:
        sizes = {"once": (arguments.size, 1), "ten times": (arguments.size, arguments.times)}
        measured = {}
        for name, (size, scale) in sizes.items():
            where = at_hand(urls, f"bench_{size}_{scale}", size, scale, arguments.fresh)
            measured[name] = run("measure", where, "--runs", str(arguments.runs), "--users", str(arguments.users))
    print_report(measured, arguments.times)


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m goldthread.bench", description=__doc__)
    made.add_argument("--size", default="borough", help="the demo's size that counts as once")
    made.add_argument("--times", type=int, default=10, help="how many of them in the larger database")
    made.add_argument("--runs", type=int, default=40, help="how often each page is asked for by one user")
    made.add_argument("--users", type=int, default=50, help="how many users at once in the second part")
    made.add_argument("--folder", type=Path, default=settings.data_dir / "bench", help="where the databases are kept for the next time")
    made.add_argument("--fresh", action="store_true", help="build the databases anew")
    return made


def at_hand(urls: Urls, database: str, size: str, scale: int, fresh: bool) -> dict[str, str]:
    """The environment in which the product works on this database, built first if it is not there yet."""
    where = {"DATABASE_URL": urls.url("app", database), "DATABASE_OWNER_URL": urls.url("owner", database)}
    building = f"{database}_building"
    with psycopg.connect(urls.admin, autocommit=True) as admin:
        if fresh:
            admin.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
        if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            return where
        admin.execute(f'DROP DATABASE IF EXISTS "{building}" WITH (FORCE)')
        admin.execute(f'CREATE DATABASE "{building}" OWNER owner')
    there = {"DATABASE_URL": urls.url("app", building), "DATABASE_OWNER_URL": urls.url("owner", building)}
    run("build", there, "--size", size, "--scale", str(scale))
    with psycopg.connect(urls.admin.replace("/postgres?", f"/{building}?"), autocommit=True) as admin:
        admin.execute("VACUUM ANALYZE")
    with psycopg.connect(urls.admin, autocommit=True) as admin:
        admin.execute(f'ALTER DATABASE "{building}" RENAME TO "{database}"')
    return where


def run(what: str, where: dict[str, str], *words: str) -> dict[str, dict[str, float]]:
    """One part in a process of its own, so that neither caches nor memory of one database help the other."""
    with tempfile.NamedTemporaryFile("r", suffix=".json") as answer:
        command = [sys.executable, "-m", f"goldthread.bench.{what}", "--into", answer.name, *words]
        subprocess.run(command, env={**os.environ, **where}, check=True)
        text = Path(answer.name).read_text()
    return json.loads(text) if text else {}


if __name__ == "__main__":
    main()
