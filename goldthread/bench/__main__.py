"""`make bench`: builds a borough and ten boroughs' worth, measures the same pages on both, and prints figures and ratios; then the writing and the check of a return."""

import argparse
import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from goldthread.bench.report import print_report
from goldthread.bench.turns import Measurer, in_turns
from goldthread.ground.boot.postgres import Urls, embedded
from goldthread.ground.boot.settings import settings


def main() -> None:
    arguments = parser().parse_args()
    with embedded(arguments.folder, options=("max_wal_size=4GB", "shared_buffers=512MB", "max_connections=120")) as urls:
        once = Copy(urls, f"bench_{arguments.size}")
        many = Copy(urls, f"bench_{arguments.size}_{arguments.times}")
        if arguments.fresh:
            once.drop()
            many.drop()
        for copy in (once, many):
            if copy.stands():
                run("upgrade", copy.finished)
        if not once.stands():
            once.build(lambda: run("build", once.being_built, "--size", arguments.size))
        if not many.stands():
            words = ("--times", str(arguments.times), "--admin", many.admin_url)
            many.build(lambda: run("multiply", many.being_built, *words), like=once.name)
        key = {"GOLDTHREAD_SECRET_KEY": secrets.token_urlsafe(40)}  # the crowd's server takes sessions made by its parent
        with once.for_one_run() as small, many.for_one_run() as large:
            asks = (arguments.runs, arguments.users)
            with Measurer(small | key, *asks) as first, Measurer(large | key, *asks) as second:
                measured = in_turns({"once": first, "ten times": second}, arguments.runs)
        print_report(measured, arguments.times)
        written, kept = Copy(urls, "bench_cin"), ("--folder", str(arguments.folder))
        if arguments.fresh:
            written.drop()
        if written.stands():
            run("upgrade", written.finished)
        else:
            written.build(lambda: run("write", written.being_built, "--build", *kept))
        with written.for_one_run() as where:
            run("write", where, *kept)
    run("check", {}, "--times", str(arguments.times), "--folder", str(arguments.folder))


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m goldthread.bench", description=__doc__)
    made.add_argument("--size", default="borough", help="the demo's size that counts as once")
    made.add_argument("--times", type=int, default=10, help="how many of them in the larger database")
    made.add_argument("--runs", type=int, default=40, help="how often each page is asked for by one user")
    made.add_argument("--users", type=int, default=50, help="how many users at once in the second part")
    made.add_argument("--folder", type=Path, default=settings.data_dir / "bench", help="where the databases are kept for the next time")
    made.add_argument("--fresh", action="store_true", help="build the databases anew")
    return made


@dataclass(frozen=True)
class Copy:
    """A database kept for the next time; under another name until it is whole."""

    urls: Urls
    name: str

    @property
    def finished(self) -> dict[str, str]:
        return self._environment(self.name)

    @property
    def being_built(self) -> dict[str, str]:
        return self._environment(f"{self.name}_building")

    @property
    def admin_url(self) -> str:
        return self.urls.admin.replace("/postgres?", f"/{self.name}_building?")

    def stands(self) -> bool:
        with psycopg.connect(self.urls.admin) as admin:
            return admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.name]).fetchone() is not None

    def drop(self) -> None:
        with psycopg.connect(self.urls.admin, autocommit=True) as admin:
            admin.execute(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    def build(self, fill: Callable[[], object], like: str = "template1") -> None:
        building = f"{self.name}_building"
        with psycopg.connect(self.urls.admin, autocommit=True) as admin:
            admin.execute(f'DROP DATABASE IF EXISTS "{building}" WITH (FORCE)')
            admin.execute(f'CREATE DATABASE "{building}" OWNER owner TEMPLATE "{like}"')
        fill()
        with psycopg.connect(self.admin_url, autocommit=True) as admin:
            admin.execute("VACUUM ANALYZE")
        with psycopg.connect(self.urls.admin, autocommit=True) as admin:
            admin.execute(f'ALTER DATABASE "{building}" RENAME TO "{self.name}"')

    @contextmanager
    def for_one_run(self) -> Iterator[dict[str, str]]:
        """What a run writes goes with it: the next one measures the same database."""
        used = f"{self.name}_used"
        with psycopg.connect(self.urls.admin, autocommit=True) as admin:
            admin.execute(f'DROP DATABASE IF EXISTS "{used}" WITH (FORCE)')
            admin.execute(f'CREATE DATABASE "{used}" OWNER owner TEMPLATE "{self.name}" STRATEGY FILE_COPY')
        try:
            yield self._environment(used)
        finally:
            with psycopg.connect(self.urls.admin, autocommit=True) as admin:
                admin.execute(f'DROP DATABASE "{used}" WITH (FORCE)')

    def _environment(self, database: str) -> dict[str, str]:
        return {"DATABASE_URL": self.urls.url("app", database), "DATABASE_OWNER_URL": self.urls.url("owner", database)}


def run(what: str, where: dict[str, str], *words: str) -> None:
    """One part in a process of its own, on the database named."""
    subprocess.run([sys.executable, "-m", f"goldthread.bench.{what}", *words], env={**os.environ, **where}, check=True)


if __name__ == "__main__":
    main()
