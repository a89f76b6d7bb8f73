"""What `goldthread health` says of the clock. The rest is looked at where it is made."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from goldthread.ground.boot import health

pytestmark = pytest.mark.django_db


def test_clocks_that_agree_are_well():
    assert health.clock().is_well


@pytest.mark.parametrize(
    ("apart", "sentence"),
    [
        (timedelta(hours=1), "This machine’s clock is 3600 seconds ahead of the database’s."),
        (timedelta(seconds=-40), "This machine’s clock is 40 seconds behind the database’s."),
    ],
)
def test_a_clock_set_otherwise_than_the_databases_is_told(apart, sentence):
    with time_machine.travel(datetime.now(UTC) + apart, tick=False):
        found = health.clock()
    assert not found.is_well and found.sentence[:40] == sentence[:40]
