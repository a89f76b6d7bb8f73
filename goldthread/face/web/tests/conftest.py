"""A council for each test of a page, and a browser's view of strictness."""

import pytest

from goldthread.face.web.tests.busy import Busy, busy_council, small_council
from goldthread.ground.audit.acting import acting


@pytest.fixture
def council(db) -> Busy:
    with acting(None, system="test"):
        return small_council()


@pytest.fixture
def busy(db) -> Busy:
    with acting(None, system="test"):
        return busy_council()
