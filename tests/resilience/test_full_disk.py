"""The disk fills up while people save: it is said, nothing acknowledged is lost, and with room again the product goes on."""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from goldthread.ground.boot.outages import FULL, outage_behind
from goldthread.ground.boot.postgres import embedded

pytestmark = pytest.mark.resilience
ROOM = "400m"


@pytest.fixture
def small_disk() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="goldthread-small-disk-"))
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={ROOM},mode=755", "none", str(folder)], capture_output=True, check=False)
    if done.returncode != 0:
        folder.rmdir()
        pytest.skip("only root may mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)
    folder.rmdir()


def test_a_full_disk_is_said_and_loses_nothing_that_was_acknowledged(small_disk):
    with embedded(small_disk) as urls:
        with psycopg.connect(urls.owner, autocommit=True) as owner:
            owner.execute("CREATE TABLE note (number int PRIMARY KEY, words text)")
        kept, refused = fill(urls.owner)
        assert outage_behind(refused) is FULL
        (small_disk / "ballast").unlink()
        deadline = time.monotonic() + 60
        while True:
            try:
                with psycopg.connect(urls.owner, autocommit=True) as owner:
                    found = {number for (number,) in owner.execute("SELECT number FROM note")}
                    owner.execute("INSERT INTO note VALUES (-1, 'with room again')")
                break
            except psycopg.OperationalError:
                assert time.monotonic() < deadline, "the database did not come back by itself"
                time.sleep(0.5)
        assert kept <= found


def fill(url: str) -> tuple[set[int], psycopg.Error]:
    """Write until it is refused: which were acknowledged, and the refusal."""
    kept: set[int] = set()
    ballast = Path(url.split("host=")[1].replace("%2F", "/")).parents[1] / "ballast"
    free = os.statvfs(ballast.parent)
    with ballast.open("wb") as out:
        left = free.f_bavail * free.f_frsize - 40_000_000
        out.write(b"\0" * max(left, 0))
    with psycopg.connect(url, autocommit=True) as owner:
        for number in range(100_000):
            try:
                owner.execute("INSERT INTO note SELECT %s, string_agg(md5(n::text), '') FROM generate_series(1, 3000) n", [number])
            except psycopg.Error as refused:
                return kept, refused
            kept.add(number)
    raise AssertionError("the disk never filled up")
