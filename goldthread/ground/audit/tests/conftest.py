"""Two days with rows, sealed."""

import pytest

from goldthread.ground.audit.tests.tampering import long_ago, schools, seal


@pytest.fixture
def two_days(transactional_db: None) -> None:
    """Three schools three days ago, two the day before yesterday; all sealed to yesterday, six seals."""
    schools("Ash", "Beech", "Cedar")
    long_ago(1)
    schools("Dogwood", "Elm")
    long_ago(2)
    assert seal() == 3
