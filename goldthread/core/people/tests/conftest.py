import pytest

from goldthread.ground.access.models import User
from goldthread.ground.access.predicate import Standing
from goldthread.ground.audit.acting import acting


@pytest.fixture
def filing(db):
    """A transaction in which people may be put on file."""
    with acting(system="test"):
        yield


@pytest.fixture
def screener(filing):
    """Someone at the front door: may see everyone who is not restricted."""
    user = User.objects.create(username="screener")
    user._standing = Standing(user_id=user.pk, duties=frozenset({"front_door"}))  # type: ignore[attr-defined]
    return user


@pytest.fixture
def second_person(filing):
    return User.objects.create(username="second")
